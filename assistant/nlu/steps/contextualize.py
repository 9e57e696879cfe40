"""Step: reads what depends on the question before together with it, be it an earlier message or the segment before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.core.content.topics import Topic
from assistant.core.dialogue.history import (
    REMEMBERED_FOR,
    AnsweredQuestion,
    is_date_requested,
    is_reply_awaited,
    last_answered,
)
from assistant.core.dialogue.small_replies import YES_OR_NO
from assistant.core.protocol import (
    ACKNOWLEDGE,
    CANDIDATE_CHECK,
    FOLLOW_UPS,
    MEDICAL,
    OUT_OF_SCOPE,
    PERSONAL,
    PERSONAL_FACT,
    REMARK,
    SYMPTOM_REPORT,
    TIMELINE,
    UNCLEAR_SYMPTOM,
    URGENT,
)
from assistant.core.treatment_date import update_treatment
from assistant.nlu.candidates import candidate_of, may_follow, read_in_context
from assistant.nlu.classifiers.follow_ups import ALTERNATIVES, EPSILON, FollowUpRanker, Topics
from assistant.nlu.en.speech_acts import SpeechActs
from assistant.nlu.en.utterance_form import (
    UtteranceForm,
    form_of,
    is_added_condition,
    is_elliptic,
)
from assistant.nlu.reader import Reading
from assistant.nlu.settings import ContextSettings
from assistant.nlu.state import ALARM, TREATMENT, Content, Conversation, Resources, Segment, State
from assistant.nlu.steps.detect_alarms import is_alarm
from assistant.nlu.text.alarm_patterns import Signs
from assistant.nlu.text.analysis import Entity

SYMPTOM = "symptom"
INHERITED = ("concern", "condition", SYMPTOM, ALARM)
"""Entities that a follow-up inherits unless it has its own, if the topic's answer depends on them."""
THINGS = ("product", "activity")
"""Entities that a follow-up on the same topic inherits if it names neither: "even half a tablet?"."""
SYMPTOM_ONLY_ASKED = frozenset({"who_should_avoid", CANDIDATE_CHECK})
"""Topics under which a symptom is a question ("and with an open wound?"), not an alarm."""


def contextualize(state: State, resources: Resources) -> State:
    """Decide between what a segment means alone, after the answer before, and after the segment before."""
    settings, whole = resources.settings.contextualize, state.whole
    if settings is None:
        return state
    small = _small_reply(whole, state.conversation, resources.content)
    if small is not None:
        # no other topic is offered
        alone = whole if whole.is_alarm else replace(whole, ranking=((small, 1.0),))
        return replace(state, whole=alone, parts=())
    if sum(part.reading.confidence >= settings.several for part in state.parts) < 2:
        found = _previous_question(state, resources)
        if found is not None and resources.reader.follow_ups is not None:
            # "so long?? why" is one utterance, not two questions
            return replace(state, whole=_follow(*found, resources, settings), parts=())
    whole, *parts = (_without_context(each, settings) for each in state.segments)
    return replace(state, whole=whole, parts=_after_each_other(parts, resources, settings))


def _small_reply(whole: Segment, conversation: Conversation, content: Content) -> str | None:
    """Return the intent of a reply that neither asks nor adds anything ("ok", "yes")."""
    kind = content.small_replies.kind(whole.text) if content.small_replies else None
    awaited = kind == YES_OR_NO and is_reply_awaited(conversation.newest_events())
    return None if awaited else kind


def _previous_question(state: State, resources: Resources) -> tuple[Segment, AnsweredQuestion] | None:
    """Return the message and the answered question that it may be about, or None if it is new anyway."""
    whole, content, conversation = state.whole, resources.content, state.conversation
    if not may_follow(whole, content):
        return None
    before = last_answered(conversation.newest_events(), content.topics)
    if before is None or not _only_tells_date(whole, conversation):
        return None if before is None else (whole, before)
    is_dated = before.topic in content.dated_topics
    is_known = (conversation.slots.get(TREATMENT) or {}).get("at")
    if not is_dated or is_known or is_date_requested(conversation.newest_events(), REMEMBERED_FOR):
        return None
    return replace(whole, only_tells_date=True), before


