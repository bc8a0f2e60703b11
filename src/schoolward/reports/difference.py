"""What changed since the last edition: numbers by what they ask, texts by their words."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from schoolward.platform.measures.display import SHARES, display
from schoolward.reports import registry
from schoolward.reports.models import CellReading, Edition
from schoolward.reports.queries import Contents, contents

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class NumberChange:
    """One number in both editions, or in one of them only."""

    title: str
    token: str
    before: CellReading | None
    after: CellReading | None

    @property
    def change(self) -> str:
        """The difference in the number's own unit, with its sign; empty where it cannot be said."""
        if not self.before or not self.after:
            return ""
        then, now = _printed(self.before), _printed(self.after)
        if then is None or now is None:
            return ""
        step, is_share = now - then, self.after.unit in SHARES and "show=" not in self.token
        sign = "+" if step > 0 else ""
        unit = self.after.unit if self.after.unit not in SHARES else ""
        return f"{sign}{display(step, unit)}{' points' if is_share else ''}"


def _printed(cell: CellReading) -> float | None:
    """The quantity that the cell prints: its value, or the part that its token asks for."""
    for part in ("numerator", "denominator"):
        if f"show={part}" in cell.token:
            return float(getattr(cell, part)) if getattr(cell, part) is not None else None
    if "show=records" in cell.token:
        return float(cell.record_count)
    return None if "show=parts" in cell.token or "show=interval" in cell.token else cell.value


@dataclass(frozen=True)
class TextChange:
    """A section whose words changed: runs of (kept | removed | added, words)."""

    title: str
    runs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Difference:
    """All that changed between two editions."""

    before: Edition
    after: Edition
    numbers: tuple[NumberChange, ...]
    texts: tuple[TextChange, ...]


def difference(before: Edition, after: Edition) -> Difference:
    """Compare two editions of one report. Numbers pair by the token that asked for them."""
    old, new = contents(before), contents(after)
    titles = {section.key: section.title for section in registry.get(after.report).sections}
    return Difference(before, after, tuple(_numbers(old, new)), tuple(_texts(old, new, titles)))


def _numbers(old: Contents, new: Contents) -> list[NumberChange]:
    was = {cell.token: cell for cell in old.cells if not cell.in_chart}
    now = {cell.token: cell for cell in new.cells if not cell.in_chart}
    changes = []
    for token in [*now, *(token for token in was if token not in now)]:
        one, other = was.get(token), now.get(token)
        named = other or one
        if named is not None and (one is None or other is None or one.shown != other.shown):
            changes.append(NumberChange(named.title, token, one, other))
    return changes


def _texts(old: Contents, new: Contents, titles: dict[str, str]) -> list[TextChange]:
    changes = []
    for key, title in titles.items():
        runs = _compare(plain(old.sections.get(key, [])), plain(new.sections.get(key, [])))
        if any(kind != "kept" for kind, _words in runs):
            changes.append(TextChange(title, tuple(runs)))
    return changes


def plain(blocks: list[dict[str, object]]) -> str:
    """The words of a section's paragraphs and bullets, numbers in place."""
    lines: list[str] = []
    for block in blocks:
        if block["kind"] in ("paragraph", "note"):
            lines.append(_words(block["runs"]))
        elif block["kind"] == "bullets":
            lines += [f"- {_words(item)}" for item in block["items"]]  # type: ignore[attr-defined]
        elif block["kind"] == "heading":
            lines.append(str(block["text"]))
    return "\n".join(lines)


def _words(runs: object) -> str:
    assert isinstance(runs, list)  # noqa: S101 - blocks are made by the composer
    return "".join(str(run.get("text", run.get("strong", ""))) for run in runs)


def _compare(before: str, after: str) -> list[tuple[str, str]]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[tuple[str, str]] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(("kept", "".join(old[i:j])))
            continue
        if j > i:
            runs.append(("removed", "".join(old[i:j])))
        if m > k:
            runs.append(("added", "".join(new[k:m])))
    return runs
