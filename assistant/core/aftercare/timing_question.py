"""Timing questions: their subjects and rules, and the recognition of medicines on which a doctor decides."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.core.aftercare.guide import AftercareWording, OwnMedicine, Put
from assistant.core.aftercare.rulebook import ARTICLE_SUFFIX, Rulebook, Side, TopicRoles
from assistant.core.aftercare.rules import Rule
from assistant.core.content.cue_words import is_all, plain_words, says_one_of, without
from assistant.core.protocol import PREPARATION


def says_prescribed(text: str, asked: TimingQuestion, words: OwnMedicine, aftercare: Rulebook) -> bool:
    """Return whether it is prescribed or recommended, or taken long-term, for an illness or as the person's own.

    Args:
        text: the message.
        asked: the question, with what the message names.
        words: the cues.
        aftercare: the rules, which know the medicines.
    """
    said, is_topic = without(text, words.denied), asked.topic in aftercare.topics.medicines
    if says_one_of(said, words.prescribed) or (is_topic and _is_unnamed(said, asked, words)):
        return True
    is_medicine = _is_medicine(said, asked, words, aftercare.medicines)
    is_taken = is_topic or is_medicine or bool(asked.products) or says_one_of(said, words.taking)
    if is_told(said, words) and is_taken and not _is_no_medicine(asked, words):
        return True
    if is_medicine and says_one_of(said, words.frequency):
        return True
    return (is_topic or is_medicine) and says_one_of(said, (*words.conditions, *words.own))


def _is_medicine(said: str, asked: TimingQuestion, words: OwnMedicine, medicines: Collection[str]) -> bool:
    if not frozenset(asked.products).isdisjoint(medicines) or says_one_of(said, words.nouns):
        return True
    return says_one_of(said, words.taking) and not (asked.products or asked.activities)


def _is_unnamed(said: str, asked: TimingQuestion, words: OwnMedicine) -> bool:
    """Return whether the medicine was named earlier, or by a word that is not in the lexicon."""
    is_unnamed = not asked.products and not says_one_of(said, words.nouns)
    return is_unnamed and says_one_of(said, words.unnamed)


def _is_no_medicine(asked: TimingQuestion, words: OwnMedicine) -> bool:
    return bool(asked.products) and words.no_medicine.issuperset(asked.products)


def is_told(said: str, words: OwnMedicine) -> bool:
    """Return whether somebody who may prescribe or treat is said to have recommended something."""
    return says_one_of(said, words.prescribers) and says_one_of(said, words.recommending)


@dataclass(frozen=True)
class TimingQuestion:
    """Subject and form of a question; ids are those of data/topics.yml, data/en/lexicon and data/aftercare.yml."""

    topic: str | None = None
    products: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    rule: str | None = None
    prescribed: bool = False
    """True if a doctor decides: it is prescribed or recommended, or taken long-term or for an illness."""
    told: Literal["ban", "leave"] | None = None
    """Instruction on it that a clinic or a doctor is said to have given, if it is no medicine."""
    side: Side | None = None
    """Side of the treatment that the message names; if ``None``, the topic's."""
    must: bool = False
    """True if asked as a duty: "should I", "do I need to"."""
    stops: bool = False
    """True if asked about stopping or leaving it out."""
    without: bool = False
    """True if asked about going without it: then the verdict is on that."""
    may: bool = False
    """True if asked for permission: "can i", "is it ok to"."""
    put: Put | None = None
    """How it is put, if it asks neither for permission nor for a duty."""
    symptoms: tuple[str, ...] = ()
    is_noticed: bool = False
    """True if reported as already present."""
    is_ahead: bool = False
    """True if it asks what may still come: "will I peel?"."""
    hurts: bool = False
    """True if something is reported to hurt now."""
    is_next_session: bool = False
    """True if about the next session rather than the results of the last one."""
    is_one_of_several: bool = False
    """True if the message asks something else, too: then the answer names its subject."""
    apart: tuple[TimingQuestion, ...] = ()
    """Products and activities, grouped by the things that the message separates: "make-up and the gym"."""


def told_by(text: str, words: AftercareWording) -> Literal["ban", "leave"] | None:
    """Return what a clinic or a doctor is said to have told: to leave something out, or that it is fine."""
    own = words.own_medicine
    said = without(text, own.denied)
    if not says_one_of(said, (*own.prescribers, *own.treating)) or not says_one_of(said, words.told_says):
        return None
    return "ban" if says_one_of(said, words.told_no) else "leave"


