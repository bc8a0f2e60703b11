"""Worked examples of measures: run as tests, printed as reference pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import Number, read, record_keys
from schoolward.platform.measures.registry import Example, Measure


class BadExample(ValueError):
    """An example that cannot be read: the message names the line."""


@dataclass(frozen=True)
class Outcome:
    """What a measure gave on its example: the value, and the labels of the records behind it."""

    value: Number | None
    records: tuple[str, ...]


def parse(table: str) -> list[dict[str, str]]:
    """Read an ASCII table: a header line, then one row a line, columns parted by ``|``.

    Lines of dashes are skipped; ``|`` at both ends of a line are allowed. An empty cell is ``""``.
    """
    lines = [line.strip() for line in table.strip().splitlines()]
    lines = [line for line in lines if line and not set(line) <= set("-|+: ")]
    if not lines:
        raise BadExample("the example has no header")
    cells = [[cell.strip() for cell in _inside(line).split("|")] for line in lines]
    header = cells[0]
    for number, row in enumerate(cells[1:], start=2):
        if len(row) != len(header):
            raise BadExample(
                f"line {number} has {len(row)} cells, the header has {len(header)}: {lines[number - 1]}"
            )
    return [dict(zip(header, row, strict=True)) for row in cells[1:]]


def _inside(line: str) -> str:
    return line[1:-1] if line.startswith("|") and line.endswith("|") and len(line) > 1 else line


def run(measure: Measure, example: Example) -> Outcome:
    """Make the example's records, read the measure, and name the records by the rows they came from."""
    made = example.build(parse(example.rows))
    label_of: dict[str, str] = {}
    for label, record in made.items():
        label_of.setdefault(f"{record._meta.label}:{record.pk}", label)
    period = Period(*example.period)
    reading = read(measure.key, period, Scope())
    keys: list[Any] = record_keys(measure.key, period, Scope())
    return Outcome(reading.value, tuple(label_of.get(key, key) for key in keys))
