from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.records.submissions import Submissions
from assistant.records.uploads import FOLDER, Uploads
from assistant.settings import AccessSettings
from tests.vectorstore.samples import parsed
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.settings import LibrarySettings
from vectorstore.viewers import Viewer


@pytest.fixture
def settings(tmp_path: Path) -> LibrarySettings:
    return LibrarySettings(policy_data_dir=tmp_path)


@pytest.fixture
def submissions(settings: LibrarySettings) -> Submissions:
    return Submissions(settings, Uploads(settings), AccessSettings())


def test_what_is_handed_in_waits_and_is_no_upload(
    submissions: Submissions, settings: LibrarySettings
) -> None:
    submissions.submit("staff@example.org", "../条例.txt", "渔港".encode())
    submissions.submit("two@example.org", "条例.txt", "港口".encode())
    waiting = submissions.waiting()
    assert [(one.name, one.who) for one in waiting] == [
        ("条例.txt", "staff@example.org"),
        ("条例.txt", "two@example.org"),
    ]
    assert [one.file.read_text(encoding="utf-8") for one in waiting] == ["渔港", "港口"]
    assert not settings.uploads.exists()


def test_what_is_approved_becomes_an_upload_once(submissions: Submissions, settings: LibrarySettings) -> None:
    submissions.submit("staff@example.org", "条例.txt", "渔港".encode())
    (one,) = submissions.waiting()
    submissions.approve(one)
    assert (settings.uploads / FOLDER / "条例.txt").read_text(encoding="utf-8") == "渔港"
    assert submissions.waiting() == ()
    with pytest.raises(LibraryError, match="已由他人处理"):
        submissions.approve(one)


def test_what_is_given_back_leaves_the_reason_until_it_is_put_away(
    submissions: Submissions, settings: LibrarySettings
) -> None:
    submissions.submit("staff@example.org", "条例.txt", "渔港".encode())
    (one,) = submissions.waiting()
    with pytest.raises(LibraryError, match="理由"):
        submissions.give_back(one, " ")
    assert submissions.waiting() == (one,)
    submissions.give_back(one, " 已有新版 ")
    assert submissions.waiting() == ()
    assert not one.file.exists()
    assert not settings.uploads.exists()
    with pytest.raises(LibraryError, match="已由他人处理"):
        submissions.give_back(one, "已有新版")
    assert submissions.returned("other@example.org") == ()
    (told,) = submissions.returned("staff@example.org")
    assert (told.name, told.reason) == ("条例.txt", "已有新版")
    submissions.put_away("other@example.org")
    assert submissions.returned("staff@example.org") == (told,)
    submissions.put_away("staff@example.org")
    assert not one.file.parent.exists()


@pytest.mark.parametrize(
    ("limits", "line"),
    [
        (
            {"policy_submissions": 2},
            "第三份.txt 未能提交：等待审核的文件已达上限（2 份），请待管理员处理后再提交",
        ),
        (
            {"policy_submissions_mb": 0.00001},
            "第三份.txt 未能提交：等待审核的文件合计不能超过 1e-05 MB，请待管理员处理后再提交",
        ),
    ],
)
def test_no_more_wait_than_the_settings_allow_until_one_is_dealt_with(
    settings: LibrarySettings, limits: dict[str, float], line: str
) -> None:
    few = Submissions(settings, Uploads(settings), AccessSettings(**limits))  # type: ignore[arg-type]
    for name in ("第一份.txt", "第二份.txt"):
        few.submit("staff@example.org", name, b"12345")
    with pytest.raises(LibraryError, match=re.escape(line)):
        few.submit("staff@example.org", "第三份.txt", b"12345")
    assert [one.name for one in few.waiting()] == ["第一份.txt", "第二份.txt"]
    few.give_back(few.waiting()[0], "已有新版")
    few.submit("staff@example.org", "第三份.txt", b"12345")
    assert [one.name for one in few.waiting()] == ["第二份.txt", "第三份.txt"]


def test_what_is_handed_in_is_its_groups_before_it_is_taken_in(
    submissions: Submissions, settings: LibrarySettings
) -> None:
    submissions.submit("staff@example.org", "条例.zip", "渔港".encode(), {"渔业局"})
    (one,) = submissions.waiting()
    assert one.groups == {"渔业局"}
    submissions.approve(one)
    with PolicyLibrary.open(settings) as library, library.write() as writer:
        for source in ("上传/条例.zip", "上传/条例.zip#内/条例.txt", "上传/其他.txt"):
            writer.put(parsed(source, title=source))
    with PolicyLibrary.open(settings) as library:
        stranger, member = library.seen_by(Viewer()), library.seen_by(Viewer(frozenset({"渔业局"})))
        assert [document.source for document in stranger.documents()] == ["上传/其他.txt"]
        assert len(member.documents()) == 3


def test_what_has_another_s_name_waits_on_until_it_is_turned_away(
    submissions: Submissions, settings: LibrarySettings
) -> None:
    Uploads(settings).take("预算.txt", "教育局的".encode(), {"教育局"})
    submissions.submit("staff@example.org", "预算.txt", "财政局的".encode(), {"财政局", "教育局"})
    (one,) = submissions.waiting()
    with pytest.raises(LibraryError, match=r"\A文件名 '预算.txt' 无法使用，请改名后再上传\Z"):
        submissions.approve(one, {"财政局"})
    assert submissions.waiting() == (one,)
    assert (settings.uploads / FOLDER / "预算.txt").read_text(encoding="utf-8") == "教育局的"
    submissions.give_back(one, "请改名")
    assert submissions.returned("staff@example.org")[0].reason == "请改名"
