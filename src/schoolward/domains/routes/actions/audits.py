"""Walk audits: planned for a site, and what fails in them made barriers, once each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.assessments import actions as assessments
from schoolward.domains.assessments import queries as assessed
from schoolward.domains.routes.actions.barriers import decide_barrier, report_barrier
from schoolward.domains.routes.actions.places_near import why_not_on_the_way
from schoolward.domains.routes.actions.recording import RouteRefused, audit, own_site, some_words, written
from schoolward.domains.routes.models import AuditDecision, Barrier, Owner
from schoolward.domains.routes.queries.audits import Offer, audits, offers, source_of
from schoolward.domains.routes.queries.barriers import barriers
from schoolward.domains.routes.states import Move
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.viewer import Viewer

PERMISSION = "routes.decide"
LONGEST_REASON = 1000


@transaction.atomic
def plan_audit(*, campus_id: int, planned_on: date, by: Viewer, at: datetime, invented: bool = False) -> Any:
    """Plan a walk audit around a site, with the instrument that holds on the day. It is walked like any.

    Raises :class:`RouteRefused` where no such instrument is there, for a day that is past, and where one is
    planned already; ``AccessDenied`` at a site that is not the viewer's.
    """
    own_site(campus_id, by=by, permission=PERMISSION)
    usable = assessed.usable_versions(by, planned_on).filter(instrument__kind=assessed.WAY_TO_SCHOOL)
    version = usable.order_by("-valid_from", "-pk").first()
    if version is None:
        raise RouteRefused(
            _("No instrument for walk audits holds on that day. Bring it in with “schoolward forms load”."),
            field="planned_on",
        )
    try:
        return assessments.plan_assessment(
            campus_id=campus_id,
            version_id=version.pk,
            planned_on=planned_on,
            invented=invented,
            permission=PERMISSION,
            by=by,
            at=at,
        )
    except assessments.AssessmentRefused as refusal:
        raise RouteRefused(str(refusal), field=refusal.field) from refusal


@transaction.atomic
def cancel_audit(*, audit_id: int, reason: str, by: Viewer, at: datetime) -> str:
    """Take a planned audit back of which nothing was answered; returns its reference."""
    _own_audit(audit_id, by=by)
    try:
        return assessments.cancel_assessment(
            assessment_id=audit_id, reason=reason, permission=PERMISSION, by=by, at=at
        )
    except assessments.AssessmentRefused as refusal:
        raise RouteRefused(str(refusal), field=refusal.field) from refusal


def _own_audit(audit_id: int, *, by: Viewer) -> Any:
    subject = f"assessments.Assessment:{audit_id}"
    check(by, PERMISSION, subject)
    found = audits(by).filter(pk=audit_id).first()
    if found is None:
        raise AccessDenied(PERMISSION, subject)
    return found


def _offer(found: Any, code: str, *, by: Viewer) -> Offer:
    """The offer of this code that nobody has decided about."""
    one = next((one for one in offers(found, by) if one.item.code == code), None)
    if one is None:
        raise RouteRefused(_("No such item fails in this audit, or it is not handed in."), field="code")
    if not one.waits:
        raise RouteRefused(_("This item is decided already."), field="code")
    return one


@transaction.atomic
def take_as_barrier(
    *, audit_id: int, code: str, by: Viewer, at: datetime, values: Mapping[str, Any] | None = None
) -> Barrier:
    """Make a failing item of a handed-in audit an accepted barrier, with its photograph.

    ``values`` are what of the barrier is to be otherwise than the walk says: kind, title, place, longitude,
    latitude, severity, time_of_day, owner, description. Raises :class:`RouteRefused` where the walk told no
    position and none is given, and for an item that was decided already: none becomes a barrier twice.
    """
    found = _own_audit(audit_id, by=by)
    return _taken(found, _offer(found, code, by=by), values or {}, by=by, at=at)


def _taken(found: Any, offer: Offer, values: Mapping[str, Any], *, by: Viewer, at: datetime) -> Barrier:
    item = offer.item
    told: dict[str, Any] = {
        "kind": offer.kind,
        "title": offer.title,
        "place": offer.place_at(found.campus.name),
        "severity": item.severity,
        "owner": Owner.UNKNOWN,
        "description": offer.description,
    }
    if item.position is not None:
        told["longitude"], told["latitude"] = item.position
    told |= values
    if "longitude" not in told or "latitude" not in told:
        raise RouteRefused(_("The walk did not take its position. Give it here."), field="latitude")
    barrier = report_barrier(
        campus_id=found.campus_id,
        found_on=found.assessed_on,
        source=source_of(found.pk, item.code),
        invented=found.invented,
        by=by,
        at=at,
        **told,
    )
    if item.photos:
        photo = item.photos[0]
        stored = {"photo": photo.file, "photo_name": photo.file.first_name}
        written(barrier, stored, "barrier_photo", by=by, file=photo.file_id)
    _decide(found, item.code, barrier=barrier, by=by, at=at)
    return decide_barrier(barrier_id=barrier.pk, move=Move.ACCEPT, by=by, at=at)


@dataclass(frozen=True)
class Left:
    """An item that nobody has decided about and that cannot be made a barrier at once, and why not."""

    code: str
    text: str
    why: str


@dataclass(frozen=True)
class Taken:
    """The barriers that were made of an audit's items, and what was left."""

    barriers: list[Barrier]
    left: list[Left]


