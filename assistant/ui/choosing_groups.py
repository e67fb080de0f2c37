"""Whose documents are: said of a document, and chosen by an administrator."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from assistant.records.access import Role
from assistant.settings import access_settings
from assistant.ui.language import say
from assistant.ui.sharing import Resources
from assistant.ui.signing_in import person
from vectorstore.viewers import group_names


def may_choose(shared: Resources) -> bool:
    """Return whether whoever sits before the page says whose documents are, and there is a need to.

    Args:
        shared: where the documents are.
    """
    known = person()
    if known.role < Role.ADMINISTRATOR:
        return known.limit is not None
    return bool(access_settings().policy_group_claim or shared.library.file_groups())


def choose_groups(shared: Resources, label: str, key: str) -> frozenset[str]:
    """Draw the choice of groups, known ones and new ones; return what is chosen.

    An administrator of groups chooses among those; where there is one, it is chosen.

    Args:
        shared: where the documents are.
        label: says what the choice is for.
        key: names it, once on the page.

    Raises:
        LibraryError: what was typed cannot be a group's name.
    """
    limit = person().limit
    known = sorted(set[str]().union(*shared.library.file_groups().values()) if limit is None else limit)
    chosen = st.multiselect(
        label,
        known,
        default=known if limit is not None and len(known) == 1 else None,
        key=key,
        accept_new_options=limit is None,
        placeholder=say("部门名称，与登录服务所称一致") if limit is None else say("请选择部门"),
    )
    return group_names(chosen)


def limit_of(groups: Iterable[str]) -> str:
    """Return in words who alone may see a document; "" where everybody may.

    Args:
        groups: those that it belongs to.
    """
    names = "、".join(sorted(groups))
    return say("仅限{whom}", whom=names) if names else ""
