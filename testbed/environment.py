"""Ports and environment variables of servers that are started apart from everything else on the machine."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from random import SystemRandom

ROOT = Path(__file__).resolve().parents[1]
_PLENTY = "1000000"
_PORTS = SystemRandom()  # a seed of a test must not lead two processes to one port
_SWITCHED_OFF = (
    "ACTION_KEY",
    "ACTION_SOCKET",
    "ALLOWED_HOSTS",
    "ALLOWED_ORIGINS",
    "CONNECTIONS_PER_ADDRESS",
    "DATABASE_URL",
    "METRICS_INTERFACE",
    "MESSAGES_PER_CONVERSATION",
    "METRICS_PORT",
    "REDIS_URL",
    "REQUEST_SECONDS",
    "RETENTION_DAYS",
    "SESSION_KEY",
    "SLACK_API_URL",
    "SLACK_APP_TOKEN",
    "SLACK_BOT_TOKEN",
    "SLACK_PUBLIC_URL",
    "SLACK_SIGNING_SECRET",
)


def isolated_environment(state_dir: Path) -> dict[str, str]:
    """Return the variables of a server with its own state, high limits and no services."""
    return {
        **dict.fromkeys(_SWITCHED_OFF, ""),
        "RASA_TELEMETRY_ENABLED": "false",
        "STATE_DIR": str(state_dir),
        "MESSAGES_PER_MINUTE": _PLENTY,
        "SESSIONS_PER_MINUTE": _PLENTY,
        "ACTION_HOST": "127.0.0.1",
        "ACTION_PORT": "9",  # nothing listens there: answers that need the action server apologise
    }


def free_port() -> int:
    """Return a port of the loopback address that nothing listens on at this moment.

    No outgoing connection takes it before a server does: Linux and macOS give those higher ports.
    """
    while True:
        port = _PORTS.randrange(20_000, 32_768)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port


def listens(port: int) -> bool:
    """Return whether something listens on a port of the loopback address; cheap enough to poll."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
