"""Step: what a message without a subject of its own is about, where that is a medicine, the skin or an alarm."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from assistant.core.content.carried_subjects import CarriedSubjects
from assistant.core.content.cue_words import says_one_of
from assistant.core.content.topics import Topic
from assistant.core.dialogue.history import AnsweredQuestion, last_answered
from assistant.core.protocol import (
    ACKNOWLEDGE,
    AFTER_NOT_COVERED,
    AFTER_PAIN_RELIEF,
    FALLBACK,
    FOLLOW_UPS,
    MEDICAL,
    NOT_COVERED,
    OUT_OF_SCOPE,
    PERSONAL,
    PREP_MEDICATION,
    REMARK,
    SYMPTOM_REPORT,
    TIMELINE,
    UNCLEAR_SYMPTOM,
    WHO_SHOULD_AVOID,
)
from assistant.nlu.en.utterance_form import (
    UtteranceForm,
    asks_leave,
    form_of,
    introduces_subject,
    points_back,
)
from assistant.nlu.state import ALARM, Content, Conversation, Resources, Segment, State
from assistant.nlu.text.analysis import Entity

PRODUCT, SYMPTOM = "product", "symptom"
BLEEDING, _BLOOD = "bleeding", "bleeding_now"
"""Topic of blood, and its symptom."""
_NAMES = frozenset({PRODUCT, "activity", "concern", "condition", SYMPTOM})
_LOST = frozenset({OUT_OF_SCOPE, FALLBACK, ACKNOWLEDGE, NOT_COVERED, AFTER_NOT_COVERED})
"""Intents of what was not understood."""
_GENERAL = frozenset(
    {
        "treats",
        "skin_types",
        "safety",
        "body_areas",
        "benefits",
        "late_harm",
        BLEEDING,
        "results_when",
        OUT_OF_SCOPE,
        FALLBACK,
    }
)
"""Intents under which somebody who was treated reports a symptom all the same."""
_ON_SKIN = frozenset({"darkening", "breakouts", BLEEDING, "side_effects", "downtime"})
"""Topics of something on the skin, besides those of the kind ``symptom``."""
_HEALS = timedelta(days=60)
"""Time after a treatment in which what is seen on the skin is reported as its effect; the number is ours."""
_OPEN = frozenset({UtteranceForm.ELLIPTIC, UtteranceForm.NAMING, UtteranceForm.TOLD, UtteranceForm.POINTING})
_NEAR = 4
"""Words between which an unknown word follows "i take"."""
_FACTS = frozenset({PERSONAL, MEDICAL})
"""Remarks on oneself."""
_SHORTEST_NAME = 7
"""Letters of an unknown word that may be the name of a medicine."""


@dataclass(frozen=True)
class _Talk:
    """The talk up to the message, and the words to look for."""

    before: AnsweredQuestion | None
    cues: CarriedSubjects
    content: Content
    conversation: Conversation

    @property
    def topic(self) -> Topic | None:
        """Topic of the answer before."""
        return self.content.topics.get(self.before.topic) if self.before else None

    @property
    def medicines(self) -> tuple[str, ...]:
        """Medicines of the question before."""
        named = self.before.entities.get(PRODUCT, ()) if self.before else ()
        return tuple(each for each in named if each in self.content.medicines)

    @property
    def is_on_medicine(self) -> bool:
        return bool(self.medicines) or (self.topic is not None and self.topic.medicines)

    @property
    def is_treated(self) -> bool:
        at = self.conversation.treatment.moment
        return at is not None and at.at <= self.conversation.now

    def says(self, segment: Segment, cues: Collection[str]) -> bool:
        return says_one_of(segment.text, cues)


def carry_subject(state: State, resources: Resources) -> State:
    """Classify segments by the subject that they carry on; alarms stay as they are."""
    content, cues = resources.content, resources.content.carried
    if cues is None:
        return state
    before = last_answered(state.conversation.newest_events(), content.topics)
    talk = _Talk(before, cues, content, state.conversation)
    return state.with_segments(each if each.is_alarm else _carried(each, talk) for each in state.segments)


def _carried(segment: Segment, talk: _Talk) -> Segment:
    rules = (_of_alarm, _of_medicine, _in_place_of, _of_symptom, _of_thing, _of_same)
    found = (carried for rule in rules if (carried := rule(segment, talk)) is not None)
    return next(found, segment)


def _of_alarm(segment: Segment, talk: _Talk) -> Segment | None:
    """Repeat an urgent answer to "should i worry"."""
    level = next(iter(talk.before.entities.get(ALARM, ())), None) if talk.before else None
    is_doubt = talk.says(segment, talk.cues.worry) and not _names_anything(segment)
    return segment.with_alarm(level) if level and is_doubt else None


def _of_medicine(segment: Segment, talk: _Talk) -> Segment | None:
    """Answer on a medicine: a named one that was not understood, and the one before that is to be stopped."""
    own = {each.value for each in segment.entities if each.name == PRODUCT and each.start is not None}
    named = own & talk.content.medicines
    is_lost = (segment.intent in _LOST and not _is_foreign(segment, talk)) or (
        segment.intent == WHO_SHOULD_AVOID and _is_carried_over(segment, talk)
    )
    if named and (is_lost or _is_added(segment, talk)) and not _is_rude(segment):
        return _on_medicine(segment, talk)
    if segment.intent in FOLLOW_UPS or named or _names_anything(segment):
        return None
    if segment.intent in _LOST and _takes_unknown(segment, talk):
        return _on_medicine(segment, talk)
    tells_fact = segment.names(REMARK) and not talk.cues.is_same(segment.text)
    if talk.before is not None and (segment.intent == talk.before.topic or tells_fact):
        return None  # read after the answer before already, such as one on who shouldn't have it
    if talk.is_on_medicine and (_is_about_taking(segment, talk) or talk.cues.is_same(segment.text)):
        return _carrying(_on_medicine(segment, talk), talk, talk.medicines)
    return None


def _is_foreign(segment: Segment, talk: _Talk) -> bool:
    """Return whether a foreign question only names a medicine: "can i reuse insulin needles"."""
    is_theirs = (
        talk.is_on_medicine or talk.conversation.treatment.is_known or talk.says(segment, talk.cues.takes)
    )
    return segment.intent == OUT_OF_SCOPE and not is_theirs


def _is_about_taking(segment: Segment, talk: _Talk) -> bool:
    """Return whether it is asked whether to take something that is not named: "can i skip it", "should i stop"."""
    points = points_back(segment.text)
    return (points and talk.says(segment, talk.cues.taking)) or talk.cues.only_stops(segment.text)


def _is_carried_over(segment: Segment, talk: _Talk) -> bool:
    """Return whether a reason against a treatment is only that of the question before, or follows a medicine."""
    own = any(each.name == "condition" and each.start is not None for each in segment.entities)
    return talk.is_on_medicine or (segment.follows is not None and not own)


def _is_added(segment: Segment, talk: _Talk) -> bool:
    """Return whether a medicine is only named, after another one: "and meloxicam"."""
    own = talk.content.topics.get(segment.intent)
    is_answered = own is not None and (own.medicines or own.dated is not None)
    return talk.is_on_medicine and not is_answered and form_of(segment.analysis.doc) in _OPEN


def _takes_unknown(segment: Segment, talk: _Talk) -> bool:
    """Return whether an unknown word may be a medicine: "i take zyblorix", or "zyblorix" after another one."""
    words = [token.lower_ for token in segment.analysis.doc if token.is_alpha]
    places = [n for n, word in enumerate(words) if _is_unknown(word, segment)]
    is_bare = len(words) <= len(places) + 2 and form_of(segment.analysis.doc) in _OPEN
    if places and talk.is_on_medicine and is_bare:
        return True
    return any(says_one_of(" ".join(words[max(0, n - _NEAR) : n]), talk.cues.takes) for n in places)


def _is_unknown(word: str, segment: Segment) -> bool:
    return len(word) >= _SHORTEST_NAME and word not in segment.analysis.vocabulary


def _on_medicine(segment: Segment, talk: _Talk) -> Segment:
    """Return the segment under the topic of medicines for the person's side of the treatment."""
    last = talk.topic
    topic = AFTER_PAIN_RELIEF if talk.is_treated else PREP_MEDICATION
    if last is not None and last.medicines and not talk.conversation.treatment.is_known:
        topic = last.id
    own = segment.without_entity(REMARK).classified(topic, without={FALLBACK})
    return replace(own, entities=tuple(each for each in own.entities if each.start is not None))


