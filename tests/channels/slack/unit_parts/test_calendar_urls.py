"""Links to calendars are made only where something serves them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sanic import Blueprint, Sanic

from assistant.channels.slack.conversations import CalendarUrls
from assistant.channels.slack.settings import Settings
from assistant.channels.website import WebsiteInput


async def unused(_message: object) -> None:
    raise AssertionError("no message was sent")


@pytest.fixture
def website(tmp_path: Path) -> Blueprint:
    return WebsiteInput.from_credentials({"state_dir": str(tmp_path)}).blueprint(unused)


@pytest.mark.parametrize("is_served", [True, False])
@pytest.mark.parametrize("public_url", ["https://clinic.example", ""])
def test_a_link_needs_the_websites_route_and_a_public_address(
    website: Blueprint, tmp_path: Path, is_served: bool, public_url: str
) -> None:
    app = Sanic(f"calendars_{is_served}_{bool(public_url)}", register=False, configure_logging=False)
    if is_served:
        app.blueprint(website, url_prefix="/")
    urls = CalendarUrls.of(Settings(state_dir=tmp_path, public_url=public_url), app)
    assert (urls.links is not None) == bool(is_served and public_url)
