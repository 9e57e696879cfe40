"""No answer advises avoiding, postponing or simply continuing a medicine on which a doctor decides."""

from __future__ import annotations

from itertools import product

import pytest

from assistant.core.aftercare.person import Person
from assistant.core.aftercare.rulebook import Rulebook
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.aftercare.verdicts import verdict
from assistant.core.content.cue_words import plain_words
from tests.core.aftercare.people import (
    BOOKED,
    EVERYBODY,
    SINCE_TEN_DAYS,
    SINCE_YESTERDAY,
    answer,
    book,
    verdict_of,
    words_for,
)
from tests.core.aftercare.questions import known

DONT_STOP = "**Don't stop it yourself: ask the doctor who prescribed or recommended it.**"
TOPICS = ("prep_medication", "after_pain_relief")
CUES = book().wording.own_medicine
PEOPLE = pytest.mark.parametrize("person", EVERYBODY.values(), ids=EVERYBODY)


def terms_of(name: str) -> list[str]:
    """Return every word for this product."""
    return [term for term, entry in words_for("product").items() if entry == name]


OF_MEDICINES = [term for term, entry in words_for("product").items() if entry in book().aftercare.medicines]


@PEOPLE
@pytest.mark.parametrize("name", known("product"))
def test_whatever_a_doctor_decides_on_is_for_the_doctor(
    name: str, person: Person, aftercare: Rulebook
) -> None:
    for topic in (None, *TOPICS, "after_products", "prep_skincare"):
        asked = TimingQuestion(topic=topic, products=(name,), prescribed=True)
        assert verdict(asked, person.treated_at, person.now, aftercare).verdict == "ask_professional"
        assert verdict(asked, None, person.now, aftercare).verdict == "ask_professional"


@PEOPLE
@pytest.mark.parametrize("cue", CUES.prescribed)
def test_a_word_for_prescribed_counts_whatever_the_product(cue: str, person: Person) -> None:
    for term in {entry: term for term, entry in words_for("product").items()}.values():
        message = answer(f"{term}, {cue}, ok?", person, "after_products", term)
        assert verdict_of(message) == "ask_professional", term


@PEOPLE
@pytest.mark.parametrize("kind", ["conditions", "frequency", "own"])
def test_what_is_taken_for_long_or_for_an_illness_is_never_decided_here(kind: str, person: Person) -> None:
    terms = ("naproxen", "paracetamol", "tramadol", "period pill")
    for cue, term, topic in product(getattr(CUES, kind), terms, TOPICS):
        message = answer(f"{term} {cue}, is that ok", person, topic, term)
        assert (verdict_of(message), message["text"][: len(DONT_STOP)]) == ("ask_professional", DONT_STOP), (
            cue
        )


@PEOPLE
@pytest.mark.parametrize("cue", ["every day", "for my heart", "my doctor recommended it", "on prescription"])
def test_no_medicine_is_decided_on_where_it_is_taken_for_long(cue: str, person: Person) -> None:
    for term in OF_MEDICINES:
        message = answer(f"can i take {term} {cue}", person, "prep_medication", term)
        assert verdict_of(message) == "ask_professional", term


@pytest.mark.parametrize("prescriber", CUES.prescribers)
def test_a_recommendation_counts_as_a_prescription(prescriber: str) -> None:
    for cue in CUES.recommending:
        message = answer(f"{prescriber} {cue} ibuprofen", SINCE_YESTERDAY, "after_pain_relief", "ibuprofen")
        assert verdict_of(message) == "ask_professional", cue


@PEOPLE
@pytest.mark.parametrize(
    "text",
    [
        "i take zyblorix for my heart, should i stop",
        "im on a tablet from my cardiologist that i cant spell",
        "Been on those little white ones for years because of the stent",
        "my GP told me to take something called nebrozal",
        "should i stop my tablets",
        "something for my heart, is it a problem",
        "my GP gave me nebrozal, ok?",
        "do i need to stop it?",
        "and can i keep taking them",
    ],
)
def test_a_medicine_that_nobody_has_a_word_for_is_the_doctors_too(text: str, person: Person) -> None:
    for topic in TOPICS:
        assert answer(text, person, topic)["text"].startswith(DONT_STOP)


@PEOPLE
@pytest.mark.parametrize("asks", ["can i take {}", "is {} ok for a headache"])
def test_aspirin_of_any_dose_is_a_question_for_doctor_or_pharmacist(asks: str, person: Person) -> None:
    for term, topic in product(terms_of("aspirin"), TOPICS):
        message = answer(asks.format(term), person, topic, term)
        assert verdict_of(message) == "ask_professional", term
        assert "on't stop it yourself: ask" in message["text"], term


@PEOPLE
def test_aspirin_is_stopped_by_the_doctor_only(person: Person) -> None:
    for term, topic in product(terms_of("aspirin"), TOPICS):
        message = answer(f"should i stop my {term}", person, topic, term)
        assert (verdict_of(message), message["text"][: len(DONT_STOP)]) == ("ask_professional", DONT_STOP), (
            term
        )


