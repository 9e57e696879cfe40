"""All of understanding, in order."""

from __future__ import annotations

from collections.abc import Callable

from assistant.core.stages import stage
from assistant.nlu.state import Conversation, Resources, State
from assistant.nlu.steps.carry_subject import carry_subject
from assistant.nlu.steps.classify import classify
from assistant.nlu.steps.contextualize import contextualize
from assistant.nlu.steps.detect_alarms import detect_alarms
from assistant.nlu.steps.extract_treatment_date import extract_treatment_date
from assistant.nlu.steps.fall_back import fall_back, find_facts
from assistant.nlu.steps.filter_scope import filter_scope
from assistant.nlu.steps.read_screening_reply import read_screening_reply
from assistant.nlu.steps.segment import segment
from assistant.nlu.steps.select_questions import select_questions
from assistant.nlu.text.analysis import Analysis

Step = Callable[[State, Resources], State]

STEPS: tuple[Step, ...] = (
    segment,  # learned boundaries → segments, each with topics and alarm probability
    detect_alarms,  # signs (negated, hypothetical and resolved ones aside) and probability
    contextualize,  # what depends on the answer or the segment before is read with it
    fall_back,  # below the threshold: clarify
    filter_scope,  # other treatments for their own sake, other languages, commands, insults, prompt injection
    carry_subject,  # what names nothing is about the medicine, the skin or the alarm before
    find_facts,  # the facts nearest to what was not understood
    extract_treatment_date,
    read_screening_reply,
    select_questions,  # at most three, the alarm first
)


def interpret(analysis: Analysis, conversation: Conversation, resources: Resources) -> State:
    """Return a message as all steps understand it; each is timed as the stage ``nlu.<step>``."""
    with stage("nlu.classify"):
        state = classify(analysis, conversation, resources)
    for step in STEPS:
        with stage(f"nlu.{step.__name__}"):
            state = step(state, resources)
    return state
