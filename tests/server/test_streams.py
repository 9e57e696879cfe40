"""Objects are written page by page, and an error before the first page can still be told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.server.http.routes import _parts

VALUES = st.text() | st.lists(st.lists(st.integers() | st.text(), max_size=3), max_size=4)


@given(body=st.dictionaries(st.text(), VALUES, min_size=1, max_size=4))
def test_the_parts_are_the_object(body: dict[str, Any]) -> None:
    whole = {
        name: value if isinstance(value, str) else [item for page in value for item in page]
        for name, value in body.items()
    }
    assert json.loads("".join(_parts(body))) == whole


def test_nothing_is_written_before_the_first_page_is_read() -> None:
    def pages() -> Iterator[list[Any]]:
        raise OSError("the database is away")
        yield []

    with pytest.raises(OSError, match="away"):
        next(_parts({"exported_at": "now", "messages": pages()}))
