"""Saying whether an answer helped."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from assistant.channels.conversation_service import agent_of
from assistant.channels.website.context import WebsiteContext, session_of
from assistant.channels.website.schemas import read_feedback

_PATH = "/webhooks/website/feedback"


def add_feedback_routes(front: Blueprint, site: WebsiteContext) -> None:
    """`POST /webhooks/website/feedback`."""

    @front.post(_PATH)
    async def rate_answer(request: Request) -> HTTPResponse:
        conversations = site.conversations(agent_of(request.app), request)
        session = session_of(site, request)
        conversations.erasure_version(session.conversation)  # 401 comes before what is wrong with the body
        rated = read_feedback(request.headers.getone("content-type", None), request.body)
        await conversations.rate(session.conversation, rated)
        return empty()
