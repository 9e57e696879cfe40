"""What a short message means after an answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from knowledge.follow_ups import UNRELATED, WHY
from knowledge.talks import load_weights
from nlu.follow_up_ranking import Remark, topic_of, topics_of
from nlu.following_up import Context, Shape, Shares, is_short, shape
from nlu.language import build_base

DATA = Path(__file__).parents[2] / "data"
GROUPS = {
    "after_sun": "after",
    "downtime": "risks",
    "cost": "basics",
    "number": "outcomes",
    "interval": "outcomes",
}
SUN = Context("after_sun", "can i go in the sun after")


@pytest.fixture(scope="module")
def language() -> Language:
    return build_base()


def meant(form: Shape, alone: Shares, behind: Shares, context: Context = SUN, length: int = 3) -> str:
    """With the weights as they are."""
    return topic_of(Remark(form, length, alone, behind, context), GROUPS, load_weights(DATA))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("for how long", Shape.BARE),
        ("and on the neck?", Shape.ELLIPTIC),
        ("what about aspirin", Shape.ELLIPTIC),
        ("even just powder?", Shape.RESTRICTING),
        ("which one is safer", Shape.POINTING),
        ("does it hurt", Shape.WHOLE),
        ("my cheeks are hot", Shape.TOLD),
        ("its only nickel", Shape.TOLD),
        ("long term i mean", Shape.RESTRICTING),
        ("what if its another bit of me", Shape.RESTRICTING),
        ("what if im pregnant", Shape.ELLIPTIC),
        ("and after?", Shape.AFTERWARDS),
        ("and what about before", Shape.BEFOREHAND),
        ("how long after", Shape.BARE),
        ("ok", Shape.WHOLE),
    ],
)
def test_the_shape_tells_how_much_a_message_says_by_itself(
    language: Language, text: str, form: Shape
) -> None:
    assert shape(language(text)) is form


def test_a_long_message_says_itself_what_it_is_about(language: Language) -> None:
    assert is_short(language("and on the neck?"))
    told = "i had it done on my neck last week and it is still rather red, so can i go to work"
    assert not is_short(language(told))


def test_a_bare_question_is_about_the_answer_before() -> None:
    assert meant(Shape.BARE, {"downtime": 0.6, "cost": 0.2}, {"after_sun": 1.0}) == "after_sun"


def test_another_moment_is_the_same_question_at_that_moment() -> None:
    context = Context("prep_skincare", "do i stop my retinol before")
    assert meant(Shape.AFTERWARDS, {"aftercare": 0.5}, {"prep_skincare": 1.0}, context) == "after_products"
    context = Context("aftercare", "what do i do at home")
    assert meant(Shape.BEFOREHAND, {"preparation": 0.5}, {"aftercare": 1.0}, context) == "preparation"


def test_what_is_told_may_stay_on_the_topic() -> None:
    """ "its only nickel", after a question about metal"""
    assert meant(Shape.TOLD, {"cost": 0.6, "out_of_scope": 0.4}, {"after_sun": 1.0}) == "after_sun"
    assert meant(Shape.TOLD, {"cost": 0.99}, {"after_sun": 0.7, "cost": 0.3}) == "cost"


def test_a_question_that_may_be_anything_is_about_the_answer_before() -> None:
    alone = {"cost": 0.3, "number": 0.2, "after_sun": 0.2}
    assert meant(Shape.WHOLE, alone, {"after_sun": 0.98, "cost": 0.01}) == "after_sun"
    assert meant(Shape.WHOLE, alone, {"after_sun": 0.1, "cost": 0.9}) == "cost"


def test_a_bare_question_with_a_neighbouring_topic_is_about_that() -> None:
    context = Context("number", "how many sessions")
    assert meant(Shape.BARE, {"interval": 0.9}, {"number": 1.0}, context) == "interval"


def test_a_word_that_is_understood_alone_is_new() -> None:
    assert meant(Shape.ELLIPTIC, {"cost": 1.0}, {"after_sun": 0.97, "cost": 0.03}) == "cost"


def test_a_word_with_two_readings_is_read_in_context() -> None:
    assert meant(Shape.ELLIPTIC, {"cost": 0.7, "after_sun": 0.3}, {"after_sun": 1.0}) == "after_sun"


def test_an_exception_is_about_the_answer_even_where_it_sounds_foreign() -> None:
    assert meant(Shape.RESTRICTING, {"out_of_scope": 0.9}, {"after_sun": 1.0}) == "after_sun"


def test_a_whole_question_is_new_however_well_it_fits() -> None:
    assert meant(Shape.WHOLE, {"cost": 0.97}, {"after_sun": 0.97, "cost": 0.03}, length=6) == "cost"


def test_why_and_goodbye_are_what_they_are() -> None:
    assert meant(Shape.BARE, {WHY: 0.9}, {"after_sun": 1.0}) == WHY
    assert meant(Shape.BARE, {"goodbye": 0.9}, {"after_sun": 1.0}) == "goodbye"


def test_what_is_told_to_explain_a_question_is_not_another_subject() -> None:
    """ "front desk of a hotel, i cant turn up bare", after a question about make-up"""
    assert meant(Shape.TOLD, {"out_of_scope": 0.8, "cost": 0.1}, {"after_sun": 1.0}, length=9) == "after_sun"


def test_the_topic_before_and_those_of_both_readings_may_be_meant() -> None:
    remark = Remark(Shape.ELLIPTIC, 2, {"cost": 1.0}, {"number": 1.0}, SUN)
    assert topics_of(remark) == ["cost", "number", "after_sun", UNRELATED]


def test_a_question_that_means_nothing_alone_is_never_unrelated() -> None:
    remark = Remark(Shape.BARE, 2, {"cost": 1.0}, {"number": 1.0}, SUN)
    assert UNRELATED not in topics_of(remark)
