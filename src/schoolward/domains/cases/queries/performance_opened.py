"""A figure of the performance table opened: the very records that it was counted from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from schoolward.domains.cases.queries.performance import Line, performance
from schoolward.domains.cases.queries.performance_counting import half_and_programs
from schoolward.domains.cases.queries.performance_rows import BEHIND, TOGETHER, Adds
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.measures.registry import Part


@dataclass(frozen=True)
class OpenedLine:
    """A figure of a half-year with the records of one of its parts.

    ``behind`` is ``None`` where it opens nothing: it is hidden, or not collected. ``records`` is how many
    there were on the day that it was ``given``; ``behind`` are those of today, not narrowed to a viewer.
    ``adds`` says what a record adds, in ``unit``, where the figure is a sum or a mean.
    """

    line: Line
    first: date
    last: date
    given: date
    part: Part
    parts: tuple[Part, ...]
    behind: QuerySet[Any] | None = None
    records: int = 0
    adds: Adds | None = None
    unit: str = ""


def open_line(
    viewer: Viewer, day: date, as_of: date, *, program: str, code: str, part: Part = Part.NUMERATOR
) -> OpenedLine | None:
    """The records behind one figure of the half-year that a day lies in; ``None`` where there is none such.

    It opens with the query that it was counted by, asked today; how many records that finds is told to
    nobody, for it would say what was entered or sealed since. Raises ``AccessDenied`` and
    ``NoTableYetError``.
    """
    found = performance(viewer, day, as_of)
    line = next((one for one in found.lines if (one.program, one.code) == (program, code)), None)
    behind = BEHIND.get(code)
    if line is None or behind is None:
        return None
    sources = {Part.NUMERATOR: (behind.rows, behind.adds)}
    if behind.against is not None:
        sources[Part.DENOMINATOR] = (behind.against, behind.against_adds)
    if part not in sources:
        return None
    opened = OpenedLine(line, found.first, found.last, found.given, part, tuple(sources), unit=behind.unit)
    if not line.opens:
        return opened
    half, named = half_and_programs(found.first, found.last, as_of)
    if program != TOGETHER:
        half = replace(half, programs=[pk for pk, (key, _title) in named.items() if key == program])
    rows, adds = sources[part]
    number = line.records[-1] if part == Part.DENOMINATOR else line.records[0]
    with within(half.system):
        return replace(opened, behind=rows(half), records=number, adds=adds)
