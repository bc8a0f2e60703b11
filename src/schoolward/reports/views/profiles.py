"""The site security profiles: which sites there are, one copy of one site, its files and its pictures."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.assessments.queries.as_of import photo_of_a_finding, site_plan_as_of
from schoolward.domains.places.panels import campus_of_panel
from schoolward.domains.places.queries import operating_campuses
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo import clock
from schoolward.platform.files.queries import response as kept_file
from schoolward.platform.measures.period import PeriodError
from schoolward.reports.beginning import check_day
from schoolward.reports.errors import CannotPrint, UnfitDate
from schoolward.reports.sheets.files import MEDIA_TYPES, file_of
from schoolward.reports.sheets.shape import Sheet
from schoolward.reports.site_profile.copies import COPIES, Copy
from schoolward.reports.site_profile.reading import (
    NoSuchProfile,
    check_copy,
    copies_for,
    note_reading,
    profile,
    site_for,
)


def day_asked(request: HttpRequest, *, at: datetime) -> date:
    """The day of ``as_of`` in the address, else today. Raises ``UnfitDate``."""
    return day_of(request.GET.get("as_of", ""), at=at)


def day_of(text: str, *, at: datetime) -> date:
    """The day that somebody wrote, else today. Raises ``UnfitDate``."""
    text = text.strip()
    if not text:
        return clock.today(at)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UnfitDate(_("“%(text)s” is no date. Write it like 2012-09-06.") % {"text": text[:40]}) from None
    check_day(day, at=at)
    return day


def copy_or_404(word: str) -> Copy:
    """The copy of this word."""
    try:
        return Copy(word)
    except ValueError:
        raise Http404(_("There is no such copy.")) from None


def refused(request: HttpRequest, error: Exception) -> HttpResponse:
    """A day or a character that does not go, in words."""
    return render(request, "reports/sheet_refused.html", {"error": error}, status=422)


@require_safe
@requires("profiles.view")
def profiles(request: HttpRequest) -> HttpResponse:
    """Every site in operation with the copies of its profile that the viewer may read."""
    viewer = viewer_of(request)
    try:
        day = day_asked(request, at=viewer.at)
    except (UnfitDate, PeriodError) as error:
        return refused(request, error)
    rows = [
        {"campus": campus, "copies": copies_for(viewer, campus.pk)}
        for campus in operating_campuses(day).order_by("name", "pk")
    ]
    own = [kind for kind in COPIES.values() if kind in copies_for(viewer, None)]
    context = {
        "rows": rows,
        "day": day,
        "kinds": own,
        "is_today": day == clock.today(viewer.at),
        "may_see_actions": may(viewer, "assessments.view"),
    }
    return render(request, "reports/profiles.html", context)


@require_safe
@requires("profiles.view")
def profile_page(request: HttpRequest, slug: str, copy: str) -> HttpResponse:
    """One copy of one site's profile, as a page."""
    viewer = viewer_of(request)
    chosen = copy_or_404(copy)
    try:
        day = day_asked(request, at=viewer.at)
        campus = site_for(viewer, slug, chosen)
        sheet = profile(campus, chosen, day, form="page", by=viewer)
    except NoSuchProfile as error:
        raise Http404(str(error)) from error
    except (UnfitDate, PeriodError) as error:
        return refused(request, error)
    context = {
        "sheet": sheet,
        "campus": campus,
        "day": day,
        "copies": copies_for(viewer, campus.pk),
        "kind": COPIES[chosen],
        "is_today": day == clock.today(viewer.at),
    }
    return render(request, "reports/profile.html", context)


@require_safe
@requires("profiles.view")
def profile_file(request: HttpRequest, slug: str, copy: str, kind: str) -> HttpResponse:
    """One copy as a file: pdf, csv or json."""
    viewer = viewer_of(request)
    chosen = copy_or_404(copy)
    if kind not in MEDIA_TYPES:
        raise Http404(_("There is no such file."))
    try:
        day = day_asked(request, at=viewer.at)
        campus = site_for(viewer, slug, chosen)
        return sheet_file(profile(campus, chosen, day, form=kind, by=viewer), kind)
    except NoSuchProfile as error:
        raise Http404(str(error)) from error
    except (UnfitDate, PeriodError, CannotPrint) as error:
        return refused(request, error)


def sheet_file(sheet: Sheet, kind: str) -> HttpResponse:
    """A sheet's file as an answer. Raises ``CannotPrint``."""
    name, content = file_of(sheet, kind)
    answer = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    shown = "inline" if kind == "pdf" else "attachment"
    answer["Content-Disposition"] = f'{shown}; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@requires("profiles.closed_session")
def profile_photo(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A photograph of a finding, for readers of the closed-session copy."""
    viewer = viewer_of(request)
    try:
        campus = site_for(viewer, slug, Copy.CLOSED)
    except NoSuchProfile as error:
        raise Http404(str(error)) from error
    photo = photo_of_a_finding(campus.pk, pk)
    if photo is None:
        raise Http404(_("There is no such photograph."))
    note_reading(campus, Copy.CLOSED, clock.today(viewer.at), form=f"photograph {pk}", by=viewer)
    return kept_file(photo.file, name=photo.file_name)


@require_safe
@requires("profiles.police")
def profile_plan(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The plan of the site, for readers of the police copy."""
    viewer = viewer_of(request)
    check_copy(viewer, Copy.POLICE)
    try:
        day = day_asked(request, at=viewer.at)
        campus = site_for(viewer, slug, Copy.POLICE)
    except NoSuchProfile as error:
        raise Http404(str(error)) from error
    except (UnfitDate, PeriodError) as error:
        return refused(request, error)
    plan = site_plan_as_of(campus.pk, day)
    if plan is None:
        raise Http404(_("There is no plan of this site."))
    note_reading(campus, Copy.POLICE, day, form="plan", by=viewer)
    return kept_file(plan.file, name=plan.file_name)


@require_safe
@requires("profiles.view")
def site_panel(request: HttpRequest, campus_id: int) -> HttpResponse:
    """The panel of a site's page that leads to its papers."""
    viewer = viewer_of(request)
    campus = campus_of_panel(viewer, campus_id)
    context = {
        "campus": campus,
        "copies": copies_for(viewer, campus.pk),
        "may_see_actions": may(viewer, "assessments.view"),
    }
    return render(request, "reports/site_panel.html", context)
