"""HTTP server of the fake: Web API, response URLs and uploads."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from testbed.slack.arguments import arguments_of, uploaded
from testbed.slack.failures import BROKEN, BROKEN_AFTERWARDS, CUT, CUT_AFTERWARDS, TOO_MANY, Failures
from testbed.slack.handlers import HANDLERS
from testbed.slack.journal import Call, Journal
from testbed.slack.methods import METHODS, Method
from testbed.slack.mrkdwn import complaints, written_in
from testbed.slack.refusal import RefusalError
from testbed.slack.responses import respond
from testbed.slack.tickets import Tickets
from testbed.slack.workspace import Message, Workspace


@dataclass
class WebApi:
    """Answers calls as Slack does, and writes them down."""

    workspace: Workspace
    journal: Journal
    failures: Failures
    tickets: Tickets
    tokens: dict[str, str]
    """The kind of each token that is good: bot or app."""
    scopes: frozenset[str]
    """Scopes that the bot was given at installation."""
    on_post: Callable[[Message], None]
    """Hears of each new post that everybody in a channel sees."""
    address: str = ""

    def routes(self) -> list[web.RouteDef]:
        """For aiohttp."""
        return [
            web.post("/api/{method}", self._method),
            web.get("/api/{method}", self._method),
            web.post("/respond/{key}", self._respond),
            web.post("/upload/{file}", self._upload),
        ]

    async def _method(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        arguments = await arguments_of(request, METHODS.get(name))
        return await self._end(request, name, arguments, lambda: self._answer(request, name, arguments))

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        given = json.loads(await request.read() or b"{}")

        def answer() -> dict[str, Any]:
            self._look_at(given)
            respond(self.workspace, self.tickets, request.match_info["key"], given)
            return {"ok": True}

        return await self._end(request, "response_url", given, answer)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content, number = await uploaded(request), request.match_info["file"]

        def answer() -> dict[str, Any]:
            if len(content) != self.workspace.files[number]["length"]:
                raise RefusalError("invalid_arguments", detail="the file has another length than was said")
            self.workspace.files[number]["content"] = content
            return {"ok": True}

        return await self._end(request, "upload", {"file": number}, answer)

    async def _end(
        self, request: web.Request, name: str, arguments: dict[str, Any], answer: Callable[[], dict[str, Any]]
    ) -> web.StreamResponse:
        """Answers, or fails as it was planned, before or after doing what was asked."""
        outcome = self.failures.next(name, self._channel(request, arguments))
        answered: dict[str, Any] = {"ok": False}
        if isinstance(outcome, str):
            answered, outcome = {"ok": False, "error": outcome}, 200
        elif outcome in (200, BROKEN_AFTERWARDS, CUT_AFTERWARDS):
            answered = self._try(name, answer)
        status = {BROKEN_AFTERWARDS: BROKEN, CUT_AFTERWARDS: CUT}.get(outcome, outcome)
        self.journal.calls.append(Call(name, arguments, status, answered, request.path.rpartition("/")[2]))
        if status == CUT:
            assert request.transport is not None
            request.transport.close()
        if status in (TOO_MANY, BROKEN):
            headers = {"Retry-After": str(self.failures.retry_after)} if status == TOO_MANY else {}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=status, headers=headers)
        return self._written(name, answered)

    def _try(self, name: str, answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        try:
            return answer()
        except RefusalError as refusal:
            self.journal.complaints.append(f"{name}: {refusal}")
            return refusal.as_answer()

    def _written(self, name: str, answered: dict[str, Any]) -> web.Response:
        if name in ("response_url", "upload"):
            return (
                web.Response(text="ok")
                if answered["ok"]
                else web.Response(status=404, text=answered["error"])
            )
        return web.json_response(answered)

    def _answer(self, request: web.Request, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        method = METHODS.get(name)
        if method is None:
            raise RefusalError("unknown_method", req_method=name)
        self._check_token(request, method, arguments)
        method.check_arguments(arguments)
        self._look_at(arguments)
        if name == "apps.connections.open":
            return {
                "ok": True,
                "url": f"{self.address.replace('http', 'ws', 1)}/socket?ticket={self.tickets.new_socket()}",
            }
        if name == "files.getUploadURLExternal":
            return self._new_file(arguments)
        if arguments.get("trigger_id"):
            self.tickets.use_trigger(arguments["trigger_id"])
        answer = HANDLERS[name](self.workspace, arguments)
        if name == "chat.postMessage":
            self.on_post(self.workspace.message(answer["channel"], answer["ts"]))
        return answer

    def _check_token(self, request: web.Request, method: Method, arguments: dict[str, Any]) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not token:
            raise RefusalError("not_authed")
        if token not in self.tokens:
            raise RefusalError("invalid_auth")
        if self.tokens[token] != method.token:
            raise RefusalError("not_allowed_token_type")
        missing = (
            set(method.scopes_for(self._kind(arguments))) - self.scopes if method.token == "bot" else set()
        )
        if missing:
            raise RefusalError(
                "missing_scope", needed=",".join(missing), provided=",".join(sorted(self.scopes))
            )

    def _kind(self, arguments: dict[str, Any]) -> str | None:
        channel = self.workspace.channels.get(str(arguments.get("channel")))
        return channel.kind if channel else None

    def _channel(self, request: web.Request, arguments: dict[str, Any]) -> str:
        response = self.tickets.responses.get(request.match_info.get("key", ""))
        return response.channel if response else str(arguments.get("channel", ""))

    def _look_at(self, arguments: dict[str, Any]) -> None:
        """Slack takes these texts, and shows them wrongly."""
        texts = [
            arguments.get("text") or "",
            *written_in(arguments.get("blocks")),
            *written_in(arguments.get("view")),
        ]
        self.journal.complaints.extend(complaint for text in texts for complaint in complaints(text))
        if arguments.get("blocks") and not arguments.get("text"):
            self.journal.complaints.append("blocks without a text for notifications")

    def _new_file(self, arguments: dict[str, Any]) -> dict[str, Any]:
        number = self.workspace.new_id("F")
        self.workspace.files[number] = {"filename": arguments["filename"], "length": int(arguments["length"])}
        return {"ok": True, "upload_url": f"{self.address}/upload/{number}", "file_id": number}
