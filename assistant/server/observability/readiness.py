"""Additional component states for /health/ready."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sanic import Sanic

Report = Callable[[], Awaitable[str]]


def add_report(app: Sanic, name: str, report: Report) -> None:
    """Register a component: /health/ready includes `name` with the result of `report`, which must be fast."""
    _reports_of(app)[name] = report


async def reports(app: Sanic) -> dict[str, str]:
    """Collect the current state of every registered component."""
    return {name: await report() for name, report in _reports_of(app).items()}


def _reports_of(app: Sanic) -> dict[str, Report]:
    if not hasattr(app.ctx, "readiness_reports"):
        app.ctx.readiness_reports = {}
    found: dict[str, Report] = app.ctx.readiness_reports
    return found
