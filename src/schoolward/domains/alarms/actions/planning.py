"""Keeping call lists, action plans and arming schedules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.telephone import can_be_dialled
from schoolward.domains.alarms.actions.keeping import (
    CREATED,
    UNCHANGED,
    UPDATED,
    Kept,
    audited,
    check_campus,
    put,
    system_of,
)
from schoolward.domains.alarms.actions.members import member_called
from schoolward.domains.alarms.actions.refusals import (
    NumberMissing,
    NumberWrong,
    TextMissing,
    TimesWrong,
    ValueUnknown,
)
from schoolward.domains.alarms.models import (
    ActionPlan,
    ArmingSchedule,
    CallContact,
    Case,
    CaseEntry,
    PlanStep,
    SignalKind,
    StepKind,
)
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


def check_number(phone: str) -> None:
    """Raise ``NumberWrong`` for what cannot be dialled."""
    if not can_be_dialled(phone.strip()):
        raise NumberWrong(phone.strip())


@transaction.atomic
def keep_contact(
    *,
    campus_id: int,
    order: int,
    title: str,
    phone: str,
    by: Viewer,
    at: datetime,
    wait_seconds: int = 60,
    member: str | None = None,
    invented: bool | None = None,
) -> Kept[CallContact]:
    """Put a role or office at a place in the call list of a campus. Never a person's name.

    ``member``: the e-mail address of the account that is told when a case escalates to this place; "" for
    nobody, ``None`` leaves it as it is. Raises ``NumberWrong`` for what cannot be dialled, and
    ``MemberUnknown`` for an account that does not see the site's alarms.
    """
    check_campus(by, campus_id, "alarms.keep")
    if not title.strip():
        raise TextMissing
    if not phone.strip():
        raise NumberMissing
    check_number(phone)
    row = CallContact.objects.select_for_update(of=("self",)).filter(campus_id=campus_id, order=order).first()
    wanted: dict[str, object] = {
        "title": title.strip(),
        "phone": phone.strip(),
        "wait_seconds": wait_seconds,
    }
    if member is not None:
        wanted["member"] = member_called(member, campus_id, at=at)
    if invented is not None:
        wanted["invented"] = invented
    kept = put(row or CallContact(campus_id=campus_id, order=order), wanted)
    return audited("alarms.contact_kept", kept, by=by, campus=campus_id, order=order)


@transaction.atomic
def remove_contact(*, contact_id: int, by: Viewer, at: datetime) -> None:
    """Take a contact off the call list. What was called stays in the entries of cases."""
    row = visible(CallContact.objects.all(), by).filter(pk=contact_id).first()
    if row is None:
        raise AccessDenied("alarms.keep", f"alarms.CallContact:{contact_id}")
    check_campus(by, row.campus_id, "alarms.keep")
    audited("alarms.contact_removed", Kept(row, "removed"), by=by, campus=row.campus_id, order=row.order)
    row.delete()


@dataclass(frozen=True, slots=True)
class WantedStep:
    """One step as a plan is to have it, in order."""

    kind: str
    text: str
    is_required: bool = True


@transaction.atomic
def keep_plan(
    *,
    signal_kind: str,
    title: str,
    steps: Sequence[WantedStep],
    by: Viewer,
    at: datetime,
    campus_id: int | None = None,
) -> Kept[ActionPlan]:
    """Set the plan for a kind of signal, at one campus or everywhere (``None``), from today on.

    A plan that a case follows is not changed: it ends, and a new one takes its place. Cases that are open go
    on with the one that they were opened with.
    """
    check_campus(by, campus_id, "alarms.keep")
    if signal_kind not in SignalKind.values:
        raise ValueUnknown("signal_kind", signal_kind, SignalKind.values)
    if not title.strip():
        raise TextMissing
    for step in steps:
        if step.kind not in StepKind.values:
            raise ValueUnknown("kind", step.kind, StepKind.values)
        if not step.text.strip():
            raise TextMissing
    wanted = [WantedStep(str(step.kind), step.text.strip(), step.is_required) for step in steps]
    today = timezone.localdate(at)
    present = (
        ActionPlan.objects.select_for_update(of=("self",))
        .filter(
            Q(campus__isnull=True) if campus_id is None else Q(campus=campus_id),
            signal_kind=signal_kind,
            valid_to__isnull=True,
        )
        .order_by("-pk")
        .first()
    )
    if present is not None:
        has = [WantedStep(step.kind, step.text, step.is_required) for step in present.steps.order_by("order")]
        if present.title == title.strip() and has == wanted:
            return Kept(present, UNCHANGED)
    is_followed = present is not None and Case.objects.filter(plan=present).exists()
    if present is not None and not is_followed:
        present.title = title.strip()
        present.save(update_fields=["title"])
        _set_steps(present, wanted)
        kept = Kept(present, UPDATED)
    else:
        if present is not None:
            yesterday = today - timedelta(days=1)
            present.valid_to = max(yesterday, present.valid_from or yesterday)
            present.save(update_fields=["valid_to"])
        made = ActionPlan.objects.create(
            signal_kind=signal_kind,
            campus_id=campus_id,
            title=title.strip(),
            valid_from=None if present is None else today,
        )
        _set_steps(made, wanted)
        kept = Kept(made, CREATED if present is None else UPDATED)
    return audited(
        "alarms.plan_kept", kept, by=by, kind=str(signal_kind), campus=campus_id, steps=len(wanted)
    )


def _set_steps(plan: ActionPlan, wanted: Sequence[WantedStep]) -> None:
    """Steps that are named in an entry cannot go; such a plan is followed by a case and never comes here."""
    if CaseEntry.objects.filter(step__plan=plan).exists():
        raise RuntimeError("a plan with entries is never changed")
    plan.steps.all().delete()
    PlanStep.objects.bulk_create(
        [
            PlanStep(plan=plan, order=order, kind=step.kind, text=step.text, is_required=step.is_required)
            for order, step in enumerate(wanted, start=1)
        ]
    )


@transaction.atomic
def keep_schedule(
    *,
    system_id: int,
    weekday: int,
    opens: time,
    closes: time,
    by: Viewer,
    at: datetime,
    on_school_days: bool = True,
    tolerance_minutes: int = 30,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Kept[ArmingSchedule]:
    """Say when a system is expected to be open on a weekday (0 is Monday), on school days or others."""
    system = system_of(system_id, by=by, permission="alarms.keep")
    if not 0 <= weekday <= 6:
        raise ValueUnknown("weekday", weekday, [str(day) for day in range(7)])
    if closes <= opens:
        raise TimesWrong(_("It must close later than it opens, on the same day."), field="closes")
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        raise TimesWrong(_("The schedule ends before it begins."), field="valid_to")
    row = (
        ArmingSchedule.objects.select_for_update(of=("self",))
        .filter(system=system, weekday=weekday, on_school_days=on_school_days, valid_from=valid_from)
        .first()
    )
    made = row or ArmingSchedule(
        system=system, weekday=weekday, on_school_days=on_school_days, valid_from=valid_from
    )
    wanted = {"opens": opens, "closes": closes, "tolerance_minutes": tolerance_minutes, "valid_to": valid_to}
    kept = put(made, wanted)
    return audited("alarms.schedule_kept", kept, by=by, system=system.pk, weekday=weekday)


@transaction.atomic
def remove_schedule(*, schedule_id: int, by: Viewer, at: datetime) -> None:
    """Take a schedule away. The system is then not held to it any more."""
    row = visible(ArmingSchedule.objects.all(), by).filter(pk=schedule_id).first()
    if row is None:
        raise AccessDenied("alarms.keep", f"alarms.ArmingSchedule:{schedule_id}")
    system_of(row.system_id, by=by, permission="alarms.keep")
    audited("alarms.schedule_removed", Kept(row, "removed"), by=by, system=row.system_id, weekday=row.weekday)
    row.delete()
