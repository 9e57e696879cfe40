"""Phone numbers: detection in texts and conversion to dialable form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["emergency", "clinic"]

SHORT = 3
"""Digits up to which a number may also be a quantity."""
SHORTEST = 2
"""Fewest digits of a phone number: some countries' emergency numbers are 15 and 18."""

_GROUP = r"(?:\(\d{1,5}\)|\d+)"
_NUMBER = re.compile(
    rf"(?<![\w+:.,])\+?{_GROUP}(?:[ \u00a0]?[-.\u2010\u2011]?[ \u00a0]?{_GROUP})*(?!\w|[:.]\d|/\d\b)"
)
_TRUNK = "(0)"  # dialled only within the country: +44 (0)20 …
_NO_DIGIT = re.compile(r"\D")


@dataclass(frozen=True)
class Phone:
    """A phone number from the clinic's settings."""

    text: str
    """As written in the settings."""
    kind: Kind

    @property
    def number(self) -> str:
        """The number in dialable form."""
        if self.text.startswith("+"):
            return "+" + _digits(self.text.replace(_TRUNK, ""))
        return _digits(self.text)

    def as_metadata(self) -> dict[str, str]:
        """Return the number as message metadata."""
        return {"text": self.text, "number": self.number, "kind": self.kind}


@dataclass(frozen=True)
class Phones:
    """Phone numbers that answers may name."""

    emergency: str
    clinic: str
    before: Sequence[str]
    """Words before a number in answers, as in "call 112"."""

    def named_in(self, text: str) -> list[Phone]:
        """Return the numbers that the text says to call, except those that it also uses as quantities."""
        emergency = [Phone(number, "emergency") for number in self._named(self.emergency, text)]
        return emergency + [Phone(number, "clinic") for number in self._named(self.clinic, text)]

    def _named(self, setting: str, text: str) -> Iterator[str]:
        words = "|".join(map(re.escape, self.before))
        rest, called = re.subn(rf"(?i:\b(?:{words}))\s+{re.escape(setting)}(?!\w)", " ", text)
        for number in numbers_in(setting):
            elsewhere = re.search(rf"(?<![\w+]){re.escape(number)}(?!\w)", rest)
            if (called and not elsewhere) or (is_long(number) and (called or elsewhere)):
                yield number


def numbers_in(setting: str) -> list[str]:
    """Return the numbers in a setting, as written: ``112``, ``+44 (0)20 7946 0123`` or ``112 (Europe) or 911``."""
    return [number for number in dict.fromkeys(_NUMBER.findall(setting)) if len(_digits(number)) >= SHORTEST]


def is_long(number: str) -> bool:
    """Return whether the number has too many digits to be a quantity."""
    return len(_digits(number)) > SHORT


def with_phones(message: Mapping[str, Any], phones: Phones) -> dict[str, Any]:
    """Return the message with the phone numbers of its text in the metadata."""
    named = [phone.as_metadata() for phone in phones.named_in(message.get("text") or "")]
    if not named:
        return dict(message)
    return {**message, "metadata": {**(message.get("metadata") or {}), "phones": named}}


def _digits(text: str) -> str:
    return _NO_DIGIT.sub("", text)
