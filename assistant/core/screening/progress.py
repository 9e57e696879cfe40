"""State of a check in a conversation, and its transitions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast, get_args

Reply = Literal["yes", "no", "unsure"]
Act = Literal["yes", "no", "unsure", "why", "stop", "back", "go_on", "restart", "unclear"]
"""Effect of a message on the check."""
Say = Literal[
    "begin", "ask", "resume", "why", "unclear", "back", "at_start", "stopped", "nothing_to_stop", "end"
]
"""Message to send after a step; all but the last three ask the open question."""

_REPLIES: frozenset[str] = frozenset(get_args(Reply))


@dataclass(frozen=True)
class Progress:
    """Replies so far; empty for a check that was never begun."""

    replies: Mapping[str, Reply] = field(default_factory=dict)
    """By condition, in the order in which they were given."""
    known: Sequence[str] = ()
    """Conditions known from the conversation, which are therefore not asked about."""
    question: str | None = None
    """The condition being asked about; None before and after the check."""
    stopped: bool = False

    @property
    def is_under_way(self) -> bool:
        """True if there is a question to return to."""
        return self.question is not None

    def named(self, *replies: Reply) -> list[str]:
        """Return the conditions with one of these replies."""
        return [condition for condition, reply in self.replies.items() if reply in replies]


def read_progress(value: Any) -> Progress:
    """Deserialize the value of the slot."""
    if not isinstance(value, Mapping):
        return Progress()
    return Progress(
        replies={key: cast(Reply, reply) for key, reply in value.get("replies", {}).items()},
        known=tuple(value.get("known", ())),
        question=value.get("question"),
        stopped=bool(value.get("stopped")),
    )


def write_progress(progress: Progress) -> dict[str, Any]:
    """Serialize the progress for the slot."""
    return {
        "replies": dict(progress.replies),
        "known": list(progress.known),
        "question": progress.question,
        "stopped": progress.stopped,
    }


def take_step(
    progress: Progress, act: Act, reported: Collection[str], order: Sequence[str], about: str | None = None
) -> tuple[Progress, Say]:
    """Return the progress after a message, and the message to send.

    Args:
        progress: the progress before the message.
        act: the effect of the message; ``go_on`` also begins a check.
        reported: conditions that the person has reported, in this message or before.
        order: the conditions to ask about, in order.
        about: the question that a pressed button belongs to; defaults to the open one.
    """
    if act == "restart" or (act == "go_on" and not progress.is_under_way):
        return _begin(reported, order)
    if act in _REPLIES:
        return _reply(progress, cast(Reply, act), reported, order, about)
    if act == "stop":
        return replace(progress, stopped=True), "stopped" if progress.is_under_way else "nothing_to_stop"
    if not progress.is_under_way:
        return _begin(reported, order)
    awake = replace(progress, stopped=False)
    if act == "back":
        return _back(awake)
    return awake, "resume" if act == "go_on" else cast(Say, act)


def _begin(reported: Collection[str], order: Sequence[str]) -> tuple[Progress, Say]:
    known = tuple(condition for condition in order if condition in reported)
    begun = Progress(replies=dict.fromkeys(known, "yes"), known=known)
    return _next(begun, order, "begin")


def _reply(
    progress: Progress, reply: Reply, reported: Collection[str], order: Sequence[str], about: str | None
) -> tuple[Progress, Say]:
    condition = about if about in order else progress.question
    if condition is None:
        return _begin(reported, order)
    earlier = {key: given for key, given in progress.replies.items() if key != condition}
    volunteered: dict[str, Reply] = {key: "yes" for key in order if key in reported and key not in earlier}
    replies = {**earlier, **{**volunteered, condition: reply}}
    return _next(replace(progress, replies=replies, stopped=False), order, "ask")


def _next(progress: Progress, order: Sequence[str], say: Say) -> tuple[Progress, Say]:
    question = next((condition for condition in order if condition not in progress.replies), None)
    return replace(progress, question=question), "end" if question is None else say


def _back(progress: Progress) -> tuple[Progress, Say]:
    asked = [condition for condition in progress.replies if condition not in progress.known]
    if not asked:
        return progress, "at_start"
    replies = {key: reply for key, reply in progress.replies.items() if key != asked[-1]}
    return replace(progress, replies=replies, question=asked[-1]), "back"
