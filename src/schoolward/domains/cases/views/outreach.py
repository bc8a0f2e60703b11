"""Pages of monthly tracking: whose month is due, the months of one referral, and cohorts as numbers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.analysis.school_days import months_after
from schoolward.domains.cases.actions.outreach import track_month
from schoolward.domains.cases.forms.program_work import MonthForm
from schoolward.domains.cases.models import Area
from schoolward.domains.cases.queries import outreach as queries
from schoolward.domains.cases.views.centre import has_purpose
from schoolward.domains.cases.views.finding import hides
from schoolward.platform.access.permissions import may
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, kept, sent


@require_safe
@requires("cases.view")
def due(request: HttpRequest) -> HttpResponse:
    """Whose months are missing, the oldest month first."""
    viewer = viewer_of(request)
    rows = queries.overdue(viewer, today(viewer.at))
    context = {
        "rows": rows,
        "months": sum(len(row.months) for row in rows),
        "has_purpose": has_purpose(viewer),
        "may_write": may(viewer, "cases.deliver"),
        "may_count": may(viewer, "cases.results"),
    }
    return render(request, "outreach/due.html", context)


def _found(viewer: Viewer, pk: int) -> queries.MonthsPage:
    page = queries.months_page(viewer, pk, today(viewer.at))
    if page is None:
        raise Http404
    return page


@require_safe
@requires("cases.view")
def months(request: HttpRequest, pk: int) -> HttpResponse:
    """The months of one referral in four areas."""
    viewer = viewer_of(request)
    page = _found(viewer, pk)
    return render(request, "outreach/months.html", {"page": page, "may_write": may(viewer, "cases.deliver")})


@FORM
@requires("cases.deliver")
@hides
def month(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a month down: four taps."""
    viewer = viewer_of(request)
    page = _found(viewer, pk)
    day = today(viewer.at)
    first = page.next_month(day)
    started = page.referral.started_on or day
    since = (day.year - started.year) * 12 + day.month - started.month
    choices = [months_after(day.replace(day=1), -number) for number in range(min(since, 23) + 1)]
    kept_before = next((one for one in page.months if one.month == first), None)
    words = {str(area): getattr(kept_before, area) for area in Area} if kept_before else {}
    form = MonthForm(
        sent(request),
        months=sorted({first, *choices}, reverse=True),
        initial={"month": first.isoformat(), **words},
    )
    return kept(
        request,
        form,
        lambda: track_month(
            referral_id=pk,
            month=form.cleaned_data["month"],
            going={area: form.cleaned_data[area] for area in Area},
            by=viewer,
            at=now(viewer.at),
        ),
        refused=Refusal,
        said=_("Written down."),
        back=reverse("outreach:months", args=[pk]),
        title=_("How did the month go?"),
        lead=_("%(who)s. Decide it together, beside the time when they began.") % {"who": page.youth.called},
        button=_("Write it down"),
    )


@require_safe
@requires("cases.results")
def cohorts(request: HttpRequest) -> HttpResponse:
    """How many went better, as before and harder in each area, by the school year of the start."""
    return render(request, "outreach/cohorts.html", {"found": queries.cohort_table(viewer_of(request))})
