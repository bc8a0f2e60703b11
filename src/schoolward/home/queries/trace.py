"""A number opened: its reading, and its records page by page in the words that the viewer may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from schoolward.home.question import Question
from schoolward.platform.access.disclosing import read_whole
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.reading import Number, Opened, Reading, open_part
from schoolward.platform.measures.registry import Part
from schoolward.platform.ui.search import Hit, RecordKind, kind_of

PAGE = 50
READ_AHEAD = 2000


@dataclass(frozen=True)
class Line:
    """One record behind a number: its lasting key (``incidents.Incident:42``), its words, and of a sum what
    it adds to it, in the measure's unit."""

    key: str
    hit: Hit
    amount: Number | None = None


@dataclass(frozen=True)
class OpenedNumber:
    """A reading and one page of the records of one of its parts.

    ``seen`` of the ``records`` are the viewer's to open; ``is_sum`` where what they add is summed.
    ``before`` and ``after`` are the primary keys that the previous and the next page start from, ``None`` at
    an end.
    """

    reading: Reading
    part: Part
    kind: RecordKind
    records: int
    seen: int
    is_hidden: bool = False
    is_sum: bool = False
    lines: tuple[Line, ...] = ()
    before: int | None = None
    after: int | None = None

    @property
    def not_seen(self) -> int:
        """How many records count in the number but are not the viewer's to open."""
        return self.records - self.seen


def open_number(
    key: str,
    question: Question,
    viewer: Viewer,
    *,
    part: Part = Part.NUMERATOR,
    after: int | None = None,
    before: int | None = None,
) -> OpenedNumber:
    """The reading of a measure with the page of a part's records after (or before) a primary key.

    Pages go by key rather than by offset, so that the last page of a million records costs what the
    first does. A suppressed number opens no records: their count is what is withheld. Raises
    ``NoSuchPart``.
    """
    opened = open_part(key, question.period, question.scope, part)
    kind = kind_of(opened.behind.model)
    if opened.is_hidden:
        return OpenedNumber(opened.reading, part, kind, 0, 0, is_hidden=True)
    if opened.is_protected:
        return _open_protected(opened, part, kind, viewer, after, before)
    seen = visible(opened.behind, viewer)
    rows, has_before, has_after = _page(_related(seen, kind), after, before)
    return OpenedNumber(
        opened.reading,
        part,
        kind,
        opened.records,
        _count_seen(opened.behind, seen, opened.records),
        lines=tuple(_line(row, kind, viewer, opened) for row in rows),
        is_sum=opened.amount is not None,
        before=rows[0].pk if rows and has_before else None,
        after=rows[-1].pk if rows and has_after else None,
    )


def _open_protected(
    opened: Opened, part: Part, kind: RecordKind, viewer: Viewer, after: int | None, before: int | None
) -> OpenedNumber:
    """As :func:`open_number`, of records about persons: those that the viewer reads whole alone."""
    own = read_whole(_related(opened.behind, kind).order_by("pk"), viewer)
    chosen = [row for row in own if (after is None or row.pk > after) and (before is None or row.pk < before)]
    page = chosen[-PAGE:] if before is not None else chosen[:PAGE]
    return OpenedNumber(
        opened.reading,
        part,
        kind,
        opened.records,
        len(own),
        lines=tuple(Line(f"{kind.model}:{row.pk}", kind.describe(row, viewer)) for row in page),
        before=page[0].pk if page and page[0].pk != own[0].pk else None,
        after=page[-1].pk if page and page[-1].pk != own[-1].pk else None,
    )


def all_lines(
    key: str, question: Question, viewer: Viewer, *, part: Part = Part.NUMERATOR
) -> Iterator[tuple[str, Line | None]]:
    """Every record behind a part of a number as (key, line), in key order.

    The line is ``None`` for a record that is not the viewer's to see. Reads a stretch at a time: a
    million records take no more memory than a thousand.
    """
    opened = open_part(key, question.period, question.scope, part)
    if opened.is_hidden:
        return
    behind = opened.behind
    kind = kind_of(behind.model)
    if opened.is_protected:
        for own in read_whole(_related(behind, kind).order_by("pk"), viewer):
            yield f"{kind.model}:{own.pk}", Line(f"{kind.model}:{own.pk}", kind.describe(own, viewer))
        return
    seen = iter(_related(visible(behind, viewer), kind).order_by("pk").iterator(READ_AHEAD))
    row = next(seen, None)
    for pk in behind.order_by("pk").values_list("pk", flat=True).iterator(READ_AHEAD):
        if row is not None and row.pk == pk:
            line = _line(row, kind, viewer, opened)
            yield line.key, line
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


def _line(row: Model, kind: RecordKind, viewer: Viewer, opened: Opened) -> Line:
    return Line(f"{kind.model}:{row.pk}", kind.describe(row, viewer), opened.amount_of(row, viewer))
