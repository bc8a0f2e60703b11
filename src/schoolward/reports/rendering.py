"""The files of an edition: PDF/UA-1, CSV annex and JSON, each with its checksum."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

from django.db import transaction

from schoolward.platform.access.viewer import Viewer
from schoolward.reports import registry
from schoolward.reports.actions import draft_edition
from schoolward.reports.models import CellReading, Edition
from schoolward.reports.paper import paper, records_url
from schoolward.reports.queries import Contents, contents, edition_as_of, traceability

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
)


@dataclass(frozen=True)
class Rendered:
    """An edition's files, by name."""

    stem: str
    pdf: bytes
    csv: bytes
    json: bytes

    @property
    def files(self) -> dict[str, bytes]:
        """File name → content, the list of checksums last."""
        named = {f"{self.stem}.pdf": self.pdf, f"{self.stem}.csv": self.csv, f"{self.stem}.json": self.json}
        sums = "".join(f"{sha256(content)}  {name}\n" for name, content in named.items())
        return {**named, f"{self.stem}.sha256": sums.encode()}


def sha256(content: bytes) -> str:
    """The checksum that the paper prints."""
    return hashlib.sha256(content).hexdigest()


def render_edition(edition: Edition) -> Rendered:
    """Render an edition. A frozen one always gives the same bytes."""
    return render_contents(contents(edition))


def render_contents(found: Contents) -> Rendered:
    """Render content that has been read already."""
    stem = f"{found.edition.report}-{found.edition.as_of.isoformat()}"
    annex, data = numbers_csv(found), numbers_json(found)
    beside = [
        {"name": f"{stem}.csv", "sha256": sha256(annex)},
        {"name": f"{stem}.json", "sha256": sha256(data)},
    ]
    return Rendered(stem, pdf(found, paper(found, beside)), annex, data)


def render(report_key: str, as_of: date, out_dir: Path, *, by: Viewer | None = None) -> dict[str, Any]:
    """Write a report's files into a folder, for the command line.

    The published edition of that date is rendered as it was frozen, else the one in work. Where there
    is none, a draft is composed from today's data and not kept.

    Returns:
        ``{"paths": [...], "edition": number or None, "state": ..., "traceability": {...}}``.
    """
    kind = registry.get(report_key)
    by = by or Viewer.system(at=datetime.now(tz=UTC))
    with transaction.atomic():
        edition = edition_as_of(by, kind.key, as_of)
        kept = edition is not None
        if edition is None:
            edition = draft_edition(report=kind.key, as_of=as_of, by=by, at=by.at)
        found = contents(edition)
        rendered = render_contents(found)
        traced = traceability(found.cells)
        if not kept:
            transaction.set_rollback(True)
    out_dir.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, content in rendered.files.items():
        path = out_dir / name
        path.write_bytes(content)
        paths.append(str(path))
    return {
        "paths": paths,
        "edition": edition.number if kept else None,
        "state": str(edition.state),
        "traceability": traced.as_json(),
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
        "subject": edition.subject,
        "agenda_item": edition.agenda_item,
        "meeting_date": edition.meeting_date.isoformat(),
        "invented": edition.invented,
        "numbers": [_row(found, cell) for cell in found.cells],
        "sections": found.sections,
        "annex": found.annex,
        "sources": found.sources,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _row(found: Contents, cell: CellReading) -> dict[str, Any]:
    withheld = cell.suppressed
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
    )
    return dict(zip(COLUMNS, values, strict=True))


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _guarded(value: object) -> object:
    """Text that a spreadsheet would run as a formula is led by an apostrophe."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value


def pdf(found: Contents, data: dict[str, Any]) -> bytes:
    """The paper as PDF/UA-1. Typst refuses a picture without a description or a skipped heading."""
    import typst  # loads a shared library: only what prints pays for it

    page = registry.get(found.edition.report).folder / "page.typ"
    virtual = {"main.typ": page.read_bytes(), "paper.json": json.dumps(data, ensure_ascii=False).encode()}
    virtual |= {name: svg.encode() for name, svg in found.charts.items()}
    made: bytes = typst.compile(
        virtual,
        font_paths=_fonts(),
        pdf_standards=["ua-1"],
        timestamp=int(datetime.combine(found.edition.meeting_date, datetime.min.time(), UTC).timestamp()),
    )
    return made


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Our typeface and those that Typst carries, never the machine's: the same paper everywhere."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, font_paths=[str(package_files("font_source_sans_pro") / "files")]
    )
