"""Rasa's response generator with sources, clarifications and a disclaimer given once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from assistant.core.aftercare.clinic_instructions import rules_about, sources_by_name, with_instructions
from assistant.core.aftercare.figures import Figures, load_figures
from assistant.core.aftercare.guide import AftercareGuide, load_guide
from assistant.core.aftercare.rules import Rule
from assistant.core.content.articles import Source
from assistant.core.content.duration_words import load_duration_words
from assistant.core.content.languages import load_languages
from assistant.core.content.phones import with_phones
from assistant.core.dialogue.clarification import closest, still_unclear
from assistant.core.dialogue.follow_up_answers import reply, said_again
from assistant.core.dialogue.message_builder import NluResult, about_named, chosen_values, compose, readable
from assistant.core.protocol import (
    CANDIDATE_CHECK,
    FALLBACK,
    FOLLOW_UPS,
    HAS_ALARM,
    NONE_OF_THESE,
    START_OVER,
    WITH_STANDING_DISCLAIMER,
)
from assistant.core.screening.messages import with_resume_prompt
from assistant.core.screening.progress import read_progress
from assistant.core.screening.questions import load_screening
from assistant.core.validation.clinic_files import clinic_folder, refuse_broken
from assistant.nlg.history import closest_facts, follows, given_about, last_given, was_unclear
from assistant.settings import Settings

Responses = dict[str, list[dict[str, Any]]]
"""Variations by name of the response, as in Rasa's domain."""
CARE = frozenset({"after", "risks"})
"""Topic groups whose answers say how to care for treated skin, or how it heals."""


