"""Reports that are owed, their calendar, and the figures of the financial report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.calendars import calendar_of
from schoolward.domains.grants.filters import ReportFilter
from schoolward.domains.grants.forms import ReasonForm, SentForm, UntilForm
from schoolward.domains.grants.models import ReportDue
from schoolward.domains.grants.tables import ReportTable
from schoolward.domains.grants.views.finding import award_or_404, report_or_404
from schoolward.domains.grants.views.saving import kept
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.clock import now, today
from schoolward.platform.exchange.writers import write_csv
from schoolward.platform.ui.form_pages import FORM, sent
from schoolward.platform.ui.lists import CSV_TYPE, Action, Empty, ListPage
from schoolward.protocols.icalendar import MEDIA_TYPE


class ReportList(ListPage):
    """Every report that awards owe, what is open first."""

    title = gettext_lazy("Reports due")
    permission = "grants.view"
    table_class = ReportTable
    filterset_class = ReportFilter

    def queryset(self, viewer: Viewer) -> QuerySet[ReportDue]:
        rows = queries.reports_due(viewer)
        return rows.order_by(F("submitted_on").asc(nulls_first=True), "due", "pk")

    def lead(self) -> str:
        day = today(self.viewer.at)
        late = queries.reports_due(self.viewer).filter(submitted_on__isnull=True, due__lt=day).count()
        coming = queries.reports_due(self.viewer).filter(submitted_on__isnull=True, due__gte=day).first()
        said = (
            ngettext("%d report is late.", "%d reports are late.", late) % late
            if late
            else _("No report is late.")
        )
        if coming is None:
            return said
        return _("%(said)s The next is due on %(day)s: %(award)s.") % {
            "said": said,
            "day": date_format(coming.due, "F j, Y"),
            "award": coming.award,
        }

    def actions(self) -> list[Action]:
        return [
            Action(_("Calendar feeds"), reverse("grants:feeds"), primary=False),
            Action(_("Calendar file"), reverse("grants:calendar"), primary=False),
        ]

    def empty(self) -> Empty:
        return Empty(_("No report is owed"), _("Reports are planned from the period of each award."))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        values = {"today": today(self.viewer.at), "may_manage": may(self.viewer, "grants.manage")}
        self.table_class = cast(type[ReportTable], type("OwnReportTable", (ReportTable,), values))
        return super().get(request, *args, **kwargs)


@FORM
@requires("grants.manage")
def report_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a report went out."""
    viewer = viewer_of(request)
    report = report_or_404(viewer, pk)
    form = SentForm(sent(request), initial={"submitted_on": today(viewer.at)})
    return kept(
        request,
        form,
        lambda: actions.mark_sent(report_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("Marked as sent."),
        back=reverse("grants:reports"),
        title=_("Sent: %(report)s, %(award)s") % {"report": report, "award": report.award},
        lead=_("It was due on %(day)s.") % {"day": date_format(report.due, "F j, Y")},
        button=_("Mark as sent"),
    )


@FORM
@requires("grants.manage")
def report_unsent(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a report was marked as sent by mistake."""
    viewer = viewer_of(request)
    report = report_or_404(viewer, pk)
    form = ReasonForm(sent(request))
    return kept(
        request,
        form,
        lambda: actions.unmark_sent(report_id=pk, by=viewer, at=now(viewer.at), **form.cleaned_data),
        said=_("It is owed again."),
        back=reverse("grants:reports"),
        title=_("Not sent: %(report)s, %(award)s") % {"report": report, "award": report.award},
        lead=_("It is owed again, and late if its day is over. What was written of it stays on record."),
        button=_("It was not sent"),
    )


@require_safe
@requires("grants.view")
def calendar(request: HttpRequest) -> HttpResponse:
    """What is due, as a calendar file: open reports, ends of periods and last days to pay."""
    viewer = viewer_of(request)
    made = calendar_of(viewer, on=today(viewer.at), at=viewer.at, root=request.build_absolute_uri("/"))
    response = HttpResponse(made, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'attachment; filename="grants.ics"'
    return response


@require_safe
@requires("grants.view")
def financial_report(request: HttpRequest, key: str) -> HttpResponseBase:
    """The figures of the SF-425, on the page and as CSV, cumulative to a day."""
    viewer = viewer_of(request)
    award = award_or_404(viewer, key)
    day = today(viewer.at)
    form = UntilForm(request.GET if "until" in request.GET else None, initial={"until": _last_quarter(day)})
    until = form.cleaned_data["until"] if form.is_bound and form.is_valid() else _last_quarter(day)
    lines = queries.financial_report(award, until=until)
    if request.GET.get("export") == "csv" and not (form.is_bound and form.errors):
        record(
            "grants.financial_report_exported",
            by=viewer,
            at=viewer.at,
            subject=f"grants.Award:{award.pk}",
            detail={"until": until},
        )
        rows = [[line.code, line.title, f"{line.cents / 100:.2f}"] for line in lines]
        body = b"".join(write_csv(["line", "title", "amount"], rows))
        response = HttpResponse(body, content_type=CSV_TYPE)
        response["Content-Disposition"] = f'attachment; filename="sf-425-{award.key}-{until}.csv"'
        return response
    context = {"award": award, "lines": lines, "until": until, "form": form}
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "grants/financial_report.html", context, status=status)


def _last_quarter(day: date) -> date:
    """The last day of the newest quarter that is over."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first - timedelta(days=1)