def _in_place_of(segment: Segment, talk: _Talk) -> Segment | None:
    """Answer what may be taken instead of the medicine before, without that one."""
    is_own = any(each.name in _NAMES - {SYMPTOM} and each.start is not None for each in segment.entities)
    if is_own or not talk.is_on_medicine or not talk.says(segment, talk.cues.instead):
        return None
    own = _on_medicine(segment, talk)
    return replace(own, follows=None, entities=(*own.entities, Entity(PRODUCT, "other_painkillers")))


def _of_symptom(segment: Segment, talk: _Talk) -> Segment | None:
    """Report a named symptom after a treatment, and ask again of the one before whether it passes."""
    if segment.intent in FOLLOW_UPS or segment.intent == UNCLEAR_SYMPTOM:
        return None
    own = [each for each in segment.entities if each.name == SYMPTOM and each.start is not None]
    if own:
        is_other = segment.intent == BLEEDING and all(each.value != _BLOOD for each in own)
        if is_other:  # "will i have scabs" is not about blood
            return segment.classified(SYMPTOM_REPORT)
        return segment.without_entity(REMARK).classified(SYMPTOM_REPORT) if _reports(segment, talk) else None
    last = talk.topic
    is_on_skin = last is not None and (last.kind == "symptom" or last.id in _ON_SKIN)
    if (
        last is None
        or not is_on_skin
        or _names_anything(segment)
        or not points_back(segment.text)
        or not talk.says(segment, talk.cues.passing)
    ):
        return None
    symptoms = talk.before.entities.get(SYMPTOM, ()) if talk.before else ()
    return _carrying(segment.classified(last.id), talk, symptoms, SYMPTOM)


