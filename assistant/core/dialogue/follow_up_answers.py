"""Answers about the previous answer: which article, tell me more, why, are you sure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.core.content.articles import Fact, Source, cite, source_of
from assistant.core.content.citations import SAFETY
from assistant.core.content.content import Content
from assistant.core.dialogue.evidence import Position, evidence_of
from assistant.core.protocol import (
    ANSWERED,
    CLINIC,
    FOLLOW_UP_MORE,
    FOLLOW_UP_SOURCE,
    FOLLOW_UP_SURE,
    FOLLOW_UP_WHY,
    NOT_COVERED,
    URGENT,
)

AT_ONCE = 4  # facts in one message
DETAILS = "details"
"""Stands among the shown facts once the details of the answer were given."""
SHOWN = "told"
"""Key of a message for the ids of the facts that it shows; stored conversations hold it under this name."""
SAID = 0.7  # word overlap above which a fact counts as already stated
_STEM = 4  # letters by which words are compared
_NUMBER = re.compile(r"\[(\d+)\]")
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True)
class PreviousAnswer:
    """The answer that a follow-up is about."""

    topic: str
    outcome: str = ANSWERED
    verdict: str | None = None
    basis: str | None = None
    text: str = ""
    details: str = ""
    """Text added on demand, with citations as numbers of its sources."""
    sources: Sequence[Source] = ()
    facts: Sequence[str] = ()
    """Ids of its facts; empty if an action computed it."""
    disagreement: bool = False
    positions: Sequence[Position] = ()
    depends: Mapping[str, str] = field(default_factory=dict)
    """Concern or condition that it is about, by entity."""
    shown: Collection[str] = frozenset()
    """Ids of facts given in follow-up answers since then."""
    is_last: bool = True
    """True if no other question was answered since then."""


def reply(kind: str, given: PreviousAnswer, content: Content) -> dict[str, Any]:
    """Return ``text``, ``metadata`` and, if it lists facts, their ids as ``SHOWN``."""
    message = {FOLLOW_UP_SOURCE: _source, FOLLOW_UP_MORE: _more, FOLLOW_UP_WHY: _why, FOLLOW_UP_SURE: _sure}[
        kind
    ](given, content)
    message["metadata"]["follow_up"] = kind.removeprefix("follow_up_")
    return message


def _source(given: PreviousAnswer, content: Content) -> dict[str, Any]:
    wording = content.replies
    if not given.sources:
        return _message(wording.no_source.replace("{answer}", _answer(given, content)), given, content)
    sentence = wording.source_not_covered if given.outcome == NOT_COVERED else wording.source
    carrying, others = _divided(given)
    text = sentence.format(
        articles=_articles(carrying, content),
        list=_listed_sources(carrying),
        answer=_answer(given, content),
    )
    if others:
        text += "\n\n" + wording.source_differs.format(list=_listed_sources(others))
    also = _also(given, content)
    if also and given.outcome != NOT_COVERED:
        text += "\n\n" + wording.source_also.format(list=_listed_sources(also))
    return _message(text, given, content, sources=[*given.sources, *also])


def _divided(given: PreviousAnswer) -> tuple[list[Source], list[Source]]:
    """Return the sources that the answer cites, and those of the other side; all carry one without citations."""
    numbers = set(map(int, _NUMBER.findall(f"{given.text} {given.details}")))
    cited = [source for n, source in enumerate(given.sources, start=1) if n in numbers]
    others = [source for n, source in enumerate(given.sources, start=1) if n not in numbers]
    return (cited, others) if cited else (list(given.sources), [])


def _also(given: PreviousAnswer, content: Content) -> list[Source]:
    """Return further places that say the same as a fact of the answer, each section once."""
    facts = [content.facts[name] for name in given.facts if name in content.facts]
    places = [source_of(place, content.articles) for fact in facts for place in fact.also]
    found = {(place["id"], place["section"]): place for place in places}
    cited = {(source["id"], source["section"]) for source in given.sources}
    return [place for key, place in found.items() if key not in cited]


def _listed_sources(sources: Iterable[Source]) -> str:
    return "\n".join(f"- **{_name(source)}**, “{source['section']}”" for source in sources)


def _name(source: Source) -> str:
    return source.get("name") or source["title"]


def _more(given: PreviousAnswer, content: Content) -> dict[str, Any]:
    if given.details and DETAILS not in given.shown:
        message = _message(given.details, given, content, sources=given.sources)
        return message | {SHOWN: [DETAILS]}
    left = [fact for fact in _facts(given, content) if fact.id not in given.shown]
    said = f"{given.text} {given.details}"
    unsaid = [fact for fact in left if not is_said(fact.statement, said)]
    listed, wording = (unsaid, content.replies.more) if unsaid else (left, content.replies.more_again)
    return (
        _listing(listed[:AT_ONCE], wording, given, content)
        if listed
        else _message(content.replies.no_more, given, content)
    )


def _why(given: PreviousAnswer, content: Content) -> dict[str, Any]:
    reasons = [fact for fact in _supporting(given, content) if fact.gives_reason][:AT_ONCE]
    if not reasons or given.outcome == NOT_COVERED:
        replies = content.replies
        is_personal = given.verdict == "ask_professional"
        return _message(replies.no_reason_personal if is_personal else replies.no_reason, given, content)
    return _listing(reasons, content.replies.why, given, content)


def _supporting(given: PreviousAnswer, content: Content) -> list[Fact]:
    """Return the facts without those that contradict one cited earlier: they are reasons for the opposite."""
    kept: list[Fact] = []
    for fact in _facts(given, content) if given.facts else _of_cited_sections(given, content):
        if not any(_differ(fact, other) for other in kept):
            kept.append(fact)
    return kept


def _of_cited_sections(given: PreviousAnswer, content: Content) -> list[Fact]:
    """Return the topic's facts from the sections that a computed answer cites, in the order of its citations."""
    cited = [(source["id"], source["section"]) for source in _divided(given)[0]]
    facts = [fact for fact in _facts(given, content) if (fact.article, fact.section) in cited]
    return sorted(facts, key=lambda fact: cited.index((fact.article, fact.section)))


