"""Checks of Rasa's own files against the topics: ``domain.yml`` and ``data/rules``."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.core.content.issues import Issue
from assistant.core.validation.answers import ASKING_BACK
from assistant.core.validation.project_content import Placed, ProjectContent
from assistant.core.validation.rasa_files import RasaRule
from assistant.core.validation.references import given_twice, unknown, unknown_intents

INTERNAL = {
    "nlu_fallback": ASKING_BACK,  # Rasa's own, for a message that was not understood
    "urgent": "utter_symptom_report",
    "ask_date": "utter_ask_date",
    "acknowledge": "utter_acknowledge",
    "yes_or_no": "utter_yes_or_no",
    "weigh_event": "utter_downtime",
    "check_list": "utter_candidate_check",
    "check_reply": "utter_candidate_check",
}
"""Intents that are not topics, set by a component of the pipeline or a button, with their responses."""


def find_faults(material: ProjectContent) -> Iterator[Issue]:
    """Yield topics without intent or rule, intents and rules without a topic, and rules with a wrong answer."""
    if material.is_whole("domain"):
        yield from _intent_faults(material)
    if material.is_whole("rule"):
        yield from _without_rule(material)
    for rule in material.rules:
        yield from _rule_faults(material, rule)


def _intent_faults(material: ProjectContent) -> Iterator[Issue]:
    path, intents = material.path("domain.yml"), material.domain.intents
    yield from given_twice(path, "intent", intents)
    yield from unknown_intents(material, path, "intents", [name for name in intents if name not in INTERNAL])
    for topic in material.topics:
        if topic.id not in intents:
            yield Issue(path, f"topic {topic.id} has no intent", expected=f"intents: - {topic.id}")


def _without_rule(material: ProjectContent) -> Iterator[Issue]:
    ruled = {intent for rule in material.rules if rule.entry.actions for intent in rule.entry.intents}
    for topic in material.topics:
        if topic.id not in ruled:
            path = material.path("data", "rules", f"{topic.group}.yml")
            yield Issue(
                path, f"topic {topic.id} has no rule", expected=f"intent {topic.id}, action {topic.response}"
            )


def _rule_faults(material: ProjectContent, rule: Placed[RasaRule]) -> Iterator[Issue]:
    path, place = str(rule.path), f"rule {rule.entry.name}"
    intents = [intent for intent in rule.entry.intents if intent not in INTERNAL]
    yield from unknown_intents(material, path, place, intents)
    utters = [action for action in rule.entry.actions if action.startswith("utter_")]
    if material.is_whole("response"):
        yield from unknown(path, place, "response", utters, {answer.name for answer in material.answers})
    own = {INTERNAL.get(intent, f"utter_{intent}") for intent in rule.entry.intents}
    if own and utters and own.isdisjoint(utters):
        yield Issue(
            path, f"{place}: answers something else", got=", ".join(utters), expected=" or ".join(sorted(own))
        )
