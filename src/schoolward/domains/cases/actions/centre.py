"""The attendance center: an officer's delivery, receiving a student, and what is done until the last look."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.attendance import follow_ups
from schoolward.analysis.school_days import DayKind
from schoolward.domains.cases.actions.newcomers import Newcomer, fits, record_of
from schoolward.domains.cases.actions.receipts import mark_of, not_of_a_sealed, same
from schoolward.domains.cases.actions.recording import as_system
from schoolward.domains.cases.actions.rows import audit, own, writing
from schoolward.domains.cases.models import (
    AgreedStep,
    Attending,
    BroughtBy,
    Cause,
    CentreVisit,
    ContactBy,
    Delivery,
    FromWhere,
    Guardian,
    Language,
    LegalBasis,
    ParentContact,
    PlanStep,
    ReleasedTo,
    VisitFollowUp,
    Youth,
    of_youth,
)
from schoolward.domains.cases.queries.centre import school_days
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.refusal import Refusal, fit_text
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record

KEEP, DELIVER = "centre.keep", "centre.deliver"
LONGEST_STAY = timedelta(hours=16)
_ON_FOOT_OF = {BroughtBy.OFFICER: LegalBasis.EC_48264}


@transaction.atomic
def deliver(*, from_where: str, legal_basis: str, receipt: UUID, by: Viewer, at: datetime) -> Delivery:
    """Say that somebody is being brought. It names nobody; sent twice with one receipt, it is there once."""
    check(by, DELIVER)
    if by.agency_id is None or by.account_id is None:
        raise AccessDenied(DELIVER)
    there = Delivery.objects.filter(receipt=receipt).first()
    if there is not None:
        told = (there.officer_id, there.from_where, there.legal_basis)
        same(told == (by.account_id, from_where, legal_basis))
        return there
    made = Delivery.objects.create(
        agency_id=by.agency_id,
        officer_id=by.account_id,
        receipt=receipt,
        announced_at=at,
        from_where=FromWhere(from_where),
        legal_basis=LegalBasis(legal_basis),
    )
    record("cases.delivery_announced", by=by, at=by.at, subject=f"cases.Delivery:{made.pk}", detail={})
    return made


@transaction.atomic
def take_delivery_back(*, delivery_id: int, by: Viewer, at: datetime) -> Delivery:
    """Say that nobody is coming after all. Raises ``AccessDenied`` and :class:`Refusal`."""
    check(by, DELIVER)
    rows = visible(Delivery.objects.select_for_update(of=("self",)), by)
    delivery = rows.filter(pk=delivery_id, officer=by.account_id).first()
    if delivery is None:
        raise AccessDenied(DELIVER, f"cases.Delivery:{delivery_id}")
    if delivery.received_at is not None:
        raise Refusal(_("The center has received the student already."))
    if delivery.taken_back_at is None:
        delivery.taken_back_at = at
        delivery.save(update_fields=["taken_back_at"])
        record("cases.delivery_taken_back", by=by, at=by.at, subject=f"cases.Delivery:{delivery_id}")
    return delivery


def receive(
    *,
    who: Newcomer,
    receipt: UUID,
    by: Viewer,
    at: datetime,
    delivery_id: int | None = None,
    brought_by: str = BroughtBy.OFFICER,
    from_where: str = FromWhere.OTHER,
    legal_basis: str = "",
    counted_in: DayKind = DayKind.SCHOOL,
    arrived_at: datetime | None = None,
) -> CentreVisit:
    """Receive a student: the record of the young person (found or made), the visit, and its three looks.

    With a delivery, who brought, from where and on what ground are the officer's words. ``arrived_at`` is for
    what is written down later. Sent twice with one receipt, the visit is there once; with other content it is
    refused. Raises ``AccessDenied``, :class:`Refusal`, and :class:`~.newcomers.WhoIsIt` where somebody has to
    say whose record it is.
    """
    with writing(by, KEEP):
        sent_as = mark_of(
            "visit",
            {
                "who": asdict(who),
                "delivery": delivery_id,
                "words": [brought_by, from_where, legal_basis, str(counted_in)],
                "arrived_at": arrived_at,
            },
            by,
        )
        with within(as_system(by)):
            there = CentreVisit.objects.filter(receipt=receipt).first()
        if there is not None:
            same(there.sent_as == sent_as)
            return there
        not_of_a_sealed(CentreVisit, receipt, by=by)
        delivery = None if delivery_id is None else _waiting(delivery_id, by)
        if delivery is not None:
            brought_by, from_where = BroughtBy.OFFICER, delivery.from_where
            legal_basis = delivery.legal_basis
        ground = legal_basis or _ON_FOOT_OF.get(BroughtBy(brought_by), LegalBasis.ASKED)
        if ground == LegalBasis.EC_48264 and brought_by in (BroughtBy.PARENT, BroughtBy.ALONE):
            raise Refusal(
                _("Nobody took the student into custody: choose another ground."), field="legal_basis"
            )
        came = at if arrived_at is None else arrived_at
        if not at - LONGEST_STAY <= came <= at:
            raise Refusal(_("Write a time of today, not after now."), field="arrived_at")
        youth = _youth(who, by=by, at=at)
        visit = CentreVisit.objects.create(
            **of_youth(youth),
            receipt=receipt,
            sent_as=sent_as,
            delivery=delivery,
            arrived_at=came,
            brought_by=BroughtBy(brought_by),
            brought_agency_id=None if delivery is None else delivery.agency_id,
            from_where=FromWhere(from_where),
            legal_basis=LegalBasis(ground),
        )
        looks = follow_ups(timezone.localdate(came), kind=counted_in, is_school_day=school_days())
        VisitFollowUp.objects.bulk_create(
            VisitFollowUp(**of_youth(youth), visit=visit, days=look.step, due_on=look.due_on)
            for look in looks
        )
        if delivery is not None:
            delivery.received_at = at
            delivery.save(update_fields=["received_at"])
        audit("visit_received", visit, by=by, at=by.at, brought_by=str(brought_by))
    return visit


def _waiting(delivery_id: int, by: Viewer) -> Delivery:
    rows = visible(Delivery.objects.select_for_update(of=("self",)), by)
    delivery = rows.filter(pk=delivery_id, taken_back_at__isnull=True).first()
    if delivery is None:
        raise Refusal(_("The officer has taken this back."), field="delivery")
    if delivery.received_at is not None:
        raise Refusal(_("Somebody received this student a moment ago."), field="delivery")
    return delivery


def _youth(who: Newcomer, *, by: Viewer, at: datetime) -> Youth:
    """The young person, found among those whom the viewer may see or entered anew, and who can be called."""
    if by.agency_id is None:
        raise AccessDenied(KEEP)
    youth = record_of(who, agency_id=by.agency_id, by=by, at=at)
    if who.guardian.strip() and not visible(Guardian.objects.all(), by).filter(youth=youth).exists():
        Guardian.objects.create(
            **of_youth(youth),
            name=fit_text(who.guardian, field="guardian", longest=200),
            relation="parent",
            language=Language(who.home_language),
            reach_at=fits(who.reach_at, field="reach_at", longest=160),
        )
    return youth


def set_cause(*, visit_id: int, cause: str, by: Viewer, at: datetime) -> CentreVisit:
    """Say what keeps the student from school, of the closed list."""
    with writing(by, KEEP):
        visit = own(CentreVisit, visit_id, by=by, permission=KEEP)
        if visit.cause != cause:
            visit.cause = Cause(cause)
            visit.save(update_fields=["cause"])
            audit("visit_cause", visit, by=by, at=by.at)
    return visit


def log_contact(
    *, visit_id: int, by_means: str, was_reached: bool, by: Viewer, at: datetime
) -> ParentContact:
    """Say that a parent was tried, and whether they were reached."""
    with writing(by, KEEP):
        visit = own(CentreVisit, visit_id, by=by, permission=KEEP)
        made = ParentContact.objects.create(
            **of_youth(visit.youth),
            visit=visit,
            at=at,
            by_means=ContactBy(by_means),
            was_reached=was_reached,
        )
        audit("parent_contacted", made, by=by, at=by.at, reached=was_reached)
    return made


def agree_steps(*, visit_id: int, kinds: list[str], due_on: date, by: Viewer, at: datetime) -> list[PlanStep]:
    """Write down the steps that were agreed on. Those that stand already are left as they are."""
    with writing(by, KEEP):
        visit = own(CentreVisit, visit_id, by=by, permission=KEEP)
        if due_on < timezone.localdate(visit.arrived_at):
            raise Refusal(_("A step is due after the visit."), field="due_on")
        there = set(visible(PlanStep.objects.all(), by).filter(visit=visit).values_list("kind", flat=True))
        wanted = [AgreedStep(kind) for kind in kinds if kind not in there]
        made = PlanStep.objects.bulk_create(
            PlanStep(**of_youth(visit.youth), visit=visit, kind=kind, due_on=due_on) for kind in wanted
        )
        if made:
            audit("steps_agreed", visit, by=by, at=by.at, steps=len(made))
    return made


def step_done(*, step_id: int, by: Viewer, at: datetime) -> PlanStep:
    """Say that a step of a plan was taken."""
    with writing(by, KEEP):
        step = own(PlanStep, step_id, by=by, permission=KEEP)
        if step.done_on is None:
            step.done_on = timezone.localdate(at)
            step.save(update_fields=["done_on"])
            audit("step_done", step, by=by, at=by.at)
    return step


def release(*, visit_id: int, released_to: str, by: Viewer, at: datetime) -> CentreVisit:
    """Say that the student left, and where to. A delivery's officer then reads "returned".

    Released to a peace officer, the parent has to be told at once (Education Code 48906). Raises
    :class:`Refusal` where the student has left already.
    """
    with writing(by, KEEP):
        visit = own(CentreVisit, visit_id, by=by, permission=KEEP)
        if visit.left_at is not None:
            raise Refusal(_("The student has left already."))
        if at - visit.arrived_at > LONGEST_STAY:
            at = visit.arrived_at + LONGEST_STAY  # noted late: nobody stays overnight
        visit.left_at, visit.released_to = at, ReleasedTo(released_to)
        visit.save(update_fields=["left_at", "released_to"])
        if visit.delivery_id is not None:
            Delivery.objects.filter(pk=visit.delivery_id).update(returned_at=at)
        audit("visit_ended", visit, by=by, at=by.at, to=str(released_to))
    return visit


def tell_parent(*, visit_id: int, is_exempt: bool, by: Viewer, at: datetime) -> CentreVisit:
    """Say that the parent was told of the release to an officer, or that the section's exception holds."""
    with writing(by, KEEP):
        visit = own(CentreVisit, visit_id, by=by, permission=KEEP)
        if visit.released_to != ReleasedTo.OFFICER:
            raise Refusal(_("The student was not released to a peace officer."))
        if visit.parent_told_at is not None or visit.notice_exempt:
            return visit
        if is_exempt:
            visit.notice_exempt = True
        else:
            visit.parent_told_at = at
        visit.save(update_fields=["parent_told_at", "notice_exempt"])
        audit("parent_told_of_release", visit, by=by, at=by.at, exempt=is_exempt)
    return visit


def follow_up(*, follow_up_id: int, found: str, by: Viewer, at: datetime) -> VisitFollowUp:
    """Say what a look at attendance found. Said once; raises :class:`Refusal` afterwards."""
    with writing(by, KEEP):
        look = own(VisitFollowUp, follow_up_id, by=by, permission=KEEP)
        if look.done_on is not None:
            raise Refusal(_("This follow-up is done already."))
        look.done_on, look.found = timezone.localdate(at), Attending(found)
        look.save(update_fields=["done_on", "found"])
        audit("followed_up", look, by=by, at=by.at, days=look.days)
    return look
