"""Answers about the previous answer: which article, tell me more, why, are you sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.core.content.articles import cite
from assistant.core.content.citations import SAFETY
from assistant.core.content.content import Content, load_content
from assistant.core.dialogue.follow_up_answers import SHOWN, PreviousAnswer, is_said, reply, said_again
from assistant.core.protocol import (
    FOLLOW_UP_MORE,
    FOLLOW_UP_SOURCE,
    FOLLOW_UP_SURE,
    FOLLOW_UP_WHY,
    FOLLOW_UPS,
)
from tests.core.content_entries import fact
from tests.core.content_tree import ContentTree
from tests.servers import ROOT

SOURCES = (
    {"id": "a", "title": "All about it", "section": "Pain"},
    {"id": "b", "title": "Another", "section": "Pain"},
)
SHEET = {"id": "clinic", "title": "Skin", "section": "First day"}
GIVEN = PreviousAnswer(
    topic="pain", text="It hurts a little.", sources=SOURCES, facts=("more-intense-later",)
)


@pytest.fixture
def content(tree: ContentTree) -> Content:
    """The tiny content with two more facts about pain."""
    tree.files["data/facts/procedure.yml"]["facts"] += [
        {**fact("cream-numbs", topic="pain"), "statement": "A cream can numb the skin beforehand."},
        {**fact("nerves", topic="pain"), "statement": "Nerves lie deep under it.", "gives_reason": True},
    ]
    tree.files["clinic/settings.yml"]["clinic"]["name"] = "Skin"
    tree.write()
    return load_content(tree.root / "data", tree.root / "clinic" / "settings.yml")


@pytest.fixture
def ours() -> Content:
    """This project's content."""
    return load_content(ROOT / "data", ROOT / "clinic" / "settings.yml")


@pytest.mark.parametrize("kind", FOLLOW_UPS)
def test_every_reply_belongs_to_the_topic_of_the_answer_and_says_of_which_kind_it_is(
    content: Content, kind: str
) -> None:
    metadata = reply(kind, GIVEN, content)["metadata"]
    assert (metadata["topic"], metadata["follow_up"]) == ("pain", kind.removeprefix("follow_up_"))


def test_the_source_is_named_with_its_section(content: Content) -> None:
    message = reply(FOLLOW_UP_SOURCE, GIVEN, content)
    assert "**All about it**, “Pain”" in message["text"]
    assert message["metadata"]["sources"] == list(SOURCES)


def test_an_answer_that_others_came_after_is_named(content: Content) -> None:
    earlier = replace(GIVEN, is_last=False)
    title = content.topics["pain"].label
    assert reply(FOLLOW_UP_SOURCE, GIVEN, content)["text"].startswith("It rests on two articles")
    assert reply(FOLLOW_UP_SOURCE, earlier, content)["text"].startswith(f"“{title}” rests on two articles")
    assert reply(FOLLOW_UP_SOURCE, replace(earlier, sources=()), content)["text"].startswith(
        f"“{title}” rests on no"
    )


def test_an_answer_without_a_source_says_so(content: Content) -> None:
    assert "rests on no article" in reply(FOLLOW_UP_SOURCE, replace(GIVEN, sources=()), content)["text"]


def test_more_is_what_the_answer_has_not_said(content: Content) -> None:
    given = replace(GIVEN, text="A cream can numb your skin beforehand.", facts=())
    told = reply(FOLLOW_UP_MORE, given, content)
    assert "cream-numbs" not in told[SHOWN]
    assert "nerves" in told[SHOWN]
    assert told["metadata"]["sources"]


def test_what_was_told_is_not_told_again(content: Content) -> None:
    everything = tuple(content.facts)
    assert reply(FOLLOW_UP_MORE, replace(GIVEN, shown=everything), content)["text"] == "That is all."


def test_why_tells_only_facts_that_give_a_reason(content: Content) -> None:
    assert reply(FOLLOW_UP_WHY, GIVEN, content)[SHOWN] == ["nerves"]
    assert (
        reply(FOLLOW_UP_WHY, replace(GIVEN, topic="cost", facts=()), content)["text"]
        == "They do not say why."
    )


def test_the_other_side_is_no_reason(ours: Content) -> None:
    ice = {"no-ice-on-the-face", "ice-mask-near-the-end"}
    given = PreviousAnswer(topic="after_ice", facts=("no-ice-on-the-face", "ice-mask-near-the-end"))
    assert ice & set(reply(FOLLOW_UP_WHY, given, ours)[SHOWN]) == {"no-ice-on-the-face"}


@pytest.mark.parametrize("first", [0, 1])
def test_a_computed_answer_is_explained_by_the_sections_that_it_cites(first: int, ours: Content) -> None:
    names = ("no-ice-on-the-face", "ice-mask-near-the-end")
    sources = [cite([name], ours.facts, ours.articles)[0] for name in names]
    given = PreviousAnswer(
        topic="after_ice", text="**No.** Keep it away [1].", sources=[sources[first], sources[1 - first]]
    )
    assert set(names) & set(reply(FOLLOW_UP_WHY, given, ours)[SHOWN]) == {names[first]}


