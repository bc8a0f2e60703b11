"""How the district stands: its key figures, and incidents by month, kind, hour and site."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from schoolward.domains.incidents import queries as incidents
from schoolward.domains.incidents.queries import AT, SiteCount, Slice
from schoolward.domains.places.queries import campuses
from schoolward.home.figures import Figure, figure, figures
from schoolward.home.question import Question
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.period import Scope
from schoolward.platform.measures.together import together

HEADLINE = "incidents.at_campus"
IN_SCHOOL_HOURS = "incidents.at_campus.school_hours"
INCIDENT_KEYS = (HEADLINE, IN_SCHOOL_HOURS, "incidents.near_campus", "incidents.total", "incidents.rate")
STANDING_KEYS = (
    "campuses.operating",
    "schools.operating",
    "recommendations.completion",
    "work.overdue",
    "assessments.coverage",
    "initiatives.freshness",
)
TOP_SITES = 10


@dataclass(frozen=True)
class SiteLine:
    """One site's incidents, each count with the question that opens its records."""

    count: SiteCount
    question: Question
    slug: str

    @property
    def trace_at(self) -> str:
        """The records of incidents at the site's address."""
        return self.question.trace_url(HEADLINE)

    @property
    def trace_hours(self) -> str:
        """Those of them in school hours."""
        return self.question.trace_url(IN_SCHOOL_HOURS)

    @property
    def trace_rate(self) -> str:
        """The records behind the rate per 1,000 students."""
        return self.question.trace_url("incidents.rate")


@dataclass(frozen=True)
class IncidentPicture:
    """Incidents of the period at the viewer's sites, as the charts show them."""

    at_sites: list[tuple[date, int]]
    near_sites: list[tuple[date, int]]
    kinds: list[tuple[str, int]]
    hours: dict[tuple[int, int], int]
    sites: list[SiteLine]
    sites_total: int


@dataclass(frozen=True)
class Overview:
    """Everything on the overview page. ``picture`` is ``None`` for those who see no incidents, and
    ``year_before`` where there is nothing to compare with."""

    incident_figures: list[Figure]
    standing_figures: list[Figure]
    headline: Figure
    year_before: Figure | None
    picture: IncidentPicture | None


def overview(viewer: Viewer, question: Question) -> Overview:
    """Read the district's figures for the question, and chart its incidents."""
    with together():
        incident_figures = figures(INCIDENT_KEYS, question, viewer)
        before = _year_before(question)
        return Overview(
            incident_figures=incident_figures,
            standing_figures=figures(STANDING_KEYS, question, viewer),
            headline=incident_figures[0],
            year_before=figure(HEADLINE, before) if before else None,
            picture=_picture(viewer, question) if may(viewer, "incidents.view") else None,
        )


def _year_before(question: Question) -> Question | None:
    """The same months a year before; ``None`` where they overlap, and some days would count in both."""
    start, end = question.period.start, question.period.end or question.period.as_of
    if start is None or _back(end) >= start:
        return None
    return question.over(_back(start), _back(end))


def _back(day: date) -> date:
    """The same day a year before; the last of a month becomes the last of that month."""
    last, last_then = (monthrange(year, day.month)[1] for year in (day.year, day.year - 1))
    return day.replace(year=day.year - 1, day=last_then if day.day == last else min(day.day, last_then))


def _first_month(last: date) -> date | None:
    """The month of the first incident, or of the last day asked about if that is earlier."""
    span = incidents.span_of_days()
    return min(span[0], last).replace(day=1) if span else None


def _picture(viewer: Viewer, question: Question) -> IncidentPicture | None:
    last = question.period.end or question.period.as_of
    first = question.period.start or _first_month(last)
    if first is None or not incidents.any_incidents():
        return None
    campus_id = question.scope.campus_id
    at = Slice(first, last, campus_id, where=AT)
    counted = [site for site in incidents.by_site(viewer, at) if site.at_campus]
    slugs = dict(campuses().values_list("pk", "slug"))
    sites = [
        SiteLine(site, Question(question.period, Scope(site.campus_id, site.name), slug), slug)
        for site in counted[:TOP_SITES]
        if (slug := slugs.get(site.campus_id, ""))
    ]
    at_sites, near_sites = incidents.by_month_at_and_near(viewer, Slice(first, last, campus_id))
    return IncidentPicture(
        at_sites=at_sites,
        near_sites=near_sites,
        kinds=incidents.by_category(viewer, at),
        hours={(day, hour): n for day, hour, n in incidents.by_hour_of_week(viewer, at)},
        sites=sites,
        sites_total=len(counted),
    )
