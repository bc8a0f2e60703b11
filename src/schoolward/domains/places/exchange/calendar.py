"""Enrolment, bell times and days without school as tables. Schools and sites are named by a school's CDS
code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.places.actions import (
    Outcome,
    put_bell_times,
    put_enrolment,
    put_non_school_day,
)
from schoolward.domains.places.exchange.schools import cds_code
from schoolward.domains.places.hooks import campuses_changed
from schoolward.domains.places.models import BellTimes, Campus, Enrolment, NonSchoolDay, School
from schoolward.domains.places.queries import campus_for_cds
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import CellError, Column, day, text_up_to, whole_number, yes_no
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register
from schoolward.platform.measures.registry import FEWEST_STUDENTS

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def school_year(cell: str) -> int:
    """Read a school year, 2012-13 or 2012, as the year in which it begins."""
    match = re.fullmatch(r"(\d{4})(?:\s*[-/]\s*(?:\d{2})?(\d{2}))?", cell)
    if not match or (match[2] and (int(match[1]) + 1) % 100 != int(match[2])):
        raise CellError(_("is not a school year"), _("Write it as 2012-13."))
    return whole_number(1850, 2200)(match[1])


def weekday(cell: str) -> int:
    """Read a weekday by its English name or its first three letters as 0 (Monday) to 6."""
    for index, name in enumerate(WEEKDAYS):
        if cell.lower() in (name.lower(), name[:3].lower()):
            return index
    raise CellError(_("is not a weekday"), _("Write Monday, Tuesday and so on."))


def clock(cell: str) -> time:
    """Read a time of day: 08:15, 8:15 AM or 14:30."""
    for form in ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M%p"):
        try:
            return datetime.strptime(cell.upper(), form).time()  # noqa: DTZ007 - a time of day has no zone
        except ValueError:
            continue
    raise CellError(_("is not a time of day"), _("Write it as 08:15."))


_CDS_OR_BLANK = Column(
    "cds_code",
    gettext_lazy("The code of a school on the site; blank for the whole district."),
    parse=cds_code,
    example="34674396034136",
)


class _RowByRow(Exchange):
    """A table whose rows each stand for themselves."""

    permission = "places.import"
    moves_incidents = False

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        """Put each row, and tell whoever depends on school hours if any has changed."""
        for row in rows:
            outcome = self.put(row, context)
            if outcome is Outcome.CREATED:
                context.report.created += 1
            elif outcome is Outcome.UPDATED:
                context.report.updated += 1
            elif outcome is Outcome.UNCHANGED:
                context.report.unchanged += 1
        if self.moves_incidents and context.report.created + context.report.updated:
            campuses_changed(by=context.by, at=context.at)

    def put(self, row: Row, context: ImportContext) -> Outcome | None:
        """Apply one row; ``None`` after rejecting it."""
        raise NotImplementedError


def _for_site(row: Row, context: ImportContext, put: Callable[[Campus | None], Outcome]) -> Outcome | None:
    """Call ``put`` with the row's site, or with ``None`` for the whole district; reject an unknown code."""
    code = row.values.get("cds_code")
    on = row.values.get("day") or row.values.get("valid_from")
    campus = campus_for_cds(code, on) if code else None
    if code and campus is None:
        context.reject(
            row, "cds_code", _("is not in the school directory"), _("Bring in the directory first.")
        )
        return None
    return put(campus)


@register
class EnrolmentTable(_RowByRow):
    """Students by school and school year."""

    key = "enrolment"
    title = gettext_lazy("Enrolment")
    description = gettext_lazy(
        "How many students each school has in a school year. Rates are held against it."
    )
    columns = (
        Column(
            "cds_code",
            gettext_lazy("The school's code."),
            required=True,
            parse=cds_code,
            example="34674396034136",
        ),
        Column(
            "school_year",
            gettext_lazy("The school year."),
            required=True,
            parse=school_year,
            aliases=("year", "academic_year"),
            example="2012-13",
        ),
        Column(
            "students",
            gettext_lazy("Students enrolled."),
            required=True,
            parse=whole_number(0, 100_000),
            aliases=("enrolment", "enrollment", "total"),
            example="420",
        ),
        Column(
            "source",
            gettext_lazy("Where the count comes from."),
            parse=text_up_to(200),
            example="State census day",
        ),
        Column("invented", gettext_lazy("Yes for demonstration data."), parse=yes_no, example="no"),
    )

    def put(self, row: Row, context: ImportContext) -> Outcome | None:
        """Set the enrolment of one school and year."""
        school = School.objects.filter(cds_code=row.values["cds_code"]).first()
        if school is None:
            context.reject(
                row, "cds_code", _("is not in the school directory"), _("Bring in the directory first.")
            )
            return None
        return put_enrolment(
            school=school,
            school_year=row.values["school_year"],
            students=row.values["students"],
            source=row.values.get("source") or context.file_name[-200:],
            invented=bool(row.values.get("invented")),
        )

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """Give every school's enrolment, year by year; small ones only to those who bring them in."""
        rows = visible(Enrolment.objects.select_related("school"), viewer)
        if not may(viewer, self.permission):
            rows = rows.exclude(students__gt=0, students__lt=FEWEST_STUDENTS)
        for enrolment in rows.order_by("school__cds_code", "school_year"):
            first = enrolment.school_year
            yield (
                enrolment.school.cds_code,
                f"{first}-{(first + 1) % 100:02d}",
                enrolment.students,
                enrolment.source,
                enrolment.invented,
            )


