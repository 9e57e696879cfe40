"""Conversion of a message to a timing question, and selection of the date-dependent answer to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.core.aftercare.date_question import ask_doubt
from assistant.core.aftercare.forecast import answer_results, forecast
from assistant.core.aftercare.grammar import Message
from assistant.core.aftercare.guide import AftercareGuide, AftercareWording
from assistant.core.aftercare.person import Person, paragraphs, readings
from assistant.core.aftercare.symptom_answer import answer_symptom, answer_symptom_either_way
from assistant.core.aftercare.timeline import person_steps
from assistant.core.aftercare.timeline_answer import plan_preparation
from assistant.core.aftercare.timing_answer import answer_either_way, answer_timing, strictest_reading
from assistant.core.aftercare.timing_question import (
    TimingQuestion,
    duties,
    names_something,
    put_as,
    says_prescribed,
    side_named,
    told_by,
    topic_for_phase,
)
from assistant.core.content.cue_words import says_one_of
from assistant.core.protocol import (
    AFTER_TOUCHING,
    DOWNTIME,
    PAIN,
    PATCH_TEST,
    PREP_MEDICATION,
    PREP_SKINCARE,
    PREPARATION,
    RESULTS_DURATION,
    SESSION_INTERVAL,
    SYMPTOM_REPORT,
)

HARSH = "harsh_products"
"""Id of data/en/lexicon for everything harsh."""
PAINKILLERS = "painkillers"
"""Id of data/en/lexicon for a painkiller that is not named."""


def asked_about(
    text: str,
    topic: str,
    person: Person,
    book: AftercareGuide,
    *,
    products: tuple[str, ...] = (),
    activities: tuple[str, ...] = (),
    symptoms: tuple[str, ...] = (),
    told: Collection[str] = (),
) -> TimingQuestion:
    """Return the timing question of a text, given its topic and the products, activities and symptoms it names.

    ``told`` are the person's own conditions from earlier in the conversation.
    """
    words, topics = book.wording, book.aftercare.topics
    is_treated = all(reading.is_treated for reading in readings(person))
    asked = TimingQuestion(
        topic=topic_for_phase(topic, text, topics, is_treated=is_treated),
        products=_called_harsh(products, text, book),
        activities=activities,
        side=side_named(text, is_treated=is_treated),
        must=says_one_of(text, words.asks_must),
        stops=says_one_of(text, (*words.asks_stop, *words.asks_without)),
        without=says_one_of(text, words.asks_without),
        may=says_one_of(text, words.asks_may),
        put=put_as(text, words),
        symptoms=symptoms,
        is_noticed=_is_noticed(text, topic, words),
        is_ahead=says_one_of(text, words.future),
        hurts=says_one_of(text, words.hurts),
        is_next_session=says_one_of(text, words.another_session) and not says_one_of(text, words.how_often),
    )
    asked = _narrowed(asked, text, book)
    is_theirs = says_prescribed(text, asked, words.own_medicine, book.aftercare)
    if asked.stops and not is_treated and _is_ruled_before(asked, book):
        asked = replace(asked, side=asked.side or "before")
    was_told = asked.topic in topics.medicines and not (products or words.own_medicine.told.isdisjoint(told))
    said = None if is_theirs or was_told else told_by(text, words)
    return replace(asked, prescribed=is_theirs or was_told, told=said)


def _narrowed(asked: TimingQuestion, text: str, book: AftercareGuide) -> TimingQuestion:
    """Return a question that only one rule of its topic answers with that rule: "can the clinic put ice on"."""
    topics = {rule.id: rule.topics for rule in book.aftercare.rules}
    for rule, cues in book.wording.narrower.items():
        if asked.topic in topics.get(rule, ()) and says_one_of(text, cues):
            return replace(asked, rule=rule, products=(), activities=())
    return asked


def _is_ruled_before(asked: TimingQuestion, book: AftercareGuide) -> bool:
    """Return whether a rule about the time before a session names an activity of the question."""
    rules = [rule for rule in book.aftercare.rules if rule.direction == "before"]
    return any(not set(asked.activities).isdisjoint(rule.activities) for rule in rules)


def _called_harsh(products: tuple[str, ...], text: str, book: AftercareGuide) -> tuple[str, ...]:
    """Return the products, with "harsh products" for what the text calls so and no rule names: "harsh toner"."""
    if not says_one_of(text, book.wording.calls_harsh):
        return products
    rules = [rule for rule in book.aftercare.rules if HARSH in rule.products]
    near = {product for rule in rules for product in rule.nearest_to.products}
    return tuple(dict.fromkeys(HARSH if product in near else product for product in products))


def continued(
    asked: TimingQuestion, text: str, before: Sequence[TimingQuestion], book: AftercareGuide
) -> TimingQuestion:
    """Return the question with the activity that an earlier one named: the sun, in "and what if i use spf 50".

    ``before`` are the questions of the previous messages, the newest first.
    """
    is_condition = says_one_of(text, book.wording.on_condition) and not asked.activities
    if not (is_condition and duties(replace(asked, must=True), book.aftercare)):
        return asked
    done = next((each.activities for each in before if each.activities), ())
    return replace(asked, activities=done, must=asked.must and not done, apart=())


def _is_noticed(text: str, topic: str, words: AftercareWording) -> bool:
    """Return whether the text reports something present: by its topic, or in words that only fit the present."""
    is_report = topic == SYMPTOM_REPORT or says_one_of(text, words.noticed)
    return is_report and not says_one_of(text, words.ahead)


_OF_NAMED = frozenset({PREP_MEDICATION, PREP_SKINCARE})
"""Topics whose rules count only for the products that they name, and for what is to be left out."""


def answer_by_date(
    asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide
) -> Message | None:
    """Return the answer for this person; ``None`` if the general answer to the topic is complete."""
    asked = _about_its_subject(asked, book)
    if asked.topic is not None and asked.topic in book.aftercare.topics.reactions:
        return _of_skin(asked, _noticed(asked, asked.topic, book), asked.topic, person, book)
    if asked.topic == RESULTS_DURATION:
        return _of_results(asked, person, when, book)
    if names_something(asked, book.aftercare):
        return _may_i(asked, person, when, book)
    return _of_topic(asked, person, when, book)


def _of_results(
    asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide
) -> Message | None:
    if asked.is_next_session:
        return _may_i(TimingQuestion(topic=RESULTS_DURATION), person, when, book)
    return answer_results(person, when, book)


def _of_topic(
    asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide
) -> Message | None:
    if asked.topic == PREPARATION:
        is_to_come = person.treatment.is_known and not person.is_treated
        return plan_preparation(person, book) if is_to_come else None
    if asked.topic == AFTER_TOUCHING and asked.stops:
        return None  # "should i stop" names no touching, and must not be told to leave out anything else
    if asked.topic in _OF_NAMED and not asked.stops:
        return None  # an unnamed one must not get the verdict of those that an article names
    return None if _is_of_next_time(asked, person, book) else _may_i(asked, person, when, book)


def _about_its_subject(asked: TimingQuestion, book: AftercareGuide) -> TimingQuestion:
    """Return the question without what it only mentions, and without its topic if that is only mentioned."""
    if asked.topic == PATCH_TEST:
        # what is to be tested; "can I try it" is answered by how, for nothing says that it may be used
        return replace(asked, products=(), apart=(), put=asked.put or (None if asked.must else "tell"))
    if asked.topic == SESSION_INTERVAL:
        return _of_another(asked, book)
    return replace(asked, topic=None) if _is_about_a_thing(asked, book) else asked


def _of_another(asked: TimingQuestion, book: AftercareGuide) -> TimingQuestion:
    """Return the question about the next session without what other rules name: "can they squeeze me in"."""
    ruled = {activity for rule in book.aftercare.rules for activity in rule.activities}
    return replace(asked, activities=tuple(each for each in asked.activities if each not in ruled), apart=())


def _is_about_a_thing(asked: TimingQuestion, book: AftercareGuide) -> bool:
    """Return whether permission for something that a rule names is asked, under a topic about the skin's reactions."""
    if asked.topic not in book.aftercare.topics.reactions or not asked.may:
        return False
    named = {*asked.products, *asked.activities} - book.aftercare.occasions
    return any(not named.isdisjoint((*rule.products, *rule.activities)) for rule in book.aftercare.rules)


