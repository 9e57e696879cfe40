"""Features of a short message after an answer: how complete it is, and how it refers to the context.

The message is classified twice: standalone, and appended to the question that was answered. Standalone, "how many
days" may be about anything; after "may i go in the sun" it is about the sun. The ranker chooses between the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from spacy.tokens import Doc

from assistant.nlu.speech_acts import (
    ANAPHORA,
    AUXILIARIES,
    CONJUNCTIONS,
    CONTINUING,
    MOMENTS,
    ONESELF,
    SENTENCE_ENDINGS,
    WH,
    Words,
    contains_question,
    has_no_content_word,
    is_question,
    without_fillers,
)

LONGEST = 15  # words; a longer message names its own subject

SURE_REPLY = 0.75  # a question about the answer itself ("says who")
SURE_PART = 0.75  # a segment that is understood without the previous one
SURE_POINTING = 0.9  # the same for a segment with an explicit reference to the previous one
SURE_BARE = 0.97  # a question without a subject and without a previous answer
WEIGHT_OF_PART = 0.5
FEW = 4  # words
LONG = 8  # words; a longer fragment is a question with an introduction
FLOOR = 1e-4
FOREIGN = "out_of_scope"
FOLLOWED = 0.5  # confidence that a message is about the previous answer, once that is decided

NEVER_ABOUT_AN_ANSWER = frozenset(
    {"greet", "goodbye", "thanks", "bot_challenge", "human", "capabilities", "privacy"}
)
ASKED_BEFORE_TREATMENT = frozenset({"who_should_avoid", "candidate_check"})
"""Topics under which a symptom is a question ("and with an open wound?"), not an alarm."""


@dataclass(frozen=True)
class PreviousAnswer:
    """The answer that a follow-up may refer to."""

    topic: str
    asked: str
    """The answered question in a form that is understandable without context."""
    entities: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Values of the entities named in it."""


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


COUNTERPARTS = {
    "preparation": "aftercare",
    "prep_skincare": "after_products",
    "prep_medication": "after_pain_relief",
}
"""Topics before a session and their equivalents afterwards."""
Shares = Mapping[str, float]
"""Probabilities by topic."""

_OF_IT = frozenset({"it", "its", "one", "ones", "they", "them"})


def is_short(doc: Doc) -> bool:
    """Return whether a message is short enough to be about the previous answer."""
    return 0 < sum(not token.is_punct for token in doc) <= LONGEST


def shape(doc: Doc) -> UtteranceForm:
    """Return the form of a short message."""
    words = without_fillers(doc)
    said = {token.lower_ for token in doc}
    if has_no_content_word(doc):
        if (moment := _another_moment(doc)) is not None:
            return moment
        return (
            UtteranceForm.BARE
            if said & (WH | AUXILIARIES) or any("?" in token.text for token in doc)
            else UtteranceForm.WHOLE
        )
    beginning = [token.lower_ for token in words[:2]]
    if beginning == ["what", "if"]:
        return UtteranceForm.RESTRICTING if said & _OF_IT else UtteranceForm.ELLIPTIC
    if not _asks_by_itself(words) or beginning[1:] == ["about"]:
        if any(token.lower_ in {"even", "not", "only", "or"} for token in (doc[0], words[0])) or _qualifies(
            doc
        ):
            return UtteranceForm.RESTRICTING
        return _shape_of_fragment(doc)
    return UtteranceForm.POINTING if said & (ANAPHORA - {"it", "there", "so"}) else UtteranceForm.WHOLE


def _asks_by_itself(words: Words) -> bool:
    return is_question(words) or (len(words) > LONG and contains_question(words))


def _shape_of_fragment(doc: Doc) -> UtteranceForm:
    said = {token.lower_ for token in doc}
    if doc[0].lower_ in CONTINUING or said.isdisjoint({"i", "my", "im", "ive", "theres", "its"}):
        return UtteranceForm.ELLIPTIC
    dated = any(token.like_num or token.text[:1].isdigit() for token in doc)
    return UtteranceForm.DATED if dated else UtteranceForm.TOLD


def _another_moment(doc: Doc) -> UtteranceForm | None:
    said = {token.lower_ for token in doc}
    if {"how", "when", "long"} & said or len(said & MOMENTS) != 1:
        return None
    return UtteranceForm.BEFOREHAND if said & {"before", "beforehand"} else UtteranceForm.AFTERWARDS


def _qualifies(doc: Doc) -> bool:
    """Return whether the message qualifies what was said before: "long term i mean"."""
    said = tuple(token.lower_ for token in doc if not token.is_punct)
    return said[-2:] == ("i", "mean") or said[:2] == ("i", "mean") or said[:1] == ("like",)


def combine(alone: Shares, behind: Shares, weight: float = 1.0) -> dict[str, float]:
    """Combine both distributions into one; ``weight``, from 0 to 1, is that of the contextualized one."""
    weights = {
        topic: max(alone.get(topic, 0.0), FLOOR) * max(behind.get(topic, 0.0), FLOOR) ** weight
        for topic in [*alone, *behind]
    }
    total = sum(weights.values())
    return {topic: weight / total for topic, weight in weights.items()}


def begins_with_oneself(doc: Doc) -> bool:
    """Return whether the message begins with the person: "i live in madrid", but not "its only nickel"."""
    return any(token.lower_ in ONESELF for token in without_fillers(doc)[:1])


def is_elliptic(doc: Doc) -> bool:
    """Return whether a segment depends on the previous one: "aspirin ok", "what about my serum".

    A pronoun is enough, as in "what do i clean it with".
    """
    said = [token.lower_ for token in without_fillers(doc) if not token.is_punct]
    pointed = any(
        word in ANAPHORA - {"there", "so", "one"} and before not in AUXILIARIES
        for before, word in zip(["", *said], said)
    )
    return pointed or said[1:2] == ["about"] or (len(said) < FEW and not WH & set(said))


def is_added_condition(doc: Doc) -> bool:
    """Return whether the message adds a condition to a question: "and with an open wound"."""
    said = [token.lower_ for token in doc if token.lower_ not in SENTENCE_ENDINGS]
    return (
        bool(said)
        and (said[0] in CONJUNCTIONS | {"or", "with", "if", "even", "what"})
        and not {"my", "theres"} & set(said)
    )
