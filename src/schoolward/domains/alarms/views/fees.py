"""Permits, the statement of fees, and appeals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.alarms import queries
from schoolward.domains.alarms.actions.permits import file_appeal, set_appeal
from schoolward.domains.alarms.actions.refusals import AlarmRefused
from schoolward.domains.alarms.forms.reduction import AppealForm, DecisionForm, StatementForm
from schoolward.domains.alarms.models import Appeal, AppealOutcome, Case
from schoolward.domains.alarms.queries.fees import Line, Statement, appeal_by, has_fee, statement
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo import clock
from schoolward.platform.exchange.writers import write_csv, write_xlsx
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent
from schoolward.platform.ui.lists import CSV_TYPE, XLSX_TYPE

LINES_SHOWN = 1000
COLUMNS = (
    "event",
    "time",
    "campus",
    "system",
    "type",
    "ordinal",
    "fee",
    "surcharge",
    "claimed",
    "state",
    "appeal_by",
    "pay_by",
    "appeal",
    "ordinance",
    "why",
)


@require_safe
@requires("alarms.view")
def fees_page(request: HttpRequest) -> HttpResponseBase:
    """What false alarms cost, alarm by alarm, with sums by system and year; or the same as CSV or XLSX."""
    viewer = viewer_of(request)
    today = clock.today(viewer.at)
    form = StatementForm(request.GET or None, viewer=viewer)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = statement(viewer, as_of=given.get("as_of") or today, campus_id=given.get("campus"))
    charged = bool(given.get("charged"))
    if (kind := request.GET.get("export", "")) in ("csv", "xlsx"):
        return _export(request, found, kind, charged=charged)
    parts = [
        {"part": part, "years": _by_year(lines[:LINES_SHOWN]), "more": max(0, len(lines) - LINES_SHOWN)}
        for part in found.parts
        for lines in [_chosen(part.lines, charged=charged)]
    ]
    context = {
        "form": form,
        "found": found,
        "parts": parts,
        "may_appeal": may(viewer, "alarms.appeal"),
        "may_keep": may(viewer, "alarms.keep"),
        "is_invented": any(line.case.generated for part in found.parts for line in part.lines[:50]),
    }
    return render(request, "alarms/fees.html", context, status=400 if form.errors else 200)


def _by_year(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The alarms by year, which the page folds: one reads a year, or looks for one alarm in it."""
    found = [(year, list(group)) for year, group in groupby(lines, key=lambda line: line.assessed.time.year)]
    return [(_told(year, those), those) for year, those in found]


def _told(year: int, lines: Sequence[Line]) -> str:
    """What a year's list holds: those that count, which the sums above count, and those struck out."""
    struck = sum(1 for line in lines if not line.assessed.counts)
    counted = len(lines) - struck
    told = ngettext("%(n)d counted alarm", "%(n)d counted alarms", counted) % {"n": counted}
    if struck:
        besides = ngettext("%(n)d struck out on appeal", "%(n)d struck out on appeal", struck)
        told = f"{told}, {besides % {'n': struck}}"
    return f"{year}: {told}"


def _chosen(lines: Sequence[Line], *, charged: bool) -> list[Line]:
    return [line for line in lines if not charged or line.assessed.claimed_cents != 0]


