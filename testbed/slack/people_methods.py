"""auth.test, bots.info and users.info: identities."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from testbed.slack.content import Answer, Arguments
from testbed.slack.workspace import APP, BOT, BOT_USER, TEAM, Workspace


def auth_test(workspace: Workspace, given: Arguments) -> Answer:
    """auth.test."""
    return {
        "ok": True,
        "url": "https://clinic.slack.com/",
        "team": "Clinic",
        "user": "microneedling",
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def bots_info(workspace: Workspace, given: Arguments) -> Answer:
    """bots.info."""
    return {"ok": True, "bot": {"id": BOT, "app_id": APP, "user_id": BOT_USER, "name": "microneedling"}}


def users_info(workspace: Workspace, given: Arguments) -> Answer:
    """users.info: some profiles have no time zone."""
    user = workspace.user(given["user"])
    profile: Answer = {
        "id": user.id,
        "team_id": TEAM,
        "name": user.name,
        "real_name": user.name,
        "deleted": False,
        "is_bot": user.is_bot,
    }
    if user.timezone:
        offset = datetime.now(ZoneInfo(user.timezone)).utcoffset()
        profile |= {
            "tz": user.timezone,
            "tz_label": user.timezone,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
        }
    return {"ok": True, "user": profile}
