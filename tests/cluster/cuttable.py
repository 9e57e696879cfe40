"""TCP forwarder that can stall: data in transit is held back and no connection is closed."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading

from testbed.environment import free_port


class Cuttable:
    """Hands on what comes to its port to another port, until it is cut; after that it goes on."""

    def __init__(self, target: int) -> None:
        """`target` is a port of the loopback address."""
        self.port = free_port()
        self._target = target
        self._flows = threading.Event()
        self._flows.set()
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """From now on everything is silent."""
        self._flows.clear()

    def restore(self) -> None:
        """From now on everything flows, also what was on the way."""
        self._flows.set()

    def close(self) -> None:
        """Ends it."""
        self._flows.set()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        self._flows.wait()
        with contextlib.suppress(OSError), near, self._connect() as far, selectors.DefaultSelector() as ready:
            ready.register(near, selectors.EVENT_READ, (near, far))
            ready.register(far, selectors.EVENT_READ, (far, near))
            while all(self._hand_on(*key.data) for key, _ in ready.select()):
                pass

    def _connect(self) -> socket.socket:
        """An error closes the connection: who is behind is down."""
        return socket.create_connection(("127.0.0.1", self._target))

    def _hand_on(self, source: socket.socket, target: socket.socket) -> bytes:
        data = source.recv(65536)
        self._flows.wait()
        target.sendall(data)
        return data