def put_as(text: str, words: AftercareWording) -> Put | None:
    """Return how a question is put that asks neither for permission nor for a duty; ``None`` for all others.

    What was done counts only without such a request: "i used a scrub, can i still come" has one.
    """
    found = {put: _is_put(text, put, words) for put in words.put}
    is_done = says_one_of(text, words.done) and not says_one_of(text, words.done_except)
    if is_done and (found["harm"] or not says_one_of(text, (*words.asks_may, *words.asks_must))):
        return "done"
    return next((put for put, fits in found.items() if fits), None)


def _is_put(text: str, put: Put, words: AftercareWording) -> bool:
    said = plain_words(text)
    return says_one_of(text, words.put[put]) or is_all(said, words.put_short.get(put, ()), words.put_fillers)


_OTHER_SIDE_BEFORE = re.compile(r"\b(?:before|next|prior|beforehand|prep|prepare)\b")
_BEFORE_IT = re.compile(
    r"\b(?:beforehand|prior|(?:un)?till? then|up to then|in the meantime)\b"
    r"|\b(?:to|for) (?:the|my) (?:session|appointment|treatment|needling)\b"
    r"|\bbefore\b(?! (?:yesterday|(?:i|we|it|you) (?:can|could|may|might|am|is|should)\b))"
)
_AGAIN = re.compile(r"\bwhen (?:can|may|could|should|do) (?:i|we)\b.*\bagain\b")
_OTHER_SIDE_AFTER = re.compile(
    rf"\b(?:after|afterwards?|once|post|following|restart|start again)\b|{_AGAIN.pattern}"
)

Groups = list[list[Rule]]
"""One group of rules per named subject; empty for a subject without rules."""


def groups(asked: TimingQuestion, rules: Sequence[Rule], aftercare: Rulebook) -> Groups:
    """Return the rules by subject.

    The topic counts as a subject of its own, unless a named subject is narrower. "Foundation" is narrower than
    "make-up afterwards", because a rule about it has this topic; so are subjects without rules, any product before a
    session (that retinol must be left out is no reason against a moisturiser), and painkillers. Occasions are not
    subjects.
    """
    found: Groups = [[rule for rule in rules if product in rule.products] for product in asked.products]
    subjects = [activity for activity in asked.activities if activity not in aftercare.occasions]
    found += [[rule for rule in rules if activity in rule.activities] for activity in subjects]
    if asked.rule is not None:
        found.append([rule for rule in rules if rule.id in {asked.rule, f"{asked.rule}{ARTICLE_SUFFIX}"}])
    if asked.topic is not None and not _names_it(asked, found, aftercare):
        found += _of_topic(asked.topic, rules, aftercare, alone=not found)
    return found


def duties(asked: TimingQuestion, aftercare: Rulebook) -> bool:
    """Return whether something is asked as a duty that only has to be done: "do i put spf on to walk home"."""
    ruled = [[rule for rule in aftercare.rules if product in rule.products] for product in asked.products]
    return asked.must and bool(ruled) and all({rule.kind for rule in rules} == {"do"} for rules in ruled)


def names_something(asked: TimingQuestion, aftercare: Rulebook) -> bool:
    """Return whether a subject is named: a medicine, a product, or an activity that is not an occasion."""
    named = asked.products or asked.rule or asked.prescribed
    return bool(named or set(asked.activities) - aftercare.occasions)


def things(asked: TimingQuestion, rules: Sequence[Rule], aftercare: Rulebook) -> list[TimingQuestion]:
    """Return one question per separate thing with rules of its own, or without any; otherwise the question itself.

    If a doctor decides, that applies to all products, because the message may leave open which one is meant.
    """
    named = [thing for thing in asked.apart if names_something(thing, aftercare)]
    if asked.prescribed and not any(thing.products for thing in named):
        return [asked]
    together = _by_rules(named, rules, aftercare, doctors=asked.prescribed)
    own = [_of_thing(thing, asked, rules, aftercare) for thing in together]
    return [asked] if len(own) < 2 or not _fits_one(asked.topic, own, aftercare) else own


def _by_rules(
    named: Sequence[TimingQuestion], rules: Sequence[Rule], aftercare: Rulebook, *, doctors: bool
) -> list[TimingQuestion]:
    """Merge the things that have the same rules, and those on which a doctor decides."""
    together: dict[object, TimingQuestion] = {}
    for number, thing in enumerate(named):
        ids = frozenset(rule.id for group in groups(thing, rules, aftercare) for rule in group)
        key = "doctors" if doctors and thing.products else ids or number
        known = together.get(key, TimingQuestion())
        together[key] = replace(
            known, products=known.products + thing.products, activities=known.activities + thing.activities
        )
    return list(together.values())


