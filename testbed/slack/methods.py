"""The methods of methods.yml: token, scopes and fields."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from testbed.slack.refusal import RefusalError


@dataclass(frozen=True)
class Method:
    """One method of the Web API."""

    token: str
    json: bool
    required: tuple[str, ...]
    optional: frozenset[str]
    one_of: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    by_channel: dict[str, str] | None = None

    @classmethod
    def read(cls, entry: dict[str, Any]) -> Method:
        """From its entry in methods.yml."""
        return cls(
            token=entry["token"],
            json=entry["json"],
            required=tuple(entry["required"]),
            optional=frozenset(entry["optional"]),
            one_of=tuple(entry.get("one_of", ())),
            scopes=tuple(entry.get("scopes", ())),
            by_channel=entry.get("by_channel"),
        )

    def check_arguments(self, arguments: dict[str, Any]) -> None:
        """Raises where one is missing or Slack knows no such."""
        missing = [name for name in self.required if arguments.get(name) in (None, "", [])]
        if self.one_of and not any(arguments.get(name) for name in self.one_of):
            missing.append(" or ".join(self.one_of))
        unknown = sorted(set(arguments) - set(self.required) - self.optional)
        messages = [f"[ERROR] missing required field: {name}" for name in missing]
        messages += [f"[ERROR] no such argument: {name}" for name in unknown]
        if messages:
            error = "no_text" if missing and missing[-1].startswith("text or") else "invalid_arguments"
            raise RefusalError(error, response_metadata={"messages": messages})

    def scopes_for(self, kind: str | None) -> tuple[str, ...]:
        """Return the scopes that a token needs; `kind` is that of the channel in question."""
        if self.by_channel is not None and kind is not None:
            return (self.by_channel[kind],)
        return self.scopes


METHODS = {
    name: Method.read(entry)
    for name, entry in yaml.safe_load(Path(__file__).with_name("methods.yml").read_text("utf-8")).items()
}
