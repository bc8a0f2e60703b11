"""Composing the paper of an application: the district's tables about chosen sites, each with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.routes import queries
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.reports.content import short_date
from schoolward.reports.districts import district_name
from schoolward.reports.route_application.maps import maps
from schoolward.reports.sheets.shape import Column, Part, Row, Sheet, Value
from schoolward.reports.sheets.values import absent, day, sentence, words

PERMISSION = "routes.application"
_NAMED = 3
"""So many sites stand in the paper's title; of more their number does."""
_WIDTHS: Mapping[str, str] = {
    "address": "1.6",
    "adults": "0.9",
    "answer": "1.1",
    "barrier": "1",
    "best_fix": "1.1",
    "can_walk": "0.6",
    "cds_codes": "1.4",
    "classes": "0.7",
    "countermeasure": "1.75",
    "freed": "0.7",
    "half_year": "0.7",
    "kind": "1.2",
    "line": "2.2",
    "minutes": "0.7",
    "mode": "1.3",
    "place": "1.4",
    "program": "1.6",
    "pupils": "0.8",
    "recommendation": "1.8",
    "schools": "1.5",
    "severity": "0.95",
    "site": "1.7",
    "title": "1.6",
    "within_5_minutes": "0.85",
    "within_10_minutes": "0.85",
    "within_15_minutes": "0.85",
    "within_20_minutes": "0.85",
    "work": "1.4",
    "zip_code": "0.7",
}


def route_application(campus_ids: Sequence[int], *, on: date, by: Viewer, opportunity: str = "") -> Sheet:
    """The paper about these sites, as far as they are the viewer's. Raises ``AccessDenied``."""
    check(by, PERMISSION)
    tables = queries.application_tables(by, campus_ids, on=on, opportunity=opportunity)
    return Sheet(
        report="safe-routes-application",
        title=_("Safe Routes to School"),
        subject=_subject(tables),
        copy="",
        copy_name="",
        notice=_("Draft for an application"),
        as_of=on,
        district=district_name(),
        invented=any(table.invented for table in tables),
        parts=(
            _about(by, opportunity),
            maps(campus_ids, on=on, by=by),
            *(_part(table) for table in tables),
            _sources(tables),
        ),
        standfirst=_("What an application for money asks about these sites, with what each number is from."),
        about={"opportunity": opportunity} if opportunity else {},
    )


@transaction.atomic
def note_export(kind: str, campus_ids: Sequence[int], opportunity: str, *, by: Viewer) -> None:
    """Write into the audit that the paper went out, about how many sites and for which money."""
    record(
        "reports.route_application_exported",
        by=by,
        at=by.at,
        subject="routes:application",
        detail={"format": kind, "sites": len(campus_ids), "opportunity": opportunity},
    )


def _subject(tables: Sequence[Any]) -> str:
    schools = next(table for table in tables if table.key == "schools")
    names = [str(row[0].value) for row in schools.rows]
    if len(names) > _NAMED:
        return _("Tables for an application: %(n)d sites") % {"n": len(names)}
    return _("Tables for an application: %(sites)s") % {"sites": ", ".join(names)}


def _about(by: Viewer, opportunity: str) -> Part:
    """What is applied for, and how far the headings are the program's."""
    money = dict(queries.opportunities(by)).get(opportunity)
    told = (
        _("Applied for: %(title)s.") % {"title": money} if money else _("No opportunity was chosen yet."),
        _(
            "Where each table goes on the form is known from %(form)s. Which form holds for the cycle that "
            "is open, and what it asks beyond these tables, is to be confirmed; a heading that is the "
            "district's own says so."
        )
        % {"form": queries.APPLICATION_FORM},
    )
    rows = tuple({"text": sentence(one)} for one in told)
    title = _("The application")
    return Part("about", title, (Column("text", title),), rows, layout="prose")


def _part(table: Any) -> Part:
    numbers = {
        name
        for place, name in enumerate(table.names)
        if all(row[place].is_number or row[place].value is None for row in table.rows)
    }
    columns = tuple(
        Column(name, str(heading), "right" if name in numbers else "left", _WIDTHS.get(name, "1"))
        for name, heading in table.columns
    )
    rows: tuple[Row, ...] = tuple(
        {name: _value(cell) for name, cell in zip(table.names, row, strict=True)} for row in table.rows
    )
    heading = str(table.heading) or _("The district's own heading")
    title = f"{table.title}, {_('invented')}" if table.invented else str(table.title)
    return Part(
        table.key,
        title,
        columns,
        rows,
        missing=_("%(heading)s. Nothing is known.") % {"heading": heading},
        note=f"{heading}. {table.note}",
    )


def _value(cell: Any) -> Value:
    if cell.withheld:
        return Value(None, _("not shown"))
    if cell.value is None:
        return absent()
    if isinstance(cell.value, date):
        return Value(cell.value.isoformat(), short_date(cell.value), cell.url)
    if cell.is_number:
        return Value(cell.value, cell.number, cell.url)
    return words(cell.value, cell.url)


def _sources(tables: Sequence[Any]) -> Part:
    """What each table is from and up to which day it tells."""
    columns = (
        Column("table", _("Table"), width="1.6"),
        Column("heading", _("On the form"), width="1.8"),
        Column("source", _("Where its numbers are from"), width="2.4"),
        Column("as_of", _("Up to"), "day"),
    )
    rows = tuple(
        {
            "table": words(table.title),
            "heading": words(table.heading or _("the district's own heading")),
            "source": words(table.source),
            "as_of": day(table.as_of),
        }
        for table in tables
    )
    return Part("sources", _("Sources and dates"), columns, rows)
