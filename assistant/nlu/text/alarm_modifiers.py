"""Finds negated, hypothetical and historical signs, and those of somebody in general, after NegEx and ConText.

Each term has a scope, which other terms end. All terms are found in one pass, and each question about a sign is a
binary search, so that the time grows linearly with the message.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from assistant.core.content.alarms import AlarmModifiers, Modifier

PAST_REACH = 4  # words before a sign
MILD_REACH = 4
MILD_REACH_AFTER = 2
SHORT = 6  # words; in a longer message "a bit" may refer to anything
PRESENT_REACH = 3  # words before a sign in which a present tense rules out that it is long ago

_Ranges = list[tuple[int, int]]
_ASKED, _NOW, _EASED, _UNUSUAL = "asked", "now", "eased", "unusual"


class ModifierFinder:
    """Finds the terms of all modifiers in a message."""

    def __init__(self, language: Language, words: AlarmModifiers) -> None:
        self._words, self._labels = words, language.vocab.strings
        self._matcher = PhraseMatcher(language.vocab, attr="LOWER")
        lists = {_ASKED: words.alarm_asked, _NOW: words.alarm_now, _UNUSUAL: words.alarm_unusual}
        for place in ("terms", "pseudo", "unless"):
            lists[f"{place} {_EASED}"] = getattr(words.alarm_eased, place)
        for number, modifier in enumerate(words.alarm_modifiers):
            for place in ("before", "after", "ends", "unless", "pseudo"):
                lists[f"{place} {number}"] = getattr(modifier, place)
        for label, terms in lists.items():
            if terms:
                self._matcher.add(label, [language.make_doc(text) for text in _written_out(terms)])

    def find(self, doc: Doc) -> ModifiersOfMessage:
        """Return what modifies signs in the message."""
        found: dict[str, _Ranges] = defaultdict(list)
        for label, start, end in self._matcher(doc):
            found[self._labels[label]].append((start, end))
        return ModifiersOfMessage(doc, found, self._words)


class ModifiersOfMessage:
    """Answers how a sign of the message is modified."""

    def __init__(self, doc: Doc, found: dict[str, _Ranges], words: AlarmModifiers) -> None:
        self._doc, self._words = doc, words
        self._scopes = [
            (modifier, _Scope(modifier, found, number))
            for number, modifier in enumerate(words.alarm_modifiers)
        ]
        self.is_asked = bool(found[_ASKED]) and not found[_NOW]
        """The message asks a question in general."""
        self.is_eased = _is_eased(found)
        """The message says that something becomes less."""
        self.is_unusual = bool(found[_UNUSUAL])
        """The message says that something stays, returns, is new or is in one place only."""
        lower = {token.lower_ for token in doc}
        self.is_mild = len(doc) <= SHORT and not words.alarm_severity.slight.isdisjoint(lower)
        """The message is short and says that there is little of it."""
        self.is_small = not words.alarm_severity.mild.isdisjoint(lower)
        """The message, of any length, says somewhere that there is little of it."""

    def of(self, span: Span, *, sure: bool) -> set[str]:
        """Return the kinds of modifiers that make the sign no alarm."""
        return {
            modifier.kind
            for modifier, scope in self._scopes
            if (modifier.sure or not sure)
            and (not modifier.past or self._is_past(span))
            and scope.holds(span)
        }

    def is_mild_sign(self, span: Span) -> bool:
        """Return whether the words around a sign make it mild."""
        around = self._doc[max(0, span.start - MILD_REACH) : span.end + MILD_REACH_AFTER]
        words, severity = {token.lower_ for token in around}, self._words.alarm_severity
        return not severity.mild.isdisjoint(words) and severity.grave.isdisjoint(words)

    def _is_past(self, span: Span) -> bool:
        around = self._doc[max(0, span.start - PAST_REACH) : span.end]
        return not self._words.alarm_past.isdisjoint(token.lower_ for token in around)


class _Scope:
    """Scope of the terms of one modifier."""

    def __init__(self, modifier: Modifier, found: dict[str, _Ranges], number: int) -> None:
        self._reach = modifier.reach
        pseudo = found[f"pseudo {number}"]
        self._before = _without(_longest(found[f"before {number}"] + pseudo), pseudo)
        self._after = _without(_longest(found[f"after {number}"] + pseudo), pseudo)
        inside = _covered([*self._before, *self._after])
        self._ends = sorted({start for start, _ in found[f"ends {number}"]} - inside)
        contradictions = {start for start, _ in found[f"unless {number}"]} - inside
        self._last_contradiction = max(contradictions, default=-1)

    def holds(self, span: Span) -> bool:
        """Return whether the sign is in the scope of a term, and nothing contradicts."""
        return self._follows_term(span) or self._precedes_term(span)

    def _follows_term(self, span: Span) -> bool:
        number = bisect_right(self._before, span.start, key=_end) - 1
        if number < 0:
            return False
        end = self._before[number][1]
        near = self._reach is None or span.start - end < self._reach
        return near and not self._is_ended(end, span.start) and self._last_contradiction < span.end

    def _precedes_term(self, span: Span) -> bool:
        number = bisect_left(self._after, span.end, key=_start)
        if number == len(self._after):
            return False
        start, end = self._after[number]
        return not self._is_ended(span.start - PRESENT_REACH, start) and self._last_contradiction < end

    def _is_ended(self, start: int, end: int) -> bool:
        return bisect_left(self._ends, start) < bisect_left(self._ends, end)


def _is_eased(found: dict[str, _Ranges]) -> bool:
    pseudo = found[f"pseudo {_EASED}"]
    terms = _without(_longest(found[f"terms {_EASED}"] + pseudo), pseudo)
    contradictions = {start for start, _ in found[f"unless {_EASED}"]} - _covered(terms)
    return max(map(_end, terms), default=-1) > max(contradictions, default=-1)


def _start(place: tuple[int, int]) -> int:
    return place[0]


def _end(place: tuple[int, int]) -> int:
    return place[1]


def _longest(places: Iterable[tuple[int, int]]) -> _Ranges:
    """Return the places in their order, without those inside another one: "what if" in "what if it"."""
    kept: _Ranges = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _without(places: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> _Ranges:
    excluded = set(others)
    return [place for place in places if place not in excluded]


def _covered(places: Iterable[tuple[int, int]]) -> set[int]:
    return {index for start, end in places for index in range(start, end)}


def _written_out(terms: Iterable[str]) -> Iterator[str]:
    """Yield each term with one of its alternatives: "what if i|it" are two."""
    for term in terms:
        for words in product(*(group.split("|") for group in term.split(" "))):
            yield " ".join(words)
