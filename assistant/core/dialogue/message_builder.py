"""Composition of the protocol's messages from a response and the NLU result."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.core.content.content import Content
from assistant.core.dialogue.clarification import none_of_these
from assistant.core.dialogue.evidence import Evidence, evidence_of
from assistant.core.protocol import ANSWERED, CLARIFY, CLINIC, NOT_COVERED, OUT_OF_SCOPE, URGENT

OTHER = "other"
"""Slot value for anything that the articles do not mention."""
VARIATION_ENTITIES = ("concern", "condition", "symptom", "alarm", "remark")
"""Entities that select the variation of a response."""
NOTICED = frozenset({ANSWERED, NOT_COVERED})
"""Outcomes that carry the disclaimer."""

ASK_DATE = "/ask_date"
"""Payload of the button that makes an answer personal."""
CHOICES = 3  # buttons of a clarification
RUNNERS_UP = 2  # buttons for other likely topics under an answer
BUTTONS = 4  # buttons under an answer
LIKELY = 0.03  # probability from which another topic gets a button
SURE_CHOICES = 2  # buttons of a clarification, however unlikely: one alone is no choice


@dataclass(frozen=True)
class NluResult:
    """Interpretation of a message, and context of the person."""

    ranking: Sequence[tuple[str, float]] = ()
    """Topics with their probability, the most likely first."""
    entities: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Values by entity, in the order of the text."""
    dated: bool = False
    """True if the treatment date is known."""


def chosen_values(reading: NluResult, content: Content) -> dict[str, str | None]:
    """Return slot values that select the variation: covered values first, ``other`` for those not covered."""
    return {entity: _chosen_value(entity, reading, content) for entity in VARIATION_ENTITIES}


def _chosen_value(entity: str, reading: NluResult, content: Content) -> str | None:
    if not reading.entities.get(entity):
        return None
    value = _preferred(entity, reading, content)
    entry = content.lexicon.get(entity, {}).get(value)
    return value if entry is None or entry.covered else OTHER


def _preferred(entity: str, reading: NluResult, content: Content) -> str:
    """Return the first named value that the articles cover, else the first one."""
    entries = content.lexicon.get(entity, {})
    values = reading.entities[entity]
    return next((value for value in values if value not in entries or entries[value].covered), values[0])


def named(entity: str, reading: NluResult, content: Content) -> str:
    """Return the label of the entity's value in answers."""
    entries = content.lexicon.get(entity, {})
    labels = [entries[value].label for value in reading.entities.get(entity, ()) if value in entries]
    return labels[0] if labels else content.something_else


def compose(
    response: Mapping[str, Any],
    reading: NluResult,
    content: Content,
    *,
    notice_given: bool,
    offers_date: bool = False,
) -> dict[str, Any]:
    """Return the protocol's message: ``text``, ``buttons``, and ``metadata`` with the sources that it cites.

    ``offers_date`` adds the button that works the answer out for a date also where its topic alone would not.
    """
    about = _about(response, reading, content)
    evidence = _evidence(response, about, reading, content)
    metadata = _metadata(about) | evidence.as_metadata() | _unmentioned(response, reading, content)
    cited = {**response, "text": evidence.text, "metadata": metadata}
    message = with_disclaimer(cited, content, given=notice_given)
    if evidence.facts:
        message["facts"] = list(evidence.facts)  # kept in the conversation for follow-ups
    offered = _offered_buttons(about, reading, content, offers_date=offers_date)
    buttons = _own_buttons(response, reading, content) or offered
    if buttons:
        message["buttons"] = buttons
    return message


def _evidence(
    response: Mapping[str, Any], about: Mapping[str, Any], reading: NluResult, content: Content
) -> Evidence:
    details = about.get("details")
    return evidence_of(
        response["text"],
        content,
        details=content.filled(details, **about_named(about, reading, content)) if details else None,
        basis=about.get("basis"),
        outcome=about.get("outcome", ANSWERED),
    )


def about_named(about: Mapping[str, Any], reading: NluResult, content: Content) -> dict[str, str]:
    """Return the label for ``{named}``: what the message names of what the answer to its topic depends on."""
    topic = content.topics.get(about.get("topic", ""))
    entity = next(iter(topic.entities), "") if topic else ""
    return {"named": named(entity, reading, content)}


def _about(response: Mapping[str, Any], reading: NluResult, content: Content) -> Mapping[str, Any]:
    """Return the response's metadata; a clarification that offers topics is about the likeliest."""
    about: Mapping[str, Any] = response.get("metadata") or {}
    if about.get("outcome") != CLARIFY or response.get("buttons"):
        return about
    return {**about, "topic": next(iter(_choices(reading, content)), about.get("topic", OUT_OF_SCOPE))}


