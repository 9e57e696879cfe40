"""Orders to the assistant itself: to forget its rules, or to be another one. There is nothing that would obey them."""

from __future__ import annotations

import re

_ORDER = re.compile(
    r"(?:(?:please|pls|ok|now|so|hey|hi|and) )*"
    r"(?:(?:ignore|disregard|forget|override|bypass) (?:\w+ ){0,4}(?:instructions?|rules?|prompts?|guidelines?)\b"
    r"|(?:from now on )?(?:you are|you're|youre|ur|u r) (?:now|no longer) (?!open\b|closed\b)"
    r"|(?:act|behave|respond|answer) as (?:a|an|my|if)\b|pretend\b|role ?play\b|imagine you(?: a|')re\b"
    r"|(?:print|reveal|show|repeat|tell me) (?:me )?your (?:\w+ )?(?:prompt|instructions)\b)",
    re.IGNORECASE,
)


def gives_orders(text: str) -> bool:
    """Whether a text, or the part of one, begins with such an order."""
    return _ORDER.match(text) is not None