def _noticed(asked: TimingQuestion, topic: str, book: AftercareGuide) -> Sequence[str]:
    """Return the named symptoms or the usual ones; for downtime, those without a rule ("look normal") are ignored."""
    named = [each for each in asked.symptoms if each in _named_symptoms(book) or topic != DOWNTIME]
    return named or book.aftercare.topics.reactions[topic]


def _may_i(
    asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide
) -> Message | None:
    if person.treatment.is_known:
        answer: Message | None = answer_timing(asked, person, when, book)
    else:
        answer = answer_either_way(asked, person, when, book) or _with_most_care(asked, person, when, book)
    unnamed = [each for each in asked.symptoms if each not in _named_symptoms(book)]
    is_fine = answer is not None and answer["metadata"].get("verdict") == "ok"
    if is_fine and unnamed and person.is_treated and _is_for_pain(asked, book):
        # "panadol for a headache": the sources only speak of soreness
        return _may_i(replace(asked, products=(PAINKILLERS,), symptoms=(), apart=()), person, when, book)
    if is_fine and unnamed and person.is_treated:
        # "it burns under the moisturiser": a product may be fine, what is felt is not for us to call so
        return answer_symptom(unnamed, SYMPTOM_REPORT, person, book)
    return answer


def _is_for_pain(asked: TimingQuestion, book: AftercareGuide) -> bool:
    """Return whether only medicines are asked about, so that what hurts is the reason to take one."""
    return (
        bool(asked.products) and not asked.activities and book.aftercare.medicines.issuperset(asked.products)
    )


