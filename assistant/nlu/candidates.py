"""Follow-up candidates: a segment and the question before it, as the ranker and its training look at them."""

from __future__ import annotations

from assistant.core.dialogue.history import AnsweredQuestion
from assistant.core.protocol import FOLLOW_UPS, REMARK, UNCLEAR_SYMPTOM
from assistant.nlu.classifiers.follow_ups import FollowUpCandidate
from assistant.nlu.en.speech_acts import FUNCTION_WORDS, SpeechActs
from assistant.nlu.en.utterance_form import (
    UtteranceForm,
    begins_with_oneself,
    form_of,
    introduces_subject,
    is_short,
)
from assistant.nlu.reader import Reader, Reading
from assistant.nlu.state import Content, Segment

SUBJECTS = frozenset({"product", "activity", "concern"})
"""Entities with which a fragment moves on to another subject."""


def may_follow(whole: Segment, content: Content) -> bool:
    """Return whether a message may be about the answer before: it is short, and neither insult nor for the desk.

    "useless piece of junk" is not about the previous answer; "and on my damn neck?" is.
    """
    doc, small = whole.analysis.doc, content.small_replies
    if not is_short(doc) or whole.text.startswith("/") or (small and small.names_clinic(whole.text)):
        return False
    return not whole.names(REMARK) or SpeechActs(doc).asks()


def read_in_context(segment: Segment, asked: str, reader: Reader) -> Reading:
    """Return the reading of a segment appended to the question before, without questions about an answer."""
    return reader.read(f"{asked.rstrip('?!. ')} {segment.analysis.normalized}").without(FOLLOW_UPS)


def candidate_of(segment: Segment, reading: Reading, before: AnsweredQuestion) -> FollowUpCandidate:
    """Return what the ranker looks at; ``reading`` is that of the segment in context."""
    words, unknown = _words(segment)
    return FollowUpCandidate(
        form=_form(segment, before),
        length=len(words),
        alone=dict(segment.without_intents({UNCLEAR_SYMPTOM}).ranking),
        in_context=reading.topics,
        before=before,
        unknown=unknown / max(len(words), 1),
        names_entity=any(each.name != REMARK and each.start is not None for each in segment.entities),
        asks=SpeechActs(segment.analysis.doc).asks(),
        function_words=FUNCTION_WORDS.intersection(words),
        begins_with_oneself=begins_with_oneself(segment.analysis.doc),
        introduces_subject=introduces_subject(segment.analysis.doc),
        embedding=segment.reading.embedding,
        agreement=float(segment.reading.embedding @ reading.embedding),
    )


def _form(segment: Segment, before: AnsweredQuestion) -> UtteranceForm:
    """Return the form of the utterance, NAMING for a new subject: "and champagne", after make-up."""
    form = form_of(segment.analysis.doc)
    is_new = any(
        each.name in SUBJECTS and each.value not in before.entities.get(each.name, ())
        for each in segment.entities
    )
    return UtteranceForm.NAMING if form is UtteranceForm.ELLIPTIC and is_new else form


def _words(segment: Segment) -> tuple[list[str], int]:
    """Return the words, and how many of them are not in the vocabulary."""
    words = [token.lower_ for token in segment.analysis.doc if not token.is_punct]
    return words, sum(word.isalpha() and word not in segment.analysis.vocabulary for word in words)
