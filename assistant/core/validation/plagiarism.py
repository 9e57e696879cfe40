"""Checks against plagiarism: no fact or answer contains eight consecutive words of an article.

Case, punctuation, white space and hyphens are ignored: "Micro-needling", "micro needling" and "microneedling" are
equal, because runs are compared by letters, from the start of a word to the end of a word. Eight words count in either
text. Titles and sections are names and may be the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from assistant.core.content.citations import without_citations
from assistant.core.content.issues import Issue
from assistant.core.validation.comparison import words
from assistant.core.validation.project_content import ProjectContent

RUN = 8  # words in a row


class Text:
    """A text as words, and as letters without separators."""

    def __init__(self, text: str) -> None:
        self.words = words(text)
        self._letters = "".join(self.words)
        ends = [0, *accumulate(map(len, self.words))]
        self._word_at = {offset: number for number, offset in enumerate(ends)}
        self.runs = [self._letters[ends[i] : ends[i + RUN]] for i in range(len(self.words) - RUN + 1)]
        """Letters of every eight consecutive words, by number of the first word."""

    def find(self, run: str) -> range | None:
        """Return the numbers of the words that form the run, if it starts and ends at word boundaries."""
        start = self._letters.find(run)
        while start >= 0:
            first, after = self._word_at.get(start), self._word_at.get(start + len(run))
            if first is not None and after is not None:
                return range(first, after)
            start = self._letters.find(run, start + 1)
        return None


def find_issues(project: ProjectContent, folder: Path) -> Iterator[Issue]:
    """Yield runs of eight words that a fact, a claim or an answer shares with an article in ``folder``."""
    articles: dict[str, Text] = {}
    for article in project.articles:
        path = folder / article.file
        if path.is_file():
            articles[article.id] = Text(path.read_text(encoding="utf-8"))
        else:
            yield Issue(
                project.path("data", "articles.yml"), f"article {article.id}: its file is missing", got=path
            )
    for path_, place, text in _written(project):
        for article_id, article_text in articles.items():
            for run in common_runs(article_text, Text(text)):
                expected = f"fewer than {RUN} words in a row"
                yield Issue(path_, f"{place}: copied from article {article_id}", got=run, expected=expected)


def common_runs(article: Text, ours: Text) -> list[str]:
    """Return the words of ``ours`` that were copied from the article, as the longest possible runs."""
    copied = {start + i for start, run in enumerate(ours.runs) if article.find(run) for i in range(RUN)}
    copied |= {number for run in article.runs for number in ours.find(run) or ()}
    runs: list[list[int]] = []
    for number in sorted(copied):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [" ".join(ours.words[number] for number in run) for run in runs]


def _written(project: ProjectContent) -> Iterator[tuple[str, str, str]]:
    """Yield path, place and text of everything that must be in our own words."""
    for fact in project.facts:
        yield str(fact.path), f"fact {fact.entry.id}", fact.entry.statement
    for number, claim in enumerate(project.left_out, start=1):
        yield project.path("data", "facts", "left_out.yml"), f"left_out {number}", claim.claim
    for answer in project.answers:
        for text in answer.texts:
            yield str(answer.path), answer.place, without_citations(text)
