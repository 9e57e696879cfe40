"""Every sentence that the grammar of computed answers makes, as a page to read through.

``python -m tests.core.aftercare.golden`` writes it anew; test_golden.py compares it with what the program says now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.core.aftercare.dated import answer_by_date
from assistant.core.aftercare.event_answer import answer_event
from assistant.core.aftercare.grammar import CASES, FORMS, OVER, Message, case_of, opening, say_verdict
from assistant.core.aftercare.guide import AftercareGuide, guide_of, load_aftercare_wording
from assistant.core.aftercare.person import Person, person_of, say_day, say_moment
from assistant.core.aftercare.rulebook_files import load_rulebook
from assistant.core.aftercare.rules import Rule, window
from assistant.core.aftercare.timeline_answer import prepare_next_time, tell_timeline
from assistant.core.aftercare.timing_answer import answer_either_way, answer_timing
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.aftercare.verdicts import verdict
from assistant.core.content.content import load_content
from assistant.core.treatment_date import Ambiguous, Treatment
from tests.core.aftercare.moments import MADRID, at

ROOT = Path(__file__).parents[3]
PATH = Path(__file__).parent / "golden" / "answers.md"
TREATED = at("2026-11-29 15:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def guide(clinic: str = "none.yml") -> AftercareGuide:
    """Return the guide with the rules of that file of the clinic."""
    content = load_content(ROOT / "data", None)
    rules = load_rulebook(ROOT / "data", ROOT / "clinic" / clinic, content)
    return guide_of(content, rules, load_aftercare_wording(ROOT / "data"))


def person(now: datetime, treated: datetime = TREATED, precision: str = "minute") -> Person:
    """Return somebody treated in Madrid, at that time."""
    last = treated if precision == "minute" else treated.replace(hour=23, minute=59)
    first = treated if precision == "minute" else treated.replace(hour=0, minute=0)
    value = {"at": treated.isoformat(), "earliest": first.isoformat(), "latest": last.isoformat()}
    return person_of({**value, "precision": precision, "zone": MADRID}, MADRID, now)


def page() -> str:
    """Return the page."""
    book, clinics = guide(), guide("aftercare.example.yml")
    parts = [_HEAD, *_openings(book), *_rules(book), *_others(book), *_clinics(clinics)]
    parts += [*_symptoms(book), *_dates(book), *_timelines(book, clinics)]
    return "\n".join(parts) + "\n"


_HEAD = """# What computed answers say

