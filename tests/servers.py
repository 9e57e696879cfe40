"""Starting the real server for a test, and talking to it as a website does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from testbed.environment import free_port, isolated_environment, listens

ROOT = Path(__file__).resolve().parents[1]
SESSION = "/webhooks/website/session"
MESSAGES = "/webhooks/website/messages"


class RunningAssistant:
    """`rasa run` in a folder, listening on a free port of the loopback address."""

    def __init__(self, project: Path, state_dir: Path, log: Path, health: str = "ready", **env: str) -> None:
        """Waits until it is ready, or only live. `env` changes the environment, whose limits are high otherwise."""
        self.project = project
        self.state_dir = state_dir
        self.log = log
        self.health = health
        self.port = free_port()
        self._start(env)

    def _start(self, env: dict[str, str]) -> None:
        project, state_dir, log = self.project, self.state_dir, self.log
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.env = {
            **os.environ,
            **isolated_environment(state_dir),
            "PYTHONPATH": os.pathsep.join((str(project), str(ROOT))),
            **env,
        }
        self._output = log.open("ab")
        self.process = subprocess.Popen(
            self._command(),
            cwd=project,
            env=self.env,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self._wait_until(self.health)

    def again(self) -> RunningAssistant:
        """Starts it once more after it was killed, on the same port."""
        self.process.wait()
        self._start(self.env)
        return self

    def _command(self) -> list[str]:
        files = ["-m", "models", "--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
        return [sys.executable, "-m", "rasa", "run", "-i", "127.0.0.1", "--port", str(self.port), *files]

    def _wait_until(self, health: str, seconds: float = 120) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if listens(self.port) and self._is(health):
                    return
                if "Could not load model" in self.output():
                    break
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"the server did not start:\n{self.output()[-3000:]}")

    def _is(self, health: str) -> bool:
        answer = httpx.get(
            f"{self.base_url}/health/{health}", verify=False
        )  # reading certificates takes long
        return answer.status_code == 200

    def output(self) -> str:
        """Everything that the server has written so far."""
        return self.log.read_text("utf-8", errors="replace")

    def stop(self) -> None:
        """Ends this process, as Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._output.close()

    def visitor(self, **headers: str) -> Visitor:
        """Somebody new, with a session."""
        return Visitor(self.base_url, headers)


class RunningActions:
    """The action server, on a free port of the loopback address."""

    def __init__(self, log: Path, port: int | None = None) -> None:
        """Waits until it listens."""
        self.port = port or free_port()
        self._output = log.open("ab")
        command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "SANIC_HOST": "127.0.0.1"},
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None and not listens(self.port):
            time.sleep(0.1)
        if not listens(self.port):
            self.stop()
            raise RuntimeError(f"the action server did not start:\n{log.read_text('utf-8')[-3000:]}")

    def stop(self) -> None:
        """Ends this process."""
        self.process.kill()
        self.process.wait()
        self._output.close()


class Visitor:
    """One anonymous person on a website."""

    def __init__(
        self, base_url: str, headers: dict[str, str] | None = None, token: str | None = None
    ) -> None:
        """Opens a session where no token is given."""
        self.http = httpx.Client(base_url=base_url, headers=headers, timeout=30, verify=False)
        self.token = token or self.http.post(SESSION).raise_for_status().json()["token"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def send(self, **body: Any) -> httpx.Response:
        """One message; an id is made where none is given, which nobody who comes back with the token makes again."""
        return self.http.post(MESSAGES, json={"id": f"message-{uuid4()}", **body})

    def send_raw(self, content: bytes, content_type: str | None = "application/json") -> httpx.Response:
        """A body that no client would make."""
        headers = {} if content_type is None else {"Content-Type": content_type}
        return self.http.post(MESSAGES, content=content, headers=headers)

    def say(self, text: str, **body: Any) -> list[dict[str, Any]]:
        """The messages that answer a text."""
        answer = self.send(text=text, **body)
        assert answer.status_code == 200, answer.text
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    def history(self) -> list[dict[str, Any]]:
        """The conversation so far."""
        messages: list[dict[str, Any]] = self.http.get(MESSAGES).raise_for_status().json()["messages"]
        return messages

    def erase(self) -> httpx.Response:
        """Erases the conversation."""
        return self.http.delete(SESSION)


def is_problem(response: httpx.Response, status: int) -> bool:
    """Return whether it is a problem of that status in the form of the contract."""
    if response.headers["content-type"] != "application/problem+json":
        return False
    problem = response.json()
    return (
        set(problem) == {"type", "title", "status", "detail"}
        and problem["status"] == status == response.status_code
    )
