"""Tests of the steps of understanding, with readings made up: no model, no Rasa."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from spacy.tokens import Doc

from assistant.core.protocol import FALLBACK, OUT_OF_SCOPE, URGENT, Interpretation
from assistant.core.stages import observe
from assistant.nlu.classifiers.follow_ups import FollowUpRanker
from assistant.nlu.pipeline import STEPS, interpret
from assistant.nlu.reader import FactIndex, Reading
from assistant.nlu.settings import Settings
from assistant.nlu.state import TREATMENT, Content, Conversation, Resources, State
from assistant.nlu.text.analysis import Analysis, Entity
from assistant.nlu.text.spacy_pipeline import build_base
from tests.servers import ROOT

LANGUAGE = build_base()
NOW = datetime(2026, 3, 10, 12, tzinfo=timezone.utc)
SETTINGS = Settings.of(yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"][2])
CONTENT = Content.load(ROOT / "data")
ANYTHING = {"cost": 0.2, "pain": 0.2}


@dataclass
class Classified:
    """A reader that knows some texts, and which ones it was asked for."""

    topics: Mapping[str, Mapping[str, float]]
    alarms: Mapping[str, float]
    unclear: Mapping[str, float] = field(default_factory=dict)
    boundary: int | None = None
    """Index of the word before which a question begins."""
    labels: Sequence[str] = (OUT_OF_SCOPE, "timeline")
    follow_ups: FollowUpRanker | None = None
    facts: FactIndex | None = None

    def __post_init__(self) -> None:
        self.read_texts: list[str] = []

    def read(self, text: str) -> Reading:
        self.read_texts.append(text)
        embedding = np.eye(384, dtype=np.float32)[0]
        alarm, unclear = self.alarms.get(text, 0.0), self.unclear.get(text, 0.0)
        return Reading(self.topics.get(text, ANYTHING), alarm, embedding, unclear)

    def read_each(self, texts: Sequence[str]) -> list[Reading]:
        return [self.read(text) for text in texts]

    def read_message(self, doc: Doc) -> tuple[Reading, Any]:
        return self.read(doc.text), np.zeros((len(doc), 384), dtype=np.float32)

    @property
    def boundaries(self) -> Classified:
        return self

    def log_odds(self, words: Sequence[Any], _states: Any, _least: float) -> Any:
        log_odds = np.full(len(words) - 1, -9, dtype=np.float32)
        if self.boundary is not None:
            log_odds[self.boundary - 1] = 5
        return log_odds


@dataclass(frozen=True)
class Event:
    """An event in Rasa's format."""

    said: Mapping[str, Any]

    def as_dict(self) -> Mapping[str, Any]:
        return self.said


def answered(topic: str, asked: str, entities: Sequence[Mapping[str, str]] = ()) -> tuple[Event, Event]:
    """A question, and its answer."""
    parsed = {"interpretation": Interpretation(asked=asked).as_dict(), "entities": list(entities)}
    about = {"topic": topic, "outcome": "answered"}
    return Event({"event": "user", "text": asked, "parse_data": parsed}), Event(
        {"event": "bot", "metadata": {"metadata": about}}
    )


def understood(
    text: str,
    topics: Mapping[str, Mapping[str, float]],
    *,
    alarms: Mapping[str, float] | None = None,
    events: Sequence[Event] = (),
    entities: Sequence[Entity] = (),
    settings: Settings = SETTINGS,
    content: Content = CONTENT,
    **reader: Any,
) -> tuple[State, Classified]:
    """What the steps make of a text, and the reader that they used."""
    classified = Classified(topics, alarms or {}, **reader)
    analysis = Analysis(text, LANGUAGE(text), tuple(entities), frozenset({"red", "how", "long"}))
    resources = Resources(classified, content, settings)  # type: ignore[arg-type]
    return interpret(analysis, Conversation(NOW, events=events), resources), classified


def test_a_clear_question_is_read_once() -> None:
    state, reader = understood("does it hurt", {"does it hurt": {"pain": 0.9, "cost": 0.1}})
    assert (state.whole.intent, state.whole.confidence) == ("pain", 0.9)
    assert (state.parts, state.questions) == ((), ())
    assert reader.read_texts == ["does it hurt"]


