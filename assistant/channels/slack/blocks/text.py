"""Between the assistant's text and Slack's own notation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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


# From the kindest place to cut to the least kind; each keeps what it cuts behind.
_OUTSIDE = r"(?![^<>\n]{0,80}>)"  # of a link, whose words may hold blanks
_SEAMS = (r"(?<=\n)\n+", r"\n", rf"(?<=[.!?…])\s+{_OUTSIDE}", rf"\s+{_OUTSIDE}")
_ENTITY = re.compile(r"&(amp|lt|gt);|<[^<>\n]{0,200}>")


def cut(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` characters, none of them empty."""
    return [piece for raw in _pieces(text, limit, 0) if (piece := raw.strip())]


def shorten(text: str, limit: int) -> str:
    """The first piece of the text; an ellipsis says that there is more."""
    text = text.strip()
    return text if len(text) <= limit else cut(text, limit - 2)[0] + " …"


def clip(text: str, limit: int) -> str:
    """A label: one line, and no longer than `limit`."""
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
    """Parts between seams, as many together as fit; a part that is too long alone is cut at the next seam."""
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
    """In the middle of a word, but never of an escaped sign or of a link."""
    while len(text) > limit:
        end = limit
        for found in _ENTITY.finditer(text, max(0, limit - limit // 2)):
            if found.start() < limit < found.end():
                end = found.start() or limit
        yield text[:end]
        text = text[end:]
    yield text
