"""Properties of the articles' rules combined with any clinic's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.core.aftercare.rulebook import Rulebook, merged_rules
from assistant.core.aftercare.rules import Rule
from assistant.core.aftercare.timing_question import TimingQuestion
from tests.core.aftercare.questions import BANS, QUESTIONS, at
from tests.core.aftercare.strategies import AWAY, TREATMENTS

DURATIONS = st.sampled_from(
    [
        "PT0S",
        "PT1H",
        "PT12H",
        "PT24H",
        "PT36H",
        "P0D",
        "P1D",
        "P2D",
        "P5D",
        "PT167H",
        "P1W",
        "P10D",
        "P27D",
        "P4W",
        "P1M",
    ]
)


def clinics_rule(article: Rule, draw: st.DrawFn) -> Rule:
    """Draw a rule that replaces the article's, with another window, kind and advice."""
    direction = draw(st.sampled_from(["after", "before", "any"]))
    first, last = draw(DURATIONS), draw(DURATIONS | st.none())
    kind = draw(st.sampled_from(["avoid", "do", "ask", "next", "expect"]))
    parts = {
        "id": article.id,
        "section": "Sheet",
        "topics": article.topics,
        "products": draw(st.sampled_from([article.products, article.products[:1]])),
        "activities": article.activities,
        "title": "A rule",
        "detail": "Whatever the clinic says about it, in ten words or more of its own.",
        "kind": kind,
        "direction": direction,
        "start": None if direction == "any" else (last if direction == "before" else first),
        "end": None if direction == "any" else (first if direction == "before" else last),
        "whole_days": draw(st.booleans()),
        "otherwise": draw(st.sampled_from(["ok", "ask_professional"]))
        if last and direction != "any"
        else None,
        "verdict": draw(st.sampled_from([None, "not_yet", "ask_professional"]))
        if kind in {"avoid", "ask"}
        else None,
        "strictness": draw(st.sampled_from(["must", "should", "may"])),
        "prescribed": draw(st.booleans()),
    }
    try:
        return Rule.parse_obj(parts)
    except ValueError:
        return article


@st.composite
def clinics(draw: st.DrawFn, rules: tuple[Rule, ...]) -> list[Rule]:
    """Draw one to three rules of a clinic."""
    chosen = draw(st.lists(st.sampled_from(rules), min_size=1, max_size=3, unique_by=lambda rule: rule.id))
    return [clinics_rule(rule, draw) for rule in chosen]


@settings(max_examples=500, deadline=None)
@given(data=st.data(), asked=QUESTIONS, treated=TREATMENTS, away=AWAY)
def test_no_clinic_makes_ok_what_the_articles_forbid(
    data: st.DataObject, asked: TimingQuestion, treated: datetime, away: timedelta, aftercare: Rulebook
) -> None:
    own = data.draw(clinics(aftercare.rules))
    rules, overridden = merged_rules(aftercare.rules, own)
    sources = {rule.id: () for rule in (*rules, *overridden.values())}
    mixed = replace(aftercare, rules=tuple(rules), overridden=overridden, sources=sources)
    chosen = TimingQuestion(products=own[0].products[:1], activities=own[0].activities[:1])
    by_id = TimingQuestion(rule=own[0].id)
    moment = treated.astimezone(timezone.utc) + away
    for question in (asked, chosen, by_id):
        by_articles = at(question, treated, moment, aftercare)
        if by_articles.verdict in BANS and not by_articles.needs_date:
            assert at(question, treated, moment, mixed).verdict in {*BANS, "ask_professional"}
        if question.prescribed:
            assert at(question, treated, moment, mixed).verdict == "ask_professional"
