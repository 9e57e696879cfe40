"""Checks of the texts that the server and the channels say themselves."""

from __future__ import annotations

from tests.core.content_entries import fixed_reply
from tests.core.content_tree import ContentTree

REPLIES = "data/en/texts/replies.yml"
PROBLEMS = "data/en/texts/problems.yml"
SLACK = "data/en/texts/slack.yml"


def reply_issues(tree: ContentTree, name: str, text: str) -> list[str]:
    """Return the issues if the server says this."""
    tree.files[REPLIES]["replies"][name] = fixed_reply(text)
    return tree.issues()


def test_a_reply_may_hold_the_placeholders_that_the_server_fills(tree: ContentTree) -> None:
    assert reply_issues(tree, "too_long", "At most {longest} characters.") == []
    assert reply_issues(tree, "maintenance", "We're back soon. {clinic_contact}") == []


def test_a_placeholder_that_nobody_fills_is_an_issue(tree: ContentTree) -> None:
    assert reply_issues(tree, "erased", "Gone, {name}.") == [
        f"{REPLIES}: erased: unknown placeholder (got name)"
    ]


def test_a_brace_that_belongs_to_no_placeholder_is_an_issue(tree: ContentTree) -> None:
    assert reply_issues(tree, "erased", "Gone {.") == [
        f"{REPLIES}: erased: a brace that belongs to no placeholder"
    ]


def test_a_missing_reply_is_an_issue(tree: ContentTree) -> None:
    del tree.files[REPLIES]["replies"]["apology"]
    assert tree.issues() == [f"{REPLIES}: replies, apology: is missing (expected apology: …)"]


def test_a_reply_of_an_unknown_topic_is_an_issue(tree: ContentTree) -> None:
    tree.files[REPLIES]["replies"]["apology"]["topic"] = "pian"
    assert f"{REPLIES}: apology: unknown topic (got pian / expected pain?)" in tree.issues()


def test_markup_that_is_not_rendered_is_an_issue_in_a_reply(tree: ContentTree) -> None:
    (issue,) = reply_issues(tree, "erased", "# Gone")
    assert issue.startswith(f"{REPLIES}: erased: a heading is not shown as such")


def test_texts_of_channels_have_short_sentences_and_contractions(tree: ContentTree) -> None:
    tree.files[SLACK] = {"home": {"title": "It is " + "very " * 10 + "nice."}}
    assert tree.issues() == [
        f"{SLACK}: home.title: a sentence is too long (got 13 words: {'It is ' + 'very ' * 10}nice. / expected 10)",
        f"{SLACK}: home.title: a long form (got It is / expected it's)",
    ]


def test_what_people_type_follows_no_rule(tree: ContentTree) -> None:
    tree.files[SLACK] = {"commands": {"stop": ["do not write"]}, "words": {"end": "do not"}}
    assert tree.issues() == []


def test_titles_of_problems_are_for_developers(tree: ContentTree) -> None:
    tree.files[PROBLEMS]["busy"] |= {"title": "It is busy", "detail": "It is busy."}
    assert tree.issues() == [f"{PROBLEMS}: busy.detail: a long form (got It is / expected it's)"]


def test_another_number_of_articles_than_there_are_is_an_issue(tree: ContentTree) -> None:
    tree.files[SLACK] = {"help": "I answer from five articles."}
    assert tree.issues() == [f"{SLACK}: names another number of articles (got five / expected two)"]


def test_the_right_number_of_articles_is_none(tree: ContentTree) -> None:
    tree.files[SLACK] = {"help": "I answer from two articles."}
    assert tree.issues() == []
