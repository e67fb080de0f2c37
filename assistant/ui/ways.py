"""The ways from a document to what it can be held against, and what its reader must be warned of."""

from __future__ import annotations

import re
from datetime import date

from assistant.comparing.comparison import counterparts, in_order
from assistant.comparing.told import title_of
from assistant.days import today
from assistant.relating.relations import relations, unsound
from assistant.ui.escaping import html_text
from assistant.ui.language import say
from assistant.ui.notice import notice_html
from assistant.ui.sharing import Resources
from vectorstore.languages.language import own_words
from vectorstore.segmentation import fold, simplified
from vectorstore.types import PolicyDocument

# Yearly papers of one title have more versions; all can be chosen on the page of comparisons.
_MOST = 5
# A page that answers some questions better than a conversation: its address, what they are about, how they
# are asked – either alone is asked of single documents, too – and the way there.
_BETTER = (
    (
        "compare",
        re.compile("版本|[新旧年两]版|新旧|修订"),
        re.compile("区别|不同|变化|差异|改了|改动|调整|对比|比较"),
        own_words("逐条查看两个版本的差异：版本对比"),
    ),
    (
        "matching",
        re.compile("补贴|补助|奖励|奖补|资助|扶持|优惠|政策"),
        re.compile("(?:能|可以?|够|符合)[^，,。；;]{0,6}(?:哪些|什么|哪几)"),
        own_words("逐条核对能享受的扶持条款：政策匹配"),
    ),
    (
        "ledger?kind=deadline",
        re.compile("截止|时限|申报(?:时间|日期|期)"),
        re.compile("哪些|所有|全部|各[个项类]|近期|最近|列出|汇总|一览|清单"),
        own_words("查看所有文件的申报与截止日期：台账"),
    ),
    (
        "relations",
        re.compile("废止|修订|替代|取代|代替"),
        re.compile("(?:哪|什么|所有|列出)[^，,。；;]{0,4}(?:文件|办法|措施|规定|政策|通知)"),
        own_words("查看文件之间的修订、废止与依据：引用关系"),
    ),
)


def library_ways() -> str:
    """Return the ways from the library to its comparison and its relations."""
    return _ways([("compare", say("版本对比")), ("relations", say("引用关系"))])


def document_ways(shared: Resources, document: PolicyDocument) -> str:
    """Return the ways from a document to its relations and to comparisons with its other versions.

    Args:
        shared: where the documents are.
        document: the document.
    """
    ways = [(f"relations?document={document.id}", say("引用关系"))]
    versions = counterparts(document, shared.library.documents())
    for other in sorted(versions, key=lambda one: one.issued_on or date.min, reverse=True)[:_MOST]:
        before, after = in_order(document, other)
        words = say("与{title}对比", title=choice_of(other))
        ways.append((f"compare?before={before.id}&after={after.id}", words))
    return _ways(ways)


def better_ways(question: str) -> str:
    """Return the ways to the pages that answer a question better, each in a tab of its own; mostly "".

    Args:
        question: one that stands by itself.
    """
    asked = simplified(fold(question))
    ways = [
        (page, say(words)) for page, about, how, words in _BETTER if about.search(asked) and how.search(asked)
    ]
    # The conversation stays where it is.
    return _ways(ways, target="_blank") if ways else ""


def warnings_html(shared: Resources, document: PolicyDocument) -> str:
    """Return a notice for each basis of a document that is repealed or has expired."""
    found = unsound(relations(shared.library.ledger, document.id), today())
    return "".join(notice_html(one.warning(today())) for one in found)


def choice_of(document: PolicyDocument) -> str:
    """Return what a document is called in a choice: its day, which tells versions apart, before its title."""
    day = document.issued_on.isoformat() if document.issued_on else ""
    return " ".join(filter(None, (day, title_of(document))))


def _ways(ways: list[tuple[str, str]], target: str = "_self") -> str:
    links = "".join(
        f'<a href="{html_text(address)}" target="{target}">{html_text(words)}</a>' for address, words in ways
    )
    return f'<nav class="pa-ways" aria-label="{html_text(say("相关功能"))}">{links}</nav>'