def _of_thing(
    thing: TimingQuestion, asked: TimingQuestion, rules: Sequence[Rule], aftercare: Rulebook
) -> TimingQuestion:
    """Return the question narrowed to the thing, with its topic only if that is about the thing."""
    found = groups(thing, rules, aftercare)
    side = aftercare.topics.sides.get(asked.topic or "")
    own = replace(
        asked,
        products=thing.products,
        activities=thing.activities,
        side=asked.side or (side if any(is_on(side, rule) for group in found for rule in group) else None),
        prescribed=asked.prescribed and bool(thing.products),
        apart=(),
    )
    return own if _names_it(own, found, aftercare) else replace(own, topic=None)


def _fits_one(topic: str | None, own: Sequence[TimingQuestion], aftercare: Rulebook) -> bool:
    """Return whether the question's topic is about one of the things, or may be because no rule covers it."""
    is_of_products = topic in aftercare.topics.counterparts and any(thing.products for thing in own)
    return topic in {None, PREPARATION} or is_of_products or any(thing.topic == topic for thing in own)


def _names_it(asked: TimingQuestion, found: Groups, aftercare: Rulebook) -> bool:
    """Return whether a named subject is narrower than the topic."""
    if aftercare.topics.before(asked.topic) and asked.products:
        return True
    if asked.topic in aftercare.topics.medicines and not aftercare.medicines.isdisjoint(asked.products):
        return True
    return any(_is_narrower(group, asked.topic, aftercare) for group in found)


def _is_narrower(group: Sequence[Rule], topic: str | None, aftercare: Rulebook) -> bool:
    """Return whether the rules are narrower than the topic, or than its counterpart on the other side.

    For retinol, the rule about the time after is narrower than everything about the time before.
    """
    either = {topic, aftercare.topics.counterparts.get(topic or "")}
    return not group or any(not either.isdisjoint(rule.topics) for rule in group)


def _of_topic(topic: str, rules: Sequence[Rule], aftercare: Rulebook, *, alone: bool) -> Groups:
    if topic in aftercare.topics.gaps:
        return [[]]
    if topic == PREPARATION and not alone:
        return []
    group = [rule for rule in rules if topic in rule.topics]
    return [group] if group or alone else []


def narrowed(found: Groups, topic: str | None, side: Side | None) -> Groups:
    """Return the groups reduced to the topic's rules, else to those of the side of the treatment, else unchanged."""
    return [
        [rule for rule in group if topic in rule.topics]
        or [rule for rule in group if is_on(side, rule)]
        or group
        for group in found
    ]


def prescribed_rules(asked: TimingQuestion, found: Groups, rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules that leave the decision to the prescriber, if the question is one for the prescriber."""
    named = any(rule.prescribed for group in found for rule in group)
    return [rule for rule in rules if rule.prescribed] if asked.prescribed or named else []


def topic_for_phase(topic: str, text: str, roles: TopicRoles, *, is_treated: bool) -> str:
    """Return the topic for the person's side of the treatment: retinol "right now" is before a coming session."""
    other_side = _OTHER_SIDE_BEFORE if is_treated else _OTHER_SIDE_AFTER
    return topic if other_side.search(text.lower()) else roles.on("after" if is_treated else "before", topic)


def side_named(text: str, *, is_treated: bool) -> Side | None:
    """Return the named side of a coming treatment: "can I sunbathe before" is not about the time after."""
    said = text.lower()
    if is_treated:
        return None
    if _AGAIN.search(said):
        return "after"
    return "before" if _BEFORE_IT.search(said) and not _OTHER_SIDE_AFTER.search(said) else None


def nearest(asked: TimingQuestion, rules: Iterable[Rule], side: Side | None) -> tuple[Rule, ...]:
    """Return the rules on this side of the treatment that are closest to a subject without rules."""
    return tuple(
        rule
        for rule in rules
        if is_on(side, rule)
        and (
            not set(asked.products).isdisjoint(rule.nearest_to.products)
            or not set(asked.activities).isdisjoint(rule.nearest_to.activities)
        )
    )


def is_on(side: Side | None, rule: Rule) -> bool:
    """Return whether the rule applies to this side of the treatment; if it is unknown, every rule does."""
    return side is None or rule.direction in {side, "any"}
