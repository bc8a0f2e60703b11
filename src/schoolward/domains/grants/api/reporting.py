"""Reports that are owed, requests that wait for a second person, and calendars, over HTTP."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from ninja.pagination import paginate

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.api.finding import done, form_of, one_of
from schoolward.domains.grants.api.shapes import FeedOut, NewFeedOut, OverrideOut, ReportOut, WhyIn
from schoolward.domains.grants.calendars import calendar_of
from schoolward.domains.grants.forms import DecisionForm, FeedForm, ReasonForm, SentForm
from schoolward.domains.grants.models import CalendarFeed, ReportDue
from schoolward.domains.grants.views.feeds import address_of
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import Slices, Text, cleaned
from schoolward.protocols.icalendar import MEDIA_TYPE

router = Router()


class SentIn(Schema):
    """The day on which a report went out."""

    submitted_on: date
    note: Text = ""


class OverrideDecisionIn(WhyIn):
    """``let_by`` or ``refused``, and why."""

    decision: Text


class FeedIn(Schema):
    """What a feed is for, such as “My telephone”."""

    name: Text


@router.get("/reports", url_name="grant_reports", response=list[ReportOut])
@paginate(Slices)
def reports(request: HttpRequest, open: bool = True) -> QuerySet[ReportDue]:
    """Reports that are owed, the earliest due first; with ``open=false`` those that were sent, too."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    rows = queries.reports_due(viewer)
    return rows.filter(submitted_on__isnull=True) if open else rows


def _report(request: HttpRequest, report_id: int) -> ReportDue:
    rows = queries.reports_due(viewer_of(request)).filter(pk=report_id)
    found: ReportDue = one_of(rows, f"report {report_id}")
    return found


@router.post("/reports/{report_id}/sent", url_name="grant_report_sent", response=ReportOut)
def sent_out(request: HttpRequest, report_id: int, sent: SentIn) -> Any:
    """Say that a report went out."""
    check(viewer_of(request), "grants.manage")
    found, fields = _report(request, report_id), cleaned(SentForm(form_of(sent)))
    return done(request, actions.mark_sent, report_id=found.pk, **fields)


@router.post("/reports/{report_id}/not-sent", url_name="grant_report_not_sent", response={204: None})
def not_sent(request: HttpRequest, report_id: int, sent: WhyIn) -> Status[None]:
    """Say that a report was marked as sent by mistake: it is owed again."""
    check(viewer_of(request), "grants.manage")
    found, fields = _report(request, report_id), cleaned(ReasonForm(sent.dict()))
    done(request, actions.unmark_sent, report_id=found.pk, **fields)
    return Status(204, None)


@router.get("/requests", url_name="grant_requests", response=list[OverrideOut])
def requests(request: HttpRequest, open: bool = True) -> list[dict[str, Any]]:
    """Requests to let something by, the newest first; with ``open=false`` those that were decided, too."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    rows = queries.overrides_waiting(viewer) if open else queries.overrides(viewer)
    return [OverrideOut.of(row) for row in rows[:500]]


@router.post("/requests/{request_id}/decide", url_name="grant_request_decide", response=OverrideOut)
def decide(request: HttpRequest, request_id: int, sent: OverrideDecisionIn) -> dict[str, Any]:
    """Let by, or refuse, what somebody else asked for. 409 to the one who asked."""
    viewer = viewer_of(request)
    check(viewer, "grants.approve")
    rows = queries.overrides(viewer).filter(pk=request_id)
    one_of(rows, f"request {request_id}")
    fields = cleaned(DecisionForm(sent.dict()))
    act = actions.let_by if fields["decision"] == "let_by" else actions.refuse
    done(request, act, request_id=request_id, reason=fields["reason"])
    return OverrideOut.of(one_of(rows.all(), f"request {request_id}"))


@router.get("/calendar.ics", url_name="grant_calendar")
def calendar(request: HttpRequest) -> HttpResponse:
    """What is due, as a calendar (RFC 5545): reports, ends of periods, last days to pay."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    made = calendar_of(viewer, on=today(viewer.at), at=viewer.at, root=request.build_absolute_uri("/"))
    return HttpResponse(made, content_type=MEDIA_TYPE)


@router.get("/calendar-feeds", url_name="grant_feeds", response=list[FeedOut])
def feeds(request: HttpRequest) -> QuerySet[CalendarFeed]:
    """One's own calendar feeds, the newest first."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    return queries.own_feeds(viewer)


@router.post("/calendar-feeds", url_name="grant_feed_make", response={201: NewFeedOut})
def make_feed(request: HttpRequest, sent: FeedIn) -> Status[Any]:
    """Make a calendar feed. The answer tells its secret address, this once only."""
    check(viewer_of(request), "grants.view")
    made, secret = done(request, actions.make_feed, **cleaned(FeedForm(sent.dict())))
    told = {name: getattr(made, name) for name in FeedOut.model_fields}
    return Status(201, {**told, "address": address_of(request, secret)})


@router.post("/calendar-feeds/{feed_id}/revoke", url_name="grant_feed_revoke", response={204: None})
def revoke_feed(request: HttpRequest, feed_id: int) -> Status[None]:
    """Revoke one of one's own feeds: calendars that read it get nothing more."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    one_of(queries.own_feeds(viewer).filter(pk=feed_id), f"feed {feed_id}")
    done(request, actions.revoke_feed, feed_id=feed_id)
    return Status(204, None)
