"""Grammar of computed answers: an opening for the verdict, the reason with its source, the exception, and the day.

Every sentence is in ``data/en/aftercare_wording.yml`` or in a rule; tests/core/aftercare/golden lists what they make.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from assistant.core.aftercare.guide import AftercareGuide, AftercareWording, Put
from assistant.core.aftercare.person import Person, say_moment, say_until, treatment_of
from assistant.core.aftercare.rulebook import ARTICLE_SUFFIX
from assistant.core.aftercare.rules import Rule
from assistant.core.aftercare.timing_question import TimingQuestion
from assistant.core.aftercare.verdicts import VerdictResult
from assistant.core.content.citations import SAFETY, cited_facts, cited_ids
from assistant.core.content.clinic_answers import cited
from assistant.core.dialogue.evidence import evidence_of
from assistant.core.protocol import instruction

Form = Literal[
    "may", "later", "must", "stop", "stop_medicine", "wait", "tell", "interval", "when", "how_long", "done",
    "done_before",
]  # fmt: skip
"""How it is asked: "may I", the same about the time after a session that is still to come, "should I", "should I stop",
the same of what a doctor may have prescribed, "do I have to wait" for the next session, the ways of `Put`, how often
sessions are, and what was done before one that is to come."""
_TOLD: frozenset[Form] = frozenset({"interval", "when", "how_long", "done", "done_before"})
"""Forms that have the openings of ``tell`` where they have none of their own."""
Case = Literal[
    "yes", "always", "optional", "yes_since", "yes_by_then", "yes_until", "not_yet", "not_yet_then_ask", "no", "ask",
    "ask_ahead", "prescriber", "not_covered",
]  # fmt: skip
"""Verdict, with what is known of its moment."""
FORMS: tuple[Form, ...] = get_args(Form)
CASES: tuple[Case, ...] = get_args(Case)
OVER = frozenset({"yes_since", "yes_by_then"})
"""Cases in which the rule has ended: its text would read as a ban and goes to the details."""
NEAREST = 1  # closest rules shown if no rule covers the subject


@dataclass(frozen=True)
class Sentences:
    """Answer to one subject, with citations by id."""

    opening: str
    reasons: Sequence[str] = ()
    details: Sequence[str] = ()

    @property
    def text(self) -> str:
        """Opening and reasons as one paragraph."""
        return " ".join(filter(None, (self.opening, *self.reasons)))


_FORM_OF_PUT: Mapping[Put, Form] = {"harm": "tell", "how_long": "how_long", "when": "when", "tell": "tell"}


def form_of(asked: TimingQuestion, reason: Rule | None, *, is_to_come: bool = False) -> Form:
    """Return how the question is put; about leaving something out only if a rule answers it.

    Args:
        asked: the question.
        reason: the rule that answers it.
        is_to_come: True if the session is still to come.
    """
    if asked.put == "done":
        return "done_before" if is_to_come else "done"
    is_stop = asked.stops and reason is not None
    if asked.put is not None and not (is_stop and reason is not None and reason.caution):
        form = _FORM_OF_PUT["how_long" if is_stop and asked.put == "when" else asked.put]
        return "interval" if form == "tell" and reason is not None and reason.kind == "next" else form
    if asked.stops and reason is not None:
        if reason.kind == "next":
            return "wait"
        return "stop_medicine" if reason.caution and reason.kind == "avoid" else "stop"
    return "must" if asked.must else "may"


def case_of(given: VerdictResult, now: datetime) -> Case:
    """Return the case of a verdict."""
    if given.prescriber:
        return "prescriber"
    if given.verdict == "ask_professional":
        return "ask_ahead" if _is_ahead(given, now) else "ask"
    if given.verdict == "not_yet":
        return "not_yet" if given.ok_from else "not_yet_then_ask" if given.ends_at else "no"
    if given.verdict == "ok":
        return _case_of_ok(given, now)
    return "no" if given.verdict == "avoid" else "not_covered"


def is_duty(reason: Rule | None) -> bool:
    """Return whether the rule is about something that has to be done."""
    return reason is not None and reason.kind == "do" and reason.strictness != "may"


def _is_ahead(given: VerdictResult, now: datetime) -> bool:
    """Return whether the time in which it is to be left out begins later, before a session."""
    is_of_before = given.reason is not None and (given.reason.kind, given.reason.direction) == (
        "avoid",
        "before",
    )
    return is_of_before and given.starts_at is not None and given.starts_at > now


def _case_of_ok(given: VerdictResult, now: datetime) -> Case:
    reason = given.reason
    if reason is not None and reason.kind == "do":
        return "optional" if not is_duty(reason) else "yes" if reason.end else "always"
    if given.ok_until is not None and given.ok_until > now:
        return "yes_until"
    if given.ok_from is not None:
        return "yes_since" if given.ok_from <= now else "yes_by_then"
    return "yes"


def opening(form: Form, case: Case, moments: Mapping[str, str], words: AftercareWording) -> str:
    """Return the first sentence; a form without one of its own for the case has that of a wider form."""
    wider: tuple[Form, ...] = ("tell", "may") if form in _TOLD else ("may",)
    said = next(words.openings[each][case] for each in (form, *wider) if case in words.openings[each])
    return said.format(**moments)


def say_verdict(
    asked: TimingQuestion, given: VerdictResult, person: Person, book: AftercareGuide
) -> Sentences:
    """Return what is said of one subject."""
    is_to_come = person.treatment.is_known and not person.is_treated
    form, case = form_of(asked, given.reason, is_to_come=is_to_come), case_of(given, person.now)
    waits = form == "when" and case in {"not_yet", "not_yet_then_ask"}
    if (form == "may" or waits) and given.reason is not None and _is_about_later(given.reason, person):
        form = "later"
    first = opening(form, case, _moments(given, case, person, book), book.wording)
    first = f"{_of_told(asked, given, book.wording)} {first}".strip()
    if given.reason is None:
        return Sentences(
            first, [book.wording.nearest.format(detail=_cautioned(rule)) for rule in given.nearest[:NEAREST]]
        )
    if case in OVER:
        left_open = [given.reason.once_over] if given.reason.once_over else []
        return Sentences(first, left_open, _reasons(given, given.reason, book))
    reasons = _reasons(given, given.reason, book, is_cautioned=_is_cautioned(form, case, book.wording))
    about = [book.wording.of_after] if _is_about_later(given.reason, person) else []
    about = [] if form == "later" and case in book.wording.openings["later"] else about
    return Sentences(first, [*about, *_without_opening(first, reasons)])


def _without_opening(first: str, reasons: Sequence[str]) -> list[str]:
    """Return the reasons without the sentence that the answer begins with."""
    said = first.replace("**", "")
    return [left for text in reasons if (left := text.removeprefix(said).strip() if said else text)]


def _of_told(asked: TimingQuestion, given: VerdictResult, words: AftercareWording) -> str:
    """Return what stands before the opening, to somebody whom a clinic or a doctor told something about it."""
    if asked.told is None or given.reason is None:
        return ""
    if asked.told == "ban":
        return words.told_ban
    return "" if given.verdict == "ok" else words.told_leave


def _cautioned(rule: Rule) -> str:
    """Return the rule's text with its caution, if it has one."""
    return " ".join(text for text in (rule.detail, rule.caution) if text)


