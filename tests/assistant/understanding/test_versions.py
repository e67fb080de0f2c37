"""Which questions hold versions of one document together, and which documents are versions of one."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.question import understand
from assistant.retriever import find
from assistant.understanding.names import learn_names
from assistant.understanding.versions import (
    asks_versions,
    document_versions,
    is_version,
    versions_left_out,
    without_versions,
)
from tests.assistant.asking import Filled
from vectorstore.library import PolicyLibrary
from vectorstore.types import PolicyDocument

OLD = """# 苍屏市演出市场奖励办法（2022年）

苍屏市人民政府

2022年3月1日

第一条 单场售票观众5000人以上的演唱会，给予20万元补助。
"""
NEW = """# 苍屏市演出市场奖励办法（2026年修订）

苍屏市人民政府

2026年2月1日

第一条 单场售票观众8000人以上的演唱会，给予30万元补助。
"""


def asked(library: PolicyLibrary, text: str) -> tuple[bool, int]:
    """Return whether a question holds versions together, and how many of them there are."""
    question = understand(text, (), learn_names(library.documents()))
    return asks_versions(question), len(document_versions(library, question))


@pytest.mark.parametrize(
    "text",
    [
        "苍屏市演唱会补助，新旧两个办法分别是多少？",
        "苍屏市演唱会补助调整前后各是多少？",
        "苍屏市演唱会以前和现在各补多少？",
        "苍屏市演唱会补助 2022 2026",
        "苍屏市演唱会补助，2022年那份办法和新办法有何不同？",
    ],
)
def test_versions_are_held_together_however_they_are_named(library_of: Filled, text: str) -> None:
    library = library_of({"old.md": OLD, "new.md": NEW})
    assert asked(library, text) == (True, 2)


@pytest.mark.parametrize(
    "text", ["苍屏市演唱会现在补多少？", "苍屏市2022年办法补多少？", "苍屏市新建剧场补多少？"]
)
def test_one_version_is_no_comparison(library_of: Filled, text: str) -> None:
    library = library_of({"old.md": OLD, "new.md": NEW})
    assert not asked(library, text)[0]


def test_years_of_which_there_is_no_version_are_no_versions(library_of: Filled) -> None:
    library = library_of({"old.md": OLD, "new.md": NEW})
    assert asked(library, "苍屏市演唱会2024年和2025年的补助各是多少？") == (True, 0)


def test_documents_of_the_years_asked_about_are_held_together_whatever_their_titles_are(
    library_of: Filled,
) -> None:
    answers = "# 苍屏市演唱会补助常见问答\n\n苍屏市人民政府\n\n2024年5月6日\n\n答：每场演唱会补助25万元。\n"
    elsewhere = answers.replace("苍屏市", "云汀市").replace("2024", "2025")
    library = library_of({"old.md": OLD, "answers.md": answers, "elsewhere.md": elsewhere})
    assert asked(library, "苍屏市演唱会补助，2022年和2024年有什么变化？") == (True, 2)
    assert asked(library, "苍屏市演唱会补助，2022年和2025年有什么变化？") == (True, 0)


def test_versions_of_another_place_are_not_held_together(library_of: Filled) -> None:
    here = "# 云汀市粮食收购贷款贴息办法\n\n云汀市人民政府\n\n2025年3月1日\n\n第一条 收购贷款贴息1%。\n"
    library = library_of({"old.md": OLD, "new.md": NEW, "here.md": here})
    assert asked(library, "云汀市演唱会补助，新旧两个办法分别是多少？") == (True, 0)


def test_what_names_the_versions_is_left_out_of_what_is_asked_of_each(library_of: Filled) -> None:
    library = library_of({"old.md": OLD, "new.md": NEW})
    question = understand("苍屏市演唱会补助，新旧两个办法分别是多少？", (), learn_names(library.documents()))
    assert without_versions(question) == "演唱会补助,分别是多少?"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("苍屏市2022年那份办法里演唱会补多少？", "new.md"),
        ("苍屏市老办法演唱会补多少？", "new.md"),
        ("苍屏市现行办法演唱会补多少？", "old.md"),
        ("苍屏市新办法演唱会补多少？", "old.md"),
        ("苍屏市新的演出奖励办法里演唱会补多少？", "old.md"),
    ],
)
def test_the_other_version_is_left_out_where_one_is_named(library_of: Filled, text: str, left: str) -> None:
    library = library_of({"old.md": OLD, "new.md": NEW})
    question = understand(text, (), learn_names(library.documents()))
    sources = {document.id: document.source for document in library.documents()}
    assert [sources[one] for one in versions_left_out(library, question)] == [left]
    assert left not in [hit.document.source for hit in find(library, question, 10)]


@pytest.mark.parametrize(
    "text",
    ["苍屏市演唱会补多少？", "苍屏市新建剧场补多少？", "苍屏市演唱会2022年补多少？", "新旧办法各补多少？"],
)
def test_no_version_is_left_out_where_none_is_named(library_of: Filled, text: str) -> None:
    library = library_of({"old.md": OLD, "new.md": NEW})
    assert not versions_left_out(library, understand(text, (), learn_names(library.documents())))


def test_titles_are_alike_by_what_they_are_about() -> None:
    def titled(title: str) -> PolicyDocument:
        return PolicyDocument(title, title, title, title, region="苍屏市", issued_on=date(2026, 1, 1))

    one = titled("苍屏市人民政府办公室关于印发苍屏市促进演出产业发展若干措施的通知")
    assert is_version(one, titled("苍屏市促进演出产业发展若干措施（2026年修订征求意见稿）"))
    assert not is_version(one, titled("苍屏市人民政府办公室关于印发苍屏市渔业发展规划的通知"))
