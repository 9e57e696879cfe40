"""What a short message means after an answer: something about that answer, or something new.

Two readings meet: the message alone, and the message behind the question that was answered. Alone, "how many days" may
be about anything; behind "may i go in the sun" it is about the sun. A message that is understood alone is new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from spacy.tokens import Doc

from knowledge.follow_ups import FOLLOW_UPS
from nlu.clauses import asks, is_bare, without_fillers
from nlu.question_words import ANAPHORA, AUXILIARIES, CONTINUING, LINKS, MOMENTS, STOPS, WH

LONGEST = 10  # words; what is longer says itself what it is about

SURE_REPLY = 0.75  # a question about the answer itself ("says who")
SURE_NEIGHBOUR = 0.75  # a bare question whose own topic is of the same group as the one before
SURE_DIALOGUE = 0.8  # greetings, a wish for a person and the like are never about the answer
SURE_ELSEWHERE = 0.7  # the reading in context, where it moves on to another topic
SURE_PART = 0.75  # a part of a message that is understood without the part before
SURE_POINTING = 0.9  # the same, where it plainly points to the part before
WEIGHT_OF_PART = 0.5
UNSURE = 0.6  # below it, a whole question may be about the answer before
CONTEXT_WEIGHT = 1.0
NAMED_WEIGHT = 0.6  # of the reading in context, where a fragment names something else
FEW = 4  # words
FLOOR = 1e-4
SURE_CONTEXT = 0.9
RARELY_FOREIGN = (
    0.2  # what share of a fragment is left for another subject, where it fits the question before
)
SURE_REFUSAL = 0.75  # "id rather not say"
SURE_FRAGMENT = 0.95  # a word or two that say all by themselves
VERY_UNSURE = 0.45
FOREIGN = "out_of_scope"
FOLLOWED = 0.5  # confidence that a message is about the answer before, once that is decided
BACKED = 0.05  # share that a topic needs alone, to be taken for what a whole question means

NEVER_ABOUT_AN_ANSWER = frozenset(
    {"greet", "goodbye", "thanks", "bot_challenge", "human", "capabilities", "privacy"}
)
ASKED_BEFORE_TREATMENT = frozenset({"who_should_avoid", "candidate_check"})
"""Topics under which a sign is a question ("and with an open wound?"), no alarm."""


@dataclass(frozen=True)
class Context:
    """The answer before."""

    topic: str
    asked: str
    """The question that it answered, such that it is understood alone."""
    entities: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Values that were named, by entity."""


class Shape(Enum):
    """How much a message says by itself."""

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
"""The same question before a session and afterwards."""
Shares = Mapping[str, float]
"""Topics and how likely each is."""

STAYS = {Shape.RESTRICTING: 0.1, Shape.ELLIPTIC: 0.01, Shape.TOLD: 0.02, Shape.DATED: 0.02}
"""Share that the topic before has at least, in a message of that shape."""
_OF_IT = frozenset({"it", "its", "one", "ones", "they", "them"})


def is_short(doc: Doc) -> bool:
    """Whether a message could be about the answer before at all."""
    return 0 < sum(not token.is_punct for token in doc) <= LONGEST


def shape(doc: Doc) -> Shape:
    """The shape of a short message."""
    words = without_fillers(doc)
    said = {token.lower_ for token in doc}
    if is_bare(doc):
        if (moment := _another_moment(doc)) is not None:
            return moment
        return (
            Shape.BARE
            if said & (WH | AUXILIARIES) or any("?" in token.text for token in doc)
            else Shape.WHOLE
        )
    beginning = [token.lower_ for token in words[:2]]
    if beginning == ["what", "if"]:
        return Shape.RESTRICTING if said & _OF_IT else Shape.ELLIPTIC
    if not asks(words) or beginning[1:] == ["about"]:
        if any(token.lower_ in {"even", "not", "only", "or"} for token in (doc[0], words[0])) or _qualifies(
            doc
        ):
            return Shape.RESTRICTING
        return _shape_of_fragment(doc)
    return Shape.POINTING if said & (ANAPHORA - {"it", "there", "so"}) else Shape.WHOLE


def _shape_of_fragment(doc: Doc) -> Shape:
    said = {token.lower_ for token in doc}
    if doc[0].lower_ in CONTINUING or said.isdisjoint({"i", "my", "im", "ive", "theres", "its"}):
        return Shape.ELLIPTIC
    dated = any(token.like_num or token.text[:1].isdigit() for token in doc)
    return Shape.DATED if dated else Shape.TOLD


def _another_moment(doc: Doc) -> Shape | None:
    said = {token.lower_ for token in doc}
    if {"how", "when", "long"} & said or len(said & MOMENTS) != 1:
        return None
    return Shape.BEFOREHAND if said & {"before", "beforehand"} else Shape.AFTERWARDS


