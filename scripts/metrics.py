"""Size and shape of the code base: ``python -m scripts.metrics`` (``make metrics``).

Prints the Markdown table of docs/architecture.md; with ``--check`` the exit code is 1 if that table is stale.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
PACKAGES = ("assistant", "actions", "scripts", "benchmarks")
BEGIN, END = "<!-- metrics -->", "<!-- /metrics -->"
NOT_GERUNDS = frozenset({"screening", "settings", "string", "timing", "training", "understanding", "wording"})
QUESTION_WORDS = ("What ", "Whether ", "Where ")


def main() -> int:
    """Print the table, or compare it with the page; the exit code is 0 if all is well."""
    table = "\n".join(_rows())
    if "--check" not in sys.argv[1:]:
        print(table)
        return 0
    if table in PAGE.read_text("utf-8"):
        return 0
    print(f"{PAGE.relative_to(ROOT)}: the table of figures is stale; run `make metrics`", file=sys.stderr)
    return 1


def _rows() -> Iterator[str]:
    """Rows of the table, its head first."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in _modules(PACKAGES)}
    documented = [docstring for tree in trees.values() for docstring in _docstrings(tree)]
    questions = sum(docstring.startswith(QUESTION_WORDS) for docstring in documented)
    gerunds = [path for path in trees if _is_gerund(path.stem)]
    size = {package: len(_modules([package])) for package in PACKAGES}
    largest = max(_folders(trees), key=lambda folder: _files(folder, trees))
    yield "| figure | value |"
    yield "| --- | --- |"
    yield f"| modules | {len(trees)} ({', '.join(f'{name} {count}' for name, count in size.items())}) |"
    yield f"| lines of `assistant/` | {sum(_lines(path) for path in _modules(['assistant'])):,} |"
    yield f"| modules named by a gerund | {len(gerunds)} |"
    yield f"| docstrings that begin with What, Whether or Where | {100 * questions / len(documented):.1f} % |"
    yield f"| files in the largest folder | {_files(largest, trees)} (`{largest.relative_to(ROOT)}`) |"
    for package, depth in _depths():
        yield f"| deepest import chain in `{package}` | {depth} |"


def _modules(packages: Iterable[str]) -> list[Path]:
    """Return all Python files of the packages except ``__init__`` files."""
    found = (path for package in packages for path in sorted((ROOT / package).rglob("*.py")))
    return [path for path in found if path.name != "__init__.py"]


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _is_gerund(name: str) -> bool:
    return name.endswith("ing") and name not in NOT_GERUNDS


def _docstrings(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            docstring = ast.get_docstring(node)
            if docstring:
                yield docstring


def _folders(paths: Iterable[Path]) -> set[Path]:
    return {path.parent for path in paths}


def _files(folder: Path, paths: Iterable[Path]) -> int:
    return sum(path.parent == folder for path in paths)


def _depths() -> Iterator[tuple[str, int]]:
    """Yield the longest chain of imports inside each package of ``assistant``, counted in modules."""
    graph = grimp.build_graph("assistant")
    for package in sorted(graph.find_children("assistant")):
        modules = {package} | graph.find_descendants(package)

        @cache
        def depth(module: str, modules: frozenset[str] = frozenset(modules)) -> int:
            inside = graph.find_modules_directly_imported_by(module) & modules - {module}
            return 1 + max(map(depth, inside), default=0)

        yield package, max(map(depth, modules))


if __name__ == "__main__":
    sys.exit(main())
