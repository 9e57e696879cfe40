"""Showing in the channel what the slash command has answered to one person."""

from __future__ import annotations

from channels.slack.answer_blocks import parts_of
from channels.slack.desk import Desk
from channels.slack.mrkdwn import filled, mrkdwn, quoted
from channels.slack.places import Place
from channels.slack.posts import Post, sentence
from channels.slack.texts import TEXTS


async def share(desk: Desk, place: Place, turn: str) -> None:
    """Posts the answer of that turn for all; its buttons and thumbs stay with the one who asked."""
    parts = parts_of([{**m, "buttons": []} for m in desk.talk.answer_of(place, turn)])
    if not parts or place.response_url is None or any(part.is_personal for part in parts):
        await desk.tell(place, sentence(mrkdwn(TEXTS["expired"])))
        return
    posts = desk.private_posts(place, turn, parts, can_share=False)
    opening = sentence(
        filled(TEXTS["shared"], user=f"<@{place.user}>", question=_question(desk, place, turn))
    )
    for post in _opened(opening, posts):
        body = {"response_type": "in_channel", "replace_original": False, **post.fields()}
        await desk.web.respond(place.response_url, body)
    for post in posts:
        await desk.web.respond(place.response_url, {"replace_original": True, **post.fields()})


def _opened(opening: Post, posts: list[Post]) -> list[Post]:
    """The opening before the first post."""
    first, *others = posts
    return [Post(f"{opening.text}\n{first.text}", (*opening.blocks, *first.blocks)), *others]


def _question(desk: Desk, place: Place, turn: str) -> str:
    asked = [said for said in desk.talk.history(place) if said["role"] == "user" and said.get("id") == turn]
    return quoted(asked[-1]["text"]) if asked else ""
