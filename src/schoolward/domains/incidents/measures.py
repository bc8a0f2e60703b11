"""Numbers about incidents. Sites are those in operation on the incident's own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolward.domains.incidents import tallied
from schoolward.domains.incidents.examples import example
from schoolward.domains.incidents.models import Incident, MonthTally, Placement
from schoolward.domains.places import queries as places
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Rows, measure
from schoolward.platform.measures.together import shared

_NONE_YET = _("No incident of this period has been recorded or imported.")
_GENERATED = _("Holds records generated for the demonstration.")
_ASSUMED_HOURS = _("School hours are taken as weekdays, 07:00 to 15:59, until bell times are entered.")
_FEW_STUDENTS = _("The site has fewer than 11 students, so its enrollment is withheld.")
_NO_ENROLMENT = _("No enrollment is known.")
_INVENTED_ENROLMENT = _("The enrollment is invented for the demonstration.")
_APPROXIMATE = _("Records without a position are placed in the middle of their police grid (approximate).")


def _within(period: Period, scope: Scope) -> QuerySet[Incident]:
    """Incidents of the period's local dates, up to the day that the measure is asked as of."""
    rows = Incident.objects.filter(local_date__lte=_last(period))
    if period.start is not None:
        rows = rows.filter(local_date__gte=period.start)
    return rows if scope.campus_id is None else rows.filter(campus_id=scope.campus_id)


def _last(period: Period) -> date:
    return min(period.end, period.as_of) if period.end is not None else period.as_of


def _rows(period: Period, rows: QuerySet[Incident], *notes: Promise | str) -> Rows:
    if not tallied.any_between(period.start, _last(period)):
        return Rows(numerator=rows, collected=False, missing=_NONE_YET)
    return Rows(
        numerator=rows,
        note=_joined(*notes, _GENERATED if _has_generated(period) else ""),
        known_between=tallied.known_between,
    )


def _kept(what: str, period: Period, scope: Scope, *notes: Promise | str) -> Rows:
    """Rows of a kind that the tallies know; those of one site are few, and their index counts them."""
    rows = _rows(period, _within(period, scope).filter(tallied.ROWS[what]), *notes)
    if scope.campus_id is not None:
        return rows
    return replace(rows, known_count=lambda: tallied.count(what, period.start, _last(period)))


def _joined(*notes: Promise | str) -> Promise | str:
    said = [note for note in notes if note]
    return format_lazy(" ".join(["{}"] * len(said)), *said) if said else ""


@shared
def _has_generated(period: Period) -> bool:
    """Whether the months that the period touches hold generated records. From the tallies, so at once."""
    months = MonthTally.objects.filter(generated=True, month__lte=_last(period))
    if period.start is not None:
        months = months.filter(month__gt=period.start - timedelta(days=31))
    return months.exists()


@measure(
    key="incidents.total",
    title=_("Incidents"),
    definition=_(
        "All records of the period: police records as the police department files them, reports that are not "
        "crimes included, and incidents entered by hand."
    ),
    unit="incidents",
    owner=Role.LEAD,
    record_class=RecordClass.POLICE,
    numerator=_("Records whose local date lies in the period"),
    denominator="",
    example=example(6, "1", "2", "3", "4", "5", "6"),
)
def total(period: Period, scope: Scope) -> Rows:
    """Every record of the period; of one site, those attributed to it."""
    return _kept(tallied.TOTAL, period, scope)


@measure(
    key="incidents.crimes",
    title=_("Crimes"),
    definition=_("Records of the period that are crimes: all but the police's 7000 series and truancy."),
    unit="incidents",
    owner=Role.LEAD,
    record_class=RecordClass.POLICE,
    numerator=_("Records of the period whose offense is a crime"),
    denominator="",
    direction="down",
    example=example(5, "1", "2", "3", "4", "5"),
)
def crimes(period: Period, scope: Scope) -> Rows:
    """Records that are crimes."""
    return _kept(tallied.CRIME, period, scope)


@measure(
    key="incidents.non_crime",
    title=_("Reports that are not crimes"),
    definition=_(
        "Records of the police's 7000 series: towed vehicles, missing persons, found property and other "
        "reports; and truancy."
    ),
    unit="incidents",
    owner=Role.LEAD,
    record_class=RecordClass.POLICE,
    numerator=_("Records of the period that are no crimes"),
    denominator="",
    example=example(1, "6"),
)
def non_crimes(period: Period, scope: Scope) -> Rows:
    """Records that are not crimes."""
    return _kept(tallied.NO_CRIME, period, scope)