Made by `python -m tests.core.aftercare.golden` from the rules and the wording; to be read through, not edited.
Everybody here was treated, or will be, on Sun 29 Nov 2026, 15:00, in Madrid. `[fact-id]` is a citation, which people
read as a number. Every answer ends with the person's day (see the last part).
"""


def _openings(book: AftercareGuide) -> Iterator[str]:
    yield "## 1. Openings: every form of the question with every verdict\n"
    moments = {"moment": "Mon 30 Nov, 15:00", "until": "Mon 30 Nov, 15:00", "cited": " [fact-id]"}
    seen: set[tuple[str, str]] = set()
    for case in CASES:
        yield f"- **{case}**"
        said: dict[str, list[str]] = {}
        for form in FORMS:
            text = opening(form, case, moments, book.wording) if case in book.wording.openings[form] else ""
            said.setdefault("as above" if text and (form, text) in seen else text, []).append(form)
            seen.add((form, text))
        yield from (f"  - {', '.join(forms)}: {text}" for text, forms in said.items() if text)
    yield f"- **of_after**, after the opening\n  - {book.wording.of_after}"
    yield "\nOther forms have that of tell, which may be empty (when, how_long, done), or that of may.\n"


def _rules(book: AftercareGuide) -> Iterator[str]:
    yield "## 2. Rules: caution, reason, exception; and the verdict at each time (hours from the session)\n"
    for rule in book.aftercare.rules:
        said = (rule.caution, rule.detail, rule.ask)
        yield f"- **{rule.id}** (“{rule.title}”): {' '.join(text for text in said if text)}"
        if rule.kind != "expect":
            yield f"  - {'; '.join(_verdict(rule, now, book) for now in _moments(rule))}"
        if rule.kind in {"avoid", "next"} and rule.otherwise == "ok" and rule.direction == "after":
            yield f"  - over: “{book.aftercare.over(rule)}”"
        yield from [f"  - later: “{rule.later}”"] if rule.later else []
    yield ""


def _verdict(rule: Rule, now: datetime, book: AftercareGuide) -> str:
    """Return the case of part 1 with its moment."""
    who, asked = person(now), TimingQuestion(rule=rule.id)
    given = verdict(asked, TREATED, now, book.aftercare)
    case, moment = case_of(given, now), given.ok_from or given.ends_at
    is_told = case.startswith("not_yet") or case in OVER
    told = f" ({say_moment(moment, who, book.wording)})" if is_told and moment is not None else ""
    about = ", “of_after”" if book.wording.of_after in say_verdict(asked, given, who, book).reasons else ""
    hours = round((now - TREATED).total_seconds() / HOUR.total_seconds())
    return f"{hours:+}h: {case}{told}{about}"


def _moments(rule: Rule) -> list[datetime]:
    """Return a moment in every interval in which the verdict is the same, and one before the session."""
    if rule.direction == "any":
        return [TREATED + DAY]
    own = window(rule, TREATED)
    ends = [each.astimezone(TREATED.tzinfo) for each in (own.start, own.end) if each is not None]
    before = [TREATED - 4 * DAY] if rule.direction == "after" else [TREATED - 10 * DAY, TREATED - HOUR]
    after = [end + HOUR for end in ends] if rule.direction == "after" else []
    return list(dict.fromkeys([*before, *([TREATED + HOUR] if after else []), *after]))


def _ago(now: datetime) -> str:
    hours = round((now - TREATED).total_seconds() / 3600)
    number = f"{abs(hours)} h" if abs(hours) < 48 else f"{abs(hours) // 24} days"
    return f"{number} {'before' if hours < 0 else 'after'}"


def _said(message: Message | None, *, detailed: bool = True) -> str:
    """Return the text without the day, and the details if they are not on the page already."""
    assert message is not None
    text = "\n".join(message["text"].split("\n\n")[:-1])
    details = message["metadata"].get("details")
    quoted = "\n".join(f"> {line}" for line in text.splitlines())
    if details and detailed:
        quoted += "\n>\n" + "\n".join(f"> _{line}_" if line else ">" for line in details.splitlines())
    return quoted + "\n"


def _others(book: AftercareGuide) -> Iterator[str]:
    makeup, sunscreen = TimingQuestion(products=("makeup",)), TimingQuestion(products=("sunscreen",))
    gym, aspirin = TimingQuestion(activities=("exercise",)), TimingQuestion(products=("aspirin",))
    now = TREATED + 20 * HOUR
    yield "## 3. Several things, nothing covered, a date or an hour in doubt\n"
    for name, asked in (
        ("nothing near", TimingQuestion(activities=("dentist",))),
        ("make-up and the gym", _both(makeup, gym)),
        ("the gym and aspirin", _both(gym, aspirin)),
        (
            "naproxen that a doctor recommended",
            TimingQuestion(products=("anti_inflammatories",), prescribed=True),
        ),
    ):
        yield f"**{name}**\n\n{_said(answer_timing(asked, person(now), (), book))}"
    open_hour = person(now, precision="day")
    yield f"**make-up, the hour not known**\n\n{_said(answer_timing(makeup, open_hour, (), book))}"
    later = (TREATED + 30 * HOUR, TREATED + 32 * HOUR)
    evening = _said(answer_timing(makeup, person(now), later, book), detailed=False)
    yield f"**make-up, asked for tomorrow evening**\n\n{evening}"
    doubt = _in_doubt(person(TREATED + 9 * DAY), person(TREATED + 9 * DAY, TREATED + DAY))
    given = answer_either_way(sunscreen, doubt, (), book)
    assert given is not None
    yield f"**sunscreen, one of two days**: the last line is “{given['text'].splitlines()[-1]}”\n"
    doubt = _in_doubt(person(now), person(now, TREATED - 7 * DAY))
    strictest = answer_by_date(makeup, doubt, (), book)
    assert strictest is not None
    yield f"**make-up, one of two days**: the last line is “{strictest['text'].splitlines()[-1]}”\n"


def _both(*things: TimingQuestion) -> TimingQuestion:
    products = tuple(name for thing in things for name in thing.products)
    activities = tuple(name for thing in things for name in thing.activities)
    return TimingQuestion(products=products, activities=activities, apart=things)


def _in_doubt(*people: Person) -> Person:
    moments = [each.treatment.moment for each in people]
    choices = tuple(moment for moment in moments if moment is not None)
    return replace(people[0], treatment=Treatment(None, Ambiguous("which_day", choices, "the other day")))


def _clinics(book: AftercareGuide) -> Iterator[str]:
    yield "## 4. A clinic's rules (clinic/aftercare.example.yml)\n"
    now = TREATED + 20 * HOUR
    for name, asked, moment in (
        ("stricter than the articles", TimingQuestion(products=("makeup",)), now),
        ("its own subject", TimingQuestion(activities=("exercise",)), now),
        ("an end where the articles give none", TimingQuestion(products=("retinoids",)), now),
        ("laxer than the articles", TimingQuestion(topic="session_interval"), now),
        ("over", TimingQuestion(products=("makeup",)), TREATED + 4 * DAY),
    ):
        yield f"**{name}**\n\n{_said(answer_timing(asked, person(moment), (), book))}"
    again = answer_timing(TimingQuestion(topic="session_interval"), person(TREATED + 22 * DAY), (), book)
    yield f"**laxer, after 3 weeks**: {again['text'].partition(' Your')[0]} …\n"


def _symptoms(book: AftercareGuide) -> Iterator[str]:
    yield "## 5. Is this normal?\n"
    for name, symptoms, hours in (
        ("expected now", ("redness",), 5), ("over", ("redness",), 90), ("expected later", ("marks",), 20),
        ("in its days", ("marks",), 80),
        ("no days given", ("peeling",), 80), ("not mentioned", ("itching",), 20), ("near", ("tightness",), 20),
        ("one of two mentioned", ("swelling", "tightness"), 20), ("seen before the session", ("redness",), -40),
    ):  # fmt: skip
        asked = TimingQuestion(topic="symptom_report", symptoms=symptoms, is_noticed=True)
        message = answer_by_date(asked, person(TREATED + hours * HOUR), (), book)
        assert message is not None
        first = message["text"].split("\n\n")[0]
        yield f"- {name} ({', '.join(symptoms)}, {_ago(TREATED + hours * HOUR)}): {first}"
    clinic_help = book.content.placeholders["clinic_help"]
    yield f"\nAfter each: {book.wording.worse.format(clinic_help=clinic_help)}\n"


def _dates(book: AftercareGuide) -> Iterator[str]:
    yield "## 6. How long will it be? Is it too close?\n"
    booked, day_1, day_9 = (person(TREATED + days * DAY) for days in (-4, 1, 9))
    for name, topic, who in (
        ("redness, booked", "redness", booked), ("downtime, booked", "downtime", booked),
        ("downtime, day 1", "downtime", day_1), ("downtime, day 9", "downtime", day_9),
    ):  # fmt: skip
        yield f"**{name}**\n\n{_said(answer_by_date(TimingQuestion(topic=topic), who, (), book), detailed=False)}"
    for days in (2, 7):
        message = answer_event(TREATED, TREATED + days * DAY, booked, book)
        yield f"**an event {days} days after the session**\n\n{_said(message, detailed=days == 2)}"
    yield f"**shaving, asked after the session**\n\n{_said(prepare_next_time('prep_shaving', day_1, book))}"


_AS_BEFORE = re.compile(r"> \*\*(?:Do|Can be normal)\*\*\n(?:> - .*\n)+")


def _timelines(book: AftercareGuide, clinics: AftercareGuide) -> Iterator[str]:
    yield "## 7. Timelines, and the person's day\n"
    for days, hours in ((-4, 0), (1, -1), (20, 0)):
        now = TREATED + days * DAY + hours * HOUR
        said = _said(tell_timeline(person(now), book), detailed=days in {-4, 20})
        yield f"**{say_day(person(now), book.wording)}**\n\n{said}"
    own = _said(tell_timeline(person(TREATED + 2 * HOUR), clinics), detailed=False)
    yield f"**with a clinic's rules** (what differs)\n\n{re.sub(_AS_BEFORE, '', own)}"
    yield from (f"- {line}" for line in _days(book))


def _days(book: AftercareGuide) -> Sequence[Any]:
    people = [person(TREATED + days * DAY) for days in (-4, -1, 0, 2)]
    people += [
        person(TREATED - HOUR),
        person(TREATED + DAY, precision="day"),
        replace(people[-1], zone_known=False),
    ]
    return [say_day(each, book.wording) for each in people]


if __name__ == "__main__":
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(page(), encoding="utf-8")
    print(PATH)