def _is_cautioned(form: Form, case: Case, words: AftercareWording) -> bool:
    """Return whether the opening leaves it to a doctor already."""
    return case == "prescriber" or (form == "stop_medicine" and case in words.openings["stop_medicine"])


def _is_about_later(reason: Rule, person: Person) -> bool:
    """Return whether a rule for the time after a session answers somebody whose session is still to come."""
    return reason.direction == "after" and person.treatment.is_known and not person.is_treated


def _moments(given: VerdictResult, case: Case, person: Person, book: AftercareGuide) -> dict[str, str]:
    moments = {"yes_until": given.ok_until, "ask_ahead": given.starts_at}
    moment = moments.get(case) or given.ok_from or given.ends_at
    cited = citation(given.reason) if given.reason else ""
    if moment is None:
        return {"moment": "", "until": "", "cited": cited}
    words = book.wording
    return {
        "moment": say_moment(moment, person, words),
        "until": say_until(moment, person, words),
        "cited": cited,
    }


def _reasons(
    given: VerdictResult, reason: Rule, book: AftercareGuide, *, is_cautioned: bool = False
) -> list[str]:
    said = [None if is_cautioned else reason.caution, *say_rule(reason, given.beside, book), reason.ask]
    return [sentence for sentence in said if sentence]


