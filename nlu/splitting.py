"""Where a message may hold several questions: parts, each of which could be asked alone.

There is no tagger in the pipeline: the words themselves tell where a question begins. What the parts mean is not
decided here but where they are read (nlu.joining), which takes back most wrong guesses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from nlu.question_words import (
    ANAPHORA,
    AUXILIARIES,
    FILLERS,
    LINKS,
    NEGATIONS,
    OWN,
    STOPS,
    SUBJECTS,
    WH,
    WITHOUT_MEANING,
)

Words = Doc | Span | Sequence[Token]

MOST_PARTS = 4
LONGEST_ITEM = 3  # words of each question in a list
LONGEST_LIST = 8  # words; in a longer message a comma divides no list of questions

_REQUESTS = (
    ("tell", "me"), ("let", "me"), ("give", "me"), ("explain",), ("any",), ("wondering",), ("curious",),
    ("what", "about"), ("how", "about"), ("bout",), ("not", "sure"),
)  # fmt: skip
_WISHES = frozenset({"need", "want", "wanna", "like", "love", "wondering", "wonder", "wondered"})
_WISHED = frozenset(
    {
        "know",
        "ask",
        "book",
        "speak",
        "talk",
        "see",
        "cancel",
        "change",
        "rebook",
        "hear",
        "if",
        "whether",
        "what",
        "how",
    }
)
_REPORTING = frozenset(
    {"know", "tell", "wonder", "wondering", "ask", "asking", "sure", "explain", "about", "or"}
)
_MODALS = frozenset(
    {"can", "could", "should", "may", "will", "would", "shall", "must", "do", "am", "is", "ok", "okay"}
)
_DEEDS = frozenset(
    {"go", "do", "have", "use", "take", "wear", "put", "drink", "exercise", "work", "swim", "wash", "shave", "eat",
     "run", "apply", "moisturise", "moisturize", "touch", "pick", "sunbathe", "shower", "train", "smoke", "cover",
     "get", "expect", "stop", "fly", "travel", "sweat", "hit", "tan", "clean", "ice", "sleep", "dye", "start"}
)  # fmt: skip
_MOMENTS = frozenset({"before", "beforehand", "after", "afterwards", "afterward", "post"})


_INVERTED = (SUBJECTS - {"one"}) | {"my", "your"}
_CONDITIONS = frozenset({"if", "when", "once", "after", "before", "at", "for", "with", "in"})
_LEADING_UP = frozenset({"if", "when", "once", "since", "because", "cos", "as"})


class Kind(Enum):
    """How sure it is that a part is a question of its own."""

    CLEAR = "begins or ends as a question"
    POINTING = "a question about something said before"
    SHARED = "begins with the words of the part before"
    LISTED = "a few words among others of their kind"
    TOLD = "tells something, asks nothing"


@dataclass(frozen=True)
class Part:
    """Some of a message's tokens, in order."""

    tokens: tuple[int, ...]
    kind: Kind


def split(doc: Doc) -> list[Part]:
    """The parts, in order; none where the message is one."""
    parts = _merged(doc, list(_segments(doc)))
    asked = [part for part in parts if part.kind is not Kind.TOLD]
    if len(parts) > 1 and asked:
        # before a single question, what is told is read with the whole; behind it, it may be another matter
        added = len(asked) > 1 or parts[-1].kind is Kind.TOLD
        chosen = parts if added and len(parts) <= MOST_PARTS else asked[:MOST_PARTS]
        return _in_time(doc, [Part(_trimmed(doc, part.tokens), part.kind) for part in chosen])
    return _listed(doc) or _same_beginning(doc)


def is_bare(words: Words) -> bool:
    """Whether nothing in it says what it is about ("for how long", "is that ok")."""
    return not any(token.lower_ not in WITHOUT_MEANING and not token.is_punct for token in words)


def without_fillers(words: Words) -> Words:
    """The words from the first that says anything."""
    start = next((n for n, token in enumerate(words) if token.lower_ not in FILLERS | STOPS), len(words))
    return words[start:]


def asks(words: Words) -> bool:
    """Whether it begins as a question or a request does."""
    said = [token.lower_ for token in without_fillers(words)]
    if len(said) < 2:
        return False
    return (
        (said[0] in WH and not _only_leads_up(said))
        or _is_inverted(said)
        or any(tuple(said[: len(start)]) == start for start in _REQUESTS)
        or ("tell", "me") in pairwise(said[:5])
        or _wishes(said)
    )


def _only_leads_up(said: Sequence[str]) -> bool:
    """ "when i had it done", "which is no use": no questions"""
    if said[0] == "which":
        return said[1] in {"is", "was", "means", "gives", "i"} and said[2:3] != ["better"]
    return said[0] in {"when", "where", "what"} and said[1] in SUBJECTS and not _MODALS & set(said[2:3])


def _is_inverted(said: Sequence[str]) -> bool:
    """ "is shaving ok", "don't people", but not "have the session" or "do it" """
    first, *rest = [word for word in said if word not in NEGATIONS] or [""]
    if first not in AUXILIARIES or not rest:
        return False
    if first in {"have", "has"} or NEGATIONS & set(said[1:2]):
        return rest[0] in SUBJECTS - {"it", "this", "that", "one"}
    return first != "do" or rest[0] not in {"it", "this", "that", "something"}


