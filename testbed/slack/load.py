"""Load generator: many concurrent events with duplicates, while Slack fails intermittently."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from testbed.slack import events as event_shapes
from testbed.slack.failures import BROKEN, BROKEN_AFTERWARDS, CUT, TOO_MANY
from testbed.slack.journal import Delivery
from testbed.slack.people import MENTION, Person
from testbed.slack.slack import FakeSlack
from testbed.slack.workspace import Channel, Message

QUESTIONS = (
    "does it hurt",
    "How long will my skin stay red?",
    "when can i wear make-up again",
    "what does it cost",
    "hello",
    "can i go swimming after it",
    "does it hurt and how long am i red",
)
DUPLICATES, RETRIES = 0.3, 0.1
"""Shares of all events."""
LOST = 0.5
"""The share of retries whose first delivery never arrived."""
FAILING = ((TOO_MANY, 0.08), (BROKEN, 0.04), (BROKEN_AFTERWARDS, 0.02))
"""Outcomes of failing calls, with their shares."""
CUT_SECONDS = 1.5
"""Duration of the one outage, in seconds."""
_PER_PLACE = 2  # questions, more or less
_RETRY = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}


@dataclass(frozen=True)
class Question:
    """One, and where its answer belongs."""

    channel: str
    thread: str | None
    event: dict[str, Any]

    def twin(self) -> Question:
        """The same post as an event of its own, as where two subscriptions fit."""
        return replace(self, event=event_shapes.event_callback(self.event["event"]))


@dataclass
class Load:
    """The same for the same seed, but for the pace of the assistant."""

    slack: FakeSlack
    events: int
    seconds: float
    seed: int = 1
    questions: list[Question] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)

    def run(self) -> None:
        """Delivers everything; returns when all of it was acknowledged or given up."""
        chance = random.Random(self.seed)
        duplicates, retries = int(self.events * DUPLICATES), int(self.events * RETRIES)
        self._ask(self.events - duplicates - retries + int(retries * LOST), chance)
        self.slack.failures.default_outcome = self._default_outcome(chance)
        self.slack.run(self._deliver(chance), self.seconds + 60)

    def end_failures(self) -> None:
        """From now on nothing fails any more."""
        self.slack.failures.default_outcome = None

    def answers(self) -> Counter[tuple[str, str | None]]:
        """Return the number of answers by channel and thread."""
        places = {question.channel for question in self.questions}
        posts = (
            m for m in self.slack.workspace.messages if m.is_bots and m.channel in places and not m.seen_by
        )
        return Counter((post.channel, post.thread_ts) for post in posts)

    def wanted(self) -> Counter[tuple[str, str | None]]:
        """Return the expected number of answers by channel and thread."""
        return Counter((question.channel, question.thread) for question in self.questions)

    def waits(self) -> list[float]:
        """Seconds until each delivery was acknowledged."""
        return [
            attempt.seconds
            for delivery in self.deliveries
            for attempt in delivery.attempts
            if attempt.status == 200
        ]

    def _ask(self, count: int, chance: random.Random) -> None:
        people = [self.slack.person(f"Person {number}") for number in range(count // _PER_PLACE // 2 + 1)]
        channels = [self.slack.channel(person) for person in people]
        for _ in range(count):
            number = chance.randrange(len(people))
            place = people[number].dm if chance.random() < 0.5 else channels[number]
            self.questions.append(self._question(people[number], place, chance.choice(QUESTIONS)))

    def _question(self, person: Person, place: Channel, text: str) -> Question:
        message = Message(place.id, self.slack.workspace.new_ts(), person.user.id, text, via="a person")
        if place.kind == "im":
            event = event_shapes.message_event(message, place)
            thread = None
        else:
            message.text = f"{MENTION} {text}"
            event = event_shapes.mention_event(message, place)
            thread = message.ts
        self.slack.workspace.messages.append(message)
        return Question(place.id, thread, event_shapes.event_callback(event))

    async def _deliver(self, chance: random.Random) -> None:
        """Each at its moment."""
        duplicates, retries = int(self.events * DUPLICATES), int(self.events * RETRIES)
        retried = chance.sample(self.questions, retries)
        lost = retried[: int(retries * LOST)]
        arriving = [question for question in self.questions if question not in lost]
        planned: list[tuple[float, Question, dict[str, str]]] = [
            (chance.uniform(0, self.seconds), question, {}) for question in arriving
        ]
        moments = {id(question): moment for moment, question, _ in planned}
        for question in chance.choices(arriving, k=duplicates):
            later = moments[id(question)] + chance.choice((0.0, 0.02, 0.5, 3.0))
            planned.append((later, question.twin() if chance.random() < 0.5 else question, {}))
        planned += [(moments.get(id(q), chance.uniform(0, self.seconds)) + 1.0, q, _RETRY) for q in retried]
        started = time.monotonic()
        await asyncio.gather(
            *(self._at(started + moment, question, how) for moment, question, how in planned)
        )

    async def _at(self, moment: float, question: Question, headers: dict[str, str]) -> None:
        await asyncio.sleep(max(0.0, moment - time.monotonic()))
        self.deliveries.append(await self.slack.deliveries.deliver("event", question.event, headers))

    def _default_outcome(self, chance: random.Random) -> Any:
        cut_from = time.monotonic() + self.seconds / 2

        def outcome(method: str) -> int:
            if cut_from <= time.monotonic() < cut_from + CUT_SECONDS:
                return CUT
            drawn = chance.random()
            for kind, share in FAILING:
                drawn -= share
                if drawn < 0:
                    return kind
            return 200

        return outcome