def say_rule(reason: Rule, beside: Sequence[Rule], book: AftercareGuide) -> list[str]:
    """Return the rule's text; for a clinic's rule and the stricter one of the articles that it replaces, both."""
    name = reason.id.removesuffix(ARTICLE_SUFFIX)
    both = {rule.id: rule for rule in (reason, *beside)}
    clinics, articles = both.get(name, reason), both.get(f"{name}{ARTICLE_SUFFIX}")
    if clinics.section is None:
        return [reason.detail]
    said = [book.content.clinic.says.format(detail=cited(clinics.detail, instruction(clinics.id)))]
    return said + ([book.wording.articles_say.format(detail=articles.detail)] if articles else [])


def citation(rule: Rule) -> str:
    """Return the sources of a rule as they stand in a text; empty for common sense."""
    return citations([rule])


def citations(rules: Iterable[Rule]) -> str:
    """Return the sources of several rules as they stand in a text."""
    names = dict.fromkeys(name for rule in rules for name in _cited(rule))
    return f" [{', '.join(names)}]" if names else ""


def _cited(rule: Rule) -> Sequence[str]:
    return (instruction(rule.id),) if rule.section is not None else cited_facts(rule.detail)


def say_titles(titles: Iterable[str]) -> str:
    """Return titles as one, such as "Redness; perhaps mild swelling"."""
    first, *others = titles
    return "; ".join([first, *map(lowered, others)])


def lowered(title: str) -> str:
    """Return the title as it stands within a sentence; abbreviations keep their capitals."""
    return title if title[:2].isalpha() and title[:2].isupper() else title[:1].lower() + title[1:]


Message = dict[str, Any]
"""Message of the protocol: ``text`` and ``metadata``, optionally ``custom`` and ``buttons``."""


@dataclass(frozen=True)
class Draft:
    """Paragraphs of an answer, with citations by id."""

    paragraphs: Sequence[str]
    rules: Sequence[Rule]
    """Basis of the answer."""
    details: Sequence[str] = ()
    """Paragraphs of what is known beyond the text."""


def complete(draft: Draft, metadata: Mapping[str, Any], person: Person, book: AftercareGuide) -> Message:
    """Return the message of the protocol, with the person's day as the last line of its text."""
    treatment = treatment_of(person, book.wording)
    label = [str(treatment["label"])] if treatment else [book.wording.either_way]
    text = "\n\n".join((*draft.paragraphs, *label))
    evidence = evidence_of(
        text,
        book.content,
        details="\n\n".join(draft.details) or None,
        outcome=str(metadata["outcome"]),
        basis="safety" if _is_common_sense(text) else None,
    )
    about: dict[str, Any] = {"treatment": treatment} if treatment else {}
    if any(rule.id.endswith(ARTICLE_SUFFIX) for rule in draft.rules):
        about["disagreement"] = True  # the clinic's rule is laxer than the articles', and the text says both
    return {"text": evidence.text, "metadata": {**metadata, **evidence.as_metadata(), **about}}


def _is_common_sense(text: str) -> bool:
    """Return whether the text rests on nothing but common sense about safety."""
    return f"[{SAFETY}]" in text and not cited_ids(text)
