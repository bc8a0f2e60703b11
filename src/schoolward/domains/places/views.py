"""Pages of sites: the list with its map, the profile, and the forms that change them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from schoolward.domains.places import queries
from schoolward.domains.places.actions import CannotMove, change_campus, move_school, verify_former_name
from schoolward.domains.places.actions.campuses import BadAddress
from schoolward.domains.places.filters import SiteFilter
from schoolward.domains.places.forms import CampusForm, FormerNameForm, MoveSchoolForm
from schoolward.domains.places.models import Campus, School
from schoolward.domains.places.panels import panels_for
from schoolward.domains.places.tables import KIND_LABELS, SiteTable
from schoolward.platform.access.permissions import may
from schoolward.platform.access.policy import visible
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent
from schoolward.platform.ui.lists import Action, Empty, ListPage
from schoolward.platform.ui.table_values import table_values

GEOJSON = "application/geo+json"


def _day(request: HttpRequest) -> date:
    """The day asked for by ``on``, else today; a day that is none is as if it were not asked for."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today(viewer_of(request).at)


class SiteList(ListPage):
    """Every site with its schools on one day, as a table and on the map."""

    title = gettext_lazy("Sites")
    permission = "places.view"
    table_class = SiteTable
    filterset_class = SiteFilter
    template_name = "places/list.html"
    per_page = 100

    def queryset(self, viewer: Any) -> QuerySet[Campus]:
        return visible(queries.campuses(), viewer)

    @cached_property
    def day(self) -> date:
        """The day that the list is about."""
        return _day(self.request)

    def lead(self) -> str | Promise:
        sites = queries.operating_campuses(self.day).count()
        schools = queries.operating_schools(self.day).count()
        return _("%(sites)d district sites and %(schools)d schools were in operation on %(day)s.") % {
            "sites": sites,
            "schools": schools,
            "day": f"{self.day:%B} {self.day.day}, {self.day.year}",
        }

    def actions(self) -> list[Action]:
        if not may(self.viewer, "places.import"):
            return []
        return [
            Action(_("Bring in the school directory"), reverse("exchange:create", args=["schools"]), False)
        ]

    def empty(self) -> Empty:
        bring = self.actions()
        return Empty(
            _("No sites yet"),
            _("Sites come with the school directory: one for each address at which a school stands."),
            bring[0] if bring else None,
        )

    def rows(self) -> Any:
        """The sites as rows that know their schools, kind and students on the day."""
        return _with_schools(super().rows(), self.day)

    def extra_context(self) -> dict[str, Any]:
        return {"day": self.day, "geojson_url": f"{reverse('places:geojson')}?on={self.day}"}

    def _table_rows(self, queryset: Any) -> Iterator[Sequence[object]]:
        yield from table_values(self.table_class(list(queryset), orderable=False))


def _with_schools(rows: QuerySet[Campus], day: date) -> list[Campus]:
    """Let every row know what is on it on the day: a few hundred rows at most, in four queries.

    A list, so that the table sorts by what the database does not hold in one column.
    """
    schools = queries.schools_by_campus(day)
    district = set(queries.operating_campuses(day).values_list("pk", flat=True))
    year = queries.latest_enrolment_year(day)
    students = queries.students_by_campus(year, day) if year is not None else {}
    listed: list[Any] = list(rows)
    for campus in listed:
        there = schools.get(campus.pk, [])
        campus.school_names = ", ".join(school.name for school in there)
        campus.kind_label = str(KIND_LABELS[queries.kind_of_campus(campus.pk, there, district)])
        campus.students = students.get(campus.pk)
    return listed


@require_GET
@requires("places.view")
def geojson(request: HttpRequest) -> HttpResponseBase:
    """Sites as GeoJSON, with the schools that are there on the day ``on``; one site alone by ``site``."""
    found = queries.geojson(viewer_of(request), _day(request), slug=request.GET.get("site", ""))
    return JsonResponse(found, content_type=GEOJSON)


