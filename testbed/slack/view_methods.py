"""views.* and files.*: modals, the Home tab, and uploads."""

from __future__ import annotations

import time
from typing import Any

from testbed.slack.arguments import Answer, Arguments
from testbed.slack.block_rules import check_view
from testbed.slack.refusal import RefusalError
from testbed.slack.workspace import APP, BOT, BOT_USER, TEAM, Message, Workspace


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


def complete_upload(workspace: Workspace, given: Arguments) -> Answer:
    """files.completeUploadExternal: what was uploaded becomes a message."""
    if "channels" in given and "channel_id" not in given:
        given = {**given, "channel_id": given["channels"].split(",")[0]}
    files = [_uploaded(workspace, each["id"], each.get("title")) for each in given["files"]]
    if given.get("channel_id"):
        channel = workspace.channel(given["channel_id"])
        if channel.id != given["channel_id"]:
            raise RefusalError("invalid_channel", detail="files need the channel's own id, not a person's")
        message = Message(
            channel.id,
            workspace.new_ts(),
            BOT_USER,
            given.get("initial_comment", ""),
            [],
            given.get("thread_ts"),
            via="files.completeUploadExternal",
            files=files,
        )
        workspace.messages.append(message)
    return {"ok": True, "files": files}


def _uploaded(workspace: Workspace, number: str, title: str | None) -> dict[str, Any]:
    file = workspace.files.get(number)
    if file is None or "content" not in file:
        raise RefusalError("file_not_found", detail="nothing was uploaded to its address")
    return {
        "id": number,
        "name": file["filename"],
        "title": title or file["filename"],
        "size": len(file["content"]),
    }
