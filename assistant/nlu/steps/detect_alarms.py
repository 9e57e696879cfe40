"""Step: an alarm overrides every other intent, and a symptom that may be one is asked about."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from spacy.tokens import Doc

from assistant.core.aftercare.rulebook import is_expected
from assistant.core.protocol import OUT_OF_SCOPE, SYMPTOM_REPORT, UNCLEAR_SYMPTOM
from assistant.core.treatment_date.phase import Phase, first_possible, phase_of
from assistant.nlu.en.speech_acts import SpeechActs
from assistant.nlu.en.utterance_form import is_about_oneself
from assistant.nlu.reader import Reading
from assistant.nlu.settings import AlarmSettings
from assistant.nlu.state import Content, Resources, Segment, State
from assistant.nlu.text.alarm_patterns import Signs

FEW = 3  # words
SYMPTOM = "symptom"
BARE = 4  # words, in which there is nothing but a sign
_OF_SYMPTOMS = frozenset({SYMPTOM_REPORT, OUT_OF_SCOPE})


def detect_alarms(state: State, resources: Resources) -> State:
    """Classify segments with an alarm as urgent, by their signs and by the alarm probability."""
    settings, patterns = resources.settings.detect_alarms, resources.content.alarms
    if settings is None:
        return state
    found = [patterns.find(each.analysis.doc) if patterns else Signs() for each in state.segments]
    found = [found[0], *(signs.within(found[0]) for signs in found[1:])]
    # dates are read only if something depends on them
    phase = _phase(state) if any(signs.depend or signs.sure for signs in found) else "unknown"
    detected = (
        _detected(segment, signs.in_phase(phase), phase, settings)
        for segment, signs in zip(state.segments, found)
    )
    return state.with_segments(
        _asked_back(segment, signs, state, resources.content, settings)
        for segment, signs in zip(detected, found)
    )


def is_alarm(doc: Doc, reading: Reading, signs: Signs, settings: AlarmSettings) -> bool:
    """Return whether a text with these signs is an alarm."""
    probability = reading.alarm_probability
    if signs.certain:
        return True
    if signs.sure:
        return probability > settings.with_sure_sign
    if _only_names(doc, signs) or (signs.unconfirmed and len(doc) <= BARE):
        return False
    if signs.found and not (signs.asked and all(alarm.after for alarm in signs.found)):
        return probability > settings.with_sign
    if reading.unclear_probability > max(probability, settings.unclear):
        return False
    return probability > _needed(reading, signs, settings)


def _needed(reading: Reading, signs: Signs, settings: AlarmSettings) -> float:
    """Return the alarm probability that is needed without a sign."""
    if signs.denied:  # "no fever but she's confused and her cheek is hard"
        return settings.denied
    if signs.eased:
        return settings.eased
    elsewhere = reading.confidence > settings.clear_topic and reading.topic not in _OF_SYMPTOMS
    return settings.beside_topic if elsewhere or signs.is_weakened else settings.alone


def _detected(segment: Segment, signs: Signs, phase: Phase, settings: AlarmSettings) -> Segment:
    if is_alarm(segment.analysis.doc, segment.reading, signs, settings):
        return replace(segment.with_alarm(signs.level(phase)), has_exact_sign=signs.exact)
    # "can i wear foundation over pus" is about make-up and, after a treatment, no question to answer by its hours
    is_named = signs.sure and phase == "treated"
    if is_named or _may_be_alarm(segment.reading, signs, settings):
        return segment.classified(UNCLEAR_SYMPTOM)
    return segment


def _may_be_alarm(reading: Reading, signs: Signs, settings: AlarmSettings) -> bool:
    """Return whether a reported symptom that is no alarm by its words may be one all the same."""
    is_likely = bool(signs.found) or reading.alarm_probability > settings.asked_about
    return is_likely and reading.topic == SYMPTOM_REPORT and not signs.modified


def _asked_back(
    segment: Segment, signs: Signs, state: State, content: Content, settings: AlarmSettings
) -> Segment:
    """Return a symptom that sounds unclear, or that no rule expects at this time, as one to ask about."""
    if segment.is_alarm or signs.modified or signs.eased:
        return segment
    sounds_unclear = segment.reading.unclear_probability > settings.unclear and _may_be_felt(segment, state)
    is_reported = _reports_symptom(segment, content) and _phase(state) == "treated"
    if not (sounds_unclear or is_reported) or _is_expected(segment, signs, state, content):
        return segment
    is_slight = signs.small and not signs.unusual
    return segment.classified(UNCLEAR_SYMPTOM) if sounds_unclear or not is_slight else segment


def _may_be_felt(segment: Segment, state: State) -> bool:
    """Return whether the person may speak of their own skin; "redness duration" is a question of anybody."""
    is_own = segment.names(SYMPTOM) and is_about_oneself(segment.analysis.doc)
    return segment.reading.topic == SYMPTOM_REPORT or is_own or _phase(state) == "treated"


def _reports_symptom(segment: Segment, content: Content) -> bool:
    """Return whether the person tells of a symptom; "is peeling normal" is a question, which has an answer."""
    topic, doc = content.topics.get(segment.reading.topic), segment.analysis.doc
    if segment.text.startswith("/") or SpeechActs(doc).asks():
        return False
    is_of_symptom = segment.names(SYMPTOM) and (topic is None or bool(topic.symptoms))
    return segment.reading.topic == SYMPTOM_REPORT or (is_of_symptom and is_about_oneself(doc))


def _is_expected(segment: Segment, signs: Signs, state: State, content: Content) -> bool:
    """Return whether all its symptoms are expected now; those that stay or return must be slight, too."""
    now = state.conversation.now
    treated_at = first_possible(state.whole.text, now, state.conversation.treatment)
    symptoms = segment.values().get(SYMPTOM, frozenset())
    if treated_at is None or not symptoms or (signs.unusual and not signs.small):
        return False
    return all(is_expected(each, content.expectations, treated_at, now) for each in symptoms)


def _phase(state: State) -> Phase:
    return phase_of(state.whole.text, state.conversation.now, state.conversation.treatment)


def _only_names(doc: Doc, signs: Signs) -> bool:
    """Return whether symptoms are only named ("pain? blood?") rather than reported ("its agony")."""
    longest = _longest_run(doc)
    tells = any(alarm.after for alarm in signs.found) and longest > 1 and "?" not in doc.text
    return longest < FEW and not tells


def _longest_run(doc: Doc) -> int:
    """Return the number of words in the longest run without punctuation."""
    runs = [
        len(list(tokens)) for is_mark, tokens in groupby(doc, lambda token: token.is_punct) if not is_mark
    ]
    return max(runs, default=0)
