"""Operator commands: each takes the store and an argument and returns a message to print."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from assistant.server.http.sessions import LIFETIME
from assistant.server.observability.turn_log import short_hash
from assistant.server.rasa.hot_swap import ModelRefusedError, model_file
from assistant.server.storage.data_requests import export_of
from assistant.server.storage.runtime_flags import CLOSED, MODEL, read_flag, set_flag
from assistant.server.storage.slack_ids import BEGINNING, ending_of
from assistant.server.storage.tracker_store import ConversationStore

_MEMBER = re.compile(r"[UW][A-Z0-9]{2,}")
"""A member id of Slack."""
Texts = Mapping[str, str]
_ID = re.compile(r"[A-Za-z0-9._-]{4,200}")


def conversations_of(store: ConversationStore, given: str) -> list[str]:
    """Return the ids of the conversations matching `given`.

    `given` is a conversation id, its hash as written to the log, or a Slack user id.
    """
    return [
        conversation
        for conversation in store.kept()
        if given in (conversation, short_hash(conversation))
        or (conversation.startswith(BEGINNING) and conversation.endswith(ending_of(given)))
    ]


def erase_person(store: ConversationStore, given: str) -> int:
    """Delete the conversations matching `given`, see `conversations_of`, and return their number.

    Website tokens are revoked; in Slack the person may start a new conversation. Turns under way are not stored, of a
    member of Slack also those that begin a conversation.
    """
    now, found = datetime.now(timezone.utc), conversations_of(store, given)
    for conversation in found:
        store.erase(conversation, now + LIFETIME if conversation.startswith("website-") else None)
    if _MEMBER.fullmatch(given):
        store.erase_member(given)
    return len(found)


def export_conversations(store: ConversationStore, conversations: Sequence[str]) -> dict[str, Any]:
    """Return all stored data of the conversations, by conversation id."""
    return {conversation: export_of(store, conversation) for conversation in conversations}


class RefusedError(Exception):
    """The command cannot be run; the message is shown to the operator."""


def _erase(store: ConversationStore, given: str, texts: Texts) -> str:
    _check_id(given, texts)
    count = erase_person(store, given)
    if not count:
        raise RefusedError(texts["nobody"].format(id=given))
    return texts["erased"].format(count=count)


def _export(store: ConversationStore, given: str, texts: Texts) -> str:
    _check_id(given, texts)
    found = conversations_of(store, given)
    if not found:
        raise RefusedError(texts["nobody"].format(id=given))
    return json.dumps(export_conversations(store, found), ensure_ascii=False, indent=2)


def _check_id(given: str, texts: Texts) -> None:
    if not _ID.fullmatch(given):
        raise RefusedError(texts["no_id"])


def _pause(store: ConversationStore, _given: str, texts: Texts) -> str:
    set_flag(store, CLOSED, "yes")
    return texts["closed"]


def _resume(store: ConversationStore, _given: str, texts: Texts) -> str:
    set_flag(store, CLOSED, None)
    return texts["opened"]


def _status(store: ConversationStore, _given: str, texts: Texts) -> str:
    switch = read_flag(store, CLOSED)
    if switch is None:
        return texts["is_open"]
    since = datetime.fromtimestamp(switch.since, timezone.utc).isoformat(timespec="seconds")
    return texts["is_closed"].format(since=since)


def _use(store: ConversationStore, given: str, texts: Texts) -> str:
    try:
        model = model_file(given.removeprefix("models/"))
    except ModelRefusedError as error:
        raise RefusedError(str(error)) from None
    set_flag(store, MODEL, model.name)
    return texts["asked"].format(model=model.name)


COMMANDS: Mapping[str, Callable[[ConversationStore, str, Texts], str]] = {
    "erase": _erase,
    "export": _export,
    "pause": _pause,
    "resume": _resume,
    "status": _status,
    "use": _use,
}