def _export(request: HttpRequest, found: Statement, kind: str, *, charged: bool) -> StreamingHttpResponse:
    viewer = viewer_of(request)
    record(
        "alarms.fees_exported",
        by=viewer,
        at=viewer.at,
        subject="list:alarms:fees",
        detail={"format": kind, "as_of": found.as_of.isoformat()},
    )
    rows = _rows(found, charged=charged)
    if kind == "csv":
        response = StreamingHttpResponse(write_csv(COLUMNS, rows), content_type=CSV_TYPE)
    else:
        response = StreamingHttpResponse(write_xlsx(COLUMNS, rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="alarm-fees-{found.as_of}.{kind}"'
    return response


def _rows(found: Statement, *, charged: bool) -> Iterator[Sequence[object]]:
    for part in found.parts:
        for line in _chosen(part.lines, charged=charged):
            one = line.assessed
            yield [
                one.event,
                one.time.isoformat(sep=" "),
                line.system.campus.name,
                one.system,
                one.type,
                one.ordinal,
                _dollars(one.fee_cents),
                _dollars(one.surcharge_cents),
                "" if one.claimed_cents is None else _dollars(one.claimed_cents),
                one.state.name.lower(),
                one.appeal_by,
                one.pay_by,
                one.appeal.name.lower(),
                part.ordinance.key,
                one.why,
            ]


def _dollars(cents: int) -> str:
    return f"{cents / 100:.2f}"


@FORM
@requires("alarms.appeal")
def appeal_page(request: HttpRequest, number: str) -> HttpResponse:
    """File an appeal against the fee for an alarm, or enter how it was decided."""
    viewer = viewer_of(request)
    case: Case = get_object_or_404(queries.cases(viewer), number=number)
    appeal = Appeal.objects.filter(case=case).first()
    today = clock.today(viewer.at)
    return _file(request, case, today) if appeal is None else _decide(request, case, appeal, today)


def _file(request: HttpRequest, case: Case, today: date) -> HttpResponse:
    viewer = viewer_of(request)
    if request.method != "POST" and not has_fee(case, viewer, as_of=today):
        messages.warning(
            request,
            _("%(number)s costs nothing, so there is no fee to appeal against.") % {"number": case.number},
        )
        return redirect("alarms:fees")
    form = AppealForm(sent(request), initial={"filed_on": today})
    last_day = appeal_by(case, viewer, as_of=today)

    def write() -> object:
        return file_appeal(case_id=case.pk, by=viewer, at=clock.now(viewer.at), **form.cleaned_data)

    if is_done(form, write, AlarmRefused):
        if last_day is not None and form.cleaned_data["filed_on"] > last_day:
            messages.warning(request, _too_late(last_day))
        else:
            messages.success(request, _("The appeal is filed, and the fees are reckoned anew."))
        return redirect("alarms:fees")
    return form_page(
        request,
        form,
        title=_("Appeal against the fee for %(number)s") % {"number": case.number},
        lead=" ".join(
            [
                f"{case.title}, {case.campus}.",
                *([_("The last day to appeal: %(day)s.") % {"day": _said(last_day)}] if last_day else []),
            ]
        ),
        button=_("File the appeal"),
        back=reverse("alarms:fees"),
        what_next=_("Nothing falls due until it is decided. Enter the decision here when it comes."),
    )


def _decide(request: HttpRequest, case: Case, appeal: Appeal, today: date) -> HttpResponse:
    viewer = viewer_of(request)
    names = ("filed_on", "grounds", "outcome", "decided_on")
    initial = {name: getattr(appeal, name) for name in names}
    form = DecisionForm(sent(request), initial=initial)
    last_day = appeal_by(case, viewer, as_of=today)
    is_late = last_day is not None and appeal.filed_on > last_day

    def write() -> object:
        return set_appeal(case_id=case.pk, by=viewer, at=clock.now(viewer.at), **form.cleaned_data)

    if is_done(form, write, AlarmRefused):
        if is_late and last_day is not None:
            messages.warning(request, _too_late(last_day))
        else:
            messages.success(request, _("Saved, and the fees are reckoned anew."))
        return redirect("alarms:fees")
    return form_page(
        request,
        form,
        title=_("The appeal for %(number)s") % {"number": case.number},
        lead=_standing(appeal),
        button=_("Save"),
        back=reverse("alarms:fees"),
        what_next=_too_late(last_day)
        if is_late and last_day is not None
        else _("A granted appeal strikes the alarm out, and later ones move up by one."),
    )


def _standing(appeal: Appeal) -> str:
    """How an appeal stands."""
    if appeal.decided_on is None:
        return _("Filed on %(day)s and not decided yet.") % {"day": _said(appeal.filed_on)}
    how = {
        AppealOutcome.GRANTED: _("Granted on %(day)s: nothing is owed for this alarm."),
        AppealOutcome.DENIED: _("Denied on %(day)s: the fee stands."),
        AppealOutcome.WITHDRAWN: _("Withdrawn on %(day)s: the fee stands as if nobody had appealed."),
    }
    return how[AppealOutcome(appeal.outcome)] % {"day": _said(appeal.decided_on)}


def _too_late(last_day: date) -> str:
    """What is said of an appeal that came after the ordinance's last day: it is kept and changes no fee."""
    return _(
        "It is kept, but it was filed after %(day)s, the last day that the ordinance allows: the fee stands, "
        "however it is decided. If the city took it in all the same, its books hold the credit."
    ) % {"day": _said(last_day)}


def _said(day: date) -> str:
    return date_format(day, "F j, Y")
