"""Which dates are meant by all the names that a message gives one day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.when.counted import Counted
from knowledge.when.days import Day, Frame, Options, UnrealError


def chosen(days: tuple[Day, ...], frame: Frame) -> Options:
    """The dates that fit every name, on the side that is meant where some are.

    The name that says most gives the dates and the others sieve them. Where nothing is left the names contradict
    each other: the dates of each are open, for ``weekday_differs``.

    Raises:
        UnrealError: there is no such day, or it is too far away.
    """
    first, *others = sorted(days, key=lambda day: -day.rank)
    options = first.options(frame)
    left = _admitted(options.days, others, frame)
    if not left and isinstance(first, Counted):
        left = _admitted(sorted(first.week(frame)), others, frame)
    if not left and options.days:
        return _contradicting(first, others, frame)
    return _leaning(replace(options, days=left), frame)


def agree(days: tuple[Day, ...], frame: Frame) -> bool:
    """Whether the names, next to each other in a row, can be of one day."""
    if any(isinstance(day, Counted) for day in days):
        return False
    try:
        return chosen(days, frame).reason != "weekday_differs"
    except UnrealError:
        return False


def _admitted(days: tuple[date, ...] | list[date], others: list[Day], frame: Frame) -> tuple[date, ...]:
    return tuple(day for day in days if all(other.admits(day, frame) for other in others))


def _contradicting(first: Day, others: list[Day], frame: Frame) -> Options:
    days = {day for name in (first, *others) for day in _leaning(name.options(frame), frame).days}
    return Options(tuple(sorted(days)), "weekday_differs")


def _leaning(options: Options, frame: Frame) -> Options:
    """Without the dates on the wrong side, unless the side is what is open."""
    if options.reason == "past_or_future":
        return options
    suiting = tuple(day for day in options.days if frame.suits(day))
    return replace(options, days=suiting) if suiting else options
