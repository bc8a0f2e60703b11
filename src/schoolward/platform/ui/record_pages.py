"""The records behind a number, page by page, in the words that the viewer may read.

What was counted is told whole; which records they are, only as far as their own policy shows them. Records
about persons are listed for whoever reads one whole, and for nobody else (``platform/measures/walls``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from schoolward.platform.access.disclosing import read_whole
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.display import exported
from schoolward.platform.measures.reading import Number
from schoolward.platform.measures.walls import is_protected
from schoolward.platform.ui.search import Hit, RecordKind, kind_of

PAGE = 50
READ_AHEAD = 2000

Adds = Callable[[Any, Viewer], Number | None]
"""What a record adds to a sum; ``None`` where records are counted, or the viewer may not read it."""


@dataclass(frozen=True)
class RecordLine:
    """One record behind a number: its lasting key (``incidents.Incident:42``), its words, and of a sum what
    it adds to it."""

    key: str
    hit: Hit
    amount: Number | None = None


@dataclass(frozen=True)
class RecordPage:
    """One page of the records behind a number.

    ``seen`` of the ``records`` are the viewer's to open; ``is_sum`` where what they add is summed.
    ``before`` and ``after`` are the primary keys that the previous and the next page start from, ``None`` at
    an end.
    """

    records: int
    seen: int
    lines: tuple[RecordLine, ...] = ()
    is_sum: bool = False
    before: int | None = None
    after: int | None = None

    @property
    def not_seen(self) -> int:
        """How many records count in the number but are not the viewer's to open.

        Of a number that was kept from an earlier day there may be more to see today than it counted.
        """
        return max(0, self.records - self.seen)


def record_page(
    behind: QuerySet[Any],
    viewer: Viewer,
    *,
    records: int,
    adds: Adds | None = None,
    after: int | None = None,
    before: int | None = None,
) -> RecordPage:
    """The page of records after (or before) a primary key; ``records`` is how many there are in all.

    Pages go by key rather than by offset, so that the last page of a million records costs what the
    first does.
    """
    kind = kind_of(behind.model)
    if is_protected(behind.model):
        own = read_whole(_related(behind, kind).order_by("pk"), viewer)
        chosen = [
            row for row in own if (after is None or row.pk > after) and (before is None or row.pk < before)
        ]
        rows = chosen[-PAGE:] if before is not None else chosen[:PAGE]
        has_before = bool(rows) and rows[0].pk != own[0].pk
        has_after = bool(rows) and rows[-1].pk != own[-1].pk
        seen = len(own)
    else:
        shown = visible(behind, viewer)
        rows, has_before, has_after = _page(_related(shown, kind), after, before)
        seen = _count_seen(behind, shown, records)
    return RecordPage(
        records,
        seen,
        lines=tuple(_line(row, kind, viewer, adds) for row in rows),
        is_sum=adds is not None,
        before=rows[0].pk if rows and has_before else None,
        after=rows[-1].pk if rows and has_after else None,
    )


def all_records(
    behind: QuerySet[Any], viewer: Viewer, *, adds: Adds | None = None
) -> Iterator[tuple[str, RecordLine | None]]:
    """Every record as (key, line), in key order; of records about persons the viewer's own alone.

    The line is ``None`` for a record that is not the viewer's to see. Reads a stretch at a time: a
    million records take no more memory than a thousand.
    """
    kind = kind_of(behind.model)
    if is_protected(behind.model):
        for own in read_whole(_related(behind, kind).order_by("pk"), viewer):
            line = _line(own, kind, viewer, adds)
            yield line.key, line
        return
    seen = iter(_related(visible(behind, viewer), kind).order_by("pk").iterator(READ_AHEAD))
    row = next(seen, None)
    for pk in behind.order_by("pk").values_list("pk", flat=True).iterator(READ_AHEAD):
        if row is not None and row.pk == pk:
            line = _line(row, kind, viewer, adds)
            yield line.key, line
            row = next(seen, None)
        else:
            yield f"{kind.model}:{pk}", None


COLUMNS = ("record", "title", "detail", "page")
"""The columns of a file of records; one more says what each adds, where that is summed."""


def file_rows(
    lines: Iterable[tuple[str, RecordLine | None]], *, unit: str, host: str
) -> Iterator[tuple[str, ...]]:
    """Records as rows of a file: every one by its key, those that the viewer may see in words."""
    for key, line in lines:
        if line is None:
            yield key, _("not yours to open"), "", "", ""
        else:
            page = host + line.hit.url if line.hit.url else ""
            yield key, line.hit.title, line.hit.detail, page, exported(line.amount, unit)


class NoRecordNumber(ValueError):
    """A page is asked for after or before something that is no record's number."""


def place_asked(asked: Mapping[str, str]) -> dict[str, int | None]:
    """``after`` and ``before`` of a query string, for :func:`record_page`. Raises :class:`NoRecordNumber`."""
    return {name: _row_number(asked.get(name, ""), name) for name in ("after", "before")}


def _row_number(text: str, name: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise NoRecordNumber(
            _("“%(name)s” is “%(text)s”, which is no record number. Leave it out to start at the first page.")
            % {"name": name, "text": text[:40]}
        )
    return int(text)


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


def _line(row: Model, kind: RecordKind, viewer: Viewer, adds: Adds | None) -> RecordLine:
    return RecordLine(
        f"{kind.model}:{row.pk}", kind.describe(row, viewer), None if adds is None else adds(row, viewer)
    )
