"""Incidents of discipline in from the state's three files (CALPADS) or from our own table, and out.

A school's year as a file has it takes the place of what was there before. So a file with a fault changes
nothing: half a year must not stand for the whole.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.actions.discipline import IncidentFacts, replace_incidents
from schoolward.domains.cases.models import DisciplineAbout, DisciplineIncident
from schoolward.domains.cases.queries.discipline import incidents as shown
from schoolward.domains.places.queries import school_by_cds
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import (
    CellError,
    Column,
    day,
    own_words,
    whole_number,
    yes_no,
)
from schoolward.platform.exchange.reading import UnreadableFile
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register
from schoolward.protocols.calpads import incidents, read, split, without_students
from schoolward.protocols.delimited import FileProblem

_ARCHIVE, _FIRST = b"PK\x03\x04", (b"SINC^", b"SIRS^", b"SOFF^")
MARK = b"\xef\xbb\xbf"


def _cds_code(cell: str) -> str:
    """Read a county-district-school code of 14 digits. A spreadsheet may have eaten a leading zero."""
    digits = cell.replace("-", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) in (13, 14)):
        raise CellError(_t("is not a code of 14 digits"), _t("Write it without gaps: 34674393431012."))
    return digits.zfill(14)


def _codes(cell: str) -> tuple[str, ...]:
    """Read codes with blanks between: 512 100."""
    found = tuple(sorted(set(cell.split())))
    if any(len(code) > 8 or not code.isalnum() for code in found):
        raise CellError(_t("is no list of codes"), _t("Write codes with blanks between, such as 100 512."))
    return found


def _counts(cell: str) -> tuple[tuple[str, int], ...]:
    """Read codes with how many students each: 100:2 110:1."""
    found: dict[str, int] = {}
    for part in cell.split():
        code, colon, count = part.partition(":")
        if (
            not colon
            or not code.isalnum()
            or len(code) > 8
            or not count.isdecimal()
            or not 0 < int(count) < 1000
        ):
            raise CellError(
                _t("is no list of counts"), _t("Write each code with its number of students: 100:2 110:1.")
            )
        found[code] = int(count)
    return tuple(sorted(found.items()))


@register
class DisciplineIncidents(Exchange):
    """The files SINC, SIRS and SOFF, or a table with the columns that an export writes."""

    key = "calpads-incidents"
    about_young_people = True
    title = _("Incidents of discipline (CALPADS)")
    description = _(
        "A ZIP file with SINC, SIRS and SOFF, one file in which they stand below each other, or a table as "
        "an export writes it. Of students nothing is kept but how many were removed in which way. Each "
        "school's year takes the place of what was there; a file with a fault changes nothing."
    )
    columns = (
        Column("cds_code", _("Code of the school, 14 digits."), True, _cds_code, example="34674393431012"),
        Column(
            "school_year", _("The year in which it begins."), True, whole_number(1990, 2999), example="2011"
        ),
        Column("number", _("The school's number of the incident."), True, own_words(40), example="2012-0042"),
        Column("month", _("A day of its month; the day is not kept."), True, day, example="2012-03-01"),
        Column("statutory", _("Whether it was a statutory offense."), True, yes_no, example="yes"),
        Column("offenses", _("Codes of offenses."), parse=_codes, example="512"),
        Column("weapons", _("Codes of kinds of weapons."), parse=_codes),
        Column(
            "results", _("What followed, each with its number of students."), parse=_counts, example="100:1"
        ),
    )
    permission = "discipline.import"
    export_permission = "discipline.view"

    def kept(self, stream: BinaryIO, *, by: Viewer, options: Mapping[str, str]) -> BinaryIO:
        if not _is_calpads(stream):
            return stream
        try:
            return without_students(split(stream))
        except FileProblem as problem:
            raise UnreadableFile(str(problem), "") from None

    def run_stream(self, stream: BinaryIO, context: ImportContext) -> None:
        if not _is_calpads(stream):
            super().run_stream(stream, context)
            return
        try:
            found = read(split(stream))
        except FileProblem as problem:
            raise UnreadableFile(str(problem), "") from None
        report = context.report
        report.format = "CALPADS " + ", ".join(found.rows)
        for fault in found.faults.kept:
            report.reject(fault.row, fault.column, fault.value, fault.error, fault.mend, file=fault.file)
        facts = []
        for one in incidents(found):
            school = school_by_cds(one.cds_code)
            if school is None:
                report.reject(one.row, "18.05 School of Attendance", one.cds_code, *_unknown(), file="SINC")
                continue
            facts.append(
                IncidentFacts(
                    school.pk,
                    one.year,
                    one.number,
                    one.month,
                    one.statutory,
                    one.offenses,
                    one.weapons,
                    one.results,
                )
            )
        self._replace(facts, context)

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        """The same from a table, in which an incident is one row."""
        facts: dict[tuple[int, int, str], IncidentFacts] = {}
        for row in rows:
            values = row.values
            school = school_by_cds(values["cds_code"])
            if school is None:
                context.reject(row, "cds_code", *_unknown())
                continue
            key = (school.pk, values["school_year"], values["number"])
            if key in facts:
                context.reject(
                    row, "number", _t("stands in an earlier row already"), _t("Leave one of the rows out.")
                )
            elif not _is_in(values["month"], values["school_year"]):
                context.reject(row, "month", *_outside())
            else:
                facts[key] = _facts(school.pk, values)
        self._replace(list(facts.values()), context)

    def _replace(self, facts: list[IncidentFacts], context: ImportContext) -> None:
        report = context.report
        report.read = report.rejected_rows + len(facts)
        if report.rejected_rows:
            report.read = report.rejected_rows
            report.warn(
                _t("Nothing is replaced as long as a row has a fault: a part would stand for the whole year.")
            )
            return
        done = replace_incidents(facts=facts, by=context.by, at=context.at)
        report.created, report.updated, report.unchanged = done.created, done.updated, done.unchanged
        if done.removed:
            report.warn(
                _t("Incidents of these schools and years that are not in the file, taken out: %(count)d.")
                % {"count": done.removed}
            )

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """The incidents, oldest first, as they come in again."""
        rows = shown(viewer).order_by("school_year", "month", "school__cds_code", "number")
        for row in rows.iterator(chunk_size=2000):
            yield export_row(row)


def export_row(row: DisciplineIncident) -> Sequence[object]:
    """One incident in the order of the columns."""
    lines = sorted(row.lines.all(), key=lambda line: (line.about, line.code))

    def codes(about: str) -> str:
        return " ".join(line.code for line in lines if line.about == about)

    return (
        row.school.cds_code,
        row.school_year,
        row.number,
        row.month,
        "yes" if row.statutory else "no",
        codes(DisciplineAbout.OFFENSE),
        codes(DisciplineAbout.WEAPON),
        " ".join(f"{line.code}:{line.students}" for line in lines if line.about == DisciplineAbout.RESULT),
    )


def _is_calpads(stream: BinaryIO) -> bool:
    """Whether a file is the state's, and no table of ours."""
    head = stream.read(64)
    stream.seek(0)
    return (head.startswith(_ARCHIVE) and not _is_workbook(stream)) or head.removeprefix(
        MARK
    ).lstrip().startswith(_FIRST)


def _is_workbook(stream: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(stream) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False
    finally:
        stream.seek(0)


def _facts(school_id: int, values: Mapping[str, Any]) -> IncidentFacts:
    return IncidentFacts(
        school_id,
        values["school_year"],
        values["number"],
        values["month"].replace(day=1),
        values["statutory"],
        values.get("offenses") or (),
        values.get("weapons") or (),
        values.get("results") or (),
    )


def _is_in(month: date, year: int) -> bool:
    return date(year, 7, 1) <= month < date(year + 1, 7, 1)


def _unknown() -> tuple[str, str]:
    return (
        _t("is in the school directory under no code"),
        _t("Correct the code, or bring in the school directory first."),
    )


def _outside() -> tuple[str, str]:
    return (
        _t("lies outside the school year, 1 July to 30 June"),
        _t("Correct the day or the year."),
    )
