"""Whether a message says that a medicine is one on which a doctor decides, not the person alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.core.aftercare.cues import says_one_of, without
from assistant.core.aftercare.guide import OwnMedicine
from assistant.core.aftercare.rulebook import ARTICLE_SUFFIX, Rulebook, Side
from assistant.core.aftercare.rules import Rule


def says_prescribed(text: str, asked: TimingQuestion, words: OwnMedicine, medicines: Collection[str]) -> bool:
    """Whether it is prescribed or recommended, or taken for long, for an illness or as the person's own.

    Args:
        text: what was written.
        asked: what it names.
        words: the cues.
        medicines: products that are medicines.
    """
    said = without(text, words.denied)
    if says_one_of(said, words.prescribed) or _is_unnamed(said, asked, words):
        return True
    is_topic, is_medicine = asked.topic in MEDICINE_TOPICS, _is_medicine(said, asked, words, medicines)
    is_taken = is_topic or is_medicine or bool(asked.products) or says_one_of(said, words.taking)
    if _is_recommended(said, words) and is_taken:
        return True
    if is_medicine and says_one_of(said, words.frequency):
        return True
    return (is_topic or is_medicine) and says_one_of(said, (*words.conditions, *words.own))


def _is_medicine(said: str, asked: TimingQuestion, words: OwnMedicine, medicines: Collection[str]) -> bool:
    if not frozenset(asked.products).isdisjoint(medicines) or says_one_of(said, words.nouns):
        return True
    return says_one_of(said, words.taking) and not (asked.products or asked.activities)


def _is_unnamed(said: str, asked: TimingQuestion, words: OwnMedicine) -> bool:
    """Whether it is one that was named before, or by a word that nobody knows."""
    is_open = asked.topic in MEDICINE_TOPICS and not asked.products
    return is_open and says_one_of(said, words.unnamed) and not says_one_of(said, words.nouns)


def _is_recommended(said: str, words: OwnMedicine) -> bool:
    return says_one_of(said, words.prescribers) and says_one_of(said, words.recommending)


@dataclass(frozen=True)
class TimingQuestion:
    """What a question is about; ids of data/topics.yml, data/lexicon and data/aftercare.yml."""

    topic: str | None = None
    products: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    rule: str | None = None
    prescribed: bool = False
    """Whether a doctor decides on it: it is prescribed or recommended, or taken for long or for an illness."""
    side: Side | None = None
    """The side of the treatment that the words name; without it, the topic's."""
    must: bool = False
    """Whether it is asked as a duty: "should I", "do I need to"."""
    stops: bool = False
    """Whether it is asked about stopping or leaving it out."""
    symptoms: tuple[str, ...] = ()
    is_noticed: bool = False
    """Whether it is told as something that is seen already."""
    hurts: bool = False
    """Whether it is told that something hurts now."""
    is_next_session: bool = False
    """Whether it is about the next session, and not about what the last one has brought."""
    apart: tuple[TimingQuestion, ...] = ()
    """Products and activities by the things that the message sets apart: "make-up and the gym"."""


PREPARATION = "preparation"
"""Topic that asks for a plan: it is no "may I?", and beside something that is named no subject of its own."""

MEDICATION = "prep_medication"
AFTER = {"prep_skincare": "after_products", MEDICATION: "after_pain_relief"}
PAIN_RELIEF = AFTER[MEDICATION]
MEDICINE_TOPICS = frozenset({MEDICATION, PAIN_RELIEF})
BEFORE = {after: before for before, after in AFTER.items()}
_OTHER_SIDE_BEFORE = re.compile(r"\b(?:before|next|prior|beforehand|prep|prepare)\b")
_BEFORE_IT = re.compile(
    r"\b(?:beforehand|prior)\b|\bbefore\b(?! (?:yesterday|(?:i|we|it|you) (?:can|could|may|might|am|is|should)\b))"
)
_OTHER_SIDE_AFTER = re.compile(r"\b(?:after|afterwards?|once|post|following|restart|start again)\b")

Groups = list[list[Rule]]
"""One group of rules for each subject that was named; an empty one for a subject that no rule speaks of."""