def _with_most_care(
    asked: TimingQuestion, person: Person, when: Sequence[datetime], book: AftercareGuide
) -> Message | None:
    """Return the answer for the strictest date that the person may mean, and the question which one it is."""
    reading = strictest_reading(asked, person, when, book)
    if reading is None:
        return None
    answer, question = answer_timing(asked, reading, when, book), ask_doubt(person, book)
    text = paragraphs([answer["text"]], [book.wording.most_care, question["text"]])
    return {**question, "text": text, "metadata": answer["metadata"]}


def _named_symptoms(book: AftercareGuide) -> set[str]:
    return {symptom for rule in book.aftercare.rules for symptom in rule.symptoms}


def _is_of_next_time(asked: TimingQuestion, person: Person, book: AftercareGuide) -> bool:
    """Return whether the question is about preparing after the treatment: the date of the next one is unknown."""
    directions = {rule.direction for rule in book.aftercare.rules if asked.topic in rule.topics}
    return person.is_treated and directions == {"before"}


def _is_to_come(asked: TimingQuestion, symptoms: Sequence[str], person: Person, book: AftercareGuide) -> bool:
    """Return whether the question is what will be, and everything that it names is still to come."""
    if not asked.is_ahead or asked.is_noticed or asked.hurts:
        return False
    lines = person_steps(person, book)
    states = [{line.state for line in lines if symptom in line.rule.symptoms} for symptom in symptoms]
    return all(each == {"upcoming"} for each in states)


def _of_skin(
    asked: TimingQuestion, symptoms: Sequence[str], topic: str, person: Person, book: AftercareGuide
) -> Message | None:
    if topic == PAIN and not (person.is_treated and (asked.symptoms or asked.hurts)):
        return None
    topic = _felt(asked, topic, book)
    if not person.treatment.is_known:
        return answer_symptom_either_way(symptoms, topic, person, book) if symptoms else None
    if (
        symptoms
        and (person.is_treated or asked.is_noticed)
        and not _is_to_come(asked, symptoms, person, book)
    ):
        return answer_symptom(symptoms, topic, person, book)
    if asked.is_noticed or not (symptoms or topic == DOWNTIME):
        return None
    return forecast(symptoms, topic, person, book)


def _felt(asked: TimingQuestion, topic: str, book: AftercareGuide) -> str:
    """Return the topic; `symptom_report` for pain if the message names none: "is it meant to feel this tight"."""
    is_pain = asked.hurts or not set(book.aftercare.topics.reactions[PAIN]).isdisjoint(asked.symptoms)
    return topic if topic != PAIN or is_pain else SYMPTOM_REPORT
