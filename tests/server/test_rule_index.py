"""The index over plain rules predicts what RulePolicy predicts, and decides nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.server.rasa.rule_index import RuleIndex
from tests.rule_policies import trained_policy
from tests.servers import ROOT

DOMAIN = """
version: "3.1"
intents: [greet, ask, tell, chat, restart]
entities: [place]
slots:
  dated: {type: bool, mappings: [{type: custom}]}
  place: {type: text, mappings: [{type: from_entity, entity: place}]}
forms:
  form: {required_slots: [place]}
responses:
  utter_greet: [{text: hi}]
  utter_ask: [{text: so}]
  utter_dated: [{text: then}]
  utter_more: [{text: more}]
  utter_end: [{text: thanks}]
"""
RULES_FILE = """
version: "3.1"
rules:
- rule: plain, two actions
  steps: [{intent: greet}, {action: utter_greet}, {action: utter_more}]
- rule: plain
  steps: [{intent: ask}, {action: utter_ask}]
- rule: with a slot
  condition: [{slot_was_set: [{dated: true}]}]
  steps: [{intent: ask}, {action: utter_dated}]
- rule: a form
  steps: [{intent: tell}, {action: form}, {active_loop: form}]
- rule: the end of the form
  condition: [{active_loop: form}]
  steps: [{action: form}, {active_loop: null}, {action: utter_end}]
- rule: an entity
  steps: [{intent: chat, entities: [place]}, {action: utter_more}]
- rule: at the start
  conversation_start: true
  steps: [{intent: chat}, {action: utter_greet}]
"""


class Learned:
    """A trained policy with its index."""

    def __init__(self, policy: RulePolicy, domain: Domain) -> None:
        self.domain = domain
        self.policy = policy
        self.index = RuleIndex(policy)
        self.intents = sorted(domain.intents)
        self.actions = sorted({*policy.lookup[RULES].values()})

    def tracker(self, events: Iterable[Event]) -> DialogueStateTracker:
        return DialogueStateTracker.from_events("someone", list(events), self.domain.slots)

    def both(self, events: Sequence[Event]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The predictions of the index and of the policy."""
        (of_index, key), (of_policy, own_key) = (
            predict(self.tracker(events), self.domain)
            for predict in (self.index.predict, self.policy._predict)
        )
        return {**vars(of_index), "key": key}, {**vars(of_policy), "key": own_key}

    def in_index(self, events: Sequence[Event]) -> bool:
        return self.index.find(self.tracker(events)) is not None


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Learned:
    """The project's own rules."""
    data = (ROOT / "data" / "rules", ROOT / "data" / "en" / "responses")
    return Learned(*trained_policy(tmp_path_factory.mktemp("ours"), ROOT / "domain.yml", *data))


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Learned:
    """Rules of every kind."""
    folder = tmp_path_factory.mktemp("others")
    (folder / "domain.yml").write_text(DOMAIN, "utf-8")
    (folder / "rules.yml").write_text(RULES_FILE, "utf-8")
    return Learned(*trained_policy(folder, folder / "domain.yml", folder / "rules.yml"))


def said(intent: str, **slots: Any) -> list[Event]:
    entities = [{"entity": name, "value": value} for name, value in slots.items()]
    return [
        ActionExecuted(ACTION_LISTEN_NAME),
        UserUttered("some words", {"name": intent, "confidence": 0.9}, entities),
    ]


def situation(key: str) -> list[Event]:
    """The events after which the rule with this key applies."""
    events: list[Event] = []
    for state in json.loads(key):
        action = state["prev_action"]["action_name"]
        events += said(state["user"]["intent"]) if action == ACTION_LISTEN_NAME else [ActionExecuted(action)]
        events += [SlotSet(name, "2026-11-30") for name in state.get("slots", {})]
    return events


def test_both_agree_on_every_rule_of_the_project(ours: Learned) -> None:
    keys = list(ours.policy.lookup[RULES])
    assert len(keys) > 100
    for key in keys:
        of_index, of_policy = ours.both(situation(key))
        assert of_index == of_policy
        assert of_policy["key"] == key


def test_the_index_decides_wherever_no_slot_is_set_that_matters(ours: Learned) -> None:
    for key in ours.policy.lookup[RULES]:
        assert ours.in_index(situation(key)) != ('"slots"' in key)


@pytest.mark.parametrize(
    ("events", "decided"),
    [
        (said("greet"), True),
        ([*said("greet"), ActionExecuted("utter_greet"), BotUttered("hi")], True),
        ([*said("greet"), ActionExecuted("utter_greet"), ActionExecuted("utter_more")], True),
        (said("ask"), True),
        ([*said("ask"), SlotSet("dated", True)], False),
        ([*said("ask"), SlotSet("dated", True), SlotSet("dated", None)], True),
        (said("tell"), False),
        ([*said("tell"), ActionExecuted("form"), ActiveLoop("form"), *said("greet")], False),
        (said("chat"), False),
        (said("restart"), False),
        ([*said("greet"), UserUtteranceReverted()], False),
        ([*said("greet"), Restarted()], False),
        ([*said("greet"), SessionStarted()], False),
        ([], False),
        ([ActionExecuted(ACTION_LISTEN_NAME)], False),
    ],
)
def test_rasas_policy_decides_where_anything_else_matters(
    others: Learned, events: list[Event], decided: bool
) -> None:
    assert others.in_index(events) == decided
    of_index, of_policy = others.both(events)
    assert of_index == of_policy


def conversations(learned: Learned) -> st.SearchStrategy[list[Event]]:
    """Events in any order, likely and unlikely."""
    slots = [name for name in learned.domain.as_dict()["slots"] if name != "session_started_metadata"]
    steps = st.one_of(
        st.sampled_from(learned.intents).map(said),
        st.sampled_from(learned.actions).map(lambda action: [ActionExecuted(action)]),
        st.tuples(st.sampled_from(slots), st.sampled_from([None, True, "x"])).map(lambda s: [SlotSet(*s)]),
        st.sampled_from([BotUttered("hi"), ActionReverted(), UserUtteranceReverted(), Restarted()]).map(
            lambda event: [event]
        ),
    )
    return st.lists(steps, max_size=8).map(lambda parts: [event for part in parts for event in part])


@given(data=st.data())
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("rules", ["ours", "others"])
def test_both_agree_on_any_conversation(
    rules: str, data: st.DataObject, ours: Learned, others: Learned
) -> None:
    learned = {"ours": ours, "others": others}[rules]
    of_index, of_policy = learned.both(data.draw(conversations(learned)))
    assert of_index == of_policy
