"""All processing of a message, step by step and without a trained model."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from spacy.tokens import Doc

from assistant.analytics.anonymization import Anonymiser
from assistant.channels.slack.blocks.text import mentioned, mrkdwn, plain
from assistant.channels.website.schemas import read_message
from assistant.core.aftercare.rulebook import load_occasions
from assistant.core.content.alarms import load_alarm_modifiers, load_alarms
from assistant.core.content.languages import load_languages
from assistant.core.content.lexicon import load_lexicon
from assistant.core.screening.questions import load_screening
from assistant.core.screening.replies import Mention, ScreeningReply, read_reply, self_reported_conditions
from assistant.core.timex.combination import match
from assistant.core.timex.normalized_text import normalize as timex_normalize
from assistant.core.treatment_date import Treatment
from assistant.core.treatment_date.interpretation import Utterance, interpret
from assistant.core.treatment_date.mentions import moments_in
from assistant.nlu.classifiers.boundaries import BoundaryClassifier
from assistant.nlu.en.speech_acts import SpeechActs
from assistant.nlu.en.utterance_form import form_of, is_added_condition, is_elliptic
from assistant.nlu.steps.filter_scope import is_prompt_injection
from assistant.nlu.text.alarm_patterns import AlarmPatterns
from assistant.nlu.text.normalization import normalize, shortened
from assistant.nlu.text.spacy_pipeline import build_language, find_spans
from assistant.nlu.text.spell_correction import SpellingCorrector
from assistant.server.messages import is_too_long
from assistant.server.problems import ProblemError
from assistant.server.storage.data_requests import is_deletion_request

DATA = Path(__file__).resolve().parents[2] / "data"
NOW = datetime(2026, 11, 30, 12, tzinfo=ZoneInfo("Europe/Madrid"))

Work = Callable[[str], object]


@lru_cache(maxsize=1)
def kinds_of_work() -> dict[str, Work]:
    """Work on a message, by name; the first call loads the content."""
    language, alarms = build_language(load_lexicon(DATA)), load_alarms(DATA)
    rules = AlarmPatterns(language, alarms, load_alarm_modifiers(DATA))
    occasions, languages, check = load_occasions(DATA), load_languages(DATA), load_screening(DATA)
    spelling = SpellingCorrector(["redness", "swelling", "dermapen", "needling"], ["weather"])
    boundaries = BoundaryClassifier(["mark"], np.ones(1, np.float32), np.zeros((4, 5), np.float32), 0.0)
    reported = Anonymiser(frozenset({"red", "day"}))

    def read(text: str) -> Doc:
        return language(shortened(normalize(text)))

    def of_boundaries(text: str) -> object:
        words = list(read(text))
        return boundaries.log_odds(words, np.zeros((len(words), 4), np.float32)) if len(words) > 1 else None

    def conditions(text: str) -> object:
        mentions = [Mention("eczema", start) for start in range(0, len(text), 14)]
        return self_reported_conditions(text, mentions, check.own)

    def of_dates(text: str) -> object:
        timex_normalize.cache_clear()
        match.cache_clear()
        moments_in.cache_clear()
        said = Utterance(text, "timeline", ["timeline"], {"activity": frozenset(occasions)})
        return interpret(said, Treatment(), "either", NOW, frozenset(occasions))

    return {
        "length": is_too_long,
        "body": _read_or_refused,
        "order to delete": is_deletion_request,
        "from Slack": lambda text: (plain(text), mentioned(text)),
        "to Slack": mrkdwn,
        "normalising": normalize,
        "words": read,
        "spelling": spelling.correct,
        "lexicon": lambda text: find_spans(read(text)),
        "alarms": lambda text: rules.find(read(text)),
        "boundaries": of_boundaries,
        "questions": lambda text: SpeechActs(read(text)).asks_in_a_clause(),
        "follow-up": lambda text: [look(read(text)) for look in (form_of, is_elliptic, is_added_condition)],
        "dates": of_dates,
        "conditions": conditions,
        "reply": lambda text: read_reply(ScreeningReply(text, False, False, True), check.replies),
        "language": lambda text: languages.recognise(text, frozenset({"red"})),
        "orders": is_prompt_injection,
        "report": reported.clean,
    }


def _read_or_refused(text: str) -> object:
    with suppress(ProblemError):
        return read_message("application/json", json.dumps({"id": "1", "text": text}).encode())
    return None