@require_GET
@requires("places.view")
def detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The profile of one site: facts, schools over time, and the panels of other domains."""
    viewer, campus = viewer_of(request), _campus(request, slug)
    day = _day(request)
    schools = list(queries.schools_on(campus.pk, day))
    year = queries.latest_enrolment_year(day)
    hours = queries.school_hours_table()
    context = {
        "campus": campus,
        "day": day,
        "schools": schools,
        "history": queries.history(campus.pk),
        "students": queries.students_by_campus(year, day).get(campus.pk) if year is not None else None,
        "students_are_few": year is not None and campus.pk in queries.campuses_with_few_students(year, day),
        "students_year": None if year is None else f"{year}-{(year + 1) % 100:02d}",
        "students_invented": year is not None and queries.enrolment_is_invented(year),
        "hours": hours.on(campus.pk, day),
        "hours_assumed": hours.is_assumed_at(campus.pk),
        "kind": KIND_LABELS[
            queries.kind_of_campus(
                campus.pk, schools, set(queries.operating_campuses(day).values_list("pk", flat=True))
            )
        ],
        "panels": [
            (panel, reverse(panel.url_name, args=[campus.pk])) for panel in panels_for(viewer, campus.pk)
        ],
        "may_edit": may(viewer, "places.edit"),
        "geojson_url": f"{reverse('places:geojson')}?on={day}&site={campus.slug}",
        "breadcrumbs": [(_("Sites"), reverse("places:list")), (campus.name, "")],
    }
    return render(request, "places/detail.html", context)


@FORM
@requires("places.edit")
def edit(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Change what is known of a site."""
    viewer, campus = viewer_of(request), _campus(request, slug)
    fields = ("name", "address", "zip_code", "jurisdiction", "latitude", "longitude", "notes")
    form = CampusForm(sent(request), initial={name: getattr(campus, name) for name in fields})
    if is_done(
        form,
        lambda: change_campus(campus=campus, by=viewer, at=viewer.at, **form.cleaned_data),
        BadAddress,
    ):
        messages.success(request, _("Saved."))
        return redirect("places:detail", campus.slug)
    return _form(
        request,
        form,
        title=_("Change %(site)s") % {"site": campus.name},
        campus=campus,
        button=_("Save"),
        what_next=_("If the address or the point changes, incidents are matched to sites again."),
    )


@FORM
@requires("places.edit")
def move(request: HttpRequest, cds_code: str) -> HttpResponseBase:
    """Let a school move to another site from a day on."""
    viewer = viewer_of(request)
    school, campus = _school(cds_code)
    form = MoveSchoolForm(sent(request))
    if is_done(
        form,
        lambda: move_school(school=school, by=viewer, at=viewer.at, **form.cleaned_data),
        CannotMove,
    ):
        to = form.cleaned_data["to"]
        messages.success(request, _("%(school)s moves to %(site)s.") % {"school": school, "site": to})
        return redirect("places:detail", to.slug)
    return _form(
        request,
        form,
        title=_("Move %(school)s") % {"school": school.name},
        campus=campus,
        button=_("Move"),
        what_next=_("The school's time at %(site)s ends the day before.") % {"site": campus.name},
    )


@FORM
@requires("places.edit")
def former_name(request: HttpRequest, cds_code: str) -> HttpResponseBase:
    """Say how a school's former name reads in a public source, or that it had none."""
    viewer = viewer_of(request)
    school, campus = _school(cds_code)
    form = FormerNameForm(sent(request), initial={"former_name": school.former_name_note})
    if form.is_valid():
        verify_former_name(school=school, by=viewer, at=viewer.at, **form.cleaned_data)
        messages.success(request, _("The former name of %(school)s is verified.") % {"school": school})
        return redirect("places:detail", campus.slug)
    return _form(
        request,
        form,
        title=_("Former name of %(school)s") % {"school": school.name},
        campus=campus,
        button=_("I checked it"),
        what_next=_("The mark “unverified” goes, and imports of the directory leave the name alone."),
    )


def _school(cds_code: str) -> tuple[School, Campus]:
    """A school and the site where it is or was last."""
    school, campus = queries.school_by_cds(cds_code), queries.campus_for_cds(cds_code)
    if school is None or campus is None:
        raise Http404
    return school, campus


def _campus(request: HttpRequest, slug: str) -> Campus:
    campus = visible(queries.campuses(), viewer_of(request)).filter(slug=slug).first()
    if campus is None:
        raise Http404
    return campus


def _form(request: HttpRequest, form: Any, *, title: str, campus: Campus, **texts: str) -> HttpResponseBase:
    back = reverse("places:detail", args=[campus.slug])
    trail = [(_("Sites"), reverse("places:list")), (campus.name, back), (title, "")]
    return form_page(request, form, title=title, back=back, breadcrumbs=trail, **texts)