def _differ(one: Fact, other: Fact) -> bool:
    return one.id in other.conflicts_with or other.id in one.conflicts_with


def _sure(given: PreviousAnswer, content: Content) -> dict[str, Any]:
    if _is_the_clinics(given):  # what the articles say stands in the details only
        own = [source for source in given.sources if source["id"] == CLINIC]
        given = replace(given, sources=own, facts=(), positions=(), disagreement=False)
    names = list(dict.fromkeys(_name(source) for source in given.sources))
    also = dict.fromkeys(_name(place) for place in _also(given, content) if _name(place) not in names)
    more = content.replies.sure_also.format(titles=_enumerated(list(also))) + " " if also else ""
    text = _how_sure(given, content).format(
        also=more,
        articles=_articles(given.sources, content),
        titles=_enumerated(names),
        positions=_listed_positions(given.positions),
        answer=_answer(given, content),
        **content.placeholders,
    )
    return _message(text, given, content, sources=given.sources, disagreement=given.disagreement)


def _listed_positions(positions: Iterable[Position]) -> str:
    return "\n".join(
        f"- {position['text']} {''.join(f'[{number}]' for number in position['sources'])}"
        for position in positions
    )


def _is_the_clinics(given: PreviousAnswer) -> bool:
    return given.basis == CLINIC or all(source["id"] == CLINIC for source in given.sources)


def _how_sure(given: PreviousAnswer, content: Content) -> str:
    replies = content.replies
    if given.outcome == URGENT:
        return replies.sure_urgent
    if given.outcome == NOT_COVERED:
        return replies.sure_not_covered
    if not given.sources:
        return replies.sure_safety if given.basis == SAFETY else replies.sure_no_source
    if _is_the_clinics(given):
        return replies.sure_clinic
    if given.positions:
        return replies.sure_positions
    return replies.sure_differ if given.disagreement else replies.sure


def _facts(given: PreviousAnswer, content: Content) -> list[Fact]:
    """Return the facts of the answer, then the others of its topic."""
    others = [fact.id for fact in content.facts.values() if fact.topic == given.topic and not given.depends]
    return [content.facts[name] for name in dict.fromkeys([*given.facts, *others]) if name in content.facts]


def said_again(text: str, given: PreviousAnswer, content: Content) -> str:
    """Return the text, introduced as a repetition if the previous answer was the same."""
    return f"{content.replies.again}\n\n{text}" if given.text.startswith(text.strip()) else text


def is_said(statement: str, text: str) -> bool:
    """Return whether the text contains most words of the statement."""
    words = _stems(statement)
    return not words or len(words & _stems(text)) >= SAID * len(words)


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower())}


def listed_facts(facts: Iterable[Fact]) -> str:
    """Return the facts as a list, one per line, each with its citation."""
    return "\n".join(f"- {fact.statement} [{fact.id}]" for fact in facts)


def _listing(facts: Sequence[Fact], wording: str, given: PreviousAnswer, content: Content) -> dict[str, Any]:
    shown = [fact.id for fact in facts]
    evidence = evidence_of(listed_facts(facts), content, outcome=given.outcome)
    stating = cite(shown, content.facts, content.articles)  # without those that only contradict them
    text = wording.format(articles=_articles(stating, content), list=evidence.text)
    message = _message(text, given, content, sources=evidence.sources)
    message["metadata"] |= evidence.as_metadata()
    return message | {SHOWN: shown}


def _message(
    text: str,
    given: PreviousAnswer,
    content: Content,
    sources: Sequence[Source] = (),
    disagreement: bool = False,
) -> dict[str, Any]:
    outcome = given.outcome if given.outcome == NOT_COVERED else ANSWERED
    metadata: dict[str, Any] = {"topic": given.topic, "outcome": outcome}
    if sources:
        metadata["sources"] = list(sources)
    if disagreement:
        metadata["disagreement"] = True
    if given.outcome == URGENT:  # after an instruction to call, no offer to book online
        text = text.replace("{clinic_contact}", "{clinic_help}")
    return {"text": content.filled(text), "metadata": metadata | dict(given.depends)}


def _articles(sources: Iterable[Source], content: Content) -> str:
    """Return the number of sources in words: "two of the five articles"; a clinic is named in addition to them."""
    named, replies = {source["id"] for source in sources}, content.replies
    count = len(named - {CLINIC})
    articles = replies.articles[max(count, 1) - 1]
    if CLINIC not in named:
        return articles
    clinic = content.filled(replies.clinic)
    return replies.clinic_and.format(clinic=clinic, articles=articles) if count else clinic


def _answer(given: PreviousAnswer, content: Content) -> str:
    """Return the name of the answer: "my last answer", or an earlier one with its topic."""
    if given.is_last:
        return content.replies.last_answer
    return content.replies.earlier_answer.format(topic=content.topics[given.topic].label)


def _enumerated(titles: Sequence[str]) -> str:
    return "; ".join(f"“{title}”" for title in titles)