@transaction.atomic
def take_all(*, audit_id: int, by: Viewer, at: datetime) -> Taken:
    """Make every item that can be taken without another word an accepted barrier; done again, nothing.

    Items without a position, or with one that is too far from the site, are left for a right one, and those
    of which an open barrier may be the same for a look.
    """
    found = _own_audit(audit_id, by=by)
    taken = Taken([], [])
    for one in offers(found, by):
        if not one.waits:
            continue
        if why := why_left(found, one):
            taken.left.append(Left(one.item.code, one.item.text, why))
        else:
            taken.barriers.append(_taken(found, one, {}, by=by, at=at))
    return taken


def why_left(found: Any, offer: Offer) -> str:
    """Why an item that waits cannot be made a barrier at once, in words; empty where it can."""
    if offer.item.position is None:
        return _("The walk did not take its position.")
    if offer.open_already:
        return _("%(reference)s may be the same, and is open.") % {
            "reference": offer.open_already[0].reference
        }
    refusal = why_not_on_the_way(*offer.item.position, campus_id=found.campus_id)
    return str(refusal) if refusal is not None else ""


@transaction.atomic
def same_as_barrier(*, audit_id: int, code: str, barrier_id: int, by: Viewer, at: datetime) -> Barrier:
    """Say that a failing item is a barrier that is known already. It must be one of the same site."""
    found = _own_audit(audit_id, by=by)
    offer = _offer(found, code, by=by)
    barrier = barriers(by).filter(pk=barrier_id, campus_id=found.campus_id).first()
    if barrier is None:
        raise RouteRefused(_("No such barrier is known at this site."), field="barrier_id")
    _decide(found, offer.item.code, barrier=barrier, by=by, at=at)
    return barrier


@transaction.atomic
def set_aside(*, audit_id: int, code: str, reason: str, by: Viewer, at: datetime) -> AuditDecision:
    """Say why a failing item is no barrier."""
    found = _own_audit(audit_id, by=by)
    offer = _offer(found, code, by=by)
    words = some_words(reason, "reason")[:LONGEST_REASON]
    return _decide(found, offer.item.code, reason=words, by=by, at=at)


def _decide(
    found: Any, code: str, *, by: Viewer, at: datetime, barrier: Barrier | None = None, reason: str = ""
) -> AuditDecision:
    made = AuditDecision.objects.create(
        assessment=found,
        code=code,
        barrier=barrier,
        reason=reason,
        at=at,
        by_id=by.account_id,
        by_name=by.account_name,
        invented=found.invented,
    )
    detail = {"site": found.campus_id, "code": code, "on": timezone.localdate(at)}
    audit("audit_decided", made, by=by, barrier=barrier.reference if barrier else "", **detail)
    return made
