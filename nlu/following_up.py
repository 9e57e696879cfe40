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
from nlu.question_words import ANAPHORA, AUXILIARIES, CONTINUING, LINKS, STOPS, WH

LONGEST = 10  # words; what is longer says itself what it is about

SURE_REPLY = 0.75  # a question about the answer itself ("says who")
SURE_NEIGHBOUR = 0.75  # a bare question whose own topic is of the same group as the one before
SURE_DIALOGUE = 0.8  # greetings, a wish for a person and the like are never about the answer
SURE_ELSEWHERE = 0.7  # the reading in context, where it moves on to another topic
UNSURE = 0.6  # below it, a whole question may be about the answer before
CONTEXT_WEIGHT = 0.7
FLOOR = 1e-4
RESTRICTED = 0.02  # share that the topic before has at least, where a message asks for an exception
FOLLOWED = 0.5  # confidence that a message is about the answer before, once that is decided
BACKED = 0.05  # share that a topic needs alone, to be taken for what a whole question means

NEVER_ABOUT_AN_ANSWER = frozenset({"greet", "goodbye", "thanks", "bot_challenge", "human", "capabilities"})
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
    WHOLE = "a question"


Shares = Mapping[str, float]
"""Topics and how likely each is."""


def is_short(doc: Doc) -> bool:
    """Whether a message could be about the answer before at all."""
    return 0 < sum(not token.is_punct for token in doc) <= LONGEST


def shape(doc: Doc) -> Shape:
    """The shape of a short message."""
    words = without_fillers(doc)
    said = {token.lower_ for token in doc}
    if is_bare(doc):
        return (
            Shape.BARE
            if said & (WH | AUXILIARIES) or any("?" in token.text for token in doc)
            else Shape.WHOLE
        )
    beginning = [token.lower_ for token in words[:2]]
    if not asks(words) or beginning[1:] == ["about"]:
        continues = doc[0].lower_ in CONTINUING
        tells = not continues and any(
            token.lower_ in {"i", "my", "im", "ive", "theres", "its"} for token in doc
        )
        if any(token.lower_ in {"even", "not", "only", "or"} for token in (doc[0], words[0])):
            return Shape.RESTRICTING
        return Shape.WHOLE if tells else Shape.ELLIPTIC
    return Shape.POINTING if said & (ANAPHORA - {"it", "there", "so"}) else Shape.WHOLE


def topic_of(form: Shape, alone: Shares, behind: Shares, context: Context, groups: Mapping[str, str]) -> str:
    """The topic that a short message asks about.

    Args:
        alone: readings of the message itself.
        behind: readings of the message behind the question before.
        groups: the group of each topic.
    """
    own = _likeliest(alone)
    if own in FOLLOW_UPS and alone[own] >= SURE_REPLY:
        return own
    if own in NEVER_ABOUT_AN_ANSWER and alone[own] >= SURE_DIALOGUE:
        return own
    if form is Shape.BARE:
        return _of_bare(alone, behind, context, groups)
    if form is Shape.RESTRICTING:
        alone = {**alone, context.topic: max(alone.get(context.topic, 0.0), RESTRICTED)}
    joint = _of_both(alone, behind)
    if form is not Shape.WHOLE:
        return joint
    return joint if alone[own] < UNSURE and alone.get(joint, 0.0) >= BACKED else own


def _of_bare(alone: Shares, behind: Shares, context: Context, groups: Mapping[str, str]) -> str:
    own, moved = _likeliest(alone), _likeliest(behind)
    neighbour = groups.get(own) == groups.get(context.topic)
    if (neighbour or own == "what_is") and alone[own] >= SURE_NEIGHBOUR:
        return own
    backed = moved in sorted(alone, key=lambda topic: -alone[topic])[:3]
    return moved if backed and behind[moved] >= SURE_ELSEWHERE else context.topic


def _of_both(alone: Shares, behind: Shares) -> str:
    return _likeliest(both(alone, behind))


def both(alone: Shares, behind: Shares) -> dict[str, float]:
    """The two readings in one."""
    weights = {
        topic: max(alone.get(topic, 0.0), FLOOR) * max(behind.get(topic, 0.0), FLOOR) ** CONTEXT_WEIGHT
        for topic in [*alone, *behind]
    }
    total = sum(weights.values())
    return {topic: weight / total for topic, weight in weights.items()}


def _likeliest(shares: Shares) -> str:
    return max(shares, key=lambda topic: shares[topic])


def is_added_condition(doc: Doc) -> bool:
    """ "and with an open wound" """
    said = [token.lower_ for token in doc if token.lower_ not in STOPS]
    return (
        bool(said)
        and (said[0] in LINKS | {"or", "with", "if", "even", "what"})
        and not {"my", "theres"} & set(said)
    )
