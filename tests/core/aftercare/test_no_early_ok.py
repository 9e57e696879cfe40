"""Nothing is "ok" unless an article allows it, however long ago the treatment was."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from assistant.core.aftercare.calendar import reminders
from assistant.core.aftercare.dated import answer_by_date, asked_about
from assistant.core.aftercare.person import Person
from assistant.core.aftercare.rules import words
from assistant.core.aftercare.timeline import steps
from tests.core.aftercare.people import (
    BOOKED,
    NOW,
    SINCE_TEN_DAYS,
    SINCE_YESTERDAY,
    answer,
    book,
    treated,
    verdict_of,
    words_for,
)

ALLOWED = {
    "cleanser",
    "hyaluronic_acid",
    "serum",
    "moisturiser",
    "drinking_water",
    "sunscreen",
    "paracetamol",
}
"""Products that the articles recommend or allow afterwards."""
ASKS = re.compile(r"\b[Aa]sk (?:your|the)\b|choice is to wait")
LATE = [SINCE_YESTERDAY, SINCE_TEN_DAYS, treated(timedelta(days=60))]


def terms_of(kind: str, *ids: str) -> list[str]:
    """Return every word for these entries of the lexicon."""
    return [term for term, entry in words_for(kind).items() if entry in ids]


@pytest.mark.parametrize("person", LATE, ids=["a day", "ten days", "two months"])
@pytest.mark.parametrize("term", terms_of("activity", "sunbathe"))
def test_the_sun_stays_a_question_after_the_first_day(term: str, person: Person) -> None:
    assert verdict_of(answer(f"can i go {term} now", person, "after_sun", term)) == "ask_professional"


@pytest.mark.parametrize(
    "text",
    [
        "can i sunbathe before",
        "is a sunbed ok beforehand",
        "can i tan before my appointment",
        "tan the day before",
    ],
)
def test_sun_before_a_session_is_not_a_matter_of_the_time_after_it(text: str) -> None:
    message = answer(text, BOOKED, "after_sun", "tan")
    assert verdict_of(message) == "ask_professional"
    assert "before a session" in message["text"]


@pytest.mark.parametrize(
    "text", ["when can i tan after", "how long before i can tan again", "can i tan", "before or after, tan?"]
)
def test_sun_without_a_word_of_before_is_about_afterwards(text: str) -> None:
    message = answer(text, BOOKED, "after_sun", "tan")
    assert verdict_of(message) == "not_yet"
    assert "24 hours" in message["text"]


@pytest.mark.parametrize("topic", ["after_sun", "preparation", "prep_skincare"])
def test_sunburnt_skin_is_to_be_shown_first(topic: str) -> None:
    message = answer("can i come if im sunburnt", BOOKED, topic, "sunburnt")
    assert verdict_of(message) in {"ask_professional", "avoid"}
    assert "Not yet" not in message["text"]


def before_by(days: int, term: str) -> str:
    """Return the verdict on a product that many days and an hour before the session."""
    person = treated(timedelta(days=-days, hours=-1))
    return str(verdict_of(answer(f"can i use {term} now", person, "prep_skincare", term)))


@pytest.mark.parametrize(
    "term",
    ["retinol", "glycolic acid", "scrub", "tretinoin", "differin", "my usual actives", "harsh cleanser"],
)
def test_a_harsh_product_before_a_session_is_never_fine(term: str) -> None:
    name = "actives" if term == "my usual actives" else term
    assert [before_by(days, name) for days in (1, 2, 5, 14)] == ["avoid", *["ask_professional"] * 3]


def test_unnamed_skincare_before_a_session_gets_the_general_answer() -> None:
    asked = asked_about("can i use my stuff tonight", "prep_skincare", BOOKED, book())
    assert answer_by_date(asked, BOOKED, (), book()) is None


@pytest.mark.parametrize("ahead", [timedelta(hours=21), timedelta(days=3, hours=8)])
def test_shaving_is_a_question_on_the_days_before_and_to_be_avoided_on_the_day(ahead: timedelta) -> None:
    given = answer("can i shave then", BOOKED, "prep_shaving", "shave", when=NOW + ahead)
    assert verdict_of(given) == "ask_professional"
    that_day = NOW + timedelta(days=4, hours=-3)
    assert verdict_of(answer("can i shave then", BOOKED, "prep_shaving", "shave", when=that_day)) == "avoid"


def test_who_must_wait_with_the_sun_is_not_told_that_it_is_fine_then() -> None:
    openings = (
        (BOOKED, "**After your session: not before "),
        (treated(timedelta(hours=3)), "**Not yet.** From "),
    )
    for person, begins in openings:
        message = answer("can i sunbathe", person, "after_sun", "sunbathe")
        assert message["text"].startswith(begins)
        assert "ask your professional first." in message["text"]
        assert "ok_from" not in message["metadata"]


@pytest.mark.parametrize("term", terms_of("product", "weak_sunscreen"))
def test_sun_protection_under_thirty_is_not_enough(term: str) -> None:
    message = answer(f"is {term} ok", SINCE_YESTERDAY, "after_sun", term)
    assert verdict_of(message) == "avoid"
    assert "SPF 30 or higher" in message["text"]


@pytest.mark.parametrize("term", ["spf", "spf 30", "factor 50", "sunscreen"])
def test_sun_protection_of_thirty_or_more_is_wanted(term: str) -> None:
    assert verdict_of(answer(f"can i use {term}", SINCE_YESTERDAY, "after_sun", term)) == "ok"


@pytest.mark.parametrize(
    "term",
    [
        "panoxyl wash", "benzoyl peroxide cleanser", "dettol soap", "antibacterial soap", "antiseptic wash",
        "acne wash", "salicylic cleanser", "exfoliating cleanser", "tea tree face wash", "harsh cleanser", "soap",
        "micellar water", "face wipe", "foaming cleanser", "body wash", "makeup remover",
    ],
)  # fmt: skip
def test_only_a_mild_cleanser_is_fine(term: str) -> None:
    for person in (SINCE_YESTERDAY, SINCE_TEN_DAYS):
        assert verdict_of(answer(f"can i use {term}", person, "after_cleansing", term)) in {
            "ask_professional",
            "not_covered",
        }
    assert verdict_of(answer("a mild cleanser?", SINCE_YESTERDAY, "after_cleansing", "mild cleanser")) == "ok"


@pytest.mark.parametrize(
    "term",
    [
        "anti ageing cream", "anti aging serum", "night cream", "urea cream", "wrinkle cream", "firming serum",
        "retinol cream", "anti-wrinkle cream", "olay", "night serum",
    ],
)  # fmt: skip
def test_creams_that_may_hold_something_strong_are_a_question(term: str) -> None:
    for person in (SINCE_YESTERDAY, SINCE_TEN_DAYS):
        assert (
            verdict_of(answer(f"can i use {term}", person, "after_moisturising", term)) == "ask_professional"
        )


def test_no_other_product_is_ever_fine() -> None:
    for term, entry in words_for("product").items():
        message = answer(f"{term}?", SINCE_TEN_DAYS, "after_not_covered", term)
        late = {"makeup", "anti_inflammatories"}  # the articles say when these are over
        assert verdict_of(message) != "ok" or entry in ALLOWED | late, term


def test_nothing_is_called_over_that_stays_a_question() -> None:
    aftercare, done, now = book().aftercare, NOW, NOW + timedelta(hours=1)
    alarms = {
        line.id: list(reminders(line, done, now, aftercare.calendar)) for line in steps(done, now, aftercare)
    }
    over = {
        name
        for name, given in alarms.items()
        if any(re.search("fine again|is over", str(each["description"])) for each in given)
    }
    assert over == {"no-make-up", "no-anti-inflammatories"}


def test_the_timeline_does_not_call_the_sun_over() -> None:
    for now, title in (
        (NOW, "No sunbathing"),
        (NOW + timedelta(hours=25), "Strong sun, unless your professional agrees"),
    ):
        [line] = [line for line in steps(NOW, now, book().aftercare) if line.id == "no-long-sun"]
        assert (line.state, line.title.startswith(title)) == ("now", True)


@pytest.mark.parametrize(
    ("text", "topic", "term"),
    [
        ("should i use sunscreen", "after_sun", "sunscreen"),
        ("do i need spf tomorrow", "after_sun", "spf"),
        ("do i have to moisturise", "after_moisturising", "moisturise"),
        ("do i really need to wash it", "after_cleansing", "wash it"),
        ("Am I supposed to drink more water?", "after_moisturising", "drink more water"),
    ],
)
def test_a_duty_is_answered_with_yes(text: str, topic: str, term: str) -> None:
    message = answer(text, SINCE_YESTERDAY, topic, term)
    assert message["text"].startswith("**Yes, do.**")


def test_what_is_only_allowed_is_no_duty() -> None:
    said = answer("do i have to take paracetamol", SINCE_YESTERDAY, "after_pain_relief", "paracetamol")[
        "text"
    ]
    assert "you don't have to" in said


@pytest.mark.parametrize(
    ("text", "topic", "term", "begins"),
    [
        ("should i stop wearing makeup", "after_makeup", "makeup", "**No, not any more.**"),
        ("should i stop the spf", "after_sun", "spf", "**No, keep it up.**"),
        ("when can i stop the spf", "after_sun", "spf", "**My sources give no end.**"),
        ("should i avoid retinol", "after_products", "retinol", "**Ask first.**"),
        ("should i leave out ice", "after_ice", "ice", "**Yes, leave it out.**"),
        (
            "do i have to wait for the next facial",
            "session_interval",
            "facial",
            "**My sources don't cover that.**",
        ),
    ],
)
def test_a_question_about_leaving_out_gets_an_answer_to_that(
    text: str, topic: str, term: str, begins: str
) -> None:
    assert answer(text, SINCE_YESTERDAY, topic, term)["text"].startswith(begins)


def test_no_rule_says_fine_and_then_to_ask_first() -> None:
    aftercare = book().aftercare
    for rule in aftercare.rules:
        if "ok" in words(rule) and aftercare.medicines.isdisjoint(rule.products):
            assert not ASKS.search(f"{rule.detail} {rule.ask}"), rule.id


@pytest.mark.parametrize("term", ["moisturiser", "sunscreen", "hyaluronic acid", "niacinamide", "bakuchiol"])
def test_that_retinol_is_left_out_is_no_reason_against_other_products(term: str) -> None:
    for person in (BOOKED, treated(timedelta(hours=-20))):
        message = answer(f"can i use {term} before", person, "prep_skincare", term)
        assert verdict_of(message) == "not_covered"
        assert "From the start" not in message["text"]
