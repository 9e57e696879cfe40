"""Step: declines other treatments, insults, commands, facts about oneself, other languages and prompt injection."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from assistant.core.dialogue.history import last_answered
from assistant.core.protocol import FALLBACK, OUT_OF_SCOPE, PERSONAL, REMARK, SYMPTOM_REPORT, UNCLEAR_SYMPTOM
from assistant.nlu.en.speech_acts import SpeechActs
from assistant.nlu.en.utterance_form import UtteranceForm, begins_with_oneself, form_of
from assistant.nlu.state import Resources, Segment, State
from assistant.nlu.steps.fall_back import or_fallback

LANGUAGE: Final = "language"
MAX_REMARK: Final = (
    8  # words: a longer message says more than an insult ("you never made me feel like an idiot")
)
# channels escape a "/" that a person typed like this: the word after it is not a question, even if it names a topic
_COMMAND = re.compile(r"\u2060/\w+(?:{.*)?\s*")
_INJECTION = re.compile(
    r"(?:(?:please|pls|ok|now|so|hey|hi|and) )*"
    r"(?:(?:ignore|disregard|forget|override|bypass) (?:\w+ ){0,4}(?:instructions?|rules?|prompts?|guidelines?)\b"
    r"|(?:from now on )?(?:you are|you're|youre|ur|u r) (?:now|no longer) (?!open\b|closed\b)"
    r"|(?:act|behave|respond|answer) as (?:a|an|my|if)\b|pretend\b|role ?play\b|imagine you(?: a|')re\b"
    r"|(?:print|reveal|show|repeat|tell me) (?:me )?your (?:\w+ )?(?:prompt|instructions)\b)",
    re.IGNORECASE,
)
_ENDING = re.compile(r"[.?!;\n]\s*\S")
"""Of a sentence that is not the last one."""
_NO_TOPIC = frozenset({FALLBACK, OUT_OF_SCOPE, "bot_challenge"})


def filter_scope(state: State, resources: Resources) -> State:
    """Classify such segments as ``out_of_scope``, if that is an intent of the model, unless they are alarms.

    A part with a prompt injection is dropped; the message's other questions are answered. A sentence about another
    treatment is declined as a whole: in "does botox hurt and what is the price", the price is that of botox.
    """
    if OUT_OF_SCOPE not in resources.reader.labels:
        return state
    if _is_sentence_about_something_else(state, resources):
        return replace(state, whole=_declined(state.whole), parts=())
    segments = [
        each if each.is_alarm or each.intent == UNCLEAR_SYMPTOM else _filtered(each, resources)
        for each in state.segments
    ]
    if not state.parts and _tells_personal_fact(segments[0], state, resources):
        segments = [_declined(segments[0].with_entity(REMARK, PERSONAL))]
    return state.with_segments(each for each in segments if not (each.is_part and _is_injection(each)))


def is_prompt_injection(text: str) -> bool:
    """Return whether a text begins with an instruction to the assistant itself."""
    return _INJECTION.match(text) is not None


def _filtered(segment: Segment, resources: Resources) -> Segment:
    languages, vocabulary = resources.content.languages, segment.analysis.vocabulary
    language = languages.recognise(segment.text, vocabulary) if languages else None
    if language is not None:
        return _declined(segment.with_entity(LANGUAGE, language))
    if _is_about_something_else(segment, resources):
        return _declined(segment)
    if segment.intent == OUT_OF_SCOPE and not segment.names(REMARK) and _is_related(segment, resources):
        return or_fallback(segment.without_intents({OUT_OF_SCOPE}), resources)
    remark = segment.names(REMARK) and segment.intent == FALLBACK
    if _COMMAND.fullmatch(segment.text) or (remark and len(segment.text.split()) <= MAX_REMARK):
        return _declined(segment)
    return segment


def _is_sentence_about_something_else(state: State, resources: Resources) -> bool:
    if not state.parts or any(each.is_alarm for each in state.segments) or _ENDING.search(state.whole.text):
        return False
    return all(_is_about_something_else(each, resources) for each in (state.whole, state.parts[0]))


def _tells_personal_fact(segment: Segment, state: State, resources: Resources) -> bool:
    """Return whether a message tells a fact about oneself that no topic is about.

    After an answer, what was not understood is one as well; otherwise choices are offered for that.
    """
    doc, declined = segment.analysis.doc, segment.intent == OUT_OF_SCOPE and not segment.names(REMARK)
    told = begins_with_oneself(doc) and not SpeechActs(doc).asks() and not segment.names(LANGUAGE)
    if not told or not (declined or segment.intent == FALLBACK) or segment.reading.topic == SYMPTOM_REPORT:
        return False
    return declined or last_answered(state.conversation.newest_events(), resources.content.topics) is not None


def _is_about_something_else(segment: Segment, resources: Resources) -> bool:
    """Return whether a segment names another treatment alone, and the classifiers don't rule that out.

    "and botox?" after an answer is about it; "does botox hurt" is not.
    """
    others, settings = resources.content.other_subjects, resources.settings.filter_scope
    if others is None or settings is None or not others.is_sole_subject(segment.analysis.normalized):
        return False
    depends = segment.follows is not None and form_of(segment.analysis.doc) is not UtteranceForm.WHOLE
    return not depends and segment.reading.topics.get(OUT_OF_SCOPE, 0.0) >= settings.names_other


def _is_related(segment: Segment, resources: Resources) -> bool:
    others = resources.content.other_subjects
    return others is not None and others.is_related(segment.analysis.normalized)


def _declined(segment: Segment) -> Segment:
    return replace(segment.classified(OUT_OF_SCOPE, without={FALLBACK}), follows=None)


def _is_injection(segment: Segment) -> bool:
    return segment.intent in _NO_TOPIC and is_prompt_injection(segment.text)
