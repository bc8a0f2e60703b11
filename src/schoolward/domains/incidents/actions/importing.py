"""Reading a police file into incidents: in chunks, column by column, in one transaction with one audit event.

A record that the source numbers is told apart by that number. A record without one is told apart by its
content and by how many equal ones stood before it in the file (the file of January 2006 holds 38 exact
duplicates, and all of them count).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from typing import BinaryIO

import numpy as np
from django.db.models import Max
from django.utils.translation import gettext as _

from schoolward.domains.incidents.actions import changing
from schoolward.domains.incidents.actions.checking import refuse
from schoolward.domains.incidents.actions.derivation import Derivation
from schoolward.domains.incidents.actions.doubts import Doubts
from schoolward.domains.incidents.actions.identity import Occurrences, content_keys, source_and_key
from schoolward.domains.incidents.actions.likeness import count_alike
from schoolward.domains.incidents.actions.storing import Writer, deferred_indexes, gather_statistics
from schoolward.domains.incidents.actions.tallies import Changes
from schoolward.domains.incidents.columns import Prepared
from schoolward.domains.incidents.models import Incident, Placement, Source
from schoolward.platform.access.models import Agency, AgencyKind, RecordClass
from schoolward.platform.exchange.reading import Table as Workbook
from schoolward.platform.exchange.reading import UnreadableFile
from schoolward.platform.exchange.reading import open_table as open_workbook
from schoolward.platform.exchange.registry import ImportContext
from schoolward.protocols.police_records import (
    BoundLayout,
    FileProblem,
    Problem,
    Records,
    Table,
    detect,
    layout_named,
    open_table,
)

CHUNK = 10_000
_LOOKUP = 500
_LARGE_FILE = 10_000_000  # bytes
_BYTES_A_ROW = 100  # about, in any of the layouts
AUTO = "auto"


@dataclass
class _Import:
    """One run: what is shared by its chunks."""

    context: ImportContext
    bound: BoundLayout
    source: str
    writer: Writer
    derivation: Derivation
    changes: Changes = field(default_factory=Changes)
    occurrences: Occurrences = field(default_factory=Occurrences)
    stored_before: int = field(default_factory=lambda: _newest())
    doubts: Doubts = field(default_factory=Doubts)


def import_stream(stream: BinaryIO, context: ImportContext) -> None:
    """Import a file into `context.report`. The caller holds the transaction and writes the audit event.

    `context.options["format"]` names the layout, or "auto". Raises `UnreadableFile` for a file that is no
    table of a known layout.
    """
    try:
        with _no_collector():
            _import(stream, context)
    except FileProblem as problem:
        raise UnreadableFile(str(problem), "") from problem


def _import(stream: BinaryIO, context: ImportContext) -> None:
    table = _table(stream)
    name = context.options.get("format", AUTO)
    layout = detect(table.header) if name == AUTO else layout_named(name)
    context.report.format = layout.key
    run = _Import(
        context=context,
        bound=layout.bind(table.header),
        source=layout.key,
        writer=Writer(
            agency_id=_agency(layout.key, context.by.agency_id),
            record_class=RecordClass.POLICE,
            at=context.at,
        ),
        derivation=Derivation(),
    )
    # Building the indexes anew pays when the file is the larger part of the table.
    large = context.size > _LARGE_FILE and context.size > _BYTES_A_ROW * Incident.objects.count()
    with deferred_indexes(large):
        for first, rows in table.chunks(CHUNK):
            _chunk(run, rows, first)
            context.progress(context.report.read, None, "")
    if large:
        gather_statistics()
    run.changes.write()
    run.doubts.tell(context.report)
    if not len(run.derivation.campuses.campus):
        context.report.warn(
            _("No schools are known yet. Incidents are attributed to sites when schools are imported.")
        )


def _table(stream: BinaryIO) -> Table:
    start = stream.read(4)
    stream.seek(0)
    if start == b"PK\x03\x04":
        workbook = open_workbook(stream)
        return Table(workbook.header, _with_gaps(workbook), workbook.header_row)
    return open_table(stream)


def _with_gaps(workbook: Workbook) -> Iterator[list[str]]:
    """The rows of a workbook with its blank ones, so that each keeps its number."""
    next_row = workbook.header_row + 1
    for row, cells in workbook.rows:
        yield from ([] for _ in range(row - next_row))
        yield cells
        next_row = row + 1


def _agency(layout: str, own: int | None) -> int | None:
    """The police department for its own files, else the agency of whoever imports."""
    if layout.startswith("spd-"):
        police = Agency.objects.filter(kind=AgencyKind.POLICE).order_by("pk").first()
        return police.pk if police else None
    return own


def _chunk(run: _Import, rows: list[list[str]], first: int) -> None:
    records = run.bound.parse(rows, first)
    refuse(records, run.bound, run.derivation, at=run.context.at)
    report = run.context.report
    report.read += len(records) + len(records.problems)
    run.doubts.cautions.extend(records.cautions)
    if len(records):
        _take_in(run, records)
    for problem in sorted(records.problems, key=attrgetter("row")):
        report.reject(problem.row, problem.column, problem.value, problem.error, problem.mend)


def _take_in(run: _Import, records: Records) -> None:
    """Derive and store the rows of a chunk that are good so far."""
    derivation = run.derivation
    utc = derivation.utc(records)
    meanings = derivation.meanings(records)
    digests = derivation.digests(records, utc, meanings)
    run.doubts.clock += int(derivation.clock.doubtful(records.seconds[~records.is_utc]).sum())
    sources, repeated = [run.source] * len(records), set[int]()
    if run.bound.has_numbers:
        keys = records.number
        marks = run.occurrences.count([changing.key_mark(number) for number in keys])
        repeated.update(np.flatnonzero(marks).tolist())
        if run.source == Source.GENERIC:
            pairs = [source_and_key(number) for number in keys]
            sources, keys = [source for source, _key in pairs], [key for _source, key in pairs]
    else:
        before = run.occurrences.count(digests).tolist()
        keys = content_keys(utc, digests, before)
    prepared = derivation.prepare(
        records, sources=sources, keys=keys, utc=utc, meanings=meanings, digests=digests
    )
    run.doubts.approximate += prepared.placement.count(Placement.GRID.value)
    run.doubts.nowhere += sum(
        placement == Placement.NONE and not address
        for placement, address in zip(prepared.placement, prepared.address, strict=True)
    )
    _store(run, records, prepared, repeated)


def _store(run: _Import, records: Records, rows: Prepared, repeated: set[int]) -> None:
    report = run.context.report
    newest = _newest()
    inserted = run.writer.insert(rows)
    report.created += inserted
    if inserted == len(rows):
        run.changes.add_prepared(rows, np.arange(len(rows), dtype=np.int64))
        _look_for_alike(run, rows, range(len(rows)))
        return
    known = _known(rows, newest)
    new: list[int] = []
    met: set[tuple[str, str]] = set()
    for index, identity in enumerate(zip(rows.source, rows.source_key, strict=True)):
        stored = known.get(identity)
        if index in repeated or identity in met:
            _repeat(run, records, rows, index)
        elif stored is None:
            new.append(index)
        elif stored[1] == rows.content_digest[index]:
            report.unchanged += 1
        elif rows.source[index] != run.source:
            _refuse_of_another_source(run, records, rows, index)
        else:
            changing.overwrite(stored[0], rows, index, at=run.context.at, changes=run.changes)
            report.updated += 1
        met.add(identity)
    run.changes.add_prepared(rows, np.array(new, dtype=np.int64))
    _look_for_alike(run, rows, new)


def _newest() -> int:
    return Incident.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _look_for_alike(run: _Import, rows: Prepared, new: Sequence[int]) -> None:
    if not run.bound.has_numbers:
        run.doubts.alike += count_alike(rows, new, stored_up_to=run.stored_before)


def _refuse_of_another_source(run: _Import, records: Records, rows: Prepared, index: int) -> None:
    """What came from the police, or was entered by hand, is not changed by a file of our own layout."""
    error = _("is the number of a record of “%(source)s”, which says something else") % {
        "source": Source(rows.source[index]).label
    }
    mend = _("Import the source's own file again, or correct the record on its page; leave this row out.")
    row, number = int(records.rows[index]), records.number[index]
    records.problems.append(Problem(row, run.bound.column_name("number"), number, error, mend))


def _repeat(run: _Import, records: Records, rows: Prepared, index: int) -> None:
    """A number that stood in the file before: the same content is nothing new, other content is a fault."""
    source, key = rows.source[index], rows.source_key[index]
    stored = Incident.objects.filter(source=source, source_key=key).values_list("content_digest", flat=True)
    if list(stored) == [rows.content_digest[index]]:
        run.context.report.unchanged += 1
        return
    error = _("the number stands in the file twice, with different contents")
    mend = _("Leave in the row that is right.")
    records.problems.append(
        Problem(int(records.rows[index]), run.bound.column_name("number"), key, error, mend)
    )


def _known(rows: Prepared, newest: int) -> dict[tuple[str, str], tuple[int, str]]:
    """Rows that were there before this chunk, by source and key: (id, digest)."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for source in set(rows.source):
        wanted = (key for key, of in zip(rows.source_key, rows.source, strict=True) if of == source)
        while batch := list(islice(wanted, _LOOKUP)):
            stored = Incident.objects.filter(source=source, source_key__in=batch, pk__lte=newest)
            for pk, key, digest in stored.values_list("pk", "source_key", "content_digest"):
                found[source, key] = (pk, digest)
    return found


@contextmanager
def _no_collector() -> Iterator[None]:
    """Pause the cyclic garbage collector: chunks of many small lists, none in a cycle, cost it a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
