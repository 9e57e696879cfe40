"""Checks of mrkdwn: unescaped characters, and Markdown that Slack displays literally."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_CONTROL = re.compile(r"<([^<>\n]+)>")
_ALLOWED = re.compile(
    r"(@[UW][A-Z0-9]+|#C[A-Z0-9]+|!subteam\^S[A-Z0-9]+|https?://[^|\s]+|mailto:[^|\s]+|tel:[^|\s]+)(\|[^|]+)?"
)
_DATE = re.compile(r"!date\^\d{1,11}\^(?P<form>[^^|]+)(\^https?://[^|^\s]+)?\|(?P<fallback>.+)")
_DATE_FORMS = (
    "date_num|date_slash|date_long|date_long_full|date_long_pretty|date_full|date|date_pretty|date_short|date_short_pretty"
    "|time|time_secs|ago|day_divider_pretty"
)
_FIELD = re.compile(r"\{(\w+)\}")
_SHOUT = re.compile(r"!(here|channel|everyone)\b")
_BARE_AMPERSAND = re.compile(r"&(?!(amp|lt|gt);)")
_QUOTE = re.compile(r"^(>>>|>) ?", re.MULTILINE)
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def complaints(text: str) -> Iterator[str]:
    """Return the parts that Slack would show wrongly."""
    for control in _CONTROL.findall(text):
        yield from _of_control(control)
    rest = _QUOTE.sub("", _CONTROL.sub("", text))
    if "<" in rest or ">" in rest:
        yield f"< or > that is not escaped: {rest[:80]!r}"
    if _BARE_AMPERSAND.search(rest):
        yield f"& that is not escaped: {rest[:80]!r}"
    if "**" in _CODE.sub("", rest):
        yield f"bold in Markdown, which Slack shows as stars: {rest[:80]!r}"


def written_in(value: Any) -> Iterator[str]:
    """Every text in mrkdwn of some blocks."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn" and isinstance(value.get("text"), str):
            yield value["text"]
        for part in value.values():
            yield from written_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from written_in(part)


def _of_control(control: str) -> Iterator[str]:
    if _SHOUT.match(control):
        yield f"calls everybody: <{control}>"
        return
    date = _DATE.fullmatch(control)
    if date:
        unknown = [name for name in _FIELD.findall(date["form"]) if not re.fullmatch(_DATE_FORMS, name)]
        if unknown or not _FIELD.search(date["form"]):
            yield f"a date in a form that Slack does not know: <{control}>"
    elif not _ALLOWED.fullmatch(control):
        yield f"not something that Slack knows between < and >: <{control}>"
