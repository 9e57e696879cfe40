"""files.*: an upload becomes a message."""

from __future__ import annotations

from typing import Any

from testbed.slack.content import Answer, Arguments
from testbed.slack.refusal import RefusalError
from testbed.slack.workspace import BOT_USER, Message, Workspace


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
