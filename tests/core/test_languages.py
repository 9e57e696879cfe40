"""Telling other languages from English."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.core.content.languages import Languages, load_languages
from assistant.core.content.yaml_files import read_yaml
from assistant.nlu.text.spacy_pipeline import common_words

ROOT = Path(__file__).parents[2]
FOREIGN = {
    "es": ["hola", "¿me duele mucho la cara?", "gracias", "tengo la piel roja, es normal"],
    "fr": ["bonjour", "est-ce que ça fait mal", "merci beaucoup", "combien de séances faut-il"],
    "de": ["wie lange ist meine haut rot", "darf ich heute in die sonne", "vielen dank"],
    "it": ["quanto dura la seduta", "ho la pelle rossa, è normale?", "grazie mille"],
    "pt": ["quantas sessões preciso fazer", "olá, você fala português?"],
    "nl": ["hoeveel kost een behandeling", "doet het pijn"],
    "pl": ["czy zabieg boli", "ile kosztuje zabieg"],
    "ro": ["cât costă o ședință", "mulțumesc"],
    "tr": ["ne kadar sürer", "cildim çok kırmızı"],
    "ar": ["كم السعر"],
    "zh": ["多少钱"],
    "ja": ["痛いですか", "明日の天気は"],
    "ko": ["얼마예요"],
    "ru": ["сколько стоит процедура"],
    "uk": ["скільки коштує сеанс і чи це боляче"],
}
ENGLISH = [
    "hi", "hallo", "im 17", "does it hurt", "redness?", "can i go in the piscina after", "dr pen a6 vs skinpen",
    "la roche posay cicaplast?",
    "is it normal", "no", "ta", "en route to the clinic", "i am a man, will it hurt me", "microneedling", "retin-a",
    "hyaluronic acid",
    "😂", "?", "",
    "what does hola mean", "my name is José Müller and i have a question",
]  # fmt: skip


@pytest.fixture(scope="module")
def languages() -> Languages:
    return load_languages(ROOT / "data")


@pytest.fixture(scope="module")
def english() -> frozenset[str]:
    return frozenset(common_words())


@pytest.mark.parametrize(
    ("language", "text"), [(name, text) for name, texts in FOREIGN.items() for text in texts]
)
def test_a_language_is_recognised(
    languages: Languages, english: frozenset[str], language: str, text: str
) -> None:
    assert languages.recognise(text, english) == language


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_never_taken_for_another(languages: Languages, english: frozenset[str], text: str) -> None:
    assert languages.recognise(text, english) is None


def test_no_held_out_question_on_the_subject_is_declined(
    languages: Languages, english: frozenset[str]
) -> None:
    declined = [
        question["text"]
        for path in (ROOT / "tests" / "nlu").glob("*/*.yml")
        if path.stem != "out_of_scope"
        for question in read_yaml(path)["questions"]
        if languages.recognise(question["text"], english)
    ]
    assert declined == []


def test_every_language_has_a_sentence_of_its_own(languages: Languages) -> None:
    sentences = [language.says for language in languages.known.values()]
    assert set(FOREIGN) == set(languages.known)
    assert len(set(sentences)) == len(sentences)
    assert all(language.words or language.letters for language in languages.known.values())
