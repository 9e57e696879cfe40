"""Runs axe-core on a page and formats its findings."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.servers import ROOT

_AXE = ROOT / "widget" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = """async () => {
  // what still fades in has less contrast for a moment
  const roots = [document, ...[...document.querySelectorAll('*')].flatMap(one => one.shadowRoot ?? [])];
  const passing = roots.flatMap(root => root.getAnimations())
    .filter(each => each.effect?.getComputedTiming().iterations !== Infinity);
  await Promise.all(passing.map(each => each.finished.catch(() => null)));
  const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
  return (await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })).violations;
}"""


def findings(page: Page) -> list[str]:
    """One line for each finding, empty when there is none."""
    if not _AXE.exists():
        pytest.skip("axe-core is not installed: run `npm ci` in widget/")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_AXE.read_text("utf-8"))
    return [_worded(finding) for finding in page.evaluate(_RUN)]


def _worded(finding: dict[str, Any]) -> str:
    nodes = [f"{node['target']}: {node['failureSummary']}" for node in finding["nodes"]]
    return f"{finding['id']} ({finding['impact']}): {finding['help']}\n  " + "\n  ".join(nodes)