def _only_tells_date(whole: Segment, conversation: Conversation) -> bool:
    """Return whether the message only gives a date, as in "i had it yesterday at 3pm"."""
    asks = SpeechActs(whole.analysis.doc).asks()
    return not asks and update_treatment(whole.text, conversation.now, conversation.treatment) is not None


def _without_context(segment: Segment, settings: ContextSettings) -> Segment:
    """Return a segment that follows nothing. "how long?" may be about anything then, so that it is clarified."""
    segment = _without_replies(segment, settings)
    if segment.confidence < settings.bare and form_of(segment.analysis.doc) is UtteranceForm.BARE:
        segment = segment.classified(segment.intent, segment.confidence * settings.bare_factor)
    return segment


def _without_replies(segment: Segment, settings: ContextSettings) -> Segment:
    """Remove intents that need an answer before; a confident one is kept if it is the whole message."""
    plain = segment.intent in FOLLOW_UPS and segment.confidence >= settings.reply
    if segment.is_alarm or (plain and not segment.is_part):
        return segment
    return segment.without_intents(FOLLOW_UPS)


def _follow(
    message: Segment, before: AnsweredQuestion, resources: Resources, settings: ContextSettings
) -> Segment:
    """Return a message after an answer."""
    if message.is_alarm and not _may_only_ask(message, before, resources.content):
        return message
    is_clear = _is_clear(message, before, settings)
    reading = message.reading if is_clear else read_in_context(message, before.asked, resources.reader)
    if message.is_alarm:
        if not _is_only_asked(message, reading, resources):
            return message
        message = message.without_entity(ALARM).without_intents({URGENT})
    topic = _topic(message, reading, before, resources.reader.follow_ups)
    if _reports_unclear_symptom(message, topic, before, resources.content.topics):
        return message
    if _stays_on_medicine(message, topic, before, resources.content.topics):
        topic = before.topic
    if topic in ALTERNATIVES:
        return _beside(message, topic, before, resources)
    if topic in FOLLOW_UPS or topic == before.topic:
        message = _inheriting(message, before, resources.content.topics.get(before.topic))
    confidence = _confidence(topic, dict(message.ranking), reading)
    if topic == before.topic:
        return _repeated(message, topic, max(confidence, settings.follow_up))
    return message if topic == message.intent else message.classified(topic, confidence)


def _beside(message: Segment, kind: str, before: AnsweredQuestion, resources: Resources) -> Segment:
    """Return a message that is not about the answer before, of one of the ``ALTERNATIVES``."""
    settings, last = resources.settings.contextualize, resources.content.topics.get(before.topic)
    if kind == PERSONAL_FACT:
        value = MEDICAL if _is_medical(message, before, last) else PERSONAL
        return message.classified(OUT_OF_SCOPE).without_entity(REMARK).with_entity(REMARK, value)
    if kind == ACKNOWLEDGE or settings is None:
        return message.classified(kind)
    alone = _without_replies(message, settings)
    return alone.classified(OUT_OF_SCOPE) if alone.intent == before.topic else alone


def _is_medical(message: Segment, before: AnsweredQuestion, last: Topic | None) -> bool:
    """Return whether a fact may matter for a treatment: "on it since the stent", after aspirin."""
    is_asked = before.topic in SYMPTOM_ONLY_ASKED or bool(last is not None and last.medicines)
    return is_asked or message.names("condition")


def _repeated(message: Segment, topic: str, confidence: float) -> Segment:
    """Return a message on the topic before; after an alarm it is one, too."""
    if message.is_alarm:
        # as in `Segment.with_alarm`: an answer about expected symptoms must not take its place
        message, topic = message.without_entity(SYMPTOM), URGENT
    return message.classified(topic, confidence)


def _is_clear(message: Segment, before: AnsweredQuestion, settings: ContextSettings) -> bool:
    """Return whether a message is a whole question on another topic, which context does not change."""
    is_sure = message.confidence >= settings.clear and message.intent != before.topic
    return is_sure and not message.is_alarm and form_of(message.analysis.doc) is UtteranceForm.WHOLE


def _stays_on_medicine(
    message: Segment, topic: str, before: AnsweredQuestion, topics: Mapping[str, Topic]
) -> bool:
    """Return whether "how many days before do i stop" is about the medicine before, and not about skincare."""
    last, own = topics.get(before.topic), topics.get(topic)
    if last is None or own is None or not last.medicines or _names_thing(message):
        return False
    return own.group == last.group and not own.medicines