def _own_buttons(response: Mapping[str, Any], reading: NluResult, content: Content) -> list[dict[str, str]]:
    """Return the replies to a question; one that names a topic keeps the entities that were named."""
    return [
        {"title": button["title"], "payload": _full(button["payload"], reading, content)}
        for button in response.get("buttons") or []
    ]


def _full(given: str, reading: NluResult, content: Content) -> str:
    topic = given.removeprefix("/")
    return payload(topic, reading, content) if topic in content.topics else given


def _offered_buttons(
    about: Mapping[str, Any], reading: NluResult, content: Content, *, offers_date: bool
) -> list[dict[str, str]]:
    personal = _personal_button(about, reading, content, offers_date=offers_date)
    buttons = [*personal, *_buttons(about, reading, content)][:BUTTONS]
    if buttons and about.get("outcome") == CLARIFY:
        buttons.append(none_of_these(content))
    return buttons


def with_disclaimer(message: Mapping[str, Any], content: Content, *, given: bool) -> dict[str, Any]:
    """Return the message with the disclaimer, if it rests on articles and the disclaimer was not ``given`` before."""
    metadata = message["metadata"]
    is_of_articles = metadata.get("sources") and metadata.get("basis") != CLINIC
    if given or metadata["outcome"] not in NOTICED or not is_of_articles:
        return dict(message)
    text = f"{message['text'].rstrip()}\n\n{content.notice}"
    return {**message, "text": text, "metadata": {**metadata, "notice": True}}


def _metadata(about: Mapping[str, Any]) -> dict[str, Any]:
    outcome = about.get("outcome", ANSWERED)
    metadata: dict[str, Any] = {"topic": about.get("topic", OUT_OF_SCOPE), "outcome": outcome}
    if about.get("verdict"):
        metadata["verdict"] = about["verdict"]
    return metadata | {key: about[key] for key in VARIATION_ENTITIES if about.get(key)}


def _unmentioned(response: Mapping[str, Any], reading: NluResult, content: Content) -> dict[str, str]:
    """Return the named values that were mapped to ``other`` to select the variation."""
    others = [chosen["name"] for chosen in response.get("condition") or () if chosen.get("value") == OTHER]
    return {entity: _preferred(entity, reading, content) for entity in others if reading.entities.get(entity)}


def _personal_button(
    about: Mapping[str, Any], reading: NluResult, content: Content, *, offers_date: bool
) -> list[dict[str, str]]:
    if reading.dated or about.get("outcome", ANSWERED) != ANSWERED:
        return []
    if not offers_date and about.get("topic") not in content.make_personal.topics:
        return []
    return [{"title": content.make_personal.title, "payload": ASK_DATE}]


def _buttons(about: Mapping[str, Any], reading: NluResult, content: Content) -> list[dict[str, str]]:
    if about.get("outcome") == CLARIFY:
        topics = _choices(reading, content)
    elif about.get("outcome") == URGENT:
        topics = []
    else:
        others = [topic for topic in _topics(reading, content) if topic != about.get("topic")]
        topics = list(dict.fromkeys([*others[:RUNNERS_UP], *about.get("near", ())]))[:BUTTONS]
    return [
        {"title": content.topics[topic].label, "payload": payload(topic, reading, content)}
        for topic in topics
    ]


def _choices(reading: NluResult, content: Content) -> list[str]:
    offered = _offered(reading, content)
    return [
        topic for n, (topic, share) in enumerate(offered[:CHOICES]) if n < SURE_CHOICES or share >= LIKELY
    ]


def _topics(reading: NluResult, content: Content) -> list[str]:
    return [topic for topic, share in _offered(reading, content) if share >= LIKELY]


def _offered(reading: NluResult, content: Content) -> list[tuple[str, float]]:
    """Return the ranked topics that a button can offer, which excludes small talk."""
    return [
        (topic, share)
        for topic, share in reading.ranking
        if topic in content.topics and _is_offered(topic, content)
    ]


def _is_offered(topic: str, content: Content) -> bool:
    return content.topics[topic].is_offered


def payload(topic: str, reading: NluResult, content: Content) -> str:
    """Return a button's payload: the topic and the entities that its answer depends on, in Rasa's notation."""
    values = {
        entity: _preferred(entity, reading, content)
        for entity in content.topics[topic].entities
        if reading.entities.get(entity)
    }
    return f"/{topic}" + (json.dumps(values, sort_keys=True) if values else "")


def readable(entities: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return Rasa's entities as values by entity, in the order of the text."""
    values: dict[str, list[str]] = {}
    for entity in entities:
        values.setdefault(str(entity["entity"]), []).append(str(entity["value"]))
    return values
