"""Step: cuts a message into segments, each with a question of its own.

A candidate boundary needs less evidence if the segments before and after it have different topics. It needs more if
one of them is a mere statement, which then belongs to the other one's question, and if another candidate is likely:
most messages with several questions have two. A reported alarm always gets its own answer, so that a question next to
it begins on the least evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log

from scipy.special import expit
from spacy.tokens import Doc

from assistant.nlu.classifiers.follow_ups import Topics
from assistant.nlu.classifiers.linear import Vectors
from assistant.nlu.en.speech_acts import CONJUNCTIONS, FILLERS, SENTENCE_ENDINGS, SpeechActs, Words
from assistant.nlu.reader import Reading
from assistant.nlu.settings import SegmentSettings
from assistant.nlu.state import Resources, Segment, State

Span = tuple[int, int]
"""Token indices: the first, and the one after the last."""

MAX_CANDIDATES = 4
MIN_STATEMENT = 3  # words; "price" is a question, though without the form of one
EPSILON = 1e-6  # lower bound of the probability that two distributions agree
_LEADING = CONJUNCTIONS | SENTENCE_ENDINGS | FILLERS | {"or", ")"}
_TRAILING = (CONJUNCTIONS | SENTENCE_ENDINGS | {")"}) - {"?", "??", "?!"}


@dataclass(frozen=True)
class Piece:
    """A span between two candidates, as far as boundaries depend on it."""

    topics: Topics
    is_statement: bool = False
    is_alarm: bool = False


def segment(state: State, resources: Resources) -> State:
    """Read the pieces between likely boundaries, and add the segments as parts if there are several."""
    settings, boundaries = resources.settings.segment, resources.reader.boundaries
    doc, read = state.whole.analysis.doc, _Parts(state.whole, resources)
    if settings is None or boundaries is None or len(doc) < 2 or state.whole.text.startswith("/"):
        return state
    alarms = resources.settings.detect_alarms
    likely = alarms.likely if alarms is not None else 1.0

    def pieces(spans: Sequence[Span]) -> list[Piece]:
        return [
            _piece(doc[slice(*span)], part.reading, likely) for span, part in zip(spans, read.parts(spans))
        ]

    # next to a possible alarm, less likely candidates are considered as well
    is_alarming = state.whole.reading.alarm_probability > likely
    least = settings.candidate_threshold - (settings.alarm_bonus if is_alarming else 0.0)
    log_odds = boundaries.log_odds(list(doc), state.token_states, least)
    spans = choose_segments(log_odds, pieces, settings, least)
    questions = list(_with_content(doc, spans))
    return replace(state, parts=tuple(read.parts(questions))) if len(questions) > 1 else state


def _piece(words: Words, reading: Reading, likely: float) -> Piece:
    tells = len(words) >= MIN_STATEMENT and not SpeechActs(words).asks()
    return Piece(reading.topics, tells, reading.alarm_probability > likely)


class _Parts:
    """Reads each span of a message once."""

    def __init__(self, whole: Segment, resources: Resources) -> None:
        self._whole = whole
        self._reader = resources.reader
        self._read: dict[range, Segment] = {}

    def parts(self, spans: Sequence[Span]) -> list[Segment]:
        trimmed = [_trimmed(self._whole.analysis.doc, span) for span in spans]
        new = [words for words in dict.fromkeys(trimmed) if words not in self._read]
        analyses = [self._whole.analysis.part(words) for words in new]
        readings = self._reader.read_each([analysis.normalized for analysis in analyses]) if new else []
        for words, analysis, reading in zip(new, analyses, readings):
            self._read[words] = Segment.of(analysis, reading, is_part=True)
        return [self._read[words] for words in trimmed]


def choose_segments(
    log_odds: Vectors,
    read: Callable[[Sequence[Span]], Sequence[Piece]],
    settings: SegmentSettings,
    least: float,
) -> list[Span]:
    """Return the segments of a message in order; a single span if it has no boundary.

    Args:
        log_odds: log-odds of a boundary before each word but the first, [words - 1].
        read: reads spans.
        least: log-odds above which a word is a candidate.
    """
    end = len(log_odds) + 1
    likely = [at for at in range(1, end) if log_odds[at - 1] > least]
    candidates = sorted(sorted(likely, key=lambda at: -log_odds[at - 1])[:MAX_CANDIDATES])
    if not candidates:
        return [(0, end)]
    pieces = read(list(pairwise([0, *candidates, end])))
    odds = [float(log_odds[at - 1]) for at in candidates]
    accepted = [
        at
        for number, at in enumerate(candidates)
        if odds[number]
        + _evidence(pieces[: number + 1], pieces[number + 1 :], settings)
        - settings.competition_penalty * max(map(expit, odds[:number] + odds[number + 1 :]), default=0.0)
        > settings.accept_threshold
    ]
    return list(pairwise([0, *accepted, end]))


def _evidence(before: Sequence[Piece], after: Sequence[Piece], settings: SegmentSettings) -> float:
    last, following = before[-1], after[0]
    evidence = settings.topic_difference * difference(last.topics, following.topics)
    reported = any(piece.is_alarm for piece in before)
    asked_after_alarm = reported and not following.is_statement and not following.is_alarm
    asked_before = not all(piece.is_statement or piece.is_alarm for piece in before)
    if asked_after_alarm or (following.is_alarm and asked_before):
        return evidence + settings.alarm_bonus
    return evidence - settings.statement_penalty * (last.is_statement + following.is_statement)


def difference(one: Topics, other: Topics) -> float:
    """Return the negative log-probability that both distributions mean the same topic, from 0 to 14."""
    return -log(sum(share * other.get(topic, 0.0) for topic, share in one.items()) + EPSILON)


def _with_content(doc: Doc, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans, with those without a content word merged into the previous one: "what can i expect and when"."""
    start, end = spans[0]
    for following, last in spans[1:]:
        words = _trimmed(doc, (following, last))
        if len(words) > 1 or not SpeechActs([doc[number] for number in words]).has_no_content_word():
            yield start, end
            start = following
        end = last
    yield start, end


def _trimmed(doc: Doc, span: Span) -> range:
    """Return the token indices of a span without conjunctions and fillers at its ends."""
    start, end = span
    while end - start > 1 and doc[end - 1].lower_ in _TRAILING:
        end -= 1
    # "ok to exfoliate" is a question, "ok" in "ok does it hurt" is a filler
    while end - start > 1 and doc[start].lower_ in _LEADING and doc[start + 1].lower_ != "to":
        start += 1
    return range(start, end)
