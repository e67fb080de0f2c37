"""The kinds that documents and passages are of."""

from __future__ import annotations

from enum import StrEnum

from vectorstore.languages.language import answer_line, own_words


class Status(StrEnum):
    """What a document is worth as a source."""

    IN_FORCE = "in_force"
    DRAFT = "draft"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    NOT_POLICY = "not_policy"
    UNKNOWN = "unknown"

    @property
    @own_words
    @answer_line
    def label(self) -> str:
        """The word a reader sees."""
        return {
            Status.IN_FORCE: "现行有效",
            Status.DRAFT: "征求意见稿",
            Status.EXPIRED: "规划期已满",
            Status.SUPERSEDED: "已废止/被替代",
            Status.NOT_POLICY: "新闻/文章",
            Status.UNKNOWN: "未载明有效期",
        }[self]


class DocumentKind(StrEnum):
    """What form of writing a document has."""

    PLAN = "plan"
    MEASURE = "measure"
    NOTICE = "notice"
    LAW = "law"
    INTERPRETATION = "interpretation"
    NEWS = "news"
    ARTICLE = "article"
    UNKNOWN = ""

    @property
    @own_words
    def label(self) -> str:
        """The word a reader sees, "" where the document does not tell."""
        return {
            DocumentKind.PLAN: "规划",
            DocumentKind.MEASURE: "措施",
            DocumentKind.NOTICE: "通知",
            DocumentKind.LAW: "法律法规",
            DocumentKind.INTERPRETATION: "解读",
            DocumentKind.NEWS: "新闻",
            DocumentKind.ARTICLE: "文章",
            DocumentKind.UNKNOWN: "",
        }[self]


class PassageKind(StrEnum):
    """What a passage was in its document."""

    TEXT = "text"
    TABLE_ROW = "table_row"
    LIST = "list"
    BOX = "box"
    FOOTNOTE = "footnote"
