"""The catalogue's tables.

Two generations on a document say who sees it: a reader at generation g sees what was
added at g or before and not removed at g or before. So a whole batch appears, and what it
replaces disappears, in the one step that raises the generation.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

# The newest file in migrations/versions. A library of a higher version was written by a newer program.
SCHEMA_VERSION = "0011"
# The oldest version whose programs may go on reading what a migration has made, and noting what people leave.
# A migration that only adds leaves it; one that changes or takes away what they read raises it to its own.
READABLE_FROM = "0011"
# Where a catalogue keeps it. It says nothing of the library, so that it is none of its facts.
READABLE_FROM_NAME = "readable_from"

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("source", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("document_number", Text, nullable=False),
    Column("issued_on", Date),
    Column("period_start", Integer),
    Column("period_end", Integer),
    # The fields of a Validity, days in ISO format.
    Column("validity", JSON(none_as_null=True)),
    Column("kind", String(16), nullable=False, server_default=""),
    Column("status", String(16), nullable=False),
    Column("repeals", JSON, nullable=False),
    Column("script", String(8), nullable=False),
    Column("format", String(16), nullable=False),
    Column("ingested_at", DateTime(timezone=True)),
    Column("added_in", Integer, nullable=False, index=True),
    Column("removed_in", Integer, index=True),
    Column("checksum", String(32), nullable=False, server_default=""),
)

texts = Table(
    "texts",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("left_out", JSON(none_as_null=True)),
    # Why the document's facts could not be read; "" where they were, NULL where that was not tried.
    Column("facts_problem", Text),
    Column("checksum", String(32), nullable=False, server_default=""),
)

sources = Table(
    "sources",
    metadata,
    Column("source", Text, primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
)

# Who may see a file's document; a file without a row here is for everybody. Like corrections it names the
# file: documents come and go.
document_groups = Table(
    "document_groups",
    metadata,
    Column("source", Text, primary_key=True),
    Column("name", Text, primary_key=True, index=True),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("section", JSON, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("page", Integer),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("caption", Text, nullable=False),
    Column("is_last", Boolean, nullable=False),
    Column("checksum", String(32), nullable=False, server_default=""),
    Index("passages_of_document", "document_id", "ordinal"),
)

document_tables = Table(
    "document_tables",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("caption", Text, nullable=False),
    Column("header", JSON, nullable=False),
    # Each row as start, end and cells.
    Column("rows", JSON, nullable=False),
    Column("section", JSON, nullable=False),
    Column("page", Integer),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("checksum", String(32), nullable=False, server_default=""),
)

_IN_ORDER = (
    *("kind", "name", "rank", "year", "document_id", "ordinal"),
    *("until", "region", "variety", "claim", "rejected"),
)

facts = Table(
    "facts",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("region", Text, nullable=False),
    # An indicator's name, or the bodies that lead a duty; empty for the other kinds.
    Column("name", Text, nullable=False),
    # What facts of one kind and name are put in order by: a day, or a sum, the greatest first.
    Column("rank", BigInteger, nullable=False),
    Column("year", Integer),
    Column("until", Integer),
    # Whether a figure is actual, how a reference or deadline is meant, what the bodies of a duty are called.
    Column("variety", String(16), nullable=False),
    # The bodies that help with a duty; empty for the other kinds.
    Column("partners", Text, nullable=False),
    # Hashes of what a figure is of and of its value, NULL for the other kinds and for what was rejected.
    Column("claim", BigInteger),
    Column("amount", BigInteger),
    # The fields of the statement.
    Column("statement", JSON, nullable=False),
    # Those of what was read, where a person corrected it.
    Column("original", JSON(none_as_null=True)),
    Column("rejected", Boolean, nullable=False),
    # Which of `fact_revisions` it is laid under, or "".
    Column("revision", String(32), nullable=False, index=True),
    Column("passage", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("checksum", String(32), nullable=False, server_default=""),
    Index("facts_by_claim", "claim", "amount", "document_id"),
    # In the order of the ledger, with all that it is filtered by: no row is looked up but those shown.
    Index("facts_in_order", *_IN_ORDER),
)

# What staff said of facts by hand. It names the file and the words, not the row: rows come and go.
fact_revisions = Table(
    "fact_revisions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("source", Text, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("quote", Text, nullable=False),
    # The fields of the statement as it was read.
    Column("statement", JSON, nullable=False),
    # Field and what it should say.
    Column("changes", JSON, nullable=False),
    Column("rejected", Boolean, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("generation", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("event", String(8), nullable=False),
    Column("document_id", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("title", Text, nullable=False),
)

embeddings = Table(
    "embeddings",
    metadata,
    Column("model", String(200), primary_key=True),
    Column("text_hash", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

# The files that wait to be ingested by whichever machine takes them. As their copies, they are in no backup.
queued_files = Table(
    "queued_files",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    # Its name in the folder of those that wait.
    Column("copy", String(32), nullable=False),
    Column("source", Text, nullable=False, index=True),
    Column("content_hash", String(64), nullable=False),
    Column("again", Boolean, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    # Why it could not be ingested, or "" while it waits.
    Column("reason", Text, nullable=False),
)

# What people leave beside the documents. It names documents only within values: a document may go, while
# what was once answered from it stays as it was. Ids are random, so that no link can be guessed.

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", Text, nullable=False),
    Column("title", Text, nullable=False),
    # Folded, as it is searched.
    Column("searched_title", Text, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("folder", Text, nullable=False, server_default=""),
    # Until it is too late to undo it.
    Column("deleted_at", DateTime(timezone=True), index=True),
    Index("conversations_of_owner", "owner", "changed_at"),
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    # Question and answer, folded, as they are searched: before the answer, which is long, so that a search
    # need not read past it.
    Column("searched", Text, nullable=False),
    Column("question", JSON, nullable=False),
    Column("scope", JSON, nullable=False),
    Column("problem", Text, nullable=False),
    Column("answer", JSON(none_as_null=True)),
    Index("exchanges_of_conversation", "conversation_id", "ordinal", unique=True),
)

# What an exchange was answered before it was asked once more; the id is the one that it had then.
earlier_answers = Table(
    "earlier_answers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("exchange_id", ForeignKey("exchanges.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=False),
    Column("answer", JSON, nullable=False),
)

# The exchange is one of `exchanges` or of `earlier_answers`.
answer_links = Table(
    "answer_links",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("exchange_id", String(32), nullable=False, index=True),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

# Whose documents a person saw when last here, for what is asked for the person meanwhile; NULL for all.
viewers = Table(
    "viewers",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("groups", JSON(none_as_null=True)),
    Column("at", DateTime(timezone=True), nullable=False),
)

# Questions and filters of the ledger that are asked again when the library has changed.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", Text, nullable=False, index=True),
    # A question with its limits, or a filter of facts.
    Column("watched", JSON, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("paused", Boolean, nullable=False),
    # Until it is too late to undo it.
    Column("deleted_at", DateTime(timezone=True), index=True),
    # The state of the library that it was last asked of, the day whose standings counted, what was proved.
    Column("library", String(32), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("checked_at", DateTime(timezone=True), nullable=False),
    Column("proofs", JSON, nullable=False),
    # Why it could not be asked again, or "".
    Column("problem", Text, nullable=False),
    # When a process took it up to ask it again; NULL when that is done.
    Column("taken_at", DateTime(timezone=True)),
)

# What changed, a row for each time that something did.
subscription_changes = Table(
    "subscription_changes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("subscription_id", ForeignKey("subscriptions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("read", Boolean, nullable=False),
    Column("changes", JSON, nullable=False),
)

# The secret addresses of the feeds, as hashes: who has a copy of this table can open none.
feed_addresses = Table(
    "feed_addresses",
    metadata,
    Column("owner", Text, primary_key=True),
    # Names the feed to its readers, whatever its address is.
    Column("feed_id", String(32), nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("exchange_id", String(32), primary_key=True),
    Column("owner", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("useful", Boolean, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("searched", Text, nullable=False),
    Column("circumstances", JSON, key="settings_used", nullable=False),
    Column("history", JSON, nullable=False),
    Column("answer", JSON, nullable=False),
)

citation_marks = Table(
    "citation_marks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("proof", String(64), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("remark", Text, nullable=False),
    Column("marked_by", Text, nullable=False),
    Column("document_id", String(64), nullable=False),
    Index("marks_of_proof", "proof", "at"),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("action", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
)
