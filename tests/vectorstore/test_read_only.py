"""A library on a disk that nobody can write: a published snapshot."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import cli
from assistant.conversations import Conversations
from assistant.settings import AssistantSettings
from tests.assistant.api.serving import post, serving
from tests.assistant.ui.browser import served
from tests.assistant.ui.visitor import Visitor, finished
from tests.vectorstore.disks import small_disk
from tests.vectorstore.samples import SENTENCES, parsed
from vectorstore.doctor import examine
from vectorstore.errors import LibraryError
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings

QUESTION = "青岚市2030年大健康产业总规模达到多少？"


@pytest.fixture
def published(tmp_path: Path) -> Iterator[LibrarySettings]:
    made = LibrarySettings.in_folder(tmp_path / "made")
    with PolicyLibrary.open(made) as library, library.write() as writer:
        writer.put(parsed("规划.txt"))
    with small_disk(tmp_path / "disk") as disk:
        settings = LibrarySettings.in_folder(disk / "data")
        shutil.copytree(made.policy_data_dir, settings.policy_data_dir)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        yield settings


def test_it_is_searched_by_words_and_vectors_and_found_well(published: LibrarySettings) -> None:
    with PolicyLibrary.open(published) as library:
        (hit, *_) = library.search_keywords("大健康产业总规模", 1)
        assert library.load([hit.passage_id])[0].text == SENTENCES[0]
        assert library.search_vectors("大健康产业总规模", 1)
    assert examine(published).findings == ()


def test_the_commands_answer_from_it(
    published: LibrarySettings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_DATA_DIR", str(published.policy_data_dir))
    for words in (["ask", QUESTION], ["search", "大健康产业"]):
        assert cli.main(words) == 0
        assert "800亿元" in capsys.readouterr().out
    assert cli.main(["doctor"]) == 0
    assert cli.main(["remove", "nothing"]) == 2
    assert "没有写入权限" in capsys.readouterr().err


def test_the_service_answers_from_it(published: LibrarySettings) -> None:
    with PolicyLibrary.open(published) as library, serving(library, AssistantSettings()) as url:
        asked = {"model": "policy-assistant", "messages": [{"role": "user", "content": QUESTION}]}
        assert "800亿元" in post(url, "/v1/chat/completions", asked).text


def test_the_page_answers_from_it_and_says_that_nothing_is_kept(published: LibrarySettings) -> None:
    async def asked(address: str) -> None:
        async with Visitor(address).session() as opened:
            await opened.open()
            assert "800亿元" in (await opened.ask(QUESTION)).html

    with served(published.policy_data_dir) as address:
        finished(asked(address))


def test_what_people_leave_lasts_as_long_as_the_process_or_where_the_settings_say(
    published: LibrarySettings, tmp_path: Path
) -> None:
    with closing(Records(published)) as fleeting:
        Conversations(fleeting).ask("", QUESTION)
        assert len(Conversations(fleeting).listed("")) == 1
        assert not fleeting.lasting
    elsewhere = published.model_copy(update={"policy_records_url": f"sqlite:///{tmp_path}/records.sqlite"})
    with closing(Records(elsewhere)) as kept:
        Conversations(kept).ask("", QUESTION)
    with closing(Records(elsewhere)) as again:
        assert len(Conversations(again).listed("")) == 1
        assert again.lasting


def test_writing_says_in_one_line_that_nobody_may(published: LibrarySettings) -> None:
    with (
        PolicyLibrary.open(published) as library,
        pytest.raises(LibraryError, match="没有写入权限"),
        library.write(),
    ):
        pass
