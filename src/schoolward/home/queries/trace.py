"""A number opened: its reading, and its records page by page in the words that the viewer may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from schoolward.home.question import Question
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.reading import Reading, read_with_records
from schoolward.platform.ui.search import Hit, RecordKind, kind_of

PAGE = 50
READ_AHEAD = 2000


@dataclass(frozen=True)
class Line:
    """One record behind a number: its lasting key (``incidents.Incident:42``) and its words."""

    key: str
    hit: Hit


@dataclass(frozen=True)
class OpenedNumber:
    """A reading and one page of its records.

    ``seen`` of the reading's ``records`` are the viewer's to open. ``before`` and ``after`` are the
    primary keys that the previous and the next page start from, ``None`` at an end.
    """

    reading: Reading
    kind: RecordKind
    seen: int
    lines: tuple[Line, ...] = ()
    before: int | None = None
    after: int | None = None

    @property
    def not_seen(self) -> int:
        """How many records count in the number but are not the viewer's to open."""
        return self.reading.records - self.seen


def open_number(
    key: str, question: Question, viewer: Viewer, *, after: int | None = None, before: int | None = None
) -> OpenedNumber:
    """The reading of a measure with the page of records after (or before) a primary key.

    Pages go by key rather than by offset, so that the last page of a million records costs what the
    first does. A suppressed number opens no records: their count is what is withheld.
    """
    reading, behind = read_with_records(key, question.period, question.scope)
    kind = kind_of(behind.model)
    if reading.suppressed or not reading.collected:
        return OpenedNumber(reading, kind, 0)
    seen = visible(behind, viewer)
    rows, has_before, has_after = _page(_related(seen, kind), after, before)
    return OpenedNumber(
        reading,
        kind,
        _count_seen(behind, seen, reading.records),
        tuple(_line(row, kind, viewer) for row in rows),
        rows[0].pk if rows and has_before else None,
        rows[-1].pk if rows and has_after else None,
    )


def all_lines(key: str, question: Question, viewer: Viewer) -> Iterator[tuple[str, Hit | None]]:
    """Every record behind a number as (key, words), in key order; ``None`` for one not the viewer's to see.

    Reads a stretch at a time: a million records take no more memory than a thousand.
    """
    reading, behind = read_with_records(key, question.period, question.scope)
    if reading.suppressed or not reading.collected:
        return
    kind = kind_of(behind.model)
    seen = iter(_related(visible(behind, viewer), kind).order_by("pk").iterator(READ_AHEAD))
    row = next(seen, None)
    for pk in behind.order_by("pk").values_list("pk", flat=True).iterator(READ_AHEAD):
        if row is not None and row.pk == pk:
            line = _line(row, kind, viewer)
            yield line.key, line.hit
            row = next(seen, None)
        else:
            yield f"{kind.model}:{pk}", None


def _related(queryset: QuerySet[Any], kind: RecordKind) -> QuerySet[Any]:
    return queryset.select_related(*kind.related) if kind.related else queryset


def _page(queryset: QuerySet[Any], after: int | None, before: int | None) -> tuple[list[Any], bool, bool]:
    """One page of rows, and whether there are rows before and after it."""
    if before is not None:
        rows = list(queryset.filter(pk__lt=before).order_by("-pk")[: PAGE + 1])
        return rows[:PAGE][::-1], len(rows) > PAGE, bool(rows)
    if after is not None:
        queryset = queryset.filter(pk__gt=after)
    rows = list(queryset.order_by("pk")[: PAGE + 1])
    return rows[:PAGE], after is not None, len(rows) > PAGE


def _count_seen(behind: QuerySet[Any], seen: QuerySet[Any], total: int) -> int:
    """How many the viewer may see; no second count where the policy takes no row away."""
    if seen.query.is_empty():
        return 0
    if seen.query.where == behind.query.where:
        return total
    return seen.count()


def _line(row: Model, kind: RecordKind, viewer: Viewer) -> Line:
    return Line(f"{kind.model}:{row.pk}", kind.describe(row, viewer))