class ResponseGenerator(TemplatedNaturalLanguageGenerator):
    """Selects a variation by the message's entities, then composes the answer.

    Configured in ``endpoints.yml`` under ``nlg``, with the folder of the content as ``data``.
    """

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        settings = endpoint_config.kwargs
        data = Path(settings.get("data", "data"))
        # includes rules that only actions read: neither server may start with invalid content
        refuse_broken(clinic_folder(), data)
        guide = load_guide(data, clinic_folder())
        self._figures = load_figures(data, guide.aftercare, guide.content.facts)
        super().__init__(domain.responses)
        self._aftercare = guide.aftercare
        self._content = replace(guide.content, instructions=_instructions(guide))
        self._check = load_screening(data)
        self._languages = load_languages(data)
        self._retention = retention_in_words(data)

    @property
    def responses(self) -> Responses:
        """The responses with their figures; Rasa sets them anew whenever it loads a model."""
        return self._responses

    @responses.setter
    def responses(self, responses: Responses) -> None:
        self._responses = with_figures(responses, self._figures)

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        said = self._about_the_talk(utter_action.removeprefix("utter_"), tracker)
        if said is not None:
            return with_phones(self._back_to_check(said, tracker), self._content.phones)
        reading = _reading(tracker)
        response = self._response(utter_action, reading, tracker, output_channel, **kwargs)
        if response is None:
            return None
        rules = self._clinic_rules(utter_action.removeprefix("utter_"), reading)
        message = compose(
            with_instructions(response, rules, self._aftercare, self._content.clinic),
            reading,
            self._content,
            notice_given=_notice_given(tracker, output_channel),
            offers_date=bool(rules),
        )
        unavailable = bool(kwargs.get("unavailable"))
        message["text"] = self._introduced(message["text"], utter_action, tracker, unavailable=unavailable)
        stays = unavailable or utter_action == START_OVER
        complete = message if stays else self._back_to_check(message, tracker)
        return with_phones(complete, self._content.phones)

    def _clinic_rules(self, topic: str, reading: NluResult) -> Sequence[Rule]:
        if topic in self._content.clinic_answers:
            return ()
        return rules_about(topic, reading.entities, self._aftercare)

    def _response(
        self,
        utter_action: str,
        reading: NluResult,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """Return the clinic's own answer if it gives one, else our variation for what the message names."""
        own = self._content.clinic_answers.get(utter_action.removeprefix("utter_"))
        if own is not None:
            return own.as_response()
        # not the tracker's slots: a concern named three messages ago must not select this answer's variation
        slots = {**tracker.current_slot_values(), **chosen_values(reading, self._content)}
        named = self._named(utter_action, reading)
        values = {**self._content.placeholders, "retention": self._retention, **named, **kwargs}
        response: dict[str, Any] | None = self.generate_from_slots(
            utter_action, slots, output_channel, **values
        )
        return response

    def _introduced(
        self, text: str, utter_action: str, tracker: DialogueStateTracker, *, unavailable: bool
    ) -> str:
        """Return the text below what must be said first: that it is the same again, or only general."""
        given = last_given(tracker) if follows(tracker) else None
        text = text if given is None else said_again(text, given, self._content)
        text = self._in_their_language(text, _reading(tracker))
        if self._is_care_after_alarm(utter_action, tracker):
            text = f"{self._content.after_alarm}\n\n{text}"
        return f"{self._excuse(utter_action)}\n\n{text}" if unavailable else text

    def _is_care_after_alarm(self, utter_action: str, tracker: DialogueStateTracker) -> bool:
        topic = self._content.topics.get(utter_action.removeprefix("utter_"))
        return topic is not None and topic.group in CARE and _has_alarm(tracker)

    def _in_their_language(self, text: str, reading: NluResult) -> str:
        """Prepend, in the message's own language and in English, that the assistant answers in English only."""
        language = self._languages.known.get(next(iter(reading.entities.get("language", ())), ""))
        return text if language is None else f"{language.says}\n\n{self._languages.in_english}"

    def _excuse(self, utter_action: str) -> str:
        is_check = utter_action == f"utter_{CANDIDATE_CHECK}"
        return self._content.unavailable_check if is_check else self._content.unavailable

    def _back_to_check(self, message: dict[str, Any], tracker: DialogueStateTracker) -> dict[str, Any]:
        progress = read_progress(tracker.get_slot(CANDIDATE_CHECK))
        if not progress.is_under_way:
            return message
        return with_resume_prompt(
            message, progress, [event.as_dict() for event in tracker.events], self._check
        )

    def _about_the_talk(self, intent: str, tracker: DialogueStateTracker) -> dict[str, Any] | None:
        """Return an answer composed from the conversation, or None if a response is needed."""
        if intent in FOLLOW_UPS:
            given = given_about(tracker)
            return None if given is None else reply(intent, given, self._content)
        if intent == NONE_OF_THESE:
            return closest(closest_facts(tracker), self._content)
        if intent == FALLBACK and was_unclear(tracker):
            return still_unclear(closest_facts(tracker), self._content)
        return None

    def _named(self, utter_action: str, reading: NluResult) -> dict[str, str]:
        return about_named({"topic": utter_action.removeprefix("utter_")}, reading, self._content)


def _instructions(guide: AftercareGuide) -> dict[str, Source]:
    """Return the sources of the clinic's rules and answers, by the name under which texts cite them."""
    name, section = guide.content.placeholders["clinic_name"], guide.content.clinic.section
    answers = guide.content.clinic_answers.values()
    return sources_by_name(guide.aftercare) | {each.name: each.source(name, section) for each in answers}


def with_figures(responses: Responses, figures: Figures) -> Responses:
    """Return Rasa's responses with the numbers of rules and facts in their texts and details."""
    return {name: [_figured(each, figures) for each in variations] for name, variations in responses.items()}


def _figured(response: dict[str, Any], figures: Figures) -> dict[str, Any]:
    about = dict(response.get("metadata") or {})
    if about.get("details"):
        about["details"] = figures.fill(about["details"])
    return {**response, "text": figures.fill(response.get("text") or ""), "metadata": about}


def _has_alarm(tracker: DialogueStateTracker) -> bool:
    message = tracker.latest_message
    return bool(message and (message.metadata or {}).get(HAS_ALARM))


def _reading(tracker: DialogueStateTracker) -> NluResult:
    message = tracker.latest_message
    if message is None:
        return NluResult()
    ranking = [(entry["name"], entry["confidence"]) for entry in message.parse_data.get("intent_ranking", [])]
    # next to an alarm, no personal timeline is offered
    dated = bool((tracker.get_slot("treatment") or {}).get("at")) or _has_alarm(tracker)
    return NluResult(ranking=ranking, entities=readable(message.entities), dated=dated)


def _notice_given(tracker: DialogueStateTracker, output_channel: str) -> bool:
    return output_channel in WITH_STANDING_DISCLAIMER or any(
        isinstance(event, BotUttered) and (event.metadata.get("metadata") or {}).get("notice")
        for event in tracker.events
    )


def retention_in_words(data: Path) -> str:
    """Return the days after which a message is deleted, as the value of ``{retention}`` in responses."""
    return load_duration_words(data).quantity(Settings.read().retention_days, "day")
