"""Route for feedback on answers."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from assistant.channels.website.context import WebsiteContext, conversation_lock, refuse_erased, session_of
from assistant.channels.website.schemas import read_feedback
from assistant.server.http.route_helpers import agent_of
from assistant.server.problems import ProblemError
from assistant.server.storage import feedback
from assistant.server.storage.feedback import Feedback
from assistant.server.storage.tracker_store import store_of
from assistant.server.storage.transcript import answer_to

_PATH = "/webhooks/website/feedback"


def add_feedback_routes(front: Blueprint, site: WebsiteContext) -> None:
    """Add `POST /webhooks/website/feedback`."""

    @front.post(_PATH)
    async def rate_answer(request: Request) -> HTTPResponse:
        agent = agent_of(request)
        session = session_of(site, request)
        rated = read_feedback(request.headers.getone("content-type", None), request.body)
        wait = await site.ratings.hit(session.conversation)
        if wait:
            raise ProblemError("too_fast", retry_after=wait)
        async with conversation_lock(agent, session.conversation):
            store = store_of(agent)
            refuse_erased(store, session)  # it may have been deleted while waiting for the lock
            _refuse_unanswered(len(answer_to(store, session.conversation, rated.answer[0]) or []), rated)
            feedback.keep(store.engine, session.conversation, rated)
        return empty()


def _refuse_unanswered(parts: int, rated: Feedback) -> None:
    """Raise `not_answered` if the rated message does not exist."""
    if rated.answer[1] >= parts:
        raise ProblemError("not_answered")
