"""Tests of alarm patterns, including negated, mild and hypothetical symptoms."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.content.alarms import load_alarm_modifiers, load_alarms
from assistant.nlu.text.alarm_patterns import AlarmPatterns, Signs
from assistant.nlu.text.normalization import normalize
from assistant.nlu.text.spacy_pipeline import build_base

DATA = Path(__file__).parents[2] / "data"
LANGUAGE = build_base()
RULES = AlarmPatterns(LANGUAGE, load_alarms(DATA), load_alarm_modifiers(DATA))


def signs(text: str) -> Signs:
    return RULES.find(LANGUAGE(normalize(text)))


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("hi! quick one, there is yellow stuff coming out of it lol", "pus"),
        ("i have chills and feel rotten", "fever"),
        ("my temp is 38.5 since last night", "fever"),
        ("the redness is spreading down my neck", "spreading"),
        ("the pain is getting worse by the hour", "pain"),
        ("woke up with blisters on my cheek", "blisters"),
        ("it's weeping on one side", "sores"),
        ("my eye is swollen shut", "swelling"),
        ("i can't breathe properly", "breathing"),
        ("my tongue feels thick", "breathing"),
        ("it still hasn't stopped bleeding", "bleeding"),
        ("vision went blurry on the left", "vision"),
    ],
)
def test_a_sign_of_alarm_is_heard(text: str, alarm: str) -> None:
    assert alarm in [sign.id for sign in signs(text).found]


@pytest.mark.parametrize(
    "text",
    [
        "no fever, no pus, just a bit pink",
        "i don't have any blisters",
        "nothing weeping, no temperature",
        "it is red but there is no discharge or fever",
    ],
)
def test_a_sign_that_the_person_denies_is_no_alarm(text: str) -> None:
    assert not signs(text).found
    assert signs(text).denied


def test_a_denial_does_not_reach_into_the_next_clause() -> None:
    assert "pus" in [sign.id for sign in signs("no fever but there is pus").found]


def test_a_bit_of_puffiness_is_no_alarm() -> None:
    assert not signs("a bit of swelling under my eyes this morning").found


@pytest.mark.parametrize(
    "text",
    [
        "lips and eyes were puffy for a day and then went down, should i expect that next time",
        "my eyelids swelled on the first evening, it was all gone by morning",
        "cheeks got redder on day two and then it cleared up",
    ],
)
def test_what_has_gone_by_itself_is_no_alarm(text: str) -> None:
    assert not signs(text).found


@pytest.mark.parametrize(
    "text",
    [
        "my eyes are puffy, it hasn't gone down",
        "puffy eyes went down and came back worse",
        "eyelids swollen, it went down but now they are puffy again",
        "the swelling went down, my face is puffy still",
        "my eye was swollen shut and then it went down",
        "eyes puffy, not gone yet",
    ],
)
def test_what_has_come_back_or_was_grave_is_one_all_the_same(text: str) -> None:
    assert signs(text).found


@pytest.mark.parametrize(
    "text", ["what if i get a fever", "can it cause blisters", "do people get pus from it"]
)
def test_what_is_only_supposed_is_no_alarm(text: str) -> None:
    assert not signs(text).found


@pytest.mark.parametrize(
    "text", ["i have hay fever", "does it close open pores", "is the cleanser chill to use"]
)
def test_the_same_words_in_another_sense_are_no_alarm(text: str) -> None:
    assert not signs(text).sure


def test_trouble_breathing_is_an_emergency_and_pus_is_not() -> None:
    assert signs("i am wheezing").level("unknown") == "emergency"
    assert signs("there is pus").level("unknown") == "urgent"


@pytest.mark.parametrize(
    "text",
    [
        "can i wear make up over the open sores",
        "could i put serum on my blisters",
        "may i cover the open sores",
    ],
)
def test_what_is_asked_about_skin_that_has_a_sign_reports_the_sign(text: str) -> None:
    assert signs(text).found
