"""Tests of what makes a sign no alarm: negated, hypothetical, historical, or of somebody in general."""

from __future__ import annotations

import pytest

from tests.nlu.test_alarm_rules import signs


def modified(text: str) -> set[str]:
    """Return the kinds of modifiers, if no sign is left."""
    found = signs(text)
    return set() if found.found else set(found.modified)


@pytest.mark.parametrize(
    "text",
    [
        "no pus, no fever, just dry",
        "there's neither discharge nor a rash that spreads",
        "i thought there was pus, only cream",
        "blisters: none",
    ],
)
def test_a_negated_sign_is_no_alarm(text: str) -> None:
    assert modified(text) == {"negated"}


@pytest.mark.parametrize(
    "text",
    [
        "what if it gets infected",
        "what if my face gets infected",
        "how would i notice pus",
        "could my eyes swell shut from it",
        "worried about getting blisters",
        "which signs would mean it's infected",
        "if i ever got a fever who do i call",
    ],
)
def test_a_hypothetical_sign_is_no_alarm(text: str) -> None:
    assert modified(text) == {"hypothetical"}


@pytest.mark.parametrize(
    "text",
    [
        "my sister had pus years ago",
        "the blister from my shoe has healed",
        "i had an abscess in 2016",
        "in my twenties i had weeping eczema",
        "last spring i got a mild fever for a night, it went away",
        "pus-y breakouts every month",
        "an old burn with blisters, all healed",
        "the scab that was weeping has dried and dropped off",
        "my eyelids were puffy the first time, will that happen again",
    ],
)
def test_a_sign_of_long_ago_or_that_has_healed_is_no_alarm(text: str) -> None:
    assert modified(text) == {"historical"}


@pytest.mark.parametrize(
    "text",
    ["i read that people got pus from it", "a girl on tiktok had blisters", "my dog has a weeping wound"],
)
def test_hearsay_and_animals_are_no_alarm(text: str) -> None:
    assert "experiencer" in modified(text)


@pytest.mark.parametrize(
    "text",
    [
        "asking for a friend, there's pus coming out",
        "my daughter has blisters where they did it",
        "my sister had pus years ago and now i've got pus too",
        "i read it's normal but there's pus on my chin",
        "it healed and then there was pus again",
        "had my first session last year, second one yesterday, there's pus",
        "how do i know if it's infected, it's oozing",
        "what if it gets worse? there's pus already",
        "no fever, but blisters",
        "the blisters haven't healed",
        "there's pus coming out of a cut i got years ago",
        "can't get warm, teeth chattering",
        "the pain is not going away, and pus comes out",
        "paracetamol does nothing, it's oozing",
        "should i put cream on the pus",
        "is ice allowed over my raw wet patches",
    ],
)
def test_what_is_there_now_is_an_alarm_whoever_has_it(text: str) -> None:
    assert signs(text).sure


@pytest.mark.parametrize(
    "text",
    [
        "day 1 was redder",
        "pain is way less now",
        "it's going down",
        "bruise is turning yellow",
        "the redness has gone",
        "was red and then it settled",
        "barely pink",
    ],
)
def test_a_message_can_say_that_something_becomes_less(text: str) -> None:
    assert signs(text).eased


@pytest.mark.parametrize(
    "text",
    [
        "it hasn't stopped since ten",
        "lines are going down my neck",
        "it's gone from pink to plum",
        "i can barely see",
        "she stopped answering",
        "is it ok to wash it",
        "it was fading, then it came back",
        "calming down nicely and then today it's up again",
        "no pus but the red is moving",
    ],
)
def test_what_stays_or_comes_back_does_not_become_less(text: str) -> None:
    assert not signs(text).eased


def test_a_longer_term_counts_instead_of_the_words_in_it() -> None:
    """The "my" of "what if my" doesn't end the scope, another one does."""
    assert not signs("what if my cheek oozes").sure
    assert signs("what if, my cheek oozes").sure


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("could there be pus later? i have none", "negated"),
        ("the leaflet speaks of blisters. none of that here", "negated"),
        ("fever or pus? nothing like that", "negated"),
        ("they warned me about pus, it hasn't happened", "negated"),
        ("if pus appeared, who would i call", "hypothetical"),
        ("imagine blisters, where would i go", "hypothetical"),
        ("i had pus long before the session", "historical"),
        ("there was pus last month", "historical"),
        ("my aunt had pus after hers, mine is clean", "experiencer"),
        ("her cousin got blisters, i'm checking mine", "experiencer"),
    ],
)
def test_a_clause_of_its_own_may_say_that_a_sign_is_not_there(text: str, kind: str) -> None:
    assert kind in modified(text)


@pytest.mark.parametrize(
    "text",
    [
        "i had none yesterday but there's pus today",
        "is it ok if pus comes out",
        "i don't know if there's pus",
        "if i press it there's pus",
        "my daughter has pus, mine is fine",
        "my aunt had pus and mine is oozing too",
        "i had pus before the session and it still oozes",
        "there's pus, none of it stops",
        "pus, and nothing helps",
        "there was pus last month and now it's back",
    ],
)
def test_what_contradicts_a_denial_leaves_the_sign(text: str) -> None:
    assert modified(text) == set()
