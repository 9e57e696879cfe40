"""A clinic's own rules in answers that are not worked out for a date.

The clinic's instruction comes first and is cited as the clinic's. Our answer follows as details, or below it where it
must not be hidden: where the articles are stricter, and where only a professional may decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.core.aftercare.rulebook import ARTICLE_SUFFIX, SIDES, Rulebook
from assistant.core.aftercare.rules import Rule
from assistant.core.content.articles import Source
from assistant.core.content.clinic import ClinicWording
from assistant.core.content.clinic_answers import cited
from assistant.core.protocol import ANSWERED, NOT_COVERED, instruction

ANSWERS = frozenset({ANSWERED, NOT_COVERED})
"""Outcomes of answers in which an instruction may stand; an alarm has nothing before it."""

_SUBJECTS = {"product": "products", "activity": "activities"}


def clinic_rules(aftercare: Rulebook) -> list[Rule]:
    """Return the clinic's own rules."""
    return [rule for rule in aftercare.rules if rule.section is not None]


def sources_by_name(aftercare: Rulebook) -> dict[str, Source]:
    """Return the source of each of the clinic's rules, by the name under which texts cite it."""
    return {instruction(rule.id): aftercare.sources[rule.id][0] for rule in clinic_rules(aftercare)}


def rules_about(topic: str, named: Mapping[str, Sequence[str]], aftercare: Rulebook) -> list[Rule]:
    """Return the clinic's rules on a topic, or on a product or activity that the message names.

    Args:
        topic: what the message asks.
        named: values by entity.
        aftercare: the rules.
    """
    directions = aftercare.topics.overviews.get(topic)
    if directions:  # a laxer rule needs the articles' beside it, for which a list has no room
        listed = [rule for rule in clinic_rules(aftercare) if rule.direction in directions]
        return [rule for rule in listed if rule.in_timeline and not _stricter([rule], aftercare)]
    sides = {aftercare.topics.sides[topic]} if topic in aftercare.topics.sides else SIDES
    return [
        rule
        for rule in clinic_rules(aftercare)
        if rule.direction in {*sides, "any"} and _is_about(rule, topic, named, aftercare)
    ]


def _is_about(rule: Rule, topic: str, named: Mapping[str, Sequence[str]], aftercare: Rulebook) -> bool:
    asked = {(kind, value) for entity, kind in _SUBJECTS.items() for value in named.get(entity, ())}
    own = {(kind, value) for kind in _SUBJECTS.values() for value in getattr(rule, kind)}
    if asked and own:
        return not asked.isdisjoint(own) and _is_on_the_time(topic, aftercare)
    return topic in rule.topics and topic not in aftercare.topics.catch_alls


def _is_on_the_time(topic: str, aftercare: Rulebook) -> bool:
    """Return whether a topic is about the time around a session, or about what no article covers."""
    with_rules = {name for rule in aftercare.rules for name in rule.topics}
    return topic in aftercare.topics.sides or topic in aftercare.topics.gaps or topic in with_rules


def with_instructions(
    response: Mapping[str, Any], rules: Sequence[Rule], aftercare: Rulebook, wording: ClinicWording
) -> dict[str, Any]:
    """Return the response with the clinic's instructions first; unchanged without rules, or for an alarm."""
    about = response.get("metadata") or {}
    if not rules or about.get("outcome", ANSWERED) not in ANSWERS:
        return dict(response)
    own = _instructions(rules, about.get("topic", ""), aftercare, wording)
    stricter = _stricter(rules, aftercare)
    is_gap = about.get("outcome") == NOT_COVERED
    metadata = {key: value for key, value in about.items() if key not in ("outcome", "details")}
    if (
        stricter
        or about.get("verdict")
        or not (is_gap or _is_whole_answer(rules, about.get("topic", ""), aftercare))
    ):
        lead = [wording.stricter] if stricter else []
        text, details = "\n\n".join([own, *lead, response["text"]]), about.get("details")
    else:
        rest = () if is_gap else (response["text"], about.get("details"))
        text, details = own, "\n\n".join(part for part in rest if part)
    return {**response, "text": text, "metadata": metadata | ({"details": details} if details else {})}


def with_own_rules(
    message: Mapping[str, Any], topic: str, aftercare: Rulebook, wording: ClinicWording
) -> dict[str, Any]:
    """Return a computed message with the clinic's rules on the topic listed below its text."""
    rules, metadata = rules_about(topic, {}, aftercare), message["metadata"]
    if not rules:
        return dict(message)
    sources: list[Source] = list(metadata.get("sources") or ())
    lines = []
    for rule in rules:
        own = aftercare.sources[rule.id][0]
        sources += [own] if own not in sources else []
        lines.append(f"- {cited(rule.title, str(sources.index(own) + 1))}")
    text = f"{message['text']}\n\n{wording.lists.format(list=chr(10).join(lines))}"
    return {**message, "text": text, "metadata": {**metadata, "sources": sources}}


def _is_whole_answer(rules: Sequence[Rule], topic: str, aftercare: Rulebook) -> bool:
    """Return whether the rules answer the topic itself, not only a thing that the message names beside it."""
    return topic not in aftercare.topics.overviews and any(topic in rule.topics for rule in rules)


def _instructions(rules: Sequence[Rule], topic: str, aftercare: Rulebook, wording: ClinicWording) -> str:
    if topic in aftercare.topics.overviews:
        return wording.lists.format(list=_listed(rules))
    return "\n\n".join(
        wording.says.format(detail=cited(rule.detail.strip(), instruction(rule.id))) for rule in rules
    )


def _listed(rules: Iterable[Rule]) -> str:
    return "\n".join(f"- {cited(rule.title, instruction(rule.id))}" for rule in rules)


def _stricter(rules: Iterable[Rule], aftercare: Rulebook) -> bool:
    """Return whether the articles' rule counts beside one of the clinic's."""
    counting = {rule.id for rule in aftercare.in_force(None)}
    return any(f"{rule.id}{ARTICLE_SUFFIX}" in counting for rule in rules)
