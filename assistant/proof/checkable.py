"""Whether a sentence of a draft states something that a source could support or deny."""

from __future__ import annotations

import re

from assistant.proof.lexicon import CUES
from assistant.proof.numbering import is_numbered
from assistant.proof.places import places_in
from assistant.proof.proper_names import proper_names
from vectorstore.quantities import quantities
from vectorstore.segmentation import fold

_TAKEN_OVER = re.compile("《[^《》]+》|“[^“”]+”")
_RULES = ("must", "may", "forbidden", "needless", "only", "all", "done")
_LEAST = 6


def is_checkable(sentence: str) -> bool:
    """Return whether a sentence holds figures, dates, names, titles or quotations, or says what must be."""
    plain = fold(sentence)
    if len(plain) < _LEAST:
        return False
    named = places_in(plain) or any(proper_names(plain))
    telling = quantities(sentence) or _TAKEN_OVER.search(sentence) or is_numbered(plain) or named
    return bool(telling) or any(CUES[name].search(plain) for name in _RULES)
