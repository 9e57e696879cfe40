"""Form of a short message: how complete it is by itself, and how it refers to what was said before."""

from __future__ import annotations

import re
from enum import Enum

from spacy.tokens import Doc

from assistant.nlu.en.speech_acts import (
    ANAPHORA,
    AUXILIARIES,
    CONJUNCTIONS,
    QUESTION_WORDS,
    SENTENCE_ENDINGS,
    SpeechActs,
    Words,
    without_fillers,
    word_list,
)

_ASKS_LEAVE = re.compile(
    r"\b(?:can|could|may|should|shall|must) (?:i|we)\b|\b(?:ok|okay|safe|allowed|fine) to\b"
)
_POINTS_BACK = re.compile(r"\b(?:it|its|them|they|that|this|those|these|mine|one)\b")
_LONGEST = 15  # words; a longer message names its own subject
_FEW = 4  # words
_LONG = 8  # words; a longer fragment is a question with an introduction
_CONTINUING, _MOMENTS, _FIRST_PERSON = map(word_list, ("continuing", "moments", "first_person"))
_LIMITING = frozenset({"just", "only", "even"})
_OF_IT = frozenset({"it", "its", "one", "ones", "they", "them"})


class UtteranceForm(Enum):
    """Form of an utterance, that is how complete it is by itself."""

    RESTRICTING = "asks for an exception: even just powder"
    BARE = "only how it is asked: for how long"
    ELLIPTIC = "a word or two without a question: and on the neck"
    POINTING = "a question about something said before: which one is safer"
    AFTERWARDS = "only another moment: and after"
    BEFOREHAND = "only another moment: and before"
    NAMING = "a word or two that name something else: and champagne"
    DATED = "tells a moment: they moved me to the 5th"
    TOLD = "tells something: its only nickel"
    WHOLE = "a question"


DEPENDENT = frozenset(
    {
        UtteranceForm.BARE,
        UtteranceForm.RESTRICTING,
        UtteranceForm.POINTING,
        UtteranceForm.AFTERWARDS,
        UtteranceForm.BEFOREHAND,
    }
)
"""Forms that mean nothing without context."""


def is_short(doc: Doc) -> bool:
    """Return whether a message is short enough to be about the previous answer."""
    return 0 < sum(not token.is_punct for token in doc) <= _LONGEST


def form_of(doc: Doc) -> UtteranceForm:
    """Return the form of a short message; ``NAMING`` is for the caller, who knows the subject before."""
    words, said = without_fillers(doc), {token.lower_ for token in doc}
    if SpeechActs(doc).has_no_content_word():
        if said & _LIMITING and any(token.like_num for token in doc):
            return UtteranceForm.RESTRICTING
        asks = said & QUESTION_WORDS or SpeechActs(doc).asks()
        return _another_moment(said) or (UtteranceForm.BARE if asks else UtteranceForm.WHOLE)
    beginning = [token.lower_ for token in words[:2]]
    if beginning == ["what", "if"]:
        return UtteranceForm.RESTRICTING if said & _OF_IT else UtteranceForm.ELLIPTIC
    if not _asks_by_itself(words) or beginning[1:] == ["about"]:
        return UtteranceForm.RESTRICTING if _is_restricting(doc, words) else _form_of_fragment(doc, said)
    return UtteranceForm.POINTING if said & (ANAPHORA - {"it", "there", "so"}) else UtteranceForm.WHOLE


def _asks_by_itself(words: Words) -> bool:
    acts = SpeechActs(words)
    return acts.is_question() or (len(words) > _LONG and acts.contains_question())


def _is_restricting(doc: Doc, words: Words) -> bool:
    said = tuple(token.lower_ for token in doc if not token.is_punct)
    qualifies = said[-2:] == ("i", "mean") or said[:2] == ("i", "mean") or said[:1] == ("like",)
    return qualifies or any(first.lower_ in {"even", "not", "only", "or"} for first in (doc[0], words[0]))


def _form_of_fragment(doc: Doc, said: set[str]) -> UtteranceForm:
    if doc[0].lower_ in _CONTINUING or said.isdisjoint({"i", "my", "im", "ive", "theres", "its"}):
        return UtteranceForm.ELLIPTIC
    dated = any(token.like_num or token.text[:1].isdigit() for token in doc)
    return UtteranceForm.DATED if dated else UtteranceForm.TOLD


def _another_moment(said: set[str]) -> UtteranceForm | None:
    if {"how", "when", "long"} & said or len(said & _MOMENTS) != 1:
        return None
    return UtteranceForm.BEFOREHAND if said & {"before", "beforehand"} else UtteranceForm.AFTERWARDS


def begins_with_oneself(doc: Doc) -> bool:
    """Return whether the message begins with the person: "i live in madrid", but not "its only nickel"."""
    return any(token.lower_ in _FIRST_PERSON for token in without_fillers(doc)[:1])


def is_about_oneself(doc: Doc) -> bool:
    """Return whether the message speaks of the person anywhere: "the puffiness in my cheeks is there yet"."""
    return any(token.lower_ in _FIRST_PERSON for token in doc)


def introduces_subject(doc: Doc) -> bool:
    """Return whether the message brings something up: "what about my neck", "and champagne"."""
    said = [token.lower_ for token in doc]
    return said[:1] in (["and"], ["or"]) or said[:2] in (["what", "about"], ["how", "about"])


def is_elliptic(doc: Doc) -> bool:
    """Return whether a segment depends on the previous one: "aspirin ok", "what about my serum".

    A pronoun is enough, as in "what do i clean it with".
    """
    said = [token.lower_ for token in without_fillers(doc) if not token.is_punct]
    pointed = any(
        word in ANAPHORA - {"there", "so", "one"} and before not in AUXILIARIES
        for before, word in zip(["", *said], said)
    )
    return pointed or said[1:2] == ["about"] or (len(said) < _FEW and not QUESTION_WORDS & set(said))


def is_added_condition(doc: Doc) -> bool:
    """Return whether the message adds a condition to a question: "and with an open wound"."""
    said = [token.lower_ for token in doc if token.lower_ not in SENTENCE_ENDINGS]
    begins = bool(said) and said[0] in CONJUNCTIONS | {"or", "with", "if", "even", "what"}
    return begins and not {"my", "theres"} & set(said)


def asks_leave(text: str) -> bool:
    """Return whether the message asks for permission: "can i get botox"."""
    return _ASKS_LEAVE.search(text.lower()) is not None


def points_back(text: str) -> bool:
    """Return whether the message has a word that stands for what was named before: "should i stop it"."""
    return _POINTS_BACK.search(text.lower()) is not None
