"""The longest pause of a server's event loop, as a client sees it."""

from __future__ import annotations

import http.client
import threading
import time
from types import TracebackType

_EVERY = 0.02  # seconds


class PauseProbe:
    """Asks one kept connection for /health/live all the time, which needs nothing but the event loop."""

    def __init__(self, port: int) -> None:
        """Begins when it is entered."""
        self.longest = 0.0
        """In seconds; also holds what the machine itself takes."""
        self._port = port
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> PauseProbe:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(60)

    def _run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        while not self._stop.wait(_EVERY):
            since = time.perf_counter()
            connection.request("GET", "/health/live")
            connection.getresponse().read()
            self.longest = max(self.longest, time.perf_counter() - since)
        connection.close()
