"""What all sessions of the process share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

import streamlit as st

from assistant import Assistant
from assistant.conversations import Conversations
from assistant.models.chat_model import load_client
from assistant.observing.observing import wanted_metrics
from assistant.records.answer_links import AnswerLinks
from assistant.records.attachments import Attachments
from assistant.records.audit import AuditLog
from assistant.records.feed_addresses import FeedAddresses
from assistant.records.feedback import FeedbackBook
from assistant.records.ongoing import OngoingAnswers
from assistant.records.sign_ins import SignIns
from assistant.records.signoff import SignOff
from assistant.records.submissions import Submissions
from assistant.records.subscriptions import Subscriptions
from assistant.records.uploads import Uploads
from assistant.records.viewers import Viewers
from assistant.settings import AssistantSettings, access_settings, assistant_settings
from assistant.subscribing.checking import Checking
from assistant.subscribing.noticing import Noticing
from assistant.viewing.layouts import Layouts
from assistant.viewing.pages import Pages
from assistant.viewing.scans import Scans
from vectorstore.library import PolicyLibrary
from vectorstore.records import Records
from vectorstore.settings import LibrarySettings, library_settings
from vectorstore.tracing import wanted_traces
from vectorstore.viewers import Viewer

if TYPE_CHECKING:
    from assistant.observing.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Resources:
    """What every session of this process answers from and writes to.

    Attributes:
        lasting: whether what is asked and said outlives the process.
        settings_used: name of a setting → its value, for whoever reads feedback; never a secret.
        metrics: what is told of all of it, where that is wanted.
    """

    library: PolicyLibrary
    assistant: Assistant
    conversations: Conversations
    links: AnswerLinks
    ongoing: OngoingAnswers
    uploads: Uploads
    submissions: Submissions
    attachments: Attachments
    feedback: FeedbackBook
    sign_off: SignOff
    audit: AuditLog
    subscriptions: Subscriptions
    feed_addresses: FeedAddresses
    checking: Checking
    noticing: Noticing
    pages: Pages
    scans: Scans
    layouts: Layouts
    viewers: Viewers
    lasting: bool
    settings_used: Mapping[str, str]
    metrics: Metrics | None = None

    def seen_by(self, viewer: Viewer) -> Resources:
        """Return the same for somebody who may not see all documents: no page is to draw from any other.

        Args:
            viewer: who sits before the page.
        """
        if viewer.sees_all:
            return self
        library = self.library.seen_by(viewer)
        return replace(
            self,
            library=library,
            assistant=self.assistant.seen_by(viewer),
            conversations=self.conversations.seen_by(library),
            links=self.links.seen_by(library),
            subscriptions=self.subscriptions.seen_by(library),
        )


@st.cache_resource(show_spinner=False)
def sign_ins() -> SignIns:
    """Return who is signed in, which the page and what guards it share."""
    return SignIns()


@st.cache_resource(show_spinner=False)
def resources() -> Resources:
    """Open the library and the assistant once for the process; after a failure the next call tries again.

    They are of all documents: what is drawn or done for a person goes by `state.shared`, or `seen_by`.

    Raises:
        PolicyError: a setting or the library does not allow it.
    """
    settings = library_settings()
    library = PolicyLibrary.open(settings)
    records, answering_settings = Records(settings), assistant_settings()
    load_client(answering_settings)
    uploads, metrics = Uploads(settings), wanted_metrics(answering_settings, library)
    assistant = Assistant(library, answering_settings, observer=metrics, traces=wanted_traces())
    ongoing = OngoingAnswers()
    subscriptions = Subscriptions(records)
    viewers = Viewers(records, sign_in=access_settings().policy_sign_in)
    checking = Checking(subscriptions, library, assistant, viewers)
    return Resources(
        library=library,
        assistant=assistant,
        conversations=Conversations(records),
        links=AnswerLinks(records),
        ongoing=ongoing,
        uploads=uploads,
        submissions=Submissions(settings, uploads, access_settings()),
        attachments=Attachments(answering_settings),
        feedback=FeedbackBook(records),
        sign_off=SignOff(records),
        audit=AuditLog(records, answering_settings.policy_audit_days),
        subscriptions=subscriptions,
        feed_addresses=FeedAddresses(records),
        checking=checking,
        noticing=Noticing(library, checking, ongoing),
        pages=Pages(),
        scans=Scans(Pages()),
        layouts=Layouts(),
        viewers=viewers,
        lasting=records.lasting,
        settings_used=_settings_used(settings, answering_settings),
        metrics=metrics,
    )


def _settings_used(library: LibrarySettings, answering: AssistantSettings) -> dict[str, str]:
    values = {
        "POLICY_CHAT_MODEL": answering.policy_chat_model,
        "POLICY_EMBEDDING_MODEL": library.policy_embedding_model,
        "POLICY_RERANK_MODEL": answering.policy_rerank_model,
        "POLICY_CONTEXT_TOKENS": str(answering.policy_context_tokens),
        "POLICY_ANSWER_TOKENS": str(answering.policy_answer_tokens),
        "policy-assistant": version("policy-assistant"),
    }
    return {name: value for name, value in values.items() if value}
