"""The files of an edition: PDF/UA-1, CSV annex and JSON, each with its checksum."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.reports import registry
from schoolward.reports.beginning import begin
from schoolward.reports.models import CellReading, Edition
from schoolward.reports.paper import correction_of, paper, records_url
from schoolward.reports.printing import pdf
from schoolward.reports.queries import Contents, composed, contents, edition_as_of, kept_files, traceability

COLUMNS: tuple[str, ...] = (
    "number",
    "section",
    "printed",
    "title",
    "measure",
    "definition_version",
    "unit",
    "from",
    "to",
    "as_of",
    "site",
    "value",
    "numerator",
    "denominator",
    "collected",
    "suppressed",
    "records",
    "record_type",
    "record_list_sha256",
    "open_records",
    "correction",
)
KINDS: tuple[str, ...] = ("pdf", "csv", "json", "sha256")


@dataclass(frozen=True)
class Rendered:
    """An edition's files by what they are: pdf, csv, json, and sha256, the list of checksums."""

    stem: str
    pdf: bytes
    csv: bytes
    json: bytes

    @property
    def files(self) -> dict[str, bytes]:
        """File name → content, the list of checksums last."""
        named = {f"{self.stem}.{kind}": getattr(self, kind) for kind in KINDS[:-1]}
        sums = "".join(f"{sha256(content)}  {name}\n" for name, content in named.items())
        return {**named, f"{self.stem}.sha256": sums.encode()}


def sha256(content: bytes) -> str:
    """The checksum that the paper prints."""
    return hashlib.sha256(content).hexdigest()


def render_edition(edition: Edition) -> Rendered:
    """Set an edition from its content. What was published is not set again: see ``queries.kept_files``.

    Raises ``SectionError`` for a draft that does not read, and ``CannotPrint``.
    """
    return render_contents(contents(edition))


def render_contents(found: Contents) -> Rendered:
    """Set content that has been read already. Raises ``CannotPrint``."""
    stem = stem_of(found)
    annex, data = numbers_csv(found), numbers_json(found)
    beside = [
        {"name": f"{stem}.csv", "sha256": sha256(annex)},
        {"name": f"{stem}.json", "sha256": sha256(data)},
    ]
    page = registry.get(found.edition.report).folder / "page.typ"
    printed = pdf(page, paper(found, beside), found.charts, dated=found.edition.meeting_date)
    return Rendered(stem, printed, annex, data)


def stem_of(found: Contents) -> str:
    """What the names of the files begin with."""
    stem = f"{found.edition.report}-{found.edition.as_of.isoformat()}"
    return f"{stem}-annotated-{found.copy}" if found.copy else stem


def file_of(edition: Edition, kind: str) -> tuple[str, bytes]:
    """The name and content of one file: ``pdf``, or ``annotated-pdf`` for the newest annotated copy.

    Of a published edition it is the file that was kept then. Raises ``LookupError`` where there is none,
    and what :func:`render_edition` raises.
    """
    bare = kind.removeprefix("annotated-")
    if bare not in KINDS:
        raise LookupError(kind)
    is_annotated = bare != kind
    kept = kept_files(edition, annotated=is_annotated)
    if bare in kept:
        return kept[bare]
    if is_annotated:
        raise LookupError(kind)
    rendered = render_edition(edition)
    name = f"{rendered.stem}.{bare}"
    return name, rendered.files[name]


def render(report_key: str, as_of: date, out_dir: Path, *, by: Viewer | None = None) -> dict[str, Any]:
    """Write a report's files into a folder, for the command line.

    The published edition of that date is written as it was published, with its annotated copy if there is
    one, else the edition in work is set. Where there is none, a draft is composed from today's data and not
    kept.

    Returns:
        ``{"paths": [...], "edition": number or None, "state": ..., "traceability": {...}}``.
    """
    kind = registry.get(report_key)
    by = by or Viewer.system(at=datetime.now(tz=UTC))
    edition = edition_as_of(by, kind.key, as_of)
    if edition is None:
        check(by, "reports.edit")
        found = composed(*begin(kind, as_of, at=by.at))
    else:
        found = contents(edition)
    kept = {} if edition is None else kept_files(edition) | kept_files(edition, annotated=True, prefix=True)
    files = dict(kept.values()) if kept else render_contents(found).files
    out_dir.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in files.items():
        path = out_dir / name
        path.write_bytes(content)
        paths.append(str(path))
    return {
        "paths": paths,
        "edition": edition.number if edition else None,
        "state": str(found.edition.state),
        "traceability": traceability(found.cells).as_json(),
    }


def numbers_csv(found: Contents) -> bytes:
    """The CSV annex: one row a number, chart values included. UTF-8, CRLF line ends (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for cell in found.cells:
        writer.writerow([_guarded(value) for value in _row(found, cell).values()])
    return out.getvalue().encode()


def numbers_json(found: Contents) -> bytes:
    """The same numbers as JSON, with the texts and the sources."""
    edition = found.edition
    data = {
        "report": edition.report,
        "edition": edition.number,
        "as_of": edition.as_of.isoformat(),
        "state": str(edition.state),
        "frozen_at": edition.frozen_at.isoformat() if edition.frozen_at else None,
        "district": edition.district,
        "subject": edition.subject,
        "agenda_item": edition.agenda_item,
        "meeting_date": edition.meeting_date.isoformat(),
        "invented": edition.invented,
        "corrections": [correction_of(correction) for correction in found.corrections],
        "minutes": edition.minutes_text,
        "numbers": [_row(found, cell) for cell in found.cells],
        "sections": found.sections,
        "annex": found.annex,
        "sources": found.sources,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _row(found: Contents, cell: CellReading) -> dict[str, Any]:
    withheld = cell.suppressed
    corrected = [one.text for one in found.corrections if one.cell_id is not None and one.cell_id == cell.pk]
    values = (
        cell.position,
        cell.section,
        cell.shown,
        cell.title,
        cell.measure_key,
        cell.measure_version,
        cell.unit,
        cell.period_start.isoformat() if cell.period_start else "",
        cell.period_end.isoformat() if cell.period_end else "",
        cell.as_of.isoformat(),
        cell.campus_name,
        _number(cell.value),
        _number(cell.numerator),
        _number(cell.denominator),
        cell.collected,
        cell.suppressed,
        None if withheld else cell.record_count,
        cell.record_model,
        "" if withheld else cell.record_digest,
        records_url(found, cell),
        " ".join(corrected),
    )
    return dict(zip(COLUMNS, values, strict=True))


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _guarded(value: object) -> object:
    """Text that a spreadsheet would run as a formula is led by an apostrophe."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value
