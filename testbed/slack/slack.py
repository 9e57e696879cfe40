"""The fake's interface for tests: a server in its own thread, and access to everything it received."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeVar

from aiohttp import web

from testbed.slack import events as event_shapes
from testbed.slack.deliveries import Deliveries
from testbed.slack.failures import Failures
from testbed.slack.journal import Delivery, Journal
from testbed.slack.people import MENTION, Person, UserAction
from testbed.slack.socket_mode import SocketMode
from testbed.slack.tickets import Tickets
from testbed.slack.web_api import WebApi
from testbed.slack.workspace import BOT_USER, OTHER_TEAM, TEAM, Channel, Message, User, Workspace

T = TypeVar("T")

BOT_TOKEN = "xoxb-" + "0123456789-0123456789-fake"
APP_TOKEN = "xapp-" + "1-A0MICRONDL-0123456789-fake"
SIGNING_SECRET = "0123456789abcdef" * 2
_PATIENCE = 20.0  # seconds until something that has to come is given up
_LOOK = 0.01  # seconds between two looks


class FakeSlack:
    """One workspace with the assistant in it; what it may do and hear is what the app's manifest says."""

    def __init__(self, scopes: Iterable[str], events: Iterable[str]) -> None:
        """Starts at once, on a free port of the loopback address."""
        self.workspace, self.journal, self.failures, self.tickets = (
            Workspace(),
            Journal(),
            Failures(),
            Tickets(),
        )
        self.events = frozenset(events)
        self.sockets = SocketMode(self.tickets, self.journal)
        self.deliveries = Deliveries(SIGNING_SECRET, self.journal, self.sockets)
        tokens = {BOT_TOKEN: "bot", APP_TOKEN: "app"}
        self.api = WebApi(
            self.workspace,
            self.journal,
            self.failures,
            self.tickets,
            tokens,
            frozenset(scopes),
            on_post=self._echo,
        )
        self._loop = asyncio.new_event_loop()
        self._echoes: set[asyncio.Task[Delivery]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._runner: web.AppRunner = self.run(self._start())

    @property
    def address(self) -> str:
        """For SLACK_API_URL."""
        return f"{self.api.address}/api/"

    def stop(self) -> None:
        """Ends the server and its thread."""
        self.run(self.deliveries.close())
        self.run(self._runner.cleanup())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def run(self, work: Coroutine[Any, Any, T], seconds: float = 60) -> T:
        """Does it in the server's own loop and waits for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    def call_soon(self, work: Callable[[], None]) -> None:
        """Does it in the server's own loop."""

        async def done() -> None:
            work()

        self.run(done())

    def speaks_to(self, *base_urls: str) -> None:
        """The assistant whose endpoint hears of everything, or several in turn; Socket Mode without this."""
        self.deliveries.speak_to(*(f"{base_url}/webhooks/slack/webhook" for base_url in base_urls))

    def person(
        self,
        name: str = "Anna",
        timezone: str | None = "Europe/London",
        user_id: str | None = None,
        team: str = TEAM,
    ) -> Person:
        """Somebody new."""
        user = User(user_id or self.workspace.new_id("U"), name, timezone, team=team)
        self.workspace.users[user.id] = user
        return Person(self, user, self.workspace.dm_of(user.id))

    def channel(
        self, *people: Person, kind: str = "channel", name: str = "skin", with_bot: bool = True
    ) -> Channel:
        """A new one with these people in it."""
        members = {person.user.id for person in people} | ({BOT_USER} if with_bot else set())
        return self.workspace.add_channel(kind, members, name=name)

    def shared_channel(self, *people: Person) -> Channel:
        """One that another workspace shares with this one (Slack Connect)."""
        channel = self.channel(*people)
        channel.team = OTHER_TEAM
        return channel

    def deliver(self, kind: str, payload: dict[str, Any], headers: dict[str, str] | None = None) -> Delivery:
        """Until it is acknowledged or given up."""
        return self.run(self.deliveries.deliver(kind, payload, headers))

    def events_of(self, message: Message, channel: Channel) -> list[dict[str, Any]]:
        """Return the events of a message that the app is subscribed to: two where two subscriptions fit."""
        found = []
        root = next(
            (m for m in self.workspace.messages if m.ts == message.thread_ts and m.channel == channel.id),
            None,
        )
        if MENTION in message.text and "app_mention" in self.events and channel.kind != "im":
            found.append(
                event_shapes.event_callback(event_shapes.mention_event(message, channel), team=channel.team)
            )
        if channel.has_bot and event_shapes.EVENTS_OF_KIND[channel.kind] in self.events:
            found.append(
                event_shapes.event_callback(
                    event_shapes.message_event(message, channel, root.user if root else None),
                    team=channel.team,
                )
            )
        return found

    def new_trigger(self) -> str:
        """For one interaction."""
        return self.tickets.new_trigger()

    def response_url(self, channel: str, user: str, original: Message | None = None) -> str:
        """For one interaction."""
        return f"{self.api.address}/respond/{self.tickets.new_response(channel, user, original)}"

    def answers_to(self, action: UserAction) -> list[Message]:
        """Return the assistant's messages there since, to everybody or to that person alone."""
        said = self.workspace.messages[action.since :]
        return [
            m
            for m in said
            if m.is_bots
            and m.channel == action.channel
            and m.seen_by in (None, action.user)
            and self._fits(m, action)
        ]

    def answer_to(self, action: UserAction) -> Message:
        """Waits for the first."""
        self.wait_until(
            lambda: bool(self.answers_to(action)), f"an answer to {action.message and action.message.text!r}"
        )
        return self.answers_to(action)[0]

    def answers_to_dm(self, person: Person) -> list[Message]:
        """Everything that the assistant has ever said in that person's DM."""
        return [m for m in self.workspace.messages if m.is_bots and m.channel == person.dm.id]

    def wait_until(self, holds: Callable[[], bool], what: str, seconds: float = _PATIENCE) -> None:
        """Raises with the last calls where it doesn't come to hold."""
        until = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > until:
                last = "\n".join(
                    f"{c.method} {c.status} {c.arguments} {c.answer}"[:600] for c in self.journal.calls[-5:]
                )
                raise AssertionError(
                    f"waited in vain for {what}; complaints: {self.journal.complaints}; last calls:\n{last}"
                )
            time.sleep(_LOOK)

    def settle(self) -> None:
        """Waits until the assistant has answered somebody who came later: what was to be said by now was said."""
        self.answer_to(self.person("Witness").says("hello"))

    def settle_slowly(self) -> None:
        """The same with what has to wait its second in a channel, such as a second answer."""
        witness = self.person("Witness")
        asked = [witness.says(text) for text in ("hello", "does it hurt")]
        self.wait_until(lambda: len(self.answers_to(asked[0])) == len(asked), "the witness's second answer")

    @staticmethod
    def _fits(message: Message, action: UserAction) -> bool:
        return action.message is None or action.channel.startswith("D") or message.thread_ts == action.thread

    def _echo(self, message: Message) -> None:
        """Slack tells the app of the app's own posts, too."""
        channel = self.workspace.channels[message.channel]
        if event_shapes.EVENTS_OF_KIND[channel.kind] not in self.events or not channel.has_bot:
            return
        event = event_shapes.event_callback(event_shapes.message_event(message, channel), team=channel.team)
        task = self._loop.create_task(self.deliveries.deliver("event", event))
        self._echoes.add(task)
        task.add_done_callback(self._echoes.discard)

    async def _start(self) -> web.AppRunner:
        app = web.Application(client_max_size=2**26)
        app.add_routes([*self.api.routes(), *self.sockets.routes()])
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert site._server is not None
        self.api.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        await self.deliveries.open()
        return runner
