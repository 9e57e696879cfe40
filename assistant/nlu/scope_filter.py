"""Rasa component: declines insults, commands, other languages and prompt injection."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.core.content.languages import load_languages
from assistant.core.protocol import FALLBACK, OUT_OF_SCOPE
from assistant.nlu.component_base import StatelessComponent
from assistant.nlu.text_analyzer import REMARK, VOCABULARY
from assistant.nlu.utterance_segmenter import SEGMENT

_ORDER = re.compile(
    r"(?:(?:please|pls|ok|now|so|hey|hi|and) )*"
    r"(?:(?:ignore|disregard|forget|override|bypass) (?:\w+ ){0,4}(?:instructions?|rules?|prompts?|guidelines?)\b"
    r"|(?:from now on )?(?:you are|you're|youre|ur|u r) (?:now|no longer) (?!open\b|closed\b)"
    r"|(?:act|behave|respond|answer) as (?:a|an|my|if)\b|pretend\b|role ?play\b|imagine you(?: a|')re\b"
    r"|(?:print|reveal|show|repeat|tell me) (?:me )?your (?:\w+ )?(?:prompt|instructions)\b)",
    re.IGNORECASE,
)


def is_prompt_injection(text: str) -> bool:
    """Return whether a text begins with an instruction to the assistant itself."""
    return _ORDER.match(text) is not None


LANGUAGE: Final = "language"
# words: a longer message says more than an insult, as in "you never made me feel like an idiot"
LONGEST_REMARK: Final = 8
# channels escape a "/" that a person typed like this: the word after it is not a question, even if it names a topic
_COMMAND = re.compile(r"\u2060/\w+(?:{.*)?\s*")
_NO_TOPIC = frozenset({FALLBACK, OUT_OF_SCOPE, "bot_challenge"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ScopeFilter(StatelessComponent):
    """Classifies such messages as ``out_of_scope``, unless an alarm was detected.

    A segment with a prompt injection is dropped; the message's other questions are answered.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._languages = load_languages(Path(config["data"]))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the folder of ``languages.yml`` as ``data``."""
        return {"data": "data"}

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            named = {entity["entity"] for entity in message.get(ENTITIES, [])}
            if "alarm" in named:
                continue
            language = self._languages.recognise(
                message.get(TEXT) or "", message.get(VOCABULARY) or frozenset()
            )
            if language is not None:
                _add_entity(message, LANGUAGE, language)
                _decline(message)
            elif _is_command(message) or (REMARK in named and _is_only_remark(message)):
                _decline(message)
        return [message for message in messages if not (message.get(SEGMENT) and _is_order(message))]


def _is_order(message: Message) -> bool:
    asks_nothing = message.get(INTENT)["name"] in _NO_TOPIC
    return asks_nothing and is_prompt_injection(message.get(TEXT) or "")


def _is_command(message: Message) -> bool:
    return _COMMAND.fullmatch(message.get(TEXT) or "") is not None


def _is_only_remark(message: Message) -> bool:
    return (
        message.get(INTENT)["name"] == FALLBACK and len((message.get(TEXT) or "").split()) <= LONGEST_REMARK
    )


def _decline(message: Message) -> None:
    others = [
        entry
        for entry in message.get(INTENT_RANKING_KEY, [])
        if entry["name"] not in (FALLBACK, OUT_OF_SCOPE)
    ]
    intent = {"name": OUT_OF_SCOPE, "confidence": 1.0}
    message.set(INTENT, intent, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [intent, *others], add_to_output=True)


def _add_entity(message: Message, name: str, value: str) -> None:
    entity = {"entity": name, "value": value, "extractor": ScopeFilter.__name__}
    message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