def _wishes(said: Sequence[str]) -> bool:
    return any(
        word in _WISHES and not _WISHED.isdisjoint(said[at + 1 : at + 4]) for at, word in enumerate(said[:6])
    )


def _asks_inside(words: Words) -> bool:
    """ "im on aspirin is that a problem" """
    said = [token.lower_ for token in words]
    return any(
        first in AUXILIARIES - {"do", "did", "have", "has"} and second in _INVERTED
        for first, second in pairwise(said[1:])
    )


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
            asks(span) or _asks_inside(span) or "?" in span.text or (start > 0 and _is_reported(doc, start))
        )
        yield Part(tuple(range(start, end)), Kind.CLEAR if asking else Kind.TOLD)


def _is_boundary(doc: Doc, start: int, at: int) -> bool:
    last, rest = doc[at - 1].lower_, doc[at:]
    if last in STOPS or "?" in last:
        return doc[at].lower_ not in STOPS and "?" not in doc[at].text
    if last == ")" and at > 1 and doc[at - 2].like_num:
        return True
    if last not in LINKS or rest[0].lower_ in LINKS or (last == "," and _leads_up(doc[start:at])):
        return False
    if asks(rest[:4]) or _is_reported(doc, at) or (last != "," and _asks_under_condition(rest)):
        return True
    return asks(doc[start:at]) and _tells(rest)


def _leads_up(words: Words) -> bool:
    """ "if i have a cold", "what if i have a spot": the question is still to come"""
    said = [token.lower_ for token in without_fillers(words)]
    if said[:2] == ["what", "if"]:
        return True
    return bool(said) and said[0] in _LEADING_UP and not _asks_inside(words)


def _asks_under_condition(words: Words) -> bool:
    """ "if i stop going does it all come back", "at 58 is my skin right for it" """
    said = [token.lower_ for token in without_fillers(words)]
    return bool(said) and said[0] in _CONDITIONS and _asks_inside(words[:10])


def _tells(words: Words) -> bool:
    return len(words) > 2 and words[0].lower_ in OWN


def _is_reported(doc: Doc, at: int) -> bool:
    """ "i want to know how long it takes and whether it hurts" """
    words = without_fillers(doc[at:])
    if not words or words[0].lower_ not in {"if", "whether"}:
        return False
    return any(token.lower_ in _REPORTING for token in doc[: words[0].i])


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
    whole = segment.kind is Kind.CLEAR and asked and AUXILIARIES & said and {"it", "they"} & said
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
    moments = [n for part in parts for n in part.tokens if doc[n].lower_ in _MOMENTS][-1:]
    return [
        Part(part.tokens + tuple(moments), part.kind) if _lacks_time(doc, part) else part for part in parts
    ]


def _lacks_time(doc: Doc, part: Part) -> bool:
    said = [token.lower_ for token in without_fillers([doc[n] for n in part.tokens])]
    return said[1:2] == ["about"] and not _MOMENTS & set(said)


def _listed(doc: Doc) -> list[Part]:
    """ "cost and downtime?", "price, pain" """
    words = [token for token in doc if not token.is_punct]
    if (
        any(token.lower_ in {"plus", "+"} for token in doc)
        or len(words) > LONGEST_LIST
        or asks(doc)
        or any(token.lower_ in AUXILIARIES | WH for token in words)
    ):
        return []
    parts: list[list[int]] = [[]]
    for token in doc:
        if token.lower_ in LINKS or "?" in token.text:
            parts.append([])
        else:
            parts[-1].append(token.i)
    found = [Part(tuple(part), Kind.LISTED) for part in parts if part and not is_bare([doc[n] for n in part])]
    brief = all(len(part.tokens) <= LONGEST_ITEM for part in found)
    return found[:MOST_PARTS] if len(found) > 1 and brief else []


def _same_beginning(doc: Doc) -> list[Part]:
    """ "can i wear makeup and go to the gym after": what is common to both is said once."""
    stem = _stem_end(doc)
    if stem and without_fillers(doc)[0].lower_ == "what":
        return []  # "what can i eat, drink and do"
    cuts = [
        token.i
        for token in doc[stem + 1 : -1]
        if stem and token.lower_ in {"and", "or", "n", "&", ","} and doc[token.i + 1].lower_ in _DEEDS
    ]
    if not cuts or len(cuts) >= MOST_PARTS:
        return []
    ends = [*cuts, len(doc)]
    starts = [stem, *(cut + 1 for cut in cuts)]
    moment = tuple(token.i for token in doc[starts[-1] :] if token.lower_ in _MOMENTS)[-1:]
    parts = [
        tuple(range(stem)) + tuple(range(start, end)) + (moment if end != len(doc) else ())
        for start, end in zip(starts, ends)
    ]
    return [Part(tokens, Kind.SHARED) for tokens in parts]


def _stem_end(doc: Doc) -> int:
    """Where "can i", "when should i" or "is it ok to" ends; 0 where there is no such beginning."""
    for token in doc[:-1]:
        nearby = {other.lower_ for other in doc[max(0, token.i - 5) : token.i]}
        if doc[token.i + 1].lower_ in _DEEDS and nearby & _MODALS and token.lower_ in SUBJECTS | {"to"}:
            return token.i + 1
    return 0
