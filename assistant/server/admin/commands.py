"""Operator commands: each takes the store and an argument and returns a message to print."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timezone

from assistant.server.admin import people
from assistant.server.rasa.hot_swap import ModelRefusedError, model_file
from assistant.server.storage.runtime_flags import CLOSED, MODEL, read_switch, set_switch
from assistant.server.storage.tracker_store import ConversationStore

Texts = Mapping[str, str]

_ID = re.compile(r"[A-Za-z0-9._-]{4,200}")


class RefusedError(Exception):
    """The command cannot be run; the message is shown to the operator."""


def _erase(store: ConversationStore, given: str, texts: Texts) -> str:
    _check_id(given, texts)
    count = people.erase(store, given)
    if not count:
        raise RefusedError(texts["nobody"].format(id=given))
    return texts["erased"].format(count=count)


def _export(store: ConversationStore, given: str, texts: Texts) -> str:
    _check_id(given, texts)
    found = people.conversations_of(store, given)
    if not found:
        raise RefusedError(texts["nobody"].format(id=given))
    return json.dumps(people.export(store, found), ensure_ascii=False, indent=2)


def _check_id(given: str, texts: Texts) -> None:
    if not _ID.fullmatch(given):
        raise RefusedError(texts["no_id"])


def _pause(store: ConversationStore, _given: str, texts: Texts) -> str:
    set_switch(store, CLOSED, "yes")
    return texts["closed"]


def _resume(store: ConversationStore, _given: str, texts: Texts) -> str:
    set_switch(store, CLOSED, None)
    return texts["opened"]


def _status(store: ConversationStore, _given: str, texts: Texts) -> str:
    switch = read_switch(store, CLOSED)
    if switch is None:
        return texts["is_open"]
    since = datetime.fromtimestamp(switch.since, timezone.utc).isoformat(timespec="seconds")
    return texts["is_closed"].format(since=since)


def _use(store: ConversationStore, given: str, texts: Texts) -> str:
    try:
        model = model_file(given.removeprefix("models/"))
    except ModelRefusedError as error:
        raise RefusedError(str(error)) from None
    set_switch(store, MODEL, model.name)
    return texts["asked"].format(model=model.name)


COMMANDS: Mapping[str, Callable[[ConversationStore, str, Texts], str]] = {
    "erase": _erase,
    "export": _export,
    "pause": _pause,
    "resume": _resume,
    "status": _status,
    "use": _use,
}
