"""Between the assistant's text and Slack's own notation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import unescape
from typing import Any

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_LIST = re.compile(r"^([ \t]*)- ", re.MULTILINE)
_REFERENCE = re.compile(r"<([^<>]*)>")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_LOOKALIKES = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"})
_ADDRESS = r"https?://\S+"
_THIN = "\u200b"  # Slack shows *bold* only between signs that are not letters; this one takes no room


def escape(text: str) -> str:
    """The three signs that mean something to Slack wherever they stand."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


Phone = Mapping[str, str]
"""A number that can be called, as the contract's metadata have it."""


def mrkdwn(text: str, phones: Sequence[Phone] = ()) -> str:
    """The assistant's text (paragraphs, `- ` lists, `**bold**`) as Slack writes it; `phones` become links that call."""
    return _calling(_LIST.sub(r"\1• ", _BOLD.sub(_bold, escape(text))), phones)


def message_mrkdwn(message: Mapping[str, Any]) -> str:
    """The text of a message as Slack writes it."""
    return mrkdwn(message["text"], phones_of(message))


def phones_of(message: Mapping[str, Any]) -> Sequence[Phone]:
    """The numbers of a message's text that can be called."""
    return (message.get("metadata") or {}).get("phones") or ()


def filled(pattern: str, **values: str) -> str:
    """A sentence of texts.yml in Slack's notation. The values have to be escaped, or be Slack's notation."""
    return mrkdwn(pattern).format(**values)


def quoted(text: str) -> str:
    """A person's words or a title for use in a sentence: one line that formats nothing."""
    return escape(" ".join(text.split())).translate(_LOOKALIKES)


def slack_date(moment: datetime, form: str = "{date_short_pretty}, {time}") -> str:
    """A moment that every reader sees in their own zone; `moment` has a zone, which the fallback is in."""
    return f"<!date^{int(moment.timestamp())}^{form}|{moment:%d %b %Y, %H:%M}>"


def plain(text: str) -> str:
    """What a person typed, from what Slack sends: without mentions, with the words of links."""
    words = unescape(_REFERENCE.sub(_words_of, text))
    lines = (" ".join(line.split()) for line in _CONTROL.sub(" ", words).split("\n"))
    return "\n".join(lines).strip()


def mentioned(text: str) -> list[str]:
    """Ids of the people whom a text mentions, in order."""
    return re.findall(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>", text)


def _calling(text: str, phones: Sequence[Phone]) -> str:
    """Addresses are passed over: a number inside one is a part of it."""
    numbers = {phone["text"]: phone["number"] for phone in phones}
    if not numbers:
        return text
    written = "|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True))
    found = re.compile(rf"{_ADDRESS}|(?<![\w+])(?:{written})(?!\w)")
    return found.sub(lambda match: _call(match.group(), numbers), text)


def _call(found: str, numbers: Mapping[str, str]) -> str:
    return f"<tel:{numbers[found]}|{found}>" if found in numbers else found


def _bold(found: re.Match[str]) -> str:
    text, start, end = found.string, found.start(), found.end()
    before = _THIN if start and text[start - 1].isalnum() else ""
    after = _THIN if end < len(text) and text[end].isalnum() else ""
    return f"{before}*{found.group(1)}*{after}"


def _words_of(found: re.Match[str]) -> str:
    target, _, label = found.group(1).partition("|")
    if target.startswith(("@", "!subteam", "!here", "!channel", "!everyone")):
        return " "
    if target.startswith("#"):
        return f"#{label}" if label else " "
    return label or target.removeprefix("mailto:").removeprefix("tel:")