def _reports_unclear_symptom(
    message: Segment, topic: str, before: AnsweredQuestion, topics: Mapping[str, Topic]
) -> bool:
    """Return whether it is a symptom to ask about: "one cheek is sore", but not "and the swelling", after redness."""
    if message.intent != UNCLEAR_SYMPTOM or is_added_condition(message.analysis.doc):
        return False
    last = topics.get(before.topic)
    return topic != before.topic or before.topic == TIMELINE or (last is not None and bool(last.symptoms))


def _names_thing(message: Segment) -> bool:
    return any(message.names(name) for name in THINGS)


def _after_each_other(
    parts: Sequence[Segment], resources: Resources, settings: ContextSettings
) -> tuple[Segment, ...]:
    """Return the parts, each after the one before: "do i stop my retinol before, and when can i go back on it"."""
    read: list[Segment] = []
    for part in parts:
        needed = settings.pointing_segment if is_elliptic(part.analysis.doc) else settings.segment
        depends = read and not part.is_alarm and part.confidence < needed
        read.append(_follow_part(part, read[-1], resources) if depends else part)
    return tuple(read)


def _follow_part(part: Segment, before: Segment, resources: Resources) -> Segment:
    """Return a further question, read with the one before; it is about another topic."""
    ranker = resources.reader.follow_ups
    if ranker is None:
        return part
    values = {name: tuple(sorted(given)) for name, given in before.values().items()}
    question = AnsweredQuestion(before.intent, before.analysis.normalized, values)
    other = part.without_intents({before.intent})
    reading = read_in_context(part, question.asked, resources.reader).without({before.intent})
    topic = ranker.further_topic(candidate_of(other, reading, question))
    return part if topic is None else part.classified(topic, _confidence(topic, dict(other.ranking), reading))


def _topic(
    message: Segment, reading: Reading, before: AnsweredQuestion, ranker: FollowUpRanker | None
) -> str:
    # the previous question is answered again for the date that is told
    if message.only_tells_date or ranker is None:
        return before.topic
    return ranker.topic(candidate_of(message, reading, before))


def _confidence(topic: str, alone: Topics, reading: Reading) -> float:
    """Return the confidence in a topic that was chosen from both distributions, alone and in context."""
    product = {
        each: max(alone.get(each, 0.0), EPSILON) * max(reading.topics.get(each, 0.0), EPSILON)
        for each in (*alone, *reading.topics)
    }
    both = product.get(topic, 0.0) / sum(product.values())
    return max(reading.topics.get(topic, 0.0), both, alone.get(topic, 0.0))


def _may_only_ask(message: Segment, before: AnsweredQuestion, content: Content) -> bool:
    """Return whether a symptom may only be asked about: "and with an open wound?", after contraindications.

    "And the swelling?" may, too, after how long redness lasts.
    """
    topic = content.topics.get(before.topic)
    asks_in_general = before.topic in SYMPTOM_ONLY_ASKED or bool(topic is not None and topic.symptoms)
    return asks_in_general and not before.entities.get(ALARM) and is_added_condition(message.analysis.doc)


def _is_only_asked(message: Segment, reading: Reading, resources: Resources) -> bool:
    """Return whether a symptom that may only be asked about is no alarm, in context."""
    doc, settings, patterns = message.analysis.doc, resources.settings.detect_alarms, resources.content.alarms
    signs = patterns.find(doc) if patterns else Signs()
    return settings is not None and not is_alarm(doc, reading, signs, settings)


def _inheriting(message: Segment, before: AnsweredQuestion, topic: Topic | None) -> Segment:
    """Return the message with the topic's entities from the question before, which it is about."""
    inherited = tuple(
        Entity(name, value)
        for name in INHERITED
        if topic is not None and name in topic.entities and not message.names(name)
        for value in before.entities.get(name, ())
    )
    things = tuple(
        Entity(name, value)
        for name in THINGS
        if not _names_thing(message)
        for value in before.entities.get(name, ())
    )
    entities = (*message.entities, *inherited, *things)
    # "and red, like a lobster" is a report of its own: "for how long" is then about the redness
    is_report = before.topic == SYMPTOM_REPORT and message.names(SYMPTOM)
    asked = message.asked if is_report else before.asked
    return replace(message, entities=entities, follows=before.topic, asked=asked)