@measure(
    key="incidents.at_campus",
    title=_("Incidents at sites"),
    definition=_(
        "Records of the period whose address, once spelled alike, is the address of a site with a school of "
        "kindergarten to grade 12, charter schools included, in operation on the day of the incident."
    ),
    unit="incidents",
    owner=Role.LEAD,
    record_class=RecordClass.POLICE,
    numerator=_("Records at the address of a site in operation that day"),
    denominator="",
    direction="down",
    example=example(3, "1", "2", "6"),
)
def at_campus(period: Period, scope: Scope) -> Rows:
    """Records at the address of a site."""
    return _kept(tallied.AT_SITES, period, scope)


@measure(
    key="incidents.at_campus.school_hours",
    title=_("Incidents at sites in school hours"),
    definition=_(
        "Incidents at sites that happened while school was in: by the site's bell times and calendar, "
        "or, where none are entered, on weekdays from 07:00 to 15:59 local time."
    ),
    unit="incidents",
    owner=Role.LEAD,
    record_class=RecordClass.POLICE,
    numerator=_("Incidents at sites, in school hours"),
    denominator="",
    direction="down",
    example=example(1, "1"),
)
def at_campus_in_school_hours(period: Period, scope: Scope) -> Rows:
    """Records at the address of a site while school was in."""
    rows = _within(period, scope).filter(at_campus=True, in_school_hours=True)
    is_assumed = places.school_hours_table().is_assumed_at(scope.campus_id)
    return _rows(period, rows, _ASSUMED_HOURS if is_assumed else "")


@measure(
    key="incidents.at_campus.non_crime",
    title=_("Reports at sites that are not crimes"),
    definition=_(
        "Incidents at sites that are records of the police's 7000 series (towed vehicles, missing persons, "
        "found property and other reports) or truancy."
    ),
    unit="incidents",
    owner=Role.LEAD,
    record_class=RecordClass.POLICE,
    numerator=_("Incidents at sites that are no crimes"),
    denominator="",
    example=example(1, "6"),
)
def non_crimes_at_campus(period: Period, scope: Scope) -> Rows:
    """Records at the address of a site that are not crimes."""
    at_sites = _within(period, scope).filter(tallied.ROWS[tallied.AT_SITES])
    return _rows(period, at_sites.filter(tallied.ROWS[tallied.NO_CRIME]))


@measure(
    key="incidents.near_campus",
    title=_("Incidents near sites"),
    definition=_(
        "Records of the period within 305 m (1,000 feet, great-circle distance) of the point of any site "
        "with a school of kindergarten to grade 12, charter schools included, in operation on the day of "
        "the incident. For one site, those of them that are attributed to it."
    ),
    unit="incidents",
    owner=Role.LEAD,
    record_class=RecordClass.POLICE,
    numerator=_("Records within 305 m of a site in operation that day"),
    denominator="",
    direction="down",
    example=example(2, "3", "6"),
)
def near_campus(period: Period, scope: Scope) -> Rows:
    """Records near a site, whether or not they carry its address."""
    placed = _within(period, scope).filter(near_campus=True, placement=Placement.GRID)
    return _kept(tallied.NEAR_SITES, period, scope, _APPROXIMATE if placed.exists() else "")


@measure(
    key="incidents.rate",
    title=_("Incidents at sites per 1,000 students"),
    definition=_(
        "Incidents at the sites whose enrollment is known, per 1,000 students of the schools in operation "
        "there at the end of the period, by the latest enrollment known then. Sites with fewer than 11 "
        "students are left out: their enrollment is not shown, nor had by subtraction."
    ),
    unit="per 1,000 students",
    owner=Role.LEAD,
    record_class=RecordClass.POLICE,
    numerator=_("Incidents at sites whose enrollment is known and not small"),
    denominator=_("Students enrolled at these sites"),
    version=2,
    direction="down",
    example=example(1.5, "1", "2", "6"),
)
def rate(period: Period, scope: Scope) -> Rows:
    """Incidents at sites over students; not collected where no enrolment is known, withheld where small."""
    last = _last(period)
    year = places.latest_enrolment_year(last)
    students = places.students_by_campus(year, last) if year is not None else {}
    if scope.campus_id is not None:
        students = {site: n for site, n in students.items() if site == scope.campus_id}
    # By the few sites that are left out: a long list of those taken in leads the planner away from the
    # index of incidents at sites.
    unknown = [site for site in places.campus_names() if site not in students]
    rows = _within(period, scope).filter(at_campus=True).exclude(campus_id__in=unknown)
    if year is not None and scope.campus_id in places.campuses_with_few_students(year, last):
        return Rows(numerator=rows.none(), withheld=True, note=_FEW_STUDENTS)
    if year is None or not sum(students.values()):
        return Rows(numerator=rows, collected=False, missing=_NO_ENROLMENT)
    found = _rows(period, rows, _INVENTED_ENROLMENT if places.enrolment_is_invented(year) else "")
    return replace(found, denominator=sum(students.values()), factor=1000)
