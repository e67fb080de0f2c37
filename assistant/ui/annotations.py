"""A piece of a document that was understood as a fact: told under the pointer, a way into the ledger."""

from __future__ import annotations

from urllib.parse import urlencode

from assistant.ledger.annotations import Annotation
from assistant.ledger.cells import LABELS
from assistant.ui.escaping import html_text
from assistant.ui.language import say


def annotation_html(annotation: Annotation, inner: str) -> str:
    """Return a piece of text as a link to its like in the ledger.

    Args:
        annotation: what it was understood as.
        inner: the piece, as HTML already.
    """
    parts = (say(LABELS[annotation.kind]), annotation.told, annotation.also)
    told = html_text("：".join(part for part in parts if part))
    address = "ledger?" + urlencode({"kind": annotation.kind.value, "sought": annotation.told[:100]})
    return (
        f'<a class="pa-fact pa-fact-{annotation.kind.value}" href="{html_text(address)}" target="_blank" '
        f'title="{told}">{inner}</a>'
    )