@register
class BellTimesTable(_RowByRow):
    """School hours by site and weekday."""

    key = "bell-times"
    title = gettext_lazy("Bell times")
    description = gettext_lazy(
        "When school begins and ends. Until any are entered, it is weekdays, 07:00 to 15:59."
    )
    moves_incidents = True
    columns = (
        _CDS_OR_BLANK,
        Column("weekday", gettext_lazy("Monday to Sunday."), required=True, parse=weekday, example="Monday"),
        Column(
            "begins", gettext_lazy("First minute of school."), required=True, parse=clock, example="08:15"
        ),
        Column(
            "ends", gettext_lazy("First minute after school."), required=True, parse=clock, example="14:45"
        ),
        Column("valid_from", gettext_lazy("First day on which they hold."), parse=day, example="2012-09-04"),
        Column("valid_to", gettext_lazy("Last day on which they hold."), parse=day, example="2013-06-14"),
    )

    def put(self, row: Row, context: ImportContext) -> Outcome | None:
        """Set the bell times of one site and weekday."""
        values = row.values
        if values["ends"] <= values["begins"]:
            context.reject(row, "ends", _("is not after school begins"), _("Exchange or correct the times."))
            return None
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            context.reject(
                row, "valid_to", _("lies before the first day"), _("Exchange or correct the dates.")
            )
            return None
        return _for_site(
            row,
            context,
            lambda campus: put_bell_times(
                campus=campus,
                weekday=values["weekday"],
                begins=values["begins"],
                ends=values["ends"],
                valid_from=first,
                valid_to=last,
            ),
        )

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """Give all bell times, the district's first."""
        codes = _a_code_for_each_campus()
        for bell in visible(BellTimes.objects.order_by("campus_id", "weekday", "valid_from"), viewer):
            yield (
                codes.get(bell.campus_id or 0, ""),
                WEEKDAYS[bell.weekday],
                bell.begins,
                bell.ends,
                bell.valid_from,
                bell.valid_to,
            )


@register
class NonSchoolDaysTable(_RowByRow):
    """Weekdays without school."""

    key = "non-school-days"
    title = gettext_lazy("Days without school")
    description = gettext_lazy("Holidays and closures. Nothing on them counts as in school hours.")
    moves_incidents = True
    columns = (
        _CDS_OR_BLANK,
        Column("day", gettext_lazy("The day."), required=True, parse=day, example="2012-11-22"),
        Column(
            "reason", gettext_lazy("Why there is no school."), parse=text_up_to(120), example="Thanksgiving"
        ),
    )

    def put(self, row: Row, context: ImportContext) -> Outcome | None:
        """Set one day without school."""
        return _for_site(
            row,
            context,
            lambda campus: put_non_school_day(
                campus=campus, day=row.values["day"], reason=row.values.get("reason") or ""
            ),
        )

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """Give all days without school, the earliest first."""
        codes = _a_code_for_each_campus()
        for closure in visible(NonSchoolDay.objects.order_by("day", "campus_id"), viewer):
            yield codes.get(closure.campus_id or 0, ""), closure.day, closure.reason


def _a_code_for_each_campus() -> dict[int, str]:
    """Return for each campus the code of a school whose latest site it is, so that an import finds it
    again."""
    latest: dict[str, int] = {}
    held = School.objects.order_by("cds_code", "occupancies__valid_from")
    for code, campus_id in held.values_list("cds_code", "occupancies__campus_id"):
        if campus_id is not None:
            latest[code] = campus_id
    return {campus_id: code for code, campus_id in reversed(list(latest.items()))}