def _reports(segment: Segment, talk: _Talk) -> bool:
    at = talk.conversation.treatment.moment
    is_recent = at is not None and at.at <= talk.conversation.now <= at.at + _HEALS
    if not is_recent or segment.intent not in _GENERAL or segment.names("concern") or _is_rude(segment):
        return False
    return talk.says(segment, talk.cues.reported) and not talk.says(segment, talk.cues.effects)


def _of_thing(segment: Segment, talk: _Talk) -> Segment | None:
    """Answer on something that the rules know, asked about by somebody with a date: "a facial", "can i get botox"."""
    named = {
        str(each.value)
        for each in segment.entities
        if each.start is not None and each.name in {PRODUCT, "activity"}
    }
    own = talk.content.topics.get(segment.intent)
    is_added = own is not None and own.group == "basics" and introduces_subject(segment.analysis.doc)
    is_lost = is_added or segment.intent in {OUT_OF_SCOPE, FALLBACK}
    if not (is_lost and talk.conversation.treatment.is_known):
        return None
    is_asked = asks_leave(segment.text) or form_of(segment.analysis.doc) in _OPEN
    if _is_rude(segment) or named.isdisjoint(talk.content.ruled) or not is_asked:
        return None
    return segment.without_entity(REMARK).classified(AFTER_NOT_COVERED, without={FALLBACK})


def _of_same(segment: Segment, talk: _Talk) -> Segment | None:
    """Ask the question before again: "is that ok?", and of one with a date "is 3 days enough"."""
    last = talk.topic
    if last is None or talk.before is None or segment.intent in FOLLOW_UPS or _names_anything(segment):
        return None
    if last.lists and talk.conversation.treatment.is_known and talk.cues.is_same(segment.text):
        return segment.classified(TIMELINE, without={FALLBACK})
    is_acknowledged = segment.intent == ACKNOWLEDGE and talk.cues.is_same(segment.text)
    is_measured = (
        last.dated is not None and segment.intent != ACKNOWLEDGE and talk.says(segment, talk.cues.enough)
    )
    if not (is_acknowledged or is_measured):
        return None
    things = {name: talk.before.entities.get(name, ()) for name in (PRODUCT, "activity")}
    carried = segment.classified(last.id)
    for name, values in things.items():
        carried = _carrying(carried, talk, values, name)
    return carried


def _carrying(segment: Segment, talk: _Talk, values: Collection[str], name: str = PRODUCT) -> Segment:
    """Return the segment as one that follows the question before, with these of its entities."""
    if talk.before is None:
        return segment
    known = [each for each in segment.entities if each.name != name or each.start is not None]
    entities = (*known, *(Entity(name, value) for value in values))
    return replace(segment, entities=entities, follows=talk.before.topic, asked=talk.before.asked)


def _names_anything(segment: Segment) -> bool:
    return any(each.name in _NAMES and each.start is not None for each in segment.entities)


def _is_rude(segment: Segment) -> bool:
    return any(each.name == REMARK and each.value not in _FACTS for each in segment.entities)
