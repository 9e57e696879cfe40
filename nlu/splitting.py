"""Where a message may hold several questions: parts, each of which could be asked alone.

There is no tagger in the pipeline: the words themselves tell where a question begins. What the parts mean is not
decided here but where they are read (nlu.joining), which takes back most wrong guesses.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc

from nlu.clauses import (
    asks,
    asks_inside,
    asks_under_condition,
    is_bare,
    is_reported,
    leads_up,
    runs_on,
    tells,
    without_fillers,
)
from nlu.parts import MOST_PARTS, Kind, Part
from nlu.question_lists import listed, same_beginning
from nlu.question_words import ANAPHORA, AUXILIARIES, LINKS, MOMENTS, STOPS, WH, WITHOUT_MEANING


def split(doc: Doc) -> list[Part]:
    """The parts, in order; none where the message is one."""
    parts = _merged(doc, list(_segments(doc)))
    asked = [part for part in parts if part.kind is not Kind.TOLD]
    if len(parts) > 1 and asked:
        # before a single question, what is told is read with the whole; behind it, it may be another matter
        added = len(asked) > 1 or parts[-1].kind is Kind.TOLD
        chosen = parts if added and len(parts) <= MOST_PARTS else asked[:MOST_PARTS]
        return _in_time(doc, [Part(_trimmed(doc, part.tokens), part.kind) for part in chosen])
    return listed(doc) or same_beginning(doc)


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


def _is_boundary(doc: Doc, start: int, at: int) -> bool:
    last, rest = doc[at - 1].lower_, doc[at:]
    if last in STOPS or "?" in last:
        return doc[at].lower_ not in STOPS and "?" not in doc[at].text
    if last == ")" and at > 1 and doc[at - 2].like_num:
        return True
    if last not in LINKS and runs_on(doc, start, at):
        return True
    if last not in LINKS or rest[0].lower_ in LINKS or (last == "," and leads_up(doc[start:at])):
        return False
    if asks(rest[:4]) or is_reported(doc, at) or (last != "," and asks_under_condition(rest)):
        return True
    return asks(doc[start:at]) and tells(rest)


def _merged(doc: Doc, segments: list[Part]) -> list[Part]:
    """Segments that say nothing by themselves go with the one before, what leads up to a question with it."""
    parts: list[Part] = []
    for segment in segments:
        if parts and _belongs(doc, parts[-1], segment):
            before = parts.pop()
            kind = Kind.CLEAR if Kind.CLEAR in (before.kind, segment.kind) else before.kind
            parts.append(Part(before.tokens + segment.tokens, kind))
        else:
            parts.append(_pointing(doc, segment))
    return parts


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
    whole = segment.kind is Kind.CLEAR and asked and AUXILIARIES & said and {"it", "they", "i", "you"} & said
    return Part(segment.tokens, Kind.POINTING) if whole and _is_bare(doc, segment) else segment


def _points(doc: Doc, segment: Part) -> bool:
    """ "i have stretch marks, would it help" """
    said = [doc[n].lower_ for n in segment.tokens]
    meant = [word for word in said if word not in WITHOUT_MEANING]
    pointed = [before for before, word in pairwise(said) if word in ANAPHORA]
    most = 1 if any(before in AUXILIARIES for before in pointed) else 3
    return bool(pointed) and len(meant) <= most


def _is_bare(doc: Doc, part: Part) -> bool:
    return is_bare([doc[n] for n in part.tokens])


def _trimmed(doc: Doc, tokens: tuple[int, ...]) -> tuple[int, ...]:
    """Without what links it to its neighbours."""
    ends = LINKS | (STOPS - {"?", "??", "?!"}) | {")"}
    while len(tokens) > 1 and (doc[tokens[-1]].lower_ in ends or _numbers(doc, tokens[-1])):
        tokens = tokens[:-1]
    while len(tokens) > 1 and doc[tokens[0]].lower_ in LINKS | STOPS:
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
