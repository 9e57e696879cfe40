"""Saying whether an answer helped."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from channels import feedback
from channels.conversation_store import store_of
from channels.feedback import Feedback
from channels.problems import ProblemError
from channels.transcript import answer_to
from channels.website.bodies import read_feedback
from channels.website.conversation_lock import conversation_lock
from channels.website.site import Site, agent_of, refuse_erased, session_of

_PATH = "/webhooks/website/feedback"


def add_feedback_routes(front: Blueprint, site: Site) -> None:
    """`POST /webhooks/website/feedback`."""

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
            refuse_erased(store, session)  # it may have been erased while this waited for the lock
            _refuse_unanswered(len(answer_to(store, session.conversation, rated.answer[0]) or []), rated)
            feedback.keep(store.engine, session.conversation, rated)
        return empty()


def _refuse_unanswered(parts: int, rated: Feedback) -> None:
    """Only what was said can be rated."""
    if rated.answer[1] >= parts:
        raise ProblemError("not_answered")
