"""Conversion between the assistant's text and Slack's mrkdwn, and shortening to Slack's limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import unescape
from typing import Any

from assistant.channels.slack.settings import TEXTS
from assistant.core.content.articles import load_articles
from assistant.core.content.duration_words import load_duration_words
from assistant.core.content.texts import DATA

_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_LIST = re.compile(r"^([ \t]*)- ", re.MULTILINE)
_REFERENCE = re.compile(r"<([^<>]*)>")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_LOOKALIKES = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"})
_ADDRESS = r"https?://\S+"
_SKIN_TONE = re.compile(":skin-tone-[2-6]:|[\U0001f3fb-\U0001f3ff]")
_EMOJI = re.compile(r"(?<!\w):(?!\d+:)[\w+'-]{1,100}:")  # not the minutes of 10:30:00
_MEANINGS = {name: words for words, names in TEXTS["emoji"].items() for name in names}
_THIN = "\u200b"  # zero-width space: Slack renders *bold* only between non-letters


def escape(text: str) -> str:
    """Escape the three characters that are special to Slack in any position."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


Phone = Mapping[str, str]
"""A phone number as the API's metadata define it: `text` as written, `number` to call."""


def mrkdwn(text: str, phones: Sequence[Phone] = ()) -> str:
    """Convert text with paragraphs, `- ` lists and `**bold**` to mrkdwn; `phones` become `tel:` links."""
    return _with_calls(_LIST.sub(r"\1• ", _BOLD.sub(_bold, escape(text))), phones)


def message_mrkdwn(message: Mapping[str, Any]) -> str:
    """Return a message's text as mrkdwn."""
    return mrkdwn(message["text"], phones_of(message))


def phones_of(message: Mapping[str, Any]) -> Sequence[Phone]:
    """Return the phone numbers in a message's metadata."""
    return (message.get("metadata") or {}).get("phones") or ()


def filled(pattern: str, **values: str) -> str:
    """Fill a text of the channel and convert it to mrkdwn. Values have to be escaped or mrkdwn already."""
    return mrkdwn(pattern).format(**values)


def help_text() -> str:
    """Return the help as mrkdwn."""
    number = load_duration_words(DATA).number(len(load_articles(DATA)))
    return filled(TEXTS["help"], command=TEXTS["command"], articles=number)


def quoted(text: str) -> str:
    """Escape user text or a title for use in a sentence: one line without formatting."""
    return escape(" ".join(text.split())).translate(_LOOKALIKES)


def slack_date(moment: datetime, form: str = "{date_short_pretty}, {time}") -> str:
    """Format a moment that Slack shows in each reader's zone; the fallback uses the zone of `moment`."""
    return f"<!date^{int(moment.timestamp())}^{form}|{moment:%d %b %Y, %H:%M}>"


def plain(text: str) -> str:
    """Convert Slack's text to plain text: mentions and names of emoji removed, links replaced by their labels.

    Emoji alone become the words that they stand for, or a sign.
    """
    written = _CONTROL.sub(" ", unescape(_REFERENCE.sub(_label_of, text)))
    spoken = _EMOJI.sub(" ", _SKIN_TONE.sub("", written))
    lines = (" ".join(line.split()) for line in spoken.split("\n"))
    return _meaning(written, "\n".join(lines).strip())


def _meaning(written: str, spoken: str) -> str:
    """Return the words of an emoji if a message consists of emoji, else what it says."""
    if any(letter.isalnum() or letter in "?!" for letter in spoken):
        return spoken
    found = [name.strip(":") for name in _EMOJI.findall(_SKIN_TONE.sub("", written))]
    meanings = [_MEANINGS[name] for name in (*found, *spoken) if name in _MEANINGS]
    return next(iter(meanings), spoken or (TEXTS["any_emoji"] if found else ""))


def mentioned(text: str) -> list[str]:
    """Return the ids of mentioned users, in order."""
    return re.findall(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>", text)


def _with_calls(text: str, phones: Sequence[Phone]) -> str:
    """Link phone numbers, except digits inside URLs."""
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


def _label_of(found: re.Match[str]) -> str:
    target, _, label = found.group(1).partition("|")
    if target.startswith(("@", "!subteam", "!here", "!channel", "!everyone")):
        return " "
    if target.startswith("#"):
        return f"#{label}" if label else " "
    return label or target.removeprefix("mailto:").removeprefix("tel:")


# From the best place to cut to the worst; each keeps the separator with the preceding part.
_OUTSIDE = r"(?![^<>\n]{0,80}>)"  # not inside a link, whose label may contain spaces
_SEAMS = (r"(?<=\n)\n+", r"\n", rf"(?<=[.!?…])\s+{_OUTSIDE}", rf"\s+{_OUTSIDE}")
_ENTITY = re.compile(r"&(amp|lt|gt);|<[^<>\n]{0,200}>")


def cut(text: str, limit: int) -> list[str]:
    """Split text into non-empty pieces of at most `limit` characters."""
    return [piece for raw in _pieces(text, limit, 0) if (piece := raw.strip())]


def shorten(text: str, limit: int) -> str:
    """Return the first piece of the text, with an ellipsis if there is more."""
    text = text.strip()
    return text if len(text) <= limit else cut(text, limit - 2)[0] + " …"


def clip(text: str, limit: int) -> str:
    """Fit a label onto one line of at most `limit` characters."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _pieces(text: str, limit: int, seam: int) -> Iterator[str]:
    if len(text) <= limit:
        yield text
    elif seam == len(_SEAMS):
        yield from _hard(text, limit)
    else:
        yield from _packed(text, limit, seam)


def _packed(text: str, limit: int, seam: int) -> Iterator[str]:
    """Join parts up to the limit; a part that is too long alone is split at the next kind of seam."""
    held = ""
    for part in _parts(text, _SEAMS[seam]):
        if len((held + part).strip()) <= limit:
            held += part
            continue
        if held.strip():
            yield held
        *whole, held = _pieces(part, limit, seam + 1)
        yield from whole
    yield held


def _parts(text: str, pattern: str) -> Iterator[str]:
    start = 0
    for found in re.finditer(pattern, text):
        yield text[start : found.end()]
        start = found.end()
    yield text[start:]


def _hard(text: str, limit: int) -> Iterator[str]:
    """Cut inside words, but never inside an escaped character or a link."""
    while len(text) > limit:
        end = limit
        for found in _ENTITY.finditer(text, max(0, limit - limit // 2)):
            if found.start() < limit < found.end():
                end = found.start() or limit
        yield text[:end]
        text = text[end:]
    yield text
