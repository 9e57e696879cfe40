"""On recorded conversations, the index over plain rules predicts what RulePolicy predicts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.server.rasa.rule_index import RuleIndex
from assistant.server.storage.tracker_store import ConversationStore
from tests.conversations.player import issues
from tests.conversations.scripts import load_scripts
from tests.rule_policies import trained_policy
from tests.servers import ROOT, RunningAssistant

PLAYED = 8
"""Scripts played here; the database also holds what earlier tests said to the same assistant."""


@pytest.fixture(scope="module")
def trackers(assistant: RunningAssistant) -> list[DialogueStateTracker]:
    for script in load_scripts()[:PLAYED]:
        issues(script, assistant)
    store = ConversationStore(Domain.empty(), db=str(assistant.state_dir / "conversations.db"))
    found = [asyncio.run(store.retrieve_full_tracker(each)) for each in store.conversations("")]
    store.engine.dispose()
    return [tracker for tracker in found if tracker is not None]


def beginnings(tracker: DialogueStateTracker) -> Iterator[list[Event]]:
    """The events before each prediction."""
    events = list(tracker.events)
    for number, event in enumerate(events):
        if isinstance(event, ActionExecuted) and event.policy is not None:
            yield events[:number]


def test_both_agree_before_each_action(trackers: list[DialogueStateTracker], tmp_path: Path) -> None:
    data = (ROOT / "data" / "rules", ROOT / "data" / "en" / "responses")
    policy, domain = trained_policy(tmp_path, ROOT / "domain.yml", *data)
    index = RuleIndex(policy)
    found = 0
    for recorded in trackers:
        for events in beginnings(recorded):
            tracker = DialogueStateTracker.from_events(recorded.sender_id, events, domain.slots)
            (of_index, key), (of_policy, own_key) = (
                index.predict(tracker, domain),
                policy._predict(tracker, domain),
            )
            assert (vars(of_index), key) == (vars(of_policy), own_key)
            found += index.find(tracker) is not None
    assert found > 20
