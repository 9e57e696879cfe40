"""Where a message may hold several questions: parts, each of which could be asked alone.

There is no tagger in the pipeline: the words themselves tell where a question begins. What the parts mean is not
decided here but where they are read (nlu.joining), which takes back most wrong guesses.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Span

from nlu.clauses import (
    asks,
    asks_inside,
    asks_under_condition,
    ends_asking,
    is_bare,
    is_reported,
    leads_up,
    runs_on,
    tells,
    without_fillers,
)
from nlu.parts import MOST_PARTS, Kind, Part
from nlu.question_lists import listed, same_beginning
from nlu.question_words import ANAPHORA, AUXILIARIES, FILLERS, LINKS, MOMENTS, OWN, STOPS, WH, WITHOUT_MEANING

_HOW = frozenset({"how", "hows", "hw"})
_QUICK = frozenset({"quick", "quickly", "fast", "soon", "long"})
_COUNTED = frozenset({"thing", "things", "question", "questions", "q", "qs"})
_ADDING = frozenset({"also", "plus", "+", "additionally", "secondly"})
_LONGEST_REMARK = 8  # words
_MOST_ADDED = 12  # words
_JUDGED = frozenset({"normal", "ok", "okay", "fine", "safe", "alright", "bad", "allowed"})


def split(doc: Doc) -> list[Part]:
    """The parts, in order; none where the message is one."""
    segments = list(_segments(doc))
    parts = _with_names(doc, _merged(doc, segments))
    asides = list(_asides(doc, segments))
    asked = [part for part in parts if part.kind is not Kind.TOLD]
    if len(parts) > 1 and asked:
        # before a single question, what is told is read with the whole; behind it, it may be another matter
        added = len(asked) > 1 or parts[-1].kind is Kind.TOLD or _is_remark(doc, parts[0])
        chosen = parts if added and len(parts) <= MOST_PARTS else asked[:MOST_PARTS]
        return _in_time(doc, [Part(_trimmed(doc, part.tokens), part.kind) for part in [*chosen, *asides]])
    return listed(doc) or same_beginning(doc) or asides


def _is_remark(doc: Doc, part: Part) -> bool:
    """ "rather have a human please." """
    said = {doc[n].lower_ for n in part.tokens}
    return len(part.tokens) <= _LONGEST_REMARK and doc[part.tokens[-1]].lower_ in STOPS and not OWN & said


def _segments(doc: Doc) -> Iterator[Part]:
    start = 0
    for end in range(1, len(doc) + 1):
        if end == len(doc) or _is_boundary(doc, start, end):
            yield from _segment(doc, start, end)
            start = end


def _segment(doc: Doc, start: int, end: int) -> Iterator[Part]:
    span = doc[start:end]
    if any(not token.is_punct for token in span):
        asking = (
            asks(span) or asks_inside(span) or "?" in span.text or (start > 0 and is_reported(doc, start))
        )
        yield Part(tuple(range(start, end)), Kind.CLEAR if asking else Kind.TOLD)


def _with_names(doc: Doc, parts: list[Part]) -> list[Part]:
    """A word or two that only name what is asked about: "price and how many sessions", "is sun ok? and the pool"."""
    if len(parts) < 2:
        return parts
    first, last = parts[0], parts[-1]
    asked = doc[parts[1].tokens[0] : parts[1].tokens[-1] + 1]
    if first.kind is Kind.TOLD and parts[1].kind is Kind.CLEAR and asks(asked) and _names(doc, first, 1):
        parts = [Part(first.tokens, Kind.LISTED), *parts[1:]]
    start = last.tokens[0]
    named = (
        doc[start].lower_ in {"and", "or", "n", "&"} and "?" in doc[start - 1].text and _names(doc, last, 2)
    )
    added = (
        doc[start - 1].lower_ in _ADDING and len(last.tokens) <= _MOST_ADDED and doc[start].lower_ not in OWN
    )
    if last.kind is Kind.TOLD and parts[-2].kind is not Kind.TOLD and (named or added):
        parts = [*parts[:-1], Part(last.tokens, Kind.SHARED)]
    return parts


def _names(doc: Doc, part: Part, most: int) -> bool:
    words = [doc[n] for n in part.tokens if doc[n].lower_ not in LINKS | STOPS | FILLERS | {"the", "a", "my"}]
    if any(word.like_num or word.lower_ in OWN | _COUNTED for word in words):
        return False  # "2", "two things"
    return 0 < len(words) <= most and not is_bare(words)


def _is_boundary(doc: Doc, start: int, at: int) -> bool:
    last, rest = doc[at - 1].lower_, doc[at:]
    if last in STOPS or "?" in last:
        return doc[at].lower_ not in STOPS and "?" not in doc[at].text
    if _is_marked(doc, at):
        return True
    if last not in LINKS:
        return runs_on(doc, start, at)
    if rest[0].lower_ in LINKS or (last == "," and leads_up(doc[start:at])):
        return False
    begins = (
        (last == "," and ends_asking(doc[start:at]))
        or asks(_until_link(rest[:6]))
        or is_reported(doc, at)
        or (last != "," and asks_under_condition(rest))
    )
    return begins or (asks(doc[start:at]) and tells(rest))


def _is_marked(doc: Doc, at: int) -> bool:
    """Behind "2)", and behind an "also" that begins a sentence or stands behind a comma."""
    last, before = doc[at - 1].lower_, doc[at - 2] if at > 1 else None
    if last == ")":
        return before is not None and before.like_num
    return last in _ADDING and at + 1 < len(doc) and (before is None or before.is_punct or last == "+")


def _until_link(words: Span) -> Span:
    """Up to the next comma or "and"; "when, and" are no words of one question."""
    end = next((n for n, token in enumerate(words) if n > 1 and token.lower_ in LINKS), len(words))
    return words[:end]


def _merged(doc: Doc, segments: list[Part]) -> list[Part]:
    """Segments that say nothing by themselves go with the one before, what leads up to a question with it."""
    parts: list[Part] = []
    for segment in segments:
        if parts and _belongs(doc, parts[-1], segment):
            before = parts.pop()
            kind = Kind.CLEAR if Kind.CLEAR in (before.kind, segment.kind) else before.kind
            parts.append(Part(before.tokens + segment.tokens, kind))
        else:
            parts.append(_pointing(doc, segment) if parts else segment)
    return parts


def _asides(doc: Doc, segments: list[Part]) -> Iterator[Part]:
    """Questions that are read with what is told before them; where that is an alarm, they stand alone."""
    for before, segment in pairwise(segments):
        told = before.kind is Kind.TOLD and segment.kind is Kind.CLEAR
        if told and not _is_bare(doc, segment) and _points(doc, segment):
            yield Part(_trimmed(doc, segment.tokens), Kind.ASIDE)


def _belongs(doc: Doc, before: Part, segment: Part) -> bool:
    if before.kind is Kind.TOLD and (
        segment.kind is Kind.TOLD or _is_bare(doc, before) or _points(doc, segment)
    ):
        return True
    if any(doc[n - 1].lower_ == "do" and doc[n].lower_ in {"that", "this"} for n in segment.tokens[1:]):
        return True  # "can i do that when i get home"
    return _is_bare(doc, segment) and _pointing(doc, segment).kind is not Kind.POINTING


def _pointing(doc: Doc, segment: Part) -> Part:
    """ "how long does it last" may be asked alone, "is that normal" may not."""
    said = {doc[n].lower_ for n in segment.tokens}
    asked = bool(WH & said) or not {"last", "lasts"}.isdisjoint(said)
    brief = [doc[n].lower_ for n in segment.tokens if doc[n].lower_ in _HOW or doc[n].lower_ in _QUICK]
    told = {"it", "they", "i", "you"} & said or len(brief) > 1
    whole = segment.kind is Kind.CLEAR and asked and told
    return Part(segment.tokens, Kind.POINTING) if whole and _is_bare(doc, segment) else segment


def _points(doc: Doc, segment: Part) -> bool:
    """ "i have stretch marks, would it help" """
    said = [doc[n].lower_ for n in segment.tokens]
    meant = [word for word in said if word not in WITHOUT_MEANING]
    pointed = [
        before
        for before, word, after in zip(said, said[1:], [*said[2:], ""])
        # "is it normal to peel" points to nothing, "is it normal" does
        if word in ANAPHORA and not (word == "it" and after in _JUDGED and "to" in said)
    ]
    most = 1 if any(before in AUXILIARIES for before in pointed) else 3
    return bool(pointed) and len(meant) <= most


def _is_bare(doc: Doc, part: Part) -> bool:
    words = [doc[n] for n in part.tokens]
    said = [token.lower_ for token in words if token.lower_ not in LINKS | STOPS]
    # what it costs, and the number of sessions, are asked like this as soon as they stand beside another question
    return is_bare(words) and said not in (["how", "much"], ["how", "many"])


def _trimmed(doc: Doc, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """Without what links it to its neighbours."""
    ends = LINKS | (STOPS - {"?", "??", "?!"}) | {")"}
    while len(tokens) > 1 and (doc[tokens[-1]].lower_ in ends or _numbers(doc, tokens[-1])):
        tokens = tokens[:-1]
    # "ok to exfoliate" asks, "ok does it hurt" does not
    while (
        len(tokens) > 1
        and doc[tokens[0]].lower_ in LINKS | STOPS | FILLERS | {"or"}
        and doc[tokens[1]].lower_ != "to"
    ):
        tokens = tokens[1:]
    return tokens


def _numbers(doc: Doc, at: int) -> bool:
    """ "2)" """
    return doc[at].like_num and at + 1 < len(doc) and doc[at + 1].text == ")"


def _in_time(doc: Doc, parts: list[Part]) -> list[Part]:
    """ "is shaving ok beforehand and what about aspirin" asks about aspirin beforehand"""
    moments = [n for part in parts for n in part.tokens if doc[n].lower_ in MOMENTS][-1:]
    return [
        Part(part.tokens + tuple(moments), part.kind) if _lacks_time(doc, part) else part for part in parts
    ]


def _lacks_time(doc: Doc, part: Part) -> bool:
    said = [token.lower_ for token in without_fillers([doc[n] for n in part.tokens])]
    return said[1:2] == ["about"] and not MOMENTS & set(said)
