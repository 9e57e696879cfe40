"""What parts of the assistant report of themselves in /health/ready, beside whether it is ready at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sanic import Sanic

Report = Callable[[], Awaitable[str]]


def add_report(app: Sanic, name: str, report: Report) -> None:
    """From now on /health/ready has `name`, with what `report` gives. It must be quick."""
    _reports_of(app)[name] = report


async def reports(app: Sanic) -> dict[str, str]:
    """All of them, asked now."""
    return {name: await report() for name, report in _reports_of(app).items()}


def _reports_of(app: Sanic) -> dict[str, Report]:
    if not hasattr(app.ctx, "readiness_reports"):
        app.ctx.readiness_reports = {}
    found: dict[str, Report] = app.ctx.readiness_reports
    return found
