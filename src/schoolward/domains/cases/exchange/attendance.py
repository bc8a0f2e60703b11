"""Daily attendance of the young people in the caseload. Nobody else's rows are kept, not even on a disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.cases.actions import bring_in
from schoolward.domains.cases.actions.referring import OLDEST
from schoolward.domains.cases.exchange.students import numbers
from schoolward.domains.cases.models import AttendanceDay
from schoolward.domains.cases.queries.centre import school_days
from schoolward.platform.access.disclosing import read as read_days
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column
from schoolward.platform.exchange.reading import UnreadableFile
from schoolward.platform.exchange.registry import Choice, Exchange, ImportContext, register
from schoolward.protocols.attendance import (
    FIELDS,
    Attendance,
    BadLayout,
    Day,
    Layout,
    read,
    stated,
    wanted_only,
)
from schoolward.protocols.delimited import FileProblem


@register
class AttendanceTable(Exchange):
    """Days of school, of those alone who are in the caseload of whoever brings them in."""

    key = "attendance"
    about_young_people = True
    title = gettext_lazy("Daily attendance")
    description = gettext_lazy(
        "How the young people of the caseload came to school, a row for each student and day. Rows of other "
        "students are counted and passed over; of an uploaded file they are not kept until it is applied."
    )
    permission = "cases.keep"
    export_permission = "cases.keep"
    columns = tuple(
        Column(one.name, one.help, required=one.required, aliases=one.headers[1:], example=one.example)
        for one in FIELDS
    )
    choices = (
        Choice(
            "columns",
            gettext_lazy("Columns that the file calls otherwise, such as student_number=Perm ID, mark=Code"),
        ),
        Choice(
            "marks",
            gettext_lazy("Codes that are the file's own, such as UNV=absent:unexcused, MED=partly:excused"),
        ),
    )

    def kept(self, stream: BinaryIO, *, by: Viewer, options: Mapping[str, str]) -> BinaryIO:
        with _told_plainly():
            return wanted_only(stream, numbers(by).keys(), _layout(options))

    def run_stream(self, stream: BinaryIO, context: ImportContext) -> None:
        known = numbers(context.by)
        report = context.report
        days: dict[str, list[Day]] = defaultdict(list)
        with _told_plainly():
            file = read(stream, known.keys(), _layout(context.options))
            fits = _Calendar(context)
            for day in file.days():
                if (fault := fits.fault(day)) is None:
                    days[day.number].append(day)
                else:
                    report.reject(day.row, "date", day.on.isoformat(), *fault)
        for problem in file.problems:
            report.reject(problem.row, problem.column, problem.value, problem.error, problem.mend)
        for number, told in days.items():
            self._take(told, known[number], context)
        report.read = file.read - file.left_out
        report.unchanged += file.repeated
        _tell(file, len(days), len(known), context)

    def _take(self, told: list[Day], youths: list[int], context: ImportContext) -> None:
        if len(youths) > 1:
            for day in told:
                context.report.reject(
                    day.row,
                    "student_number",
                    "",
                    _("is the number of %(count)d records in the caseload") % {"count": len(youths)},
                    _("Find out whether they are one person, and correct the number of the other."),
                )
            return
        taken = bring_in(youth_id=youths[0], days=told, by=context.by, at=context.at)
        context.report.created += taken.created
        context.report.updated += taken.updated
        context.report.unchanged += taken.unchanged

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """The days of the viewer's caseload, each reading on the record, a student after the other."""
        said = {True: "yes", False: "no", None: ""}
        for number, youths in sorted(numbers(viewer).items()):
            for day in read_days(AttendanceDay.objects.filter(youth__in=youths).order_by("on"), viewer):
                minutes = "" if day.minutes_absent is None else day.minutes_absent
                yield number, day.on, day.mark, minutes, said[day.excused], said[day.enrolled]


class _Calendar:
    """Which days somebody can have been at school: none to come, none long ago, none without school."""

    def __init__(self, context: ImportContext) -> None:
        self.today = timezone.localdate(context.at)
        self.first = self.today.replace(year=self.today.year - OLDEST, day=1)
        self.is_school_day = school_days()

    def fault(self, day: Day) -> tuple[str, str] | None:
        """What is wrong with the day of a row, and the mend; ``None`` where nothing is."""
        if day.on > self.today:
            return _("has not come yet"), _("Look at the year, and at the order of day and month.")
        if day.on < self.first:
            return (
                _("is longer ago than anybody here has been at school"),
                _("Look at the year: write it with four digits."),
            )
        if day.enrolled and not self.is_school_day(day.on):
            return (
                _("is no day of school"),
                _("Take the row out; where school was taught, correct the calendar of the schools first."),
            )
        return None


class _told_plainly:  # noqa: N801 - used as a function in a with statement
    """What is wrong with a file as a whole, as an import tells it."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, problem: BaseException | None, _where: object) -> None:
        if isinstance(problem, BadLayout | FileProblem):
            raise UnreadableFile(str(problem), "") from None


def _layout(options: Mapping[str, str]) -> Layout:
    """What is stated of a file, from the two lines in which it is written."""
    columns = {}
    for pair in _pairs(options.get("columns", "")):
        name, equals, header = pair.partition("=")
        if not equals:
            raise BadLayout(f"“{pair}” states no column. Write student_number=Perm ID.")
        columns[name.strip()] = header.strip()
    return stated(columns, _pairs(options.get("marks", "")))


def _pairs(text: str) -> list[str]:
    return [pair for piece in text.split(",") if (pair := piece.strip())]


def _tell(file: Attendance, told: int, known: int, context: ImportContext) -> None:
    if file.left_out:
        context.report.warn(
            _("Rows of students outside the caseload, passed over: %(count)d.") % {"count": file.left_out}
        )
    if not known:
        context.report.warn(
            _("Nobody in your caseload has a student number. It is entered on the young person's page.")
        )
    elif not told:
        context.report.warn(_("No good row of the file is of a young person in your caseload."))
    elif told < known:
        context.report.warn(
            _("%(count)d of %(all)d young people with a student number have no good row in the file.")
            % {"count": known - told, "all": known}
        )
