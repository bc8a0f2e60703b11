"""Initiatives: how each stands and why, and reporting."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Schema, Status
from ninja.errors import HttpError

from schoolward.domains.initiatives import actions, queries
from schoolward.domains.initiatives.api.routing import router
from schoolward.domains.initiatives.forms import ReportForm
from schoolward.domains.initiatives.models import Initiative, Kind
from schoolward.domains.initiatives.queries import Standing
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import Text, cleaned


class InitiativeOut(Schema):
    """An initiative, program or body, as it stands on a day. Bodies have no color."""

    key: str
    number: int | None
    title: str
    kind: str
    strand: str
    summary: str
    objective: str | None
    owner_role: str
    status: str
    start: date | None
    due: date | None
    closed_on: date | None
    colour: str | None
    rule_colour: str | None
    why: str
    percent: int | None
    reported_on: date | None
    dates_invented: bool


class ReportIn(Schema):
    """A report. ``colour`` only to override the rule, with a reason and evidence."""

    note: Text
    percent: int
    colour: Text | None = None
    override_reason: Text = ""
    evidence: Text = ""


class ReportOut(Schema):
    """A report as it was kept."""

    id: int
    on: date
    note: str
    percent: int
    colour: str
    rule_colour: str
    rule_sentence: str
    rule_version: int
    override_reason: str


def _out(stood: Standing) -> dict[str, Any]:
    one = stood.initiative
    computed = {"objective", "status", "colour", "rule_colour", "why", "percent", "reported_on"}
    is_body = one.kind == Kind.BODY
    own = {name: getattr(one, name) for name in InitiativeOut.model_fields if name not in computed}
    return {
        **own,
        "objective": one.objective.key if one.objective else None,
        "status": one.status_on(stood.on),
        "colour": None if is_body else stood.colour,
        "rule_colour": None if is_body else stood.result.colour,
        "why": one.cadence if is_body else stood.sentence,
        "percent": stood.percent,
        "reported_on": stood.last_update.on if stood.last_update else None,
    }


@router.get("", url_name="initiatives", response=list[InitiativeOut])
def initiatives(request: HttpRequest, as_of: date | None = None) -> list[dict[str, Any]]:
    """All that the caller may see, with how each stands on ``as_of`` (today if not given) and why."""
    viewer = viewer_of(request)
    check(viewer, "initiatives.view")
    day = as_of or today(viewer.at)
    return [_out(stood) for stood in queries.standings(queries.initiatives(viewer), on=day)]


def _found(request: HttpRequest, key: str) -> Initiative:
    one = queries.initiatives(viewer_of(request)).filter(key=key).first()
    if one is None:
        raise HttpError(404, f"there is no initiative {key!r}")
    return one


@router.get("/{key}", url_name="initiative", response=InitiativeOut)
def initiative(request: HttpRequest, key: str, as_of: date | None = None) -> dict[str, Any]:
    """One initiative as it stands on ``as_of``."""
    viewer = viewer_of(request)
    check(viewer, "initiatives.view")
    return _out(queries.standing(_found(request, key), on=as_of or today(viewer.at)))


@router.post("/{key}/reports", url_name="initiative_report", response={201: ReportOut})
def report(request: HttpRequest, key: str, sent: ReportIn) -> Status[Any]:
    """Report how an initiative stands."""
    viewer = viewer_of(request)
    check(viewer, "initiatives.report")
    one, form = _found(request, key), ReportForm(sent.dict(), may_override=True)
    cleaned(form)
    try:
        update = actions.report_status(initiative_id=one.pk, by=viewer, at=now(viewer.at), **form.arguments())
    except actions.InitiativeRefused as refusal:
        raise HttpError(422, str(refusal)) from refusal
    return Status(201, update)