def test_the_articles_are_counted_that_give_the_reasons_alone(ours: Content) -> None:
    given = PreviousAnswer(
        topic="after_makeup", facts=("no-make-up-for-at-least-24-hours", "avoid-make-up-after")
    )
    assert "one of the five articles" in reply(FOLLOW_UP_WHY, given, ours)["text"]


def test_why_after_an_answer_that_leaves_it_to_a_professional_is_left_to_them(content: Content) -> None:
    given = replace(GIVEN, topic="cost", facts=(), verdict="ask_professional")
    assert reply(FOLLOW_UP_WHY, given, content)["text"] == "Ask who knows."


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (replace(GIVEN, sources=SOURCES[:1]), "one article say so: “All about it”."),
        (GIVEN, "two articles say so: “All about it”; “Another”."),
        (replace(GIVEN, disagreement=True), "They differ: “All about it”; “Another”."),
        (replace(GIVEN, outcome="not_covered"), "They do not say."),
        (replace(GIVEN, sources=()), "No article says so."),
        (replace(GIVEN, sources=(), basis=SAFETY), "It is about safety."),
        (
            replace(GIVEN, sources=(SHEET, *SOURCES)),
            "the sheet of Skin and two articles say so: “Skin”; “All about it”; “Another”.",
        ),
        (replace(GIVEN, sources=(SHEET,)), "It repeats the sheet of Skin."),
    ],
)
def test_how_sure_it_is_depends_on_what_the_answer_rests_on(
    content: Content, given: PreviousAnswer, text: str
) -> None:
    assert reply(FOLLOW_UP_SURE, given, content)["text"] == text


def test_the_same_answer_again_says_that_it_is_the_same(content: Content) -> None:
    assert said_again("It hurts a little.", GIVEN, content) == "No more than this:\n\nIt hurts a little."
    assert said_again("It bleeds.", GIVEN, content) == "It bleeds."


def test_a_statement_is_said_when_most_of_its_words_are() -> None:
    assert is_said("The redness lasts for one day.", "Redness should last about a day")
    assert not is_said("The redness lasts for one day.", "It hurts")


@pytest.mark.parametrize("kind", FOLLOW_UPS)
def test_nothing_that_is_said_about_an_urgent_answer_offers_to_book(tree: ContentTree, kind: str) -> None:
    tree.files["data/en/wording.yml"]["wording"]["contact"]["booking"] = "Book at {booking_link} now."
    tree.files["clinic/settings.yml"]["clinic"] = {"booking_link": "https://clinic.example/book"}
    tree.write()
    content = load_content(tree.root / "data", tree.root / "clinic" / "settings.yml")
    given = PreviousAnswer(topic="symptom_report", text="Have it looked at today.", outcome="urgent")
    assert "https://" not in reply(kind, given, content)["text"]


def test_more_is_first_what_the_answer_kept_for_later(content: Content) -> None:
    given = replace(GIVEN, details="A cream helps [2].")
    message = reply(FOLLOW_UP_MORE, given, content)
    assert message["text"] == "A cream helps [2]."
    assert message["metadata"]["sources"] == list(SOURCES)
    again = reply(FOLLOW_UP_MORE, replace(given, shown=message[SHOWN]), content)
    assert again["text"].startswith("Also:")


def test_facts_that_are_told_later_are_cited(content: Content) -> None:
    assert reply(FOLLOW_UP_WHY, GIVEN, content)["text"].endswith("- Nerves lie deep under it. [1]")


def test_how_sure_it_is_says_what_each_source_says(content: Content) -> None:
    positions = ({"text": "It hurts.", "sources": [1]}, {"text": "It does not.", "sources": [1, 2]})
    message = reply(FOLLOW_UP_SURE, replace(GIVEN, disagreement=True, positions=positions), content)
    assert message["text"] == "They differ:\n\n- It hurts. [1]\n- It does not. [1][2]"
    assert message["metadata"]["disagreement"] is True


def test_who_says_the_opposite_is_not_what_the_answer_rests_on(content: Content) -> None:
    text = reply(FOLLOW_UP_SOURCE, replace(GIVEN, text="It hurts a little [1]."), content)["text"]
    assert text == (
        "It rests on one article:\n\n- **All about it**, “Pain”\n\nThe other side:\n\n- **Another**, “Pain”"
    )


def test_other_articles_that_say_the_same_are_named(tree: ContentTree) -> None:
    tree.facts("procedure")[1]["also"] = [{"article": "first", "section": "Sessions", "line": 3}]
    tree.write()
    content = load_content(tree.root / "data", tree.root / "clinic" / "settings.yml")
    assert reply(FOLLOW_UP_SURE, GIVEN, content)["text"].endswith("And “First”. ")
    message = reply(FOLLOW_UP_SOURCE, GIVEN, content)
    assert message["text"].endswith("Also:\n\n- **First**, “Sessions”")
    assert [source["id"] for source in message["metadata"]["sources"]] == ["a", "b", "first"]