def groups(asked: TimingQuestion, rules: Sequence[Rule], aftercare: Rulebook) -> Groups:
    """The rules by subject.

    The topic counts as a subject of its own, unless a named subject is narrower: "foundation" is, for "make-up
    afterwards", because a rule of it has this topic; and so is what no rule speaks of, any product before a session
    (that retinol is to be left out is no reason against a moisturiser), and a medicine against pain. Occasions are no
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


def names_something(asked: TimingQuestion, aftercare: Rulebook) -> bool:
    """Whether a medicine, a product or an activity is named that is a subject, and no occasion."""
    named = asked.products or asked.rule or asked.prescribed
    return bool(named or set(asked.activities) - aftercare.occasions)


def things(asked: TimingQuestion, rules: Sequence[Rule], aftercare: Rulebook) -> list[TimingQuestion]:
    """One question for each thing that is set apart and has rules of its own, or none; else the question itself.

    Where a doctor decides, that counts for all products: which of them is meant, the words may leave open.
    """
    named = [thing for thing in asked.apart if names_something(thing, aftercare)]
    if asked.prescribed and not any(thing.products for thing in named):
        return [asked]
    together = _by_rules(named, rules, aftercare, doctors=asked.prescribed)
    own = [_of_thing(thing, asked, rules, aftercare) for thing in together]
    return [asked] if len(own) < 2 or not _fits_one(asked.topic, own) else own


def _by_rules(
    named: Sequence[TimingQuestion], rules: Sequence[Rule], aftercare: Rulebook, *, doctors: bool
) -> list[TimingQuestion]:
    """The things, those of which the same rules speak as one, and those on which a doctor decides."""
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
    """The whole question narrowed to the thing, with its topic where that is about the thing."""
    found = groups(thing, rules, aftercare)
    side = aftercare.sides.get(asked.topic or "")
    own = replace(
        asked,
        products=thing.products,
        activities=thing.activities,
        side=asked.side or (side if any(is_on(side, rule) for group in found for rule in group) else None),
        prescribed=asked.prescribed and bool(thing.products),
        apart=(),
    )
    return own if _names_it(own, found, aftercare) else replace(own, topic=None)


def _fits_one(topic: str | None, own: Sequence[TimingQuestion]) -> bool:
    """Whether the question's topic is about one of the things, or may be: about one that no rule speaks of."""
    is_of_products = topic in {*AFTER, *BEFORE} and any(thing.products for thing in own)
    return topic in {None, PREPARATION} or is_of_products or any(thing.topic == topic for thing in own)


def _names_it(asked: TimingQuestion, found: Groups, aftercare: Rulebook) -> bool:
    """Whether something that is named is narrower than the topic."""
    if asked.topic in AFTER and asked.products:
        return True
    if asked.topic == PAIN_RELIEF and not aftercare.medicines.isdisjoint(asked.products):
        return True
    return any(_is_narrower(group, asked.topic) for group in found)


def _is_narrower(group: Sequence[Rule], topic: str | None) -> bool:
    """Of retinol, what is said of the time after is narrower than all that is said of the time before."""
    either = {topic, AFTER.get(topic or ""), BEFORE.get(topic or "")}
    return not group or any(not either.isdisjoint(rule.topics) for rule in group)


def _of_topic(topic: str, rules: Sequence[Rule], aftercare: Rulebook, *, alone: bool) -> Groups:
    if topic in aftercare.gaps:
        return [[]]
    if topic == PREPARATION and not alone:
        return []
    group = [rule for rule in rules if topic in rule.topics]
    return [group] if group or alone else []


def narrowed(found: Groups, topic: str | None, side: Side | None) -> Groups:
    """The groups with only the topic's rules where a group has such, or those of its side of the treatment."""
    return [
        [rule for rule in group if topic in rule.topics]
        or [rule for rule in group if is_on(side, rule)]
        or group
        for group in found
    ]


def prescribed_rules(asked: TimingQuestion, found: Groups, rules: Iterable[Rule]) -> list[Rule]:
    """The rules that leave the decision to the prescriber, where it is theirs."""
    named = any(rule.prescribed for group in found for rule in group)
    return [rule for rule in rules if rule.prescribed] if asked.prescribed or named else []


def topic_for_phase(topic: str, text: str, *, is_treated: bool) -> str:
    """The topic on the person's side of the treatment: retinol "right now" is before a session that is to come."""
    if is_treated:
        return AFTER.get(topic, topic) if not _OTHER_SIDE_BEFORE.search(text.lower()) else topic
    return BEFORE.get(topic, topic) if not _OTHER_SIDE_AFTER.search(text.lower()) else topic


def side_named(text: str, *, is_treated: bool) -> Side | None:
    """The side of a treatment to come that the words name: "can I sunbathe before" is not about the time after."""
    said = text.lower()
    names_before = _BEFORE_IT.search(said) and not _OTHER_SIDE_AFTER.search(said)
    return "before" if names_before and not is_treated else None


def nearest(asked: TimingQuestion, rules: Iterable[Rule], side: Side | None) -> tuple[Rule, ...]:
    """The rules of this side of the treatment that come nearest to what no rule speaks of."""
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
    """Whether the rule speaks of this side of the treatment; of an unknown one, every rule may."""
    return side is None or rule.direction in {side, "any"}