def _qualifies(doc: Doc) -> bool:
    """ "long term i mean" """
    said = tuple(token.lower_ for token in doc if not token.is_punct)
    return said[-2:] == ("i", "mean") or said[:2] == ("i", "mean") or said[:1] == ("like",)


def topic_of(form: Shape, alone: Shares, behind: Shares, context: Context, groups: Mapping[str, str]) -> str:
    """The topic that a short message asks about.

    Args:
        alone: readings of the message itself.
        behind: readings of the message behind the question before.
        groups: the group of each topic.
    """
    own = _likeliest(alone)
    if _says_it_alone(own, alone[own]):
        return own
    if form in (Shape.AFTERWARDS, Shape.BEFOREHAND):
        return _at_another_moment(form, context) or _of_bare(alone, behind, context, groups)
    if form is Shape.BARE:
        return _of_bare(alone, behind, context, groups)
    refuses = form is Shape.TOLD and own == FOREIGN and alone[own] >= SURE_REFUSAL
    if refuses or (form in (Shape.ELLIPTIC, Shape.TOLD, Shape.NAMING) and alone[own] >= SURE_FRAGMENT):
        return own
    fits = behind.get(context.topic, 0.0) >= SURE_CONTEXT
    if form is Shape.WHOLE:
        return _of_whole(alone, behind, context) if alone[own] < UNSURE else own
    if form in STAYS:
        alone = {**alone, context.topic: max(alone.get(context.topic, 0.0), STAYS[form])}
        alone[FOREIGN] = alone.get(FOREIGN, 0.0) * (RARELY_FOREIGN if fits else 1.0)
    return _likeliest(both(alone, behind, NAMED_WEIGHT if form is Shape.NAMING else CONTEXT_WEIGHT))


def _says_it_alone(own: str, confidence: float) -> bool:
    if own in FOLLOW_UPS:
        return confidence >= SURE_REPLY
    return own in NEVER_ABOUT_AN_ANSWER and confidence >= SURE_DIALOGUE


def _at_another_moment(form: Shape, context: Context) -> str | None:
    if form is Shape.AFTERWARDS:
        return COUNTERPARTS.get(context.topic)
    return next((before for before, after in COUNTERPARTS.items() if after == context.topic), None)


def _of_whole(alone: Shares, behind: Shares, context: Context) -> str:
    """A whole question that is not understood alone."""
    own, joint = _likeliest(alone), _of_both(alone, behind)
    if alone.get(joint, 0.0) >= BACKED:
        return joint
    lost = alone[own] < VERY_UNSURE and own != FOREIGN
    return context.topic if lost and behind.get(context.topic, 0.0) >= SURE_CONTEXT else own


def _of_bare(alone: Shares, behind: Shares, context: Context, groups: Mapping[str, str]) -> str:
    own, moved = _likeliest(alone), _likeliest(behind)
    neighbour = groups.get(own) == groups.get(context.topic)
    if (neighbour or own == "what_is") and alone[own] >= SURE_NEIGHBOUR:
        return own
    backed = moved in sorted(alone, key=lambda topic: -alone[topic])[:3]
    return moved if backed and behind[moved] >= SURE_ELSEWHERE else context.topic


def _of_both(alone: Shares, behind: Shares) -> str:
    return _likeliest(both(alone, behind))


def both(alone: Shares, behind: Shares, weight: float = CONTEXT_WEIGHT) -> dict[str, float]:
    """The two readings in one, that in context with a weight of 0 to 1."""
    weights = {
        topic: max(alone.get(topic, 0.0), FLOOR) * max(behind.get(topic, 0.0), FLOOR) ** weight
        for topic in [*alone, *behind]
    }
    total = sum(weights.values())
    return {topic: weight / total for topic, weight in weights.items()}


def _likeliest(shares: Shares) -> str:
    return max(shares, key=lambda topic: shares[topic])


def is_elliptic(doc: Doc) -> bool:
    """ "aspirin ok", "what about my serum", "what do i clean it with": a part that leans on the one before"""
    said = [token.lower_ for token in without_fillers(doc) if not token.is_punct]
    pointed = any(
        word in ANAPHORA - {"there", "so", "one"} and before not in AUXILIARIES
        for before, word in zip(["", *said], said)
    )
    return pointed or said[1:2] == ["about"] or (len(said) < FEW and not WH & set(said))


def is_added_condition(doc: Doc) -> bool:
    """ "and with an open wound" """
    said = [token.lower_ for token in doc if token.lower_ not in STOPS]
    return (
        bool(said)
        and (said[0] in LINKS | {"or", "with", "if", "even", "what"})
        and not {"my", "theres"} & set(said)
    )