@pytest.mark.parametrize(
    "text",
    [
        "can i take ibuprofen, its not prescribed",
        "needled a day ago, my back is killing me, ibuprofen?",
        "can i have an advil tonight",
        "nobody prescribed the ibuprofen",
    ],
)
def test_a_tablet_of_ones_own_keeps_the_week(text: str) -> None:
    term = "advil" if "advil" in text else "ibuprofen"
    assert verdict_of(answer(text, SINCE_YESTERDAY, "after_pain_relief", term)) == "not_yet"


@pytest.mark.parametrize(
    "text", ["should i moisturise every day", "is a moisturiser every night ok", "moisturiser for ages?"]
)
def test_what_is_no_medicine_may_be_used_every_day(text: str) -> None:
    assert verdict_of(answer(text, SINCE_YESTERDAY, "after_moisturising", "moisturiser")) == "ok"


@pytest.mark.parametrize(
    "term", ["paracetamol", "tylenol", "panadol", "tramadol", "painkiller", "headache pill"]
)
def test_of_painkillers_before_a_session_nothing_is_said(term: str) -> None:
    message = answer(f"can i take {term} before", BOOKED, "prep_medication", term)
    assert verdict_of(message) == "not_covered"
    assert "For one week" not in message["text"]


@pytest.mark.parametrize(
    "term", [term for term, entry in words_for("product").items() if entry == "paracetamol"]
)
def test_only_paracetamol_is_fine_afterwards_if_a_pharmacist_agrees(term: str) -> None:
    message = answer(f"can i take {term}", SINCE_YESTERDAY, "after_pain_relief", term)
    assert verdict_of(message) == "ok"
    assert "pharmacist agrees" in message["text"]


@pytest.mark.parametrize(
    "term",
    [
        "codeine", "tramadol", "oxycodone", "morphine", "co-codamol", "period pill", "period pain tablet",
        "headache pill", "novalgin", "painkiller", "pain relief", "something for the pain", "lemsip",
    ],
)  # fmt: skip
def test_other_painkillers_are_a_question(term: str) -> None:
    for person in (SINCE_YESTERDAY, SINCE_TEN_DAYS):
        message = answer(f"can i take {term}", person, "after_pain_relief", term)
        assert verdict_of(message) == "ask_professional"


@pytest.mark.parametrize("person", [BOOKED, SINCE_YESTERDAY], ids=["booked", "since yesterday"])
@pytest.mark.parametrize(
    "text",
    ["should i stop taking ibuprofen", "do i have to come off ibuprofen", "do I need to avoid ibuprofen?"],
)
def test_should_i_stop_is_answered_and_a_doctors_word_comes_first(text: str, person: Person) -> None:
    message = answer(text, person, "prep_medication", "ibuprofen")
    assert message["text"].startswith(
        "**If a doctor prescribed or recommended it, don't stop it yourself: ask them. If not, leave"
    )
    assert not any(words in message["text"] for words in ("No.", "Not yet", "Yes"))


@pytest.mark.parametrize("term", ["fish oil", "turmeric", "arnica", "antihistamine", "cbd oil"])
def test_before_a_session_the_rule_for_afterwards_is_not_the_nearest(term: str) -> None:
    message = answer(f"can i take {term}", BOOKED, "prep_medication", term)
    assert verdict_of(message) == "not_covered"
    assert "before the session" in message["text"]
    assert "don't stop it yourself" in message["text"]
    assert "For one week" not in message["text"]


@pytest.mark.parametrize("text", ["which medicines do i have to stop", "what meds should i avoid"])
def test_a_question_about_medicines_at_large_gets_what_the_articles_name(text: str) -> None:
    message = answer(text, BOOKED, "prep_medication")
    assert "If a doctor prescribed or recommended it, don't stop it yourself" in message["text"]
    assert "nti-inflammatory" in message["text"]


@PEOPLE
@pytest.mark.parametrize("topic", TOPICS)
def test_a_medicine_that_was_told_of_earlier_is_still_meant(topic: str, person: Person) -> None:
    for text in ("and how many days before", "is that a problem", "will it be ok on the day"):
        message = answer(text, person, topic, told=("blood_thinners",))
        assert message["text"].startswith(DONT_STOP)
        assert not answer(text, person, topic, told=("active_acne",))["text"].startswith(DONT_STOP)


def test_what_helps_against_soreness_is_told_with_its_limits() -> None:
    message = answer("what can i take for soreness", SINCE_YESTERDAY, "after_pain_relief")
    assert verdict_of(message) == "ask_professional"
    assert "You can take a painkiller for soreness" in message["text"]
    assert "no anti-inflammatory one" in message["text"]


def test_every_cue_can_stand_in_a_message_and_every_condition_is_one() -> None:
    wording = book().wording
    cues = [cue for name, kind in CUES.dict().items() if name != "told" for cue in kind]
    for cue in [*cues, *wording.asks_must, *wording.asks_stop]:
        assert " ".join(plain_words(cue)) == cue
    assert set(words_for("condition").values()) >= CUES.told
