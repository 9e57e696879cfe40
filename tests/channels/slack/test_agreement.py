"""The manifest, the documentation, the fake and the channel's actual calls agree with one another."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from assistant.channels.slack.settings import TEXTS, Settings
from assistant.settings import Settings as AssistantSettings
from testbed.slack.methods import METHODS
from tests.channels.slack.conftest import MANIFEST
from tests.channels.slack.shapes import shapes
from tests.servers import ROOT

SCHEMA = Path(__file__).with_name("manifest.schema.yml")
DOCS = ROOT / "docs" / "slack.md"
EVENTS = {
    "app_home_opened": set[str](),
    "app_mention": {"app_mentions:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "message.mpim": {"mpim:history"},
}
"""The scope that each event needs, as docs.slack.dev/reference/events says."""
CALLED = re.compile(
    r"[\"'\.](auth|bots|chat|conversations|files|users|views|reactions|apps_connections)_([A-Za-z_0-9]+)"
)
UPLOAD = ("files.getUploadURLExternal", "files.completeUploadExternal")


@cache
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(MANIFEST.read_text("utf-8"))
    return loaded


def scopes() -> set[str]:
    return set(manifest()["oauth_config"]["scopes"]["bot"])


def methods_called() -> set[str]:
    """Web API methods that the channel's code names, in the words of slack_sdk."""
    code = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "assistant" / "channels" / "slack").rglob("*.py")
    )
    sdk_names = {name.replace(".", "_"): name for name in METHODS}
    found = {f"{group}_{rest}" for group, rest in CALLED.findall(code)}
    called = {sdk_names[name] for name in found if name in sdk_names}
    return called | (set(UPLOAD) if "files_upload_v2" in found else set())


def explained() -> set[str]:
    """Scopes in the table of the documentation."""
    table = DOCS.read_text("utf-8").partition("## What the app may do, and why")[2].partition("\n## ")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {scope for cell in first_cells for scope in re.findall(r"`([a-z_.]+(?::[a-z.]+)?)`", cell)}


def needed() -> set[str]:
    """Scopes of the methods that are called, of the events, and of what is offered."""
    wanted = {
        scope for name in methods_called() if METHODS[name].token == "bot" for scope in METHODS[name].scopes
    }
    wanted |= {
        scope
        for event in manifest()["settings"]["event_subscriptions"]["bot_events"]
        for scope in EVENTS[event]
    }
    features = manifest()["features"]
    return wanted | ({"commands"} if features.get("slash_commands") or features.get("shortcuts") else set())


def test_the_manifest_is_valid_as_slack_documents_it() -> None:
    validator = Draft7Validator(yaml.safe_load(SCHEMA.read_text("utf-8")))
    assert [error.message for error in validator.iter_errors(manifest())] == []


@pytest.mark.parametrize(
    "damage",
    [
        {"display_information": {"name": "x" * 36}},
        {"display_information": {}},
        {"features": {"slash_commands": [{"command": "microneedling", "description": "a"}]}},
        {
            "features": {
                "shortcuts": [{"name": "x" * 25, "type": "message", "callback_id": "a", "description": "a"}]
            }
        },
        {"settings": {"event_subscriptions": {"request_url": "assistant.example.org"}}},
        {"settings": {"sockets": True}},
    ],
    ids=str,
)
def test_the_schema_finds_what_slack_would_refuse(damage: dict[str, Any]) -> None:
    validator = Draft7Validator(yaml.safe_load(SCHEMA.read_text("utf-8")))
    assert list(validator.iter_errors({**manifest(), **damage}))


def test_the_channel_calls_methods_and_the_fake_knows_them() -> None:
    assert {"chat.postMessage", "users.info", "views.publish", "chat.scheduleMessage"} <= methods_called()


def test_the_scopes_are_those_that_are_needed_and_no_more() -> None:
    assert scopes() == needed()


def test_each_scope_is_explained_and_no_other() -> None:
    assert explained() == scopes()


def test_the_scope_for_socket_mode_is_explained() -> None:
    assert METHODS["apps.connections.open"].scopes == ("connections:write",)
    assert "`connections:write`" in DOCS.read_text("utf-8")


def test_every_event_that_is_subscribed_to_has_been_played() -> None:
    played: set[str] = set()
    kinds = {
        "channel": "message.channels",
        "group": "message.groups",
        "im": "message.im",
        "mpim": "message.mpim",
    }
    for shape in shapes():
        event = shape.entry.get("event", {})
        played.add(
            kinds.get(event.get("channel_type", ""), "")
            if event.get("type") == "message"
            else event.get("type", "")
        )
    assert set(manifest()["settings"]["event_subscriptions"]["bot_events"]) <= played


def test_commands_and_shortcuts_are_those_that_are_played_and_told_of() -> None:
    features = manifest()["features"]
    (command,), (shortcut,) = features["slash_commands"], features["shortcuts"]
    entries = [shape.entry for shape in shapes()]
    assert command["command"] == TEXTS["command"]
    assert command["should_escape"] is True, "people and channels arrive as ids"
    assert {e["command"]["command"] for e in entries if "command" in e.get("command", {})} == {
        command["command"]
    }
    assert shortcut["callback_id"] in {
        e["interactive"].get("callback_id") for e in entries if "interactive" in e
    }
    assert shortcut["name"].rstrip("?") in DOCS.read_text("utf-8")


def test_everything_arrives_at_the_address_of_the_contract() -> None:
    settings, (command,) = manifest()["settings"], manifest()["features"]["slash_commands"]
    addresses = {
        command["url"],
        settings["interactivity"]["request_url"],
        settings["event_subscriptions"]["request_url"],
    }
    assert len(addresses) == 1
    assert addresses.pop().endswith("/webhooks/slack/webhook")


def test_the_home_tab_and_direct_messages_are_open() -> None:
    home = manifest()["features"]["app_home"]
    assert home == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_every_setting_is_documented() -> None:
    own = Settings.__fields__.keys() - AssistantSettings.__fields__.keys()
    for variable in map(Settings.variable, own):
        assert f"`{variable}`" in DOCS.read_text("utf-8"), variable
