"""Random sentences about a treatment, whose moment is computed independently of the code under test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

PAST = (
    "had it done {}",
    "i had my microneedling {}",
    "{} i had it done",
    "my session was {}",
    "it was {}",
    "dermapen {} was a bit sore",
    "got my face done {}, still pink, can i use foundation yet",
    "hiya, i was treated {} and i've got 2 spots, is that normal?",
    "they did my cheeks {} and i paid 120 quid for it",
    "so i went in {} for my 3rd session, 1.5mm",
    "had the skinpen {} and my sister's wedding is in june, am i ok",
    "needled {}. ibuprofen?",
    "i finally got it done {} lol",
    "treatment was {} if that helps",
)
FUTURE = (
    "i'm having it done {}",
    "my appointment is {}",
    "{} is my appointment",
    "booked in {} for my face",
    "i'm getting needled {}, what should i stop using",
    "it's {}",
    "got a slot {} with the dermapen lady, 2nd session",
    "my treatment's {} and i take aspirin, ok?",
    "hi, i'm booked {} and my skin is dry, do i moisturise",
    "going in {} for my 1st session",
    "i'll be having my scars done {}",
    "they've put me down {}",
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "jan",
    "february",
    "march",
    "apr",
    "may",
    "june",
    "july",
    "aug",
    "september",
    "oct",
    "nov",
    "december",
)
_ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


@dataclass(frozen=True)
class Framed:
    """A sentence, the day that it denotes, and the minute if it names one."""

    sentence: str
    day: date
    at: datetime | None


def framed(random: Random, now: datetime, side: str) -> Framed:
    """Return a random sentence about a treatment in the past or future."""
    days = random.randint(1, 25) * (-1 if side == "past" else 1)
    day = now.date() + timedelta(days=days)
    words = random.choice(_names(day, days))
    time, clock = random.choice(_TIMES)(random)
    expression = f"{words} {time}".strip() if random.random() < 0.8 else f"{time} {words}".strip()
    frame = random.choice(PAST if side == "past" else FUTURE)
    at = None if clock is None else datetime.combine(day, datetime.min.time(), now.tzinfo) + clock
    return Framed(frame.format(expression), day, at)


def _names(day: date, days: int) -> list[str]:
    """Return names that people may use for a day."""
    ordinal = f"{day.day}{_ENDINGS.get(day.day, 'th')}"
    month = _MONTHS[day.month - 1]
    names = [
        f"on the {ordinal} of {month}",
        f"on {month} {day.day}",
        f"{ordinal} {month}",
        f"on {day.isoformat()}",
    ]
    if day.day > 12:
        names += [f"on {day.day}/{day.month}", f"on {day.month}/{day.day}/{day.year}"]
    if abs(days) < 7:
        names += [f"on {_WEEKDAYS[day.weekday()]}", f"{_WEEKDAYS[day.weekday()]} the {ordinal}"]
    if days < -1:
        names += [f"{-days} days ago"]
    if days % 7 == 0:
        weeks = abs(days) // 7
        names += [f"{weeks} weeks ago" if days < 0 else f"in {weeks} weeks"]
    if days > 1:
        names += [f"in {days} days"]
    weeks, rest = divmod(abs(days), 7)
    if weeks and rest:
        distance = f"{weeks} weeks and {rest} days"
        names += [f"{distance} ago" if days < 0 else f"in {distance}"]
    return names + {-1: ["yesterday", "yday"], 1: ["tomorrow", "tmrw"], -2: ["the day before yesterday"]}.get(
        days, []
    )


def _no_time(random: Random) -> tuple[str, timedelta | None]:
    return "", None


def _by_half(random: Random) -> tuple[str, timedelta | None]:
    hour, minute = random.randint(1, 12), random.choice((0, 15, 30, 45))
    half = random.choice(("am", "pm"))
    written = f"{hour}{half}" if minute == 0 else f"{hour}:{minute:02}{half}"
    return f"at {written}", timedelta(hours=hour % 12 + (12 if half == "pm" else 0), minutes=minute)


def _around_the_clock(random: Random) -> tuple[str, timedelta | None]:
    hour, minute = random.randint(13, 20), random.choice((0, 10, 30))
    return f"at {hour}:{minute:02}", timedelta(hours=hour, minutes=minute)


def _by_word(random: Random) -> tuple[str, timedelta | None]:
    hour = random.choice((9, 10, 11, 1, 2, 3, 4, 5))
    words, minutes = random.choice(
        (("at {}", 0), ("at half past {}", 30), ("at half {}", 30), ("at quarter past {}", 15))
    )
    return words.format(hour), timedelta(hours=hour if hour > 8 else hour + 12, minutes=minutes)


_TIMES: tuple[Callable[[Random], tuple[str, timedelta | None]], ...] = (
    _no_time,
    _no_time,
    _by_half,
    _around_the_clock,
    _by_word,
)
