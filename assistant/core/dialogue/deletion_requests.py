"""Detection of requests to delete the conversation. They take effect at once, so only unambiguous ones count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from assistant.core.content.languages import LANGUAGE
from assistant.core.content.yaml_files import read_yaml

_APOSTROPHES = re.compile(r"['’‘`´]")
_SIGNS = re.compile(r"[^\w\s,]|_")
_ENDS = re.compile(r"[.;:!?\n]")
_WHO = frozenset({"i", "you", "u", "we"})


@dataclass(frozen=True)
class DeletionWords:
    """Words that a request may consist of, by role."""

    deletes: frozenset[str]
    """Verbs used only of data."""
    clears: frozenset[str]
    """Verbs used of skin and make-up, too."""
    deleted: frozenset[str]
    """Participles of the wanted result."""
    wants: frozenset[str]
    own: frozenset[str]
    data: frozenset[str]
    this: frozenset[str]
    talk: frozenset[str]
    everything: frozenset[str]
    told: frozenset[str]
    other: frozenset[str]
    """Words without a role."""
    asks: frozenset[str]
    """Pairs of words that make it a question."""
    helped: frozenset[str]
    """Words before "you" that make the clause a request rather than a statement."""

    def is_order(self, text: str) -> bool:
        """Return whether the whole message requests deletion: "please erase everything i told you". Never raises.

        A question whether that is possible does not count, nor does a request about a part, such as the date.
        """
        text = _ENDS.sub(",", _APOSTROPHES.sub("", text.lower()))
        words = _SIGNS.sub(" ", text.replace(",", " , ")).split()
        has = frozenset(words) - {","}
        if not has <= self._known or self.asks & {" ".join(pair) for pair in pairwise(words)}:
            return False
        return self._deletes(words) and self._names_it_all(has)

    @cached_property
    def _known(self) -> frozenset[str]:
        named = self.deletes | self.clears | self.deleted | self.wants | self.own | self.data
        return named | self.this | self.talk | self.everything | self.told | self.other

    def _deletes(self, words: Sequence[str]) -> bool:
        for at, word in enumerate(words):
            if word in self.deletes | self.clears:
                return not self._is_told(words[:at])
        is_said = {("you", "have"), ("i", "have")} & set(pairwise(words))
        return bool(self.deleted & frozenset(words) and self.wants & frozenset(words) and not is_said)

    def _is_told(self, before: Sequence[str]) -> bool:
        """Return whether the verb is a statement, not a request: "i delete", "you forget everything"."""
        return bool(before and before[-1] in _WHO and not self.helped & frozenset(before[-2:-1]))

    def _names_it_all(self, has: frozenset[str]) -> bool:
        if (
            (has & self.own and has & self.data)
            or (has & self.this and has & self.talk)
            or {"chat", "history"} <= has
        ):
            return True
        if has & {"forget", "erase", "delete"} and "me" in has:
            return True
        if (
            has & self.deletes and "what" in has and has & self.told
        ):  # "forget what i said" means only the last message
            return True
        surely = has & (self.deletes | self.told | {"forget"})
        return bool(has & self.everything and surely)


def load_deletion_words(data: Path) -> DeletionWords:
    """Load the words of ``data/en/deletion_requests.yml``."""
    groups: dict[str, list[str]] = read_yaml(data / LANGUAGE / "deletion_requests.yml")
    return DeletionWords(**{name: frozenset(words) for name, words in groups.items()})
