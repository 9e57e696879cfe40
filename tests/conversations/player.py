"""Plays a held-out conversation through the website channel and reports wrong answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from testbed.expected_answers import Expected, all_fit
from tests.conversations.scripts import Script, Turn, fill_in_days
from tests.servers import RunningAssistant, Visitor

Message = dict[str, Any]
NONE_OF_THESE = "/none_of_these"
MANY = 20  # questions: no check has as many


def issues(script: Script, assistant: RunningAssistant) -> list[str]:
    """What isn't as expected, turn by turn."""
    player = _Player(assistant)
    return [
        f"turn {number}, {_named(turn)!r}: {issue}; got {_shown(player.answer)}"
        for number, turn in enumerate(script.turns, start=1)
        for issue in player.play(turn)
    ]


class _Player:
    """The person of the script."""

    def __init__(self, assistant: RunningAssistant) -> None:
        self._assistant = assistant
        self._visitor = assistant.visitor()
        self._pressed = ""
        self.answer: list[Message] = []
        self._checks: list[str | None] = []
        self._asked: list[str] = []

    def play(self, turn: Turn) -> list[str]:
        if turn.says is not None:
            self.answer = self._visitor.say(self._filled(turn.says))
        elif turn.answers_check is not None:
            self.answer = self._finish_check(turn.answers_check, turn.but)
        elif turn.presses is not None:
            self.answer = self._press(turn.presses)
        elif turn.does == "reload":
            self._visitor = Visitor(self._assistant.base_url, token=self._visitor.token)
        elif turn.does == "erase":
            assert self._visitor.erase().status_code == 204
            self._visitor = self._assistant.visitor()
        self._checks.append(check_question(self.answer))
        return [*self._issues(turn), *self._issues_of_check(turn)]

    def _finish_check(self, reply: str, but: Mapping[str, str]) -> list[Message]:
        answer = self.answer
        while (condition := check_question(answer)) is not None and len(self._asked) < MANY:
            self._asked.append(condition)
            answer = self._visitor.say(but.get(condition, reply))
        return answer

    def _issues_of_check(self, turn: Turn) -> Iterator[str]:
        asked = self._checks[-1]
        if turn.asks_check is not None and turn.asks_check != (asked is not None):
            yield f"expected asks_check {turn.asks_check}"
        if turn.same_check_as is not None and asked != self._checks[turn.same_check_as - 1]:
            yield f"expected the check's question of turn {turn.same_check_as} again, not {asked}"
        yield from (f"asked about {known}" for known in turn.never_asks if known in self._asked)
        named = self._first("conditions") or ()
        if turn.answers_check is not None and set(turn.conditions) != set(named):
            yield f"expected the end to name {turn.conditions}, not {named}"

    def _press(self, which: str) -> list[Message]:
        buttons = [button for message in self.answer for button in message.get("buttons", [])]
        offered = [button["payload"] for button in buttons if button["payload"] != NONE_OF_THESE]
        self._pressed = NONE_OF_THESE if which == "none_of_these" else offered[0]
        answer = self._visitor.send(payload=self._pressed)
        assert answer.status_code == 200, answer.text
        messages: list[Message] = answer.json()["messages"]
        return messages

    def _issues(self, turn: Turn) -> Iterator[str]:
        if turn.answers and not _answers(turn.answers, self.answer):
            yield f"expected {[_wanted(answer) for answer in turn.answers]}"
        if turn.outcomes and self._first("outcome") not in turn.outcomes:
            yield f"expected the outcome {turn.outcomes}"
        if turn.kind and (self._first("follow_up") != turn.kind or self._is_beside(turn.about)):
            yield f"expected {turn.kind} about {turn.about}"
        if turn.answers_choice and self._first("topic") != self._pressed.lstrip("/").partition("{")[0]:
            yield f"expected the answer to {self._pressed}"
        yield from self._issues_of_date(turn)
        yield from self._issues_of_all(turn)

    def _issues_of_date(self, turn: Turn) -> Iterator[str]:
        cards = {card["type"]: card for message in self.answer if (card := message.get("custom"))}
        if turn.asks_date is not None and turn.asks_date != ("ask_date" in cards):
            yield f"expected asks_date {turn.asks_date}"
        if turn.timeline is not None and turn.timeline != ("timeline" in cards):
            yield f"expected timeline {turn.timeline}"
        treated_at = str(cards.get("timeline", {}).get("treated_at"))
        if turn.treated_on and not treated_at.startswith(self._filled(turn.treated_on)):
            yield f"expected to be treated on {self._filled(turn.treated_on)}, not {treated_at}"

    def _issues_of_all(self, turn: Turn) -> Iterator[str]:
        about = [message["metadata"] for message in self.answer]
        payloads = [button["payload"] for message in self.answer for button in message.get("buttons", [])]
        seen = {
            "clarifies": any(each["outcome"] == "clarify" for each in about),
            "offers_person": any(each["outcome"] == "handoff" for each in about) or "/human" in payloads,
            "sources": any(each.get("sources") for each in about),
            "disagreement": any(each.get("disagreement") for each in about),
        }
        yield from (
            f"expected {key} {getattr(turn, key)}"
            for key, value in seen.items()
            if getattr(turn, key) not in (None, value)
        )
        said = " ".join(message["text"] for message in self.answer).lower()
        yield from (f"mentions {word}" for word in turn.mentions_none if word.lower() in said)
        if turn.remembers is not None:
            texts = [message["text"] for message in self._visitor.history() if message["role"] == "user"]
            if len(texts) != turn.remembers:
                yield f"expected {turn.remembers} messages to be remembered, not {len(texts)}"

    def _first(self, key: str) -> Any:
        return self.answer[0]["metadata"].get(key) if self.answer else None

    def _is_beside(self, topics: Sequence[str]) -> bool:
        return bool(topics) and self._first("topic") not in topics

    @staticmethod
    def _filled(text: str) -> str:
        return fill_in_days(text, datetime.now(timezone.utc).date())


def check_question(messages: Sequence[Message]) -> str | None:
    """The condition that a question of the candidate check is about."""
    about = [message["metadata"] for message in messages]
    return next((each["condition"] for each in about if _asks_about_condition(each)), None)


def _asks_about_condition(about: Mapping[str, Any]) -> bool:
    is_asked = about.get("topic") == "candidate_check" and about.get("outcome") == "clarify"
    return is_asked and "condition" in about


def _as_answer(about: dict[str, Any]) -> dict[str, Any]:
    """A question of the check is what who wants the check is answered with."""
    return {**about, "outcome": "answered"} if _asks_about_condition(about) else about


def _answers(asks: Sequence[Expected], messages: Sequence[Message]) -> bool:
    """Whether they fit, with or without what comes on top: the question for the date, the timeline."""
    tops: list[frozenset[str]] = [frozenset(), frozenset({"ask_date"}), frozenset({"ask_date", "timeline"})]
    return any(
        all_fit(
            asks,
            [_as_answer(m["metadata"]) for m in messages if (m.get("custom") or {}).get("type") not in top],
        )
        for top in tops
    )


def _named(turn: Turn) -> str:
    return turn.says or turn.presses or turn.does or turn.answers_check or ""


def _wanted(expected: Expected) -> str:
    return expected.json(exclude_defaults=True)


def _shown(messages: Sequence[Message]) -> list[str]:
    return [f"{m['metadata'].get('topic')}/{m['metadata'].get('outcome')}" for m in messages]