def test_two_questions_are_read_piece_by_piece_and_answered_in_their_order() -> None:
    topics = {"does it hurt": {"pain": 0.95}, "what is the price": {"cost": 0.95}}
    state, reader = understood("does it hurt and what is the price", topics, boundary=3)
    assert [question.intent for question in state.questions] == ["pain", "cost"]
    assert len(reader.read_texts) == 3


def test_low_confidence_is_clarified_with_the_nearest_facts() -> None:
    facts = FactIndex(["near", "far"], np.eye(384, dtype=np.float32)[:2])
    state, _ = understood("is that so for my aunt", {}, facts=facts)
    assert state.whole.ranking[0] == (FALLBACK, 0.2)
    assert state.whole.closest_facts == ("near",)


def test_an_intent_that_no_button_can_offer_stands_however_unlikely() -> None:
    state, _ = understood("is that so for my aunt", {"is that so for my aunt": {"fines": 0.1}})
    assert state.whole.intent == "fines"


def test_a_probable_alarm_is_urgent_and_a_denied_one_is_not() -> None:
    said, denied = "it has a funny yellow crust today", "i have no pus"
    state, _ = understood(said, {said: {"aftercare": 0.4}}, alarms={said: 0.8})
    assert (state.whole.intent, state.whole.is_alarm) == (URGENT, True)
    state, _ = understood(denied, {denied: {"aftercare": 0.5}}, alarms={denied: 0.8})
    assert not state.whole.is_alarm


def test_a_question_beside_an_alarm_comes_after_it() -> None:
    alarm, question = "there is pus coming out", "what is the price"
    text = f"{alarm}, {question}"
    topics = {alarm: {"aftercare": 0.5}, question: {"cost": 0.95}}
    state, _ = understood(text, topics, alarms={text: 0.9, alarm: 0.95}, boundary=6)
    assert [each.intent for each in state.questions] == [URGENT, "cost"]


RANKER = FollowUpRanker({"context": 1.0, "stays": 1.0, "unrelated, bias": -3.0})


def test_a_bare_question_after_an_answer_is_read_with_its_question() -> None:
    topics = {"can i go in the sun how long": {"after_sun": 0.9}}
    events = answered("after_sun", "can i go in the sun")
    state, reader = understood("how long", topics, events=events, follow_ups=RANKER)
    assert (state.whole.intent, state.whole.follows) == ("after_sun", "after_sun")
    assert state.whole.asked == "can i go in the sun"
    assert reader.read_texts == ["how long", "can i go in the sun how long"]


def test_a_bare_question_after_nothing_is_clarified_without_another_reading() -> None:
    state, reader = understood("how long", {"how long": {"downtime": 0.8}}, follow_ups=RANKER)
    assert (state.whole.intent, reader.read_texts) == (FALLBACK, ["how long"])


def test_a_follow_up_inherits_what_the_answer_depended_on() -> None:
    events = answered(
        "treats", "does it help with acne scars", [{"entity": "concern", "value": "acne_scars"}]
    )
    topics = {"does it help with acne scars for how long": {"treats": 0.9}}
    state, _ = understood("for how long", topics, events=events, follow_ups=RANKER)
    assert state.whole.values()["concern"] == {"acne_scars"}
    assert [entity.start for entity in state.whole.entities] == [None]


def test_another_symptom_after_a_report_is_a_report_of_its_own() -> None:
    events = answered("symptom_report", "it is tight", [{"entity": "symptom", "value": "tightness"}])
    text = "and red like a lobster"
    topics = {text: {"redness": 0.5, "symptom_report": 0.4}, f"it is tight {text}": {"symptom_report": 0.9}}
    red = Entity("symptom", "redness", 4, 7)
    state, _ = understood(text, topics, events=events, entities=[red], follow_ups=RANKER)
    assert (state.whole.intent, state.whole.asked) == ("symptom_report", text)


