"""Questions that share their beginning, or are a list of a few words."""

from __future__ import annotations

from spacy.tokens import Doc

from nlu.clauses import is_bare, without_fillers
from nlu.parts import MOST_PARTS, Kind, Part
from nlu.question_words import AUXILIARIES, LINKS, MODALS, MOMENTS, SUBJECTS, WH

LONGEST_ITEM = 3  # words of each question in a list
LONGEST_LIST = 8  # words; in a longer message a comma divides no list of questions

_DEEDS = frozenset(
    {"go", "do", "have", "use", "take", "wear", "put", "drink", "exercise", "work", "swim", "wash", "shave", "eat",
     "run", "apply", "moisturise", "moisturize", "touch", "pick", "sunbathe", "shower", "train", "smoke", "cover",
     "get", "expect", "stop", "fly", "travel", "sweat", "hit", "tan", "clean", "ice", "sleep", "dye", "start"}
)  # fmt: skip
_UNITED = frozenset({"plus", "pros", "cons", "dos", "donts", "ups", "downs", "advantages", "disadvantages"})
_LIST_STEMS = (
    ("what", "'s", "the"), ("what", "s", "the"), ("what", "is", "the"), ("what", "are", "the"), ("whats", "the"),
    ("tell", "me", "about", "the"), ("tell", "me", "about"), ("what", "about", "the"), ("what", "about"),
    ("how", "about"), ("is", "there", "any"), ("are", "there", "any"), ("any",), ("about",), ("info", "on"),
)  # fmt: skip


def listed(doc: Doc) -> list[Part]:
    """ "cost and downtime?", "whats the price and the recovery time" """
    listed = doc[_list_start(doc) :]
    said = {token.lower_ for token in listed}
    if len(listed) > LONGEST_LIST or said & (_UNITED | AUXILIARIES | WH):
        return []
    parts: list[list[int]] = [[]]
    for token in listed:
        if token.lower_ in LINKS or "?" in token.text:
            parts.append([])
        else:
            parts[-1].append(token.i)
    found = [Part(tuple(part), Kind.LISTED) for part in parts if part and not is_bare([doc[n] for n in part])]
    brief = all(len(part.tokens) <= LONGEST_ITEM for part in found)
    return found[:MOST_PARTS] if len(found) > 1 and brief else []


def _list_start(doc: Doc) -> int:
    """Where the list begins, behind "whats the" or "tell me about"."""
    words = without_fillers(doc)
    said = [token.lower_ for token in words]
    for stem in _LIST_STEMS:
        if tuple(said[: len(stem)]) == stem:
            return words[len(stem)].i if len(words) > len(stem) else len(doc)
    return words[0].i if len(words) else 0


def same_beginning(doc: Doc) -> list[Part]:
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
    moment = tuple(token.i for token in doc[starts[-1] :] if token.lower_ in MOMENTS)[-1:]
    parts = [
        tuple(range(stem)) + tuple(range(start, end)) + (moment if end != len(doc) else ())
        for start, end in zip(starts, ends)
    ]
    return [Part(tokens, Kind.SHARED) for tokens in parts]


def _stem_end(doc: Doc) -> int:
    """Where "can i", "when should i" or "is it ok to" ends; 0 where there is no such beginning."""
    for token in doc[:-1]:
        nearby = {other.lower_ for other in doc[max(0, token.i - 5) : token.i]}
        if doc[token.i + 1].lower_ in _DEEDS and nearby & MODALS and token.lower_ in SUBJECTS | {"to"}:
            return token.i + 1
    return 0
