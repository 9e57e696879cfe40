"""Index over plain rules, which RulePolicy would look for by comparing every rule with the whole conversation.

A plain rule says which actions follow one intent, whatever else is known. Where a rule with another condition (a form,
entities, text, the start of a conversation, or a slot that is set) could apply as well, RulePolicy itself decides.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import DEFAULT_ACTION_MAPPINGS, RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, SLOTS, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    EntitiesAdded,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

Situation = tuple[str, tuple[str, ...]]
"""The latest message's intent, and the actions executed since."""
Place = tuple[str | None, str | None]
"""The last action and the intent of a rule with a condition."""
Slots = frozenset[str]

_RULES = "rules"
_NEUTRAL = (BotUttered, DefinePrevUserUtteredFeaturization, EntitiesAdded, SlotSet)
"""Events that change neither intent nor actions."""


class RuleIndex:
    """Drop-in replacement for the prediction of a loaded RulePolicy."""

    def __init__(self, policy: RulePolicy) -> None:
        """Index the rules that the policy has learned."""
        self._policy = policy
        self._predict_by_comparison = policy._predict
        self._plain: dict[Situation, tuple[str, str]] = {}
        self._conditional: dict[Place, list[Slots]] = defaultdict(list)
        for key, action in policy.lookup[_RULES].items():
            self._add(key, action)

    def predict(self, tracker: DialogueStateTracker, domain: Domain) -> tuple[PolicyPrediction, str | None]:
        """Return the prediction and the key of its rule, as `RulePolicy._predict` does."""
        rule = self.find(tracker)
        if rule is None:
            predicted: tuple[PolicyPrediction, str | None] = self._predict_by_comparison(tracker, domain)
            return predicted
        key, action = rule
        probabilities = self._policy._prediction_result(action, tracker, domain)
        return self._policy._rule_prediction(probabilities, key), key

    def find(self, tracker: DialogueStateTracker) -> tuple[str, str] | None:
        """Return the key and the action of the plain rule that applies, or None where RulePolicy has to decide."""
        situation = None if tracker.active_loop_name else _situation(tracker)
        if situation is None:
            return None
        intent, actions = situation
        latest = actions[-1] if actions else ACTION_LISTEN_NAME
        places: tuple[Place, ...] = ((latest, intent), (latest, None))
        conditions = chain.from_iterable(self._conditional.get(place, ()) for place in places)
        if any(all(tracker.get_slot(name) is not None for name in slots) for slots in conditions):
            return None
        is_default = not actions and intent in DEFAULT_ACTION_MAPPINGS
        return None if is_default else self._plain.get(situation)

    def _add(self, key: str, action: str) -> None:
        states = json.loads(key)
        situation = _plain_situation(states)
        if situation is not None:
            self._plain[situation] = (key, action)
        else:
            place = (_action(states[-1]), states[-1].get(USER, {}).get("intent"))
            self._conditional[place].append(_slots_set(states[-1]))


def _plain_situation(states: Sequence[Mapping[str, Any]]) -> Situation | None:
    """Return the situation in which a rule applies, or None if it has any other condition."""
    intent = states[0].get(USER, {}).get("intent")
    actions = [_action(state) for state in states[1:]]
    plain = [
        {PREVIOUS_ACTION: {"action_name": action}, USER: {"intent": intent}}
        for action in (ACTION_LISTEN_NAME, *actions)
    ]
    return (intent, tuple(map(str, actions))) if intent and states == plain else None


def _slots_set(state: Mapping[str, Any]) -> Slots:
    """Return the slots that need a value for a state; one that must have none stands there by that word."""
    return frozenset(name for name, value in state.get(SLOTS, {}).items() if not isinstance(value, str))


def _action(state: Mapping[str, Any]) -> str | None:
    name: str | None = state.get(PREVIOUS_ACTION, {}).get("action_name")
    return name


def _situation(tracker: DialogueStateTracker) -> Situation | None:
    """Return the present situation, or None after an event that could change what came before it."""
    actions: list[str] = []
    message: UserUttered | None = None
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecuted) and event.action_name and message is None:
            actions.insert(0, event.action_name)
        elif isinstance(event, ActionExecuted):
            return _answered(message, actions) if event.action_name == ACTION_LISTEN_NAME else None
        elif isinstance(event, UserUttered) and message is None:
            message = event
        elif not isinstance(event, _NEUTRAL):
            return None
    return None


def _answered(message: UserUttered | None, actions: Sequence[str]) -> Situation | None:
    if message is None or message.use_text_for_featurization or not message.intent_name:
        return None
    return message.intent_name, tuple(actions)