def test_a_symptom_about_an_alarm_before_is_that_alarm_and_nothing_expected() -> None:
    alarm = {"entity": "alarm", "value": "urgent"}
    events = answered("symptom_report", "my lips swell", [alarm])
    topics = {"my lips swell flaking day": {"symptom_report": 0.9}}
    flaking = Entity("symptom", "peeling", 0, 7)
    state, _ = understood("flaking day", topics, events=events, entities=[flaking], follow_ups=RANKER)
    assert state.whole.intent == URGENT
    assert state.whole.values() == {"alarm": {"urgent"}}


def test_a_clear_question_on_another_topic_is_not_read_with_the_one_before() -> None:
    text = "how long does the session take"
    events = answered("after_sun", "can i go in the sun")
    state, reader = understood(text, {text: {"procedure_duration": 0.95}}, events=events, follow_ups=RANKER)
    assert (state.whole.intent, state.whole.follows) == ("procedure_duration", None)
    assert reader.read_texts == [text]


def test_a_question_that_is_less_clear_is_read_with_the_one_before() -> None:
    text = "how long does the session take"
    events = answered("after_sun", "can i go in the sun")
    _, reader = understood(text, {text: {"procedure_duration": 0.8}}, events=events, follow_ups=RANKER)
    assert reader.read_texts == [text, f"can i go in the sun {text}"]


def test_a_segment_that_is_not_clear_is_read_after_the_one_before() -> None:
    topics = {
        "do i stop retinol before": {"prep_skincare": 0.95},
        "when can i use it again": {"after_products": 0.4, "cost": 0.3},
        "do i stop retinol before when can i use it again": {"after_products": 0.9},
    }
    text = "do i stop retinol before and when can i use it again"
    state, _ = understood(text, topics, boundary=5, follow_ups=RANKER)
    assert [each.intent for each in state.questions] == ["prep_skincare", "after_products"]
    assert state.questions[1].confidence > 0.5


def test_a_nod_needs_no_context() -> None:
    events = answered("after_sun", "can i go in the sun")
    state, reader = understood("ok", {}, events=events, follow_ups=RANKER)
    assert state.whole.ranking == (("acknowledge", 1.0),)
    assert reader.read_texts == ["ok"]


def test_a_date_becomes_the_treatment() -> None:
    state, _ = understood(
        "i had it done yesterday at 3pm", {"i had it done yesterday at 3pm": {"timeline": 0.9}}
    )
    (treatment,) = (entity.value for entity in state.whole.entities if entity.name == TREATMENT)
    assert treatment["at"].startswith("2026-03-09T15:00")


def test_a_command_and_another_language_are_declined() -> None:
    for text in ("\u2060/restart", "\u00bfcu\u00e1nto dura la sesi\u00f3n?"):
        state, _ = understood(text, {})
        assert state.whole.intent == OUT_OF_SCOPE


def test_a_model_without_that_intent_declines_nothing() -> None:
    text = "\u00bfcu\u00e1nto dura la sesi\u00f3n?"
    state, _ = understood(text, {text: {"fines": 0.9}}, labels=("fines",))
    assert state.whole.intent == "fines"


def test_without_settings_and_content_the_classifiers_decide() -> None:
    for text in (
        "how long",
        "ok",
        "there is pus",
        "i had it yesterday at 3pm",
        "does it hurt and for how long",
    ):
        topics = {text: {"fines": 0.1, "hours": 0.05}}
        state, _ = understood(
            text, topics, alarms={text: 0.99}, boundary=1, settings=Settings(), content=Content(), labels=()
        )
        assert state.whole.ranking == (("fines", 0.1), ("hours", 0.05))


def test_every_step_is_timed() -> None:
    seen: dict[str, float] = {}
    observe(seen.__setitem__)
    understood("does it hurt", {})
    assert {f"nlu.{step.__name__}" for step in STEPS} | {"nlu.classify"} <= seen.keys()


def test_a_section_with_a_slip_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"config\.yml, fall_back: has \['treshold'\], expected"):
        Settings.of({"fall_back": {"treshold": 0.4}})


def test_a_state_is_left_as_it_was() -> None:
    """Steps hand on a new one."""
    state, _ = understood("does it hurt", {})
    before = replace(state)
    state.whole.classified("cost").with_entity("x", 1).without_intents({"cost"})
    assert state == before


def test_content_that_a_project_lacks_is_empty(tmp_path: Path) -> None:
    assert Content.load(tmp_path) == Content()
