"""Step: an alarm overrides every other intent, and a symptom that may be one is asked about."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from spacy.tokens import Doc

from assistant.core.protocol import OUT_OF_SCOPE, SYMPTOM_REPORT, UNCLEAR_SYMPTOM
from assistant.core.treatment_date.phase import Phase, phase_of
from assistant.nlu.reader import Reading
from assistant.nlu.settings import AlarmSettings
from assistant.nlu.state import Resources, Segment, State
from assistant.nlu.text.alarm_patterns import Signs

FEW = 3  # words
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
    return state.with_segments(
        _detected(segment, signs.in_phase(phase), phase, settings)
        for segment, signs in zip(state.segments, found)
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
    if is_named or _is_unclear(segment.reading, signs, settings):
        return segment.classified(UNCLEAR_SYMPTOM)
    return segment


def _is_unclear(reading: Reading, signs: Signs, settings: AlarmSettings) -> bool:
    """Return whether a symptom that is no alarm by its words may be one all the same."""
    if signs.modified:
        return False
    is_likely = bool(signs.found) or reading.alarm_probability > settings.asked_about
    is_reported = reading.topic == SYMPTOM_REPORT
    return (is_reported and is_likely) or reading.unclear_probability > settings.unclear


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
