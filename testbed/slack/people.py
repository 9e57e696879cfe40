"""Actions of people in Slack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from testbed.slack import events as event_shapes
from testbed.slack import interactions
from testbed.slack.block_rules import elements_of
from testbed.slack.journal import Delivery
from testbed.slack.workspace import BOT_USER, Channel, Message, User, Workspace

MENTION = f"<@{BOT_USER}>"


@dataclass(frozen=True)
class UserAction:
    """Something that somebody did, and what Slack told the assistant about it."""

    channel: str
    user: str
    since: int
    """Number of messages that the workspace had before."""
    deliveries: list[Delivery]
    message: Message | None = None
    """The message, if there is one."""

    @property
    def thread(self) -> str | None:
        """Thread of the answer, if it isn't in the person's DM."""
        return (self.message.thread_ts or self.message.ts) if self.message else None


class Slack(Protocol):
    """The part of the fake that people act on."""

    workspace: Workspace

    def deliver(self, kind: str, payload: dict[str, Any]) -> Delivery:
        """Send a payload to the assistant, until it is acknowledged or given up."""

    def events_of(self, message: Message, channel: Channel) -> list[dict[str, Any]]:
        """Return the events of a message that the app is subscribed to."""

    def new_trigger(self) -> str:
        """Return the trigger of one interaction."""

    def response_url(self, channel: str, user: str, original: Message | None = None) -> str:
        """Return the address for responses to one interaction."""


@dataclass(frozen=True)
class Person:
    """Somebody in the workspace."""

    slack: Slack
    user: User
    dm: Channel

    def says(
        self,
        text: str,
        to: Channel | None = None,
        thread: str | None = None,
        files: list[dict[str, Any]] | None = None,
    ) -> UserAction:
        """In the DM where no channel is given; `thread` is the first message of a thread."""
        channel, world = to or self.dm, self.slack.workspace
        since = len(world.messages)
        message = Message(
            channel.id,
            world.new_ts(),
            self.user.id,
            text,
            thread_ts=thread,
            via="a person",
            files=files or [],
        )
        world.messages.append(message)
        events = self.slack.events_of(message, channel)
        return UserAction(
            channel.id, self.user.id, since, [self.slack.deliver("event", event) for event in events], message
        )

    def mentions(self, text: str, channel: Channel, thread: str | None = None) -> UserAction:
        """The assistant, at the beginning of a message."""
        return self.says(f"{MENTION} {text}", channel, thread)

    def edits(self, message: Message, text: str) -> UserAction:
        """One of the person's own messages."""
        before, message.text = message.text, text
        channel = self.slack.workspace.channels[message.channel]
        event = event_shapes.changed_event(message, channel, before)
        return self._did(channel, "event", event_shapes.event_callback(event))

    def types(self, words: str, channel: Channel | None = None) -> UserAction:
        """A slash command."""
        place = channel or self.dm
        response = self.slack.response_url(place.id, self.user.id)
        return self._did(
            place,
            "command",
            interactions.command(self.user, place, words, self.slack.new_trigger(), response),
        )

    def opens_home(self, tab: str = "home") -> UserAction:
        """The tab of the app."""
        seen = self.slack.workspace.homes.get(self.user.id)
        event = event_shapes.home_opened_event(self.user, self.dm, seen, tab)
        return self._did(self.dm, "event", event_shapes.event_callback(event))

    def uses_shortcut(self, callback: str, message: Message) -> UserAction:
        """In the menu of a message."""
        channel = self.slack.workspace.channels[message.channel]
        response = self.slack.response_url(channel.id, self.user.id)
        trigger = self.slack.new_trigger()
        payload = interactions.message_shortcut(
            self.user, channel, message, callback, trigger=trigger, response_url=response
        )
        return self._did(channel, "interactive", payload)

    def presses(self, message: Message, title: str) -> UserAction:
        """A button by what is written on it, or an option of a select or menu."""
        return self._acts(message, _pressed(message.blocks, title))

    def picks(self, message: Message, moment: int) -> UserAction:
        """A date and time in the picker of a message, in Unix seconds."""
        block, element = first_element(message.blocks, "datetimepicker")
        return self._acts(message, interactions.action(block, element, selected_date_time=moment))

    def rates(self, message: Message, *, up: bool) -> UserAction:
        """The buttons for feedback."""
        block, element = first_element(message.blocks, "feedback_buttons")
        button = element["positive_button" if up else "negative_button"]
        return self._acts(
            message, interactions.action(block, element, text=button["text"], value=button["value"])
        )

    def presses_in_home(self, title: str) -> UserAction:
        """Something in the Home tab as the person sees it."""
        home = self.slack.workspace.homes[self.user.id]
        payload = interactions.view_actions(
            self.user, home, [_pressed(home["blocks"], title)], self.slack.new_trigger()
        )
        return self._did(self.dm, "interactive", payload)

    def submits(self, view: dict[str, Any], moment: int) -> UserAction:
        """A modal with one picker of date and time."""
        block, element = first_element(view["blocks"], "datetimepicker")
        filled = {"type": "datetimepicker", "selected_date_time": moment}
        values = {block["block_id"]: {element["action_id"]: filled}}
        payload = interactions.submission(self.user, view, values, self.slack.new_trigger())
        return self._did(self.dm, "interactive", payload)

    def _acts(self, message: Message, action: dict[str, Any]) -> UserAction:
        channel = self.slack.workspace.channels[message.channel]
        response = self.slack.response_url(channel.id, self.user.id, message)
        trigger = self.slack.new_trigger()
        payload = interactions.message_actions(
            self.user, channel, message, [action], trigger=trigger, response_url=response
        )
        return self._did(channel, "interactive", payload)

    def _did(self, channel: Channel, kind: str, payload: dict[str, Any]) -> UserAction:
        since = len(self.slack.workspace.messages)
        return UserAction(channel.id, self.user.id, since, [self.slack.deliver(kind, payload)])


def first_element(blocks: list[dict[str, Any]], kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first interactive element of that type, with its block."""
    for block, element in elements_of(blocks):
        if element["type"] == kind:
            return block, element
    raise LookupError(f"there is no {kind} in {blocks}")


def titles(blocks: list[dict[str, Any]]) -> list[str]:
    """Return the labels of all buttons and options."""
    found = []
    for _, element in elements_of(blocks):
        found += [element["text"]["text"]] if element["type"] == "button" else []
        found += [option["text"]["text"] for option in element.get("options", [])]
    return found


def _pressed(blocks: list[dict[str, Any]], title: str) -> dict[str, Any]:
    for block, element in elements_of(blocks):
        if element["type"] == "button" and element["text"]["text"] == title:
            return interactions.action(block, element, text=element["text"], value=element.get("value", ""))
        for option in element.get("options", []):
            if option["text"]["text"] == title:
                return interactions.action(block, element, selected_option=option)
    raise LookupError(f"there is nothing called {title!r} in {titles(blocks)}")
