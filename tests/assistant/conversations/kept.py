"""An answer that is kept, and the conversations as a restarted server opens them."""

from __future__ import annotations

from assistant.conversations import Conversations
from tests.assistant.ui.samples import answer, citation
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings

TEXT = "到2030年，全市港口岸电使用率达到95%，清洁能源集卡保有量1,200辆。"
ANSWER = answer(f"{TEXT}[1]", citation(TEXT, TEXT), notices=("该文件为征求意见稿。",))


def again(settings: LibrarySettings) -> Conversations:
    """Open the conversations as a restarted server does."""
    return Conversations(Records(settings))
