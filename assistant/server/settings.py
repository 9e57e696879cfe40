"""Settings as Rasa's command line reports them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from rasa.shared.exceptions import InvalidConfigException

from assistant.settings import Settings, SettingsError

Kind = TypeVar("Kind", bound=Settings)


def read(kind: type[Kind], section: Mapping[str, object] | None = None) -> Kind:
    """Read the environment; what the section of credentials.yml says takes precedence.

    Raises:
        InvalidConfigException: Rasa shows it without a traceback.
    """
    try:
        return kind.read(section)
    except SettingsError as error:
        raise InvalidConfigException(str(error)) from None
