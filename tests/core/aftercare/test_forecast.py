"""The forecast for a session that is still to come."""

from __future__ import annotations

import pytest

from assistant.core.aftercare.forecast import forecast
from assistant.core.aftercare.guide import AftercareGuide
from tests.core.aftercare.people import TO_COME, person


@pytest.mark.parametrize(
    ("symptoms", "topic", "lines"),
    [
        (
            ("redness",),
            "redness",
            ["- Redness: from Fri 4 Dec, 12:00 until about Sat 5 Dec, 12:00"],
        ),
        (
            ("marks",),
            "symptom_report",
            ["- Perhaps small marks: from Mon 7 Dec until about the end of Wed 9 Dec"],
        ),
        (
            (),
            "downtime",
            [
                "- Redness; perhaps mild swelling or bruises; sensitive, dry or irritated skin: "
                "from Fri 4 Dec, 12:00 until about Sat 5 Dec, 12:00",
                "- Perhaps small marks: from Mon 7 Dec until about the end of Wed 9 Dec",
            ],
        ),
    ],
)
def test_each_window_has_its_days(
    symptoms: tuple[str, ...], topic: str, lines: list[str], book: AftercareGuide
) -> None:
    given = forecast(symptoms, topic, person("to come"), book)
    assert given is not None
    assert all(line in given["text"] for line in lines)
    assert (given["metadata"]["topic"], given["metadata"]["outcome"]) == (topic, "answered")
    assert given["metadata"]["sources"]
    assert given["metadata"]["disagreement"]  # the articles disagree on when the effects are gone


@pytest.mark.parametrize("when", TO_COME)
def test_it_says_until_when_and_what_to_do_if_it_lasts(when: str, book: AftercareGuide) -> None:
    given = forecast(("swelling",), "swelling_bruising", person(when), book)
    assert given is not None
    assert "That should be over" in given["text"]
    assert "contact your professional" in given["text"]


def test_all_of_the_downtime_is_over_when_its_last_part_is(book: AftercareGuide) -> None:
    given = forecast((), "downtime", person("to come"), book)
    assert given is not None
    assert "**That should be over by about the end of Wed 9 Dec.**" in given["text"]


def test_what_is_over_is_no_more_dated_as_coming(book: AftercareGuide) -> None:
    given = forecast((), "downtime", person("day 20"), book)
    assert given is not None
    assert "should be over by now" in given["text"]
    assert ": from" not in given["text"]
    assert book.content.placeholders["clinic_help"] in given["text"]


def test_what_no_rule_knows_has_no_forecast(book: AftercareGuide) -> None:
    assert forecast(("itching",), "symptom_report", person("to come"), book) is None


def test_flaking_has_no_days_and_so_no_forecast(book: AftercareGuide) -> None:
    assert forecast(("peeling",), "peeling", person("to come"), book) is None
