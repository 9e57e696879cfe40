"""Messages that are about another treatment or product for its own sake, by their words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.core.content.issues import ContentError
from assistant.core.content.other_subjects import OtherSubjects, load_other_subjects, other_subjects_file


@pytest.fixture(scope="module")
def others() -> OtherSubjects:
    return load_other_subjects(Path("data"))


@pytest.mark.parametrize(
    "text",
    [
        "how long do veneers last",
        "Does Botox hurt?",
        "what happens in a fraxel appointment's recovery",
        "side effects of finasteride",
        "how many units of botox for a gummy smile",
        "how far apart are the sessions of laser hair removal",
        "do you do botox too",
        "where can i get my ears pierced",
        "how often do you replace dental crowns",
    ],
)
def test_another_treatment_alone_is_another_subject(others: OtherSubjects, text: str) -> None:
    assert others.is_sole_subject(text)


@pytest.mark.parametrize(
    "text",
    [
        "can you tan after ipl",
        "when can i wash my face after microblading",
        "can i drink after having lip filler",
        "what do i avoid before and after a chemical peel",
        "i had lip filler on monday and one side is lumpy",
        "day 3 of my vi peel, can i pull the flakes",
        "how long after a facelift can i fly",
    ],
)
def test_its_own_aftercare_is_another_subject(others: OtherSubjects, text: str) -> None:
    assert others.is_sole_subject(text)


@pytest.mark.parametrize(
    "text",
    [
        "Juvederm or Restylane",
        "is dysport better than xeomin",
        "Dysport and Xeomin difference",
        "botox or filler for lines",
        "hifu vs ultherapy",
        "botox and filler on the same day",
        "a peel together with a hydrafacial",
    ],
)
def test_two_others_beside_each_other_are_another_subject(others: OtherSubjects, text: str) -> None:
    assert others.is_sole_subject(text)


@pytest.mark.parametrize(
    "text",
    [
        "is it safe to have lip filler while pregnant",
        "does it hurt to get veneers",
        "is it normal to bruise from botox",
        "how long does it take for botox to work",
        "had my brows laminated this morning",
        "does botox stop working when it wears off",
    ],
)
def test_a_pronoun_for_nothing_or_for_the_other_relates_nothing(others: OtherSubjects, text: str) -> None:
    assert others.is_sole_subject(text)


@pytest.mark.parametrize(
    "text",
    [
        "is it better than a chemical peel",
        "does this do more than botox",
        "safer than laser?",
        "laser or needling",
        "is a peel cheaper than this",
        "vs laser?",
        "would a peel or laser be better instead",
        "how long does it last compared to filler",
    ],
)
def test_a_comparison_with_microneedling_is_in_scope(others: OtherSubjects, text: str) -> None:
    assert not others.is_sole_subject(text)


@pytest.mark.parametrize(
    "text",
    [
        "botox the same week",
        "needling over microblading",
        "can i do both, finasteride and the roller",
        "filler before or after",
        "hydrafacial in between my sessions",
        "can i have lip filler and this together",
        "is it ok over my filler",
        "laser a week before?",
    ],
)
def test_doing_both_is_in_scope(others: OtherSubjects, text: str) -> None:
    assert not others.is_sole_subject(text)


@pytest.mark.parametrize(
    "text",
    [
        "had filler two weeks ago, how long do i wait",
        "had botox on friday, is that a problem",
        "i've got veneers, is that ok",
        "botox last tuesday, too soon?",
        "is it ok if i had a peel last month",
        "i had botox in march",
        "how long after a chemical peel?",
        "does having veneers affect my session",
    ],
)
def test_what_somebody_had_done_is_in_scope_if_only_that_is_asked(others: OtherSubjects, text: str) -> None:
    assert not others.is_sole_subject(text)


@pytest.mark.parametrize("text", ["and botox?", "what about a peel", "or laser", "with filler?"])
def test_the_rest_of_a_question_is_in_scope(others: OtherSubjects, text: str) -> None:
    assert not others.is_sole_subject(text)


@pytest.mark.parametrize("text", ["how long does it last", "does it hurt", "will i peel", "how much"])
def test_a_question_that_names_no_treatment_is_in_scope(others: OtherSubjects, text: str) -> None:
    assert not others.is_sole_subject(text)


@pytest.mark.parametrize(
    ("alone", "beside"),
    [
        ("minoxidil side effects", "when can i put my minoxidil on"),
        ("does a tattoo hurt", "i have a tattoo on my neck, ok?"),
        ("how long until tretinoin works", "when can i use my tretinoin again"),
        ("what does niacinamide do", "is niacinamide allowed"),
        ("which retinol is best", "my retinol tonight?"),
        ("does vitamin c go off", "vitamin c the next day"),
        ("difference between retinol and retinal", "is it worse than a tattoo"),
    ],
)
def test_what_somebody_uses_is_another_subject_only_for_its_own_sake(
    others: OtherSubjects, alone: str, beside: str
) -> None:
    assert others.is_sole_subject(alone)
    assert not others.is_sole_subject(beside)


@pytest.mark.parametrize(
    "text", ["how thin do i roll pastry", "knitting needles for a scarf", "roller blind stuck"]
)
def test_rollers_needles_and_pens_of_another_kind_are_another_subject(
    others: OtherSubjects, text: str
) -> None:
    assert others.is_sole_subject(text)


@pytest.mark.parametrize(
    "text", ["how do i prepare for a colonoscopy", "is my iphone worth it", "how thick do i slice an onion"]
)
def test_other_parts_of_life_are_another_subject(others: OtherSubjects, text: str) -> None:
    assert others.is_sole_subject(text)


def test_a_thing_in_a_long_story_or_beside_a_session_is_none(others: OtherSubjects) -> None:
    assert not others.is_sole_subject("can i play tennis on my playstation before my session")
    story = "so i was sitting on the train on my iphone reading about the thing you do and wondered how red i would be"
    assert not others.is_sole_subject(story)


@pytest.mark.parametrize(
    ("text", "is_related"),
    [
        ("is needling safe over threads or a facelift", True),
        ("how is it different from a hydrafacial", True),
        ("teeth whitening and this on the same day", True),
        ("is a facelift safe", False),
        ("is needling safe", False),
    ],
)
def test_another_treatment_that_is_related_to_microneedling_is_noticed(
    others: OtherSubjects, text: str, is_related: bool
) -> None:
    assert others.is_related(text) is is_related


def test_a_pattern_that_is_no_regular_expression_is_an_issue(tmp_path: Path) -> None:
    content = yaml.safe_load(other_subjects_file(Path("data")).read_text("utf-8"))
    content["other_subjects"]["related"] = ["(same week"]
    file = other_subjects_file(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text(yaml.safe_dump(content), "utf-8")
    with pytest.raises(ContentError, match="is no regular expression"):
        load_other_subjects(tmp_path)
