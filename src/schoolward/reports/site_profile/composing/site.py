"""What the site is: its ground, its schools, its students, and how far its recommendations are."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.places import queries as places
from schoolward.platform.measures.display import display
from schoolward.platform.measures.reading import read
from schoolward.platform.measures.registry import FEWEST_STUDENTS
from schoolward.reports.sheets.shape import Column, Part, Row, Value
from schoolward.reports.sheets.values import measured, not_collected, words
from schoolward.reports.site_profile.composing.asked import Asked


def site(asked: Asked) -> Part:
    """The ground itself. A count of so few students that a child could be known is shown nowhere."""
    campus = asked.campus
    columns = (
        Column("name", _("Site")),
        Column("address", _("Address")),
        Column("zip_code", _("ZIP code")),
        Column("students", _("Students")),
        Column("jurisdiction", _("Police jurisdiction")),
    )
    row: Row = {
        "name": words(campus.name, reverse("places:detail", args=[campus.slug])),
        "address": words(campus.address),
        "zip_code": words(campus.zip_code),
        "students": _students(asked),
        "jurisdiction": words(campus.get_jurisdiction_display()),
    }
    return Part("site", _("The site"), columns, (row,), "facts")


def _students(asked: Asked) -> Value:
    year = places.latest_enrolment_year(asked.day)
    if year is None:
        return not_collected()
    if asked.campus.pk in places.campuses_with_few_students(year, asked.day):
        return Value(None, _("Fewer than %(n)s, not shown") % {"n": FEWEST_STUDENTS})
    students = places.students_by_campus(year, asked.day).get(asked.campus.pk)
    if students is None:
        return not_collected()
    text = _("%(n)s in %(year)s") % {
        "n": display(students, ""),
        "year": f"{year}/{(year + 1) % 100:02d}",
    }
    return Value(students, f"{text}, {_('invented')}" if has_invented_students(asked.day) else text)


def has_invented_students(day: date) -> bool:
    """Whether the enrolment that a profile of the day shows is invented."""
    year = places.latest_enrolment_year(day)
    return year is not None and places.enrolment_is_invented(year)


def schools(asked: Asked) -> Part:
    """The schools that were on the site on the day."""
    columns = (
        Column("name", _("School"), width="2"),
        Column("kind", _("Kind")),
        Column("grades", _("Grades")),
        Column("cds_code", _("State code")),
    )
    rows = tuple(
        {
            "name": words(school.name),
            "kind": words(school.get_kind_display()),
            "grades": words(school.grades),
            "cds_code": words(school.cds_code),
        }
        for school in places.schools_on(asked.campus.pk, asked.day).order_by("name")
    )
    return Part("schools", _("Schools"), columns, rows, missing=_("No school was here on this day."))


def recommendations(asked: Asked) -> Part:
    """How many recommendations were accepted, verified, on time, and what the verified ones cost (M12)."""
    columns = (
        Column("accepted", _("Recommendations accepted")),
        Column("verified", _("Verified as done")),
        Column("share", _("Share verified")),
        Column("on_time", _("On time, of those that fell due")),
        Column("cost_cents", _("What the verified ones cost")),
    )
    completion = read("recommendations.completion", asked.at_the_day, asked.scope)
    on_time = read("recommendations.on_time", asked.at_the_day, asked.scope)
    cost = read("recommendations.cost", asked.at_the_day, asked.scope)
    slug = asked.campus.slug
    row: Row = {
        "accepted": measured(completion, site=slug, part="denominator"),
        "verified": measured(completion, site=slug, part="numerator"),
        "share": measured(completion, site=slug),
        "on_time": measured(on_time, site=slug),
        "cost_cents": measured(cost, site=slug),
    }
    return Part("recommendations", _("Recommendations"), columns, (row,), "facts")
