"""Messages that are about another treatment for its own sake, by their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.content.other_subjects import OtherSubjects, load_other_subjects


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
        "Juvederm or Restylane",
        "is dysport better than xeomin",
        "how many units of botox for a gummy smile",
    ],
)
def test_another_treatment_alone_is_another_subject(others: OtherSubjects, text: str) -> None:
    assert others.is_sole_subject(text)


@pytest.mark.parametrize(
    "text",
    [
        "is it better than a chemical peel",
        "botox the same week",
        "needling over microblading",
        "safer than laser?",
        "laser or needling",
        "had filler two weeks ago, how long do i wait",
        "can i do both, finasteride and the roller",
        "how long does it last",
        "does it hurt",
    ],
)
def test_what_is_put_beside_microneedling_is_not(others: OtherSubjects, text: str) -> None:
    assert not others.is_sole_subject(text)


def test_a_comparison_of_two_others_is_another_subject_and_of_one_is_not(others: OtherSubjects) -> None:
    assert others.is_sole_subject("botox or filler for lines")
    assert not others.is_sole_subject("botox or not")
