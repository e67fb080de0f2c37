"""The page that compares two documents: what matters first, then every changed provision, words marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from assistant.comparing.alignment import Fate, Match
from assistant.comparing.comparison import Comparison, compare, counterparts
from assistant.comparing.files import counts_of, markdown_of, word_of
from assistant.comparing.told import (
    ALIKE,
    COLUMNS,
    IN_DETAIL,
    LEGEND,
    MATTERS,
    NOTHING,
    cells_of,
    fate_of,
    names_of,
    words_of,
)
from assistant.comparing.words import Step
from assistant.exporting.file_names import WORD, file_name
from assistant.ui.escaping import html_text
from assistant.ui.language import language, say, tell
from assistant.ui.places import Place, show_places
from assistant.ui.sharing import Resources
from assistant.ui.ways import choice_of
from vectorstore.languages.catalogue import translated
from vectorstore.library import PolicyLibrary, Seen
from vectorstore.types import PolicyDocument

_PAGE = 20
_OPENED = "compare-opened"
_BEFORE, _AFTER = "before", "after"
_TAGS = {Step.SAME: "span", Step.DELETED: "del", Step.INSERTED: "ins"}


@dataclass(frozen=True, slots=True)
class _Opened:
    """A place of a comparison that the reader opened: its match, and the sentences if one change is meant."""

    documents: tuple[str, str]
    number: int
    sentences: tuple[str, str] = ("", "")


def show_comparison(shared: Resources) -> None:
    """Draw the page.

    Args:
        shared: where the documents are.
    """
    st.html(f'<header class="pa-heading pa-of-library"><h1>{html_text(say("版本对比"))}</h1></header>')
    library = shared.library.pinned()
    chosen = _choose(library.documents())
    if chosen is None:
        asked = say("请选择两份不同的文件，例如同一文件的新旧版本，或征求意见稿与正式稿。")
        st.html(f'<p class="pa-empty">{html_text(asked)}</p>')
        return
    found = _compared(library.seen, library, *chosen)
    _show_head(found)
    _show_matters(found)
    _show_detail(found)
    opened: _Opened | None = st.session_state.get(_OPENED)
    if opened and opened.documents == (found.before.id, found.after.id):
        st.dialog(say("原文"), width="large", on_dismiss=_close)(_show_opened)(library, found, opened)


def _choose(documents: tuple[PolicyDocument, ...]) -> tuple[str, str] | None:
    """Draw the choice of two documents; the address keeps it."""
    known = {document.id: document for document in documents}
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare-choice"):
        before = _choice(say("原文件"), _BEFORE, known, list(known))
        others = [other.id for other in counterparts(known[before], documents)] if before else []
        after = _choice(say("新文件"), _AFTER, known, list(dict.fromkeys([*others, *known])))
    return (before, after) if before and after and before != after else None


def _choice(label: str, name: str, known: dict[str, PolicyDocument], order: list[str]) -> str:
    asked = st.query_params.get(name, "")
    chosen = st.selectbox(
        label,
        order,
        index=order.index(asked) if asked in known else None,
        format_func=lambda key: choice_of(known[key]),
        placeholder=say("选择文件"),
        key=f"compare-{name}",
    )
    if chosen:
        st.query_params[name] = chosen
    else:
        st.query_params.pop(name, None)
    return chosen or ""


@st.cache_resource(show_spinner=False, max_entries=8)
def _compared(seen: Seen, _library: PolicyLibrary, before: str, after: str) -> Comparison:
    """Return two documents compared; kept, as each click draws the page anew."""
    one, other = _library.document(before), _library.document(after)
    return compare(one, other, _library.text(before), _library.text(after))


def _show_head(found: Comparison) -> None:
    # The language is asked for now: a file is made after the page was drawn, where nobody knows its reader.
    spoken = partial(translated, wanted=language())
    name = file_name(f"{say('版本对比')}_{found.after.title}", say("版本对比"))
    with st.container(horizontal=True, vertical_alignment="center", key="compare-head"):
        st.html(f'<p class="pa-facts" role="status">{html_text(counts_of(found, tell))}</p>')
        _download("Word", partial(word_of, found, spoken), f"{name}.docx", WORD)
        _download("Markdown", partial(markdown_of, found, spoken), f"{name}.md", "text/markdown")


def _download(label: str, make: Callable[[], bytes | str], name: str, kind: str) -> None:
    words = say("下载 {format}", format=label)
    icon = ":material/download:"
    st.download_button(words, make, name, kind, key=f"compare-{label}", icon=icon, on_click="ignore")


def _show_matters(found: Comparison) -> None:
    st.html(f'<h2 class="pa-sources-head">{html_text(say(MATTERS))}</h2>')
    if not found.matters:
        st.html(f"<p>{html_text(say(NOTHING if found.changed else ALIKE))}</p>")
        return
    first = _first("matters", len(found.matters))
    names = "".join(f"<span>{html_text(say(name))}</span>" for name in COLUMNS)
    st.html(f'<div class="pa-ledger pa-ledger-head pa-matter">{names}</div>')
    for at, change in enumerate(found.matters[first : first + _PAGE], first):
        kind, place, before, after = cells_of(change, found, say)
        with st.container(horizontal=True, vertical_alignment="center", key=f"ledger-row-matter-{at}"):
            shown = (
                f'<span class="pa-badge pa-draft">{html_text(kind)}</span>',
                f"<span>{html_text(place)}</span>",
                f"<del>{html_text(before)}</del>" if before else "<span>—</span>",
                f"<ins>{html_text(after)}</ins>" if after else "<span>—</span>",
            )
            row = "".join(f"<span>{cell}</span>" for cell in shown)
            st.html(f'<div class="pa-ledger pa-ledger-row pa-compared pa-matter" lang="zh-CN">{row}</div>')
            sentences = change.old_sentence, change.new_sentence
            _show_way(f"matter-{at}", _Opened((found.before.id, found.after.id), change.number, sentences))


def _show_detail(found: Comparison) -> None:
    if not found.changed:
        return
    legend = f'<p class="pa-facts">{html_text(say(LEGEND))}</p>'
    st.html(f'<h2 class="pa-sources-head">{html_text(say(IN_DETAIL))}</h2>{legend}')
    first = _first("detail", len(found.changed))
    for number, match in found.changed[first : first + _PAGE]:
        with st.container(key=f"framed-compared-{number}"):
            st.html(match_html(match))
            _show_way(f"detail-{number}", _Opened((found.before.id, found.after.id), number))


def match_html(match: Match) -> str:
    """Return a changed provision with its words marked; one that only moved is not told as changed."""
    head = f"<h3>{html_text(names_of(match))} <small>{html_text(fate_of(match, say))}</small></h3>"
    if match.fate is Fate.SAME:
        words = html_text(match.new_text)
    else:
        words = "".join(
            f"<{_TAGS[one.step]}>{html_text(one.text)}</{_TAGS[one.step]}>" for one in words_of(match)
        )
    return f'<section class="pa-compared" lang="zh-CN">{head}<p>{words}</p></section>'


def _first(part: str, count: int) -> int:
    """Draw the choice of a page where there are several; return the place of its first row."""
    pages = -(-count // _PAGE)
    if pages == 1:
        return 0
    label = say("第几页（共 {pages} 页）", pages=pages)
    return (int(st.number_input(label, 1, pages, key=f"compare-page-{part}-{count}", width=180)) - 1) * _PAGE


def _show_way(key: str, opened: _Opened) -> None:
    icon = ":material/visibility:"
    st.button(
        say("查看原文"), key=f"compare-open-{key}", type="tertiary", icon=icon, on_click=_open, args=(opened,)
    )


def _open(opened: _Opened) -> None:
    st.session_state[_OPENED] = opened


def _close() -> None:
    st.session_state.pop(_OPENED, None)


def _show_opened(library: PolicyLibrary, found: Comparison, opened: _Opened) -> None:
    """Draw both sources, each open at the place."""
    match = found.matches[opened.number]
    sides = (found.before, match.before, opened.sentences[0]), (found.after, match.after, opened.sentences[1])
    places = []
    for document, pieces, sentence in sides:
        text = library.text(document.id)
        start, end = (pieces[0].start, pieces[-1].end) if pieces else (0, 0)
        at = text.find(sentence, start, end) if sentence else -1
        places.append(Place(document, *((at, at + len(sentence)) if at >= 0 else (start, end))))
    show_places(library, places)
