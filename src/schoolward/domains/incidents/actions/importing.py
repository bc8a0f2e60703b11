"""Reading a police file into incidents: in chunks, column by column, in one transaction with one audit event.

A record that the source numbers is told apart by that number. A record without one is told apart by its
content and by how many equal ones stood before it in the file (the file of January 2006 holds 38 exact
duplicates, and all of them count).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from typing import BinaryIO

import numpy as np
from django.db.models import Max
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from schoolward.analysis.offences import category_named
from schoolward.domains.incidents.actions import changing
from schoolward.domains.incidents.actions.derivation import Derivation
from schoolward.domains.incidents.actions.storing import Writer, deferred_indexes, gather_statistics
from schoolward.domains.incidents.actions.tallies import Changes
from schoolward.domains.incidents.columns import Prepared
from schoolward.domains.incidents.models import Incident, Placement, Source
from schoolward.domains.places import queries as places
from schoolward.platform.access.models import Agency, AgencyKind, RecordClass
from schoolward.platform.exchange.reading import UnreadableFile
from schoolward.platform.exchange.reading import open_table as open_workbook
from schoolward.platform.exchange.registry import ImportContext
from schoolward.protocols.police_records import (
    BoundLayout,
    Caution,
    FileProblem,
    Problem,
    Records,
    Table,
    detect,
    layout_named,
    open_table,
)

CHUNK = 10_000
_CAUTIONS_SAID = 20
_LOOKUP = 500
_LARGE_FILE = 10_000_000  # bytes
_BYTES_A_ROW = 100  # about, in any of the layouts
AUTO = "auto"


class Occurrences:
    """How often each content stood in the file before: eight bytes a record, whatever its length."""

    def __init__(self) -> None:
        self._seen = np.zeros(0, dtype=np.uint64)

    def count(self, digests: list[str]) -> NDArray[np.int64]:
        """Return for each digest (64 bits or more in hexadecimal) how many equal ones came before it."""
        marks = np.frombuffer(bytes.fromhex("".join(digests)), dtype=np.uint64)
        marks = marks.reshape(len(digests), -1)[:, 0]
        order = np.argsort(marks, kind="stable")
        ordered = marks[order]  # looked up in order, neighbours are found where the last one was
        seen = np.searchsorted(self._seen, ordered, "right") - np.searchsorted(self._seen, ordered, "left")
        within = np.arange(len(marks)) - np.searchsorted(ordered, ordered, "left")
        before = np.empty(len(marks), dtype=np.int64)
        before[order] = seen + within
        self._seen = np.concatenate((self._seen, ordered))
        self._seen.sort(kind="stable")  # merges two sorted runs
        return before


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
    cautions: list[Caution] = field(default_factory=list)
    approximate: int = 0
    doubtful: int = 0


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
    _warn(run)


def _table(stream: BinaryIO) -> Table:
    start = stream.read(4)
    stream.seek(0)
    if start == b"PK\x03\x04":
        workbook = open_workbook(stream)
        return Table(workbook.header, (cells for _row, cells in workbook.rows))
    return open_table(stream)


def _agency(layout: str, own: int | None) -> int | None:
    """The police department for its own files, else the agency of whoever imports."""
    if layout.startswith("spd-"):
        police = Agency.objects.filter(kind=AgencyKind.POLICE).order_by("pk").first()
        return police.pk if police else None
    return own


def _chunk(run: _Import, rows: list[list[str]], first: int) -> None:
    records = run.bound.parse(rows, first)
    _check(run, records)
    report = run.context.report
    report.read += len(records) + len(records.problems)
    run.cautions.extend(records.cautions)
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
    run.doubtful += int(derivation.clock.doubtful(records.seconds[~records.is_utc]).sum())
    sources, repeated = [run.source] * len(records), set[int]()
    if run.bound.has_numbers:
        keys = records.number
        marks = run.occurrences.count([changing.key_mark(number) for number in keys])
        repeated.update(np.flatnonzero(marks).tolist())
        if run.source == Source.GENERIC:
            sources, keys = _home(keys)
    else:
        before = run.occurrences.count(digests).tolist()
        keys = _content_keys(utc, digests, before)
    prepared = derivation.prepare(
        records, sources=sources, keys=keys, utc=utc, meanings=meanings, digests=digests
    )
    run.approximate += prepared.placement.count(Placement.GRID.value)
    _store(run, records, prepared, repeated)


def _content_keys(utc: NDArray[np.int64], digests: list[str], before: list[int]) -> list[str]:
    """Return keys made of the minute, 96 bits of the content and, for exact duplicates, their ordinal.

    The minute stands first because files are sorted by time: keys then come in order, and the index of a
    million of them is written once instead of page by page at random.
    """
    minutes = (utc // 60).tolist()
    return [
        f"{minute:08x}{digest[:24]}.{n}" if n else f"{minute:08x}{digest[:24]}"
        for minute, digest, n in zip(minutes, digests, before, strict=True)
    ]


def _home(numbers: list[str]) -> tuple[list[str], list[str]]:
    """Return source and key of numbers: our own export writes "spd-2021:1495287"; others are generic."""
    sources, keys = [], []
    for number in numbers:
        source, colon, key = number.partition(":")
        known = bool(colon and key) and source in Source.values
        sources.append(source if known else Source.GENERIC.value)
        keys.append(key if known else number)
    return sources, keys


def _check(run: _Import, records: Records) -> None:
    """Refuse what cannot be judged from the file alone; fill in the address of a site named by its code."""
    refused: list[tuple[int, str, str, str, str]] = []
    now = int(run.context.at.timestamp())
    late = np.flatnonzero(records.seconds > now + 86_400)
    for index in late.tolist():
        text = str(np.datetime64(int(records.seconds[index]), "s")).replace("T", " ")
        column = run.bound.column_name("occurred_at")
        refused.append((index, column, text, _("lies in the future"), _("Check the year and the month.")))
    if run.bound.layout.key == Source.GENERIC:
        refused.extend(_check_generic(run, records))
    records.reject(refused)


def _check_generic(run: _Import, records: Records) -> Iterator[tuple[int, str, str, str, str]]:
    for index, name in enumerate(records.category):
        if name and category_named(name) is None:
            known = ", ".join(changing.category_keys())
            column = run.bound.column_name("category")
            yield index, column, name, _("is no category that we know"), _("Use one of: %s.") % known
    sites: dict[str, str | None] = {}
    for index, code in enumerate(records.campus_cds):
        if not code:
            continue
        if code not in sites:
            campus = places.campus_for_cds(code)
            sites[code] = campus.address if campus else None
        address = sites[code]
        if address is None:
            error, mend = (
                _("is the code of no school here"),
                _("Import the school first, or give an address."),
            )
            yield index, run.bound.column_name("campus_cds"), code, error, mend
        elif not records.address[index]:
            records.address[index] = address
    for index, address in enumerate(records.address):
        if not address and np.isnan(records.longitude[index]) and not records.grid[index]:
            error = _("the record does not say where it happened")
            mend = _("Give an address, a position, a grid or a school's code.")
            yield index, run.bound.column_name("address"), "", error, mend


def _store(run: _Import, records: Records, rows: Prepared, repeated: set[int]) -> None:
    report = run.context.report
    newest = Incident.objects.aggregate(newest=Max("pk"))["newest"] or 0
    inserted = run.writer.insert(rows)
    report.created += inserted
    if inserted == len(rows):
        run.changes.add_prepared(rows, np.arange(len(rows), dtype=np.int64))
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
        else:
            changing.overwrite(stored[0], rows, index, at=run.context.at, changes=run.changes)
            report.updated += 1
        met.add(identity)
    run.changes.add_prepared(rows, np.array(new, dtype=np.int64))


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


def _warn(run: _Import) -> None:
    report = run.context.report
    for caution in run.cautions[:_CAUTIONS_SAID]:
        report.warn(
            _("Row %(row)d, %(column)s: %(text)s (%(value)s).")
            % {"row": caution.row, "column": caution.column, "text": caution.text, "value": caution.value}
        )
    if len(run.cautions) > _CAUTIONS_SAID:
        report.warn(_("%d further rows were mended likewise.") % (len(run.cautions) - _CAUTIONS_SAID))
    if run.approximate:
        report.warn(
            _(
                "%d records have no position; they stand in the middle of their police grid, marked "
                "approximate."
            )
            % run.approximate
        )
    if run.doubtful:
        report.warn(
            _("%d times lie in an hour that the clock showed twice or skipped; the first showing was taken.")
            % run.doubtful
        )
    if not len(run.derivation.campuses.campus):
        report.warn(
            _("No schools are known yet. Incidents are attributed to sites when schools are imported.")
        )


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
