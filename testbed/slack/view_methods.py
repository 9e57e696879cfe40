"""views.*: App Home tab and modals."""

from __future__ import annotations

import time
from typing import Any

from testbed.slack.block_rules import check_view
from testbed.slack.content import Answer, Arguments
from testbed.slack.refusal import RefusalError
from testbed.slack.workspace import APP, BOT, TEAM, Workspace


def publish_view(workspace: Workspace, given: Arguments) -> Answer:
    """views.publish: the Home tab of one person."""
    workspace.user(given["user_id"])
    check_view(given["view"])
    if given["view"]["type"] != "home":
        raise RefusalError("invalid_arguments", detail="views.publish takes a view of the type home")
    view = _stored(workspace, given["view"])
    workspace.homes[given["user_id"]] = view
    return {"ok": True, "view": view}


def update_view(workspace: Workspace, given: Arguments) -> Answer:
    """views.update."""
    check_view(given["view"])
    if given.get("view_id") not in workspace.views:
        raise RefusalError("not_found")
    workspace.views[given["view_id"]] |= given["view"]
    return {"ok": True, "view": workspace.views[given["view_id"]]}


def open_view(workspace: Workspace, given: Arguments) -> Answer:
    """views.open; the trigger is checked before."""
    check_view(given["view"])
    if given["view"]["type"] != "modal":
        raise RefusalError("invalid_arguments", detail="views.open takes a view of the type modal")
    return {"ok": True, "view": _stored(workspace, given["view"])}


def _stored(workspace: Workspace, view: dict[str, Any]) -> dict[str, Any]:
    number = workspace.new_id("V")
    stored = {
        **view,
        "id": number,
        "team_id": TEAM,
        "app_id": APP,
        "bot_id": BOT,
        "hash": f"{time.time():.8f}",
        "root_view_id": number,
        "previous_view_id": None,
        "state": {"values": {}},
    }
    workspace.views[number] = stored
    return stored
