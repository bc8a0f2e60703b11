"""Permits, and appeals against fees. Fees are computed from these, so that each change counts at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.alarms.actions.keeping import Kept, audited, put, system_of
from schoolward.domains.alarms.actions.refusals import AlarmRefused, ReasonMissing, TextMissing, ValueUnknown
from schoolward.domains.alarms.models import Appeal, AppealOutcome, Case, Permit
from schoolward.domains.alarms.ordinances import ordinance_keys
from schoolward.domains.alarms.queries.fees import has_fee
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record


class NumberTaken(AlarmRefused):
    """Another system holds the permit of this number."""

    field = "number"

    def __init__(self, number: str) -> None:
        super().__init__(
            _("%(number)s is the permit of another system. Check the number.") % {"number": number}
        )


class DaysWrong(AlarmRefused):
    """The days of a permit or an appeal do not follow each other."""

    def __init__(self, said: str, field: str) -> None:
        self.field = field
        super().__init__(said)


class AppealIsThere(AlarmRefused):
    """An alarm is appealed once."""

    def __init__(self) -> None:
        super().__init__(_("There is an appeal for this alarm already. Enter how it was decided."))


class AppealMissing(AlarmRefused):
    """Nothing was appealed, so nothing can be decided."""

    def __init__(self) -> None:
        super().__init__(_("There is no appeal for this alarm yet. File it first."))


class NoFee(AlarmRefused):
    """An appeal is against a fee, and this alarm costs nothing."""

    def __init__(self) -> None:
        super().__init__(_("This alarm costs nothing, so there is no fee to appeal against."))


@transaction.atomic
def keep_permit(
    *,
    system_id: int,
    ordinance: str,
    number: str,
    issued_on: date,
    by: Viewer,
    at: datetime,
    ends_on: date | None = None,
    cancelled_on: date | None = None,
    permit_id: int | None = None,
    invented: bool | None = None,
) -> Kept[Permit]:
    """Enter a permit or change it. Without ``permit_id`` the one of this ordinance and number is meant.

    Raises ``ValueUnknown`` for an ordinance that there is no file of, ``NumberTaken``, ``DaysWrong``.
    """
    system = system_of(system_id, by=by, permission="alarms.keep")
    plain = number.strip()
    if not plain:
        raise TextMissing
    if ordinance not in ordinance_keys():
        raise ValueUnknown("ordinance", ordinance, list(ordinance_keys()))
    if ends_on is not None and ends_on < issued_on:
        raise DaysWrong(_("It ends before it was issued. Check both days."), "ends_on")
    if cancelled_on is not None and cancelled_on < issued_on:
        raise DaysWrong(_("It was cancelled before it was issued. Check both days."), "cancelled_on")
    rows = Permit.objects.select_for_update(of=("self",))
    same = rows.filter(ordinance=ordinance, number=plain).first()
    row = same
    if permit_id is not None:
        row = visible(rows, by).filter(pk=permit_id).first()
        if row is None:
            raise AccessDenied("alarms.keep", f"alarms.Permit:{permit_id}")
    if same is not None and (same.system_id != system.pk or (row is not None and row.pk != same.pk)):
        raise NumberTaken(plain)
    wanted = {
        "system_id": system.pk,
        "ordinance": ordinance,
        "number": plain,
        "issued_on": issued_on,
        "ends_on": ends_on,
        "cancelled_on": cancelled_on,
    }
    if invented is not None:
        wanted["invented"] = invented
    kept = put(row or Permit(), wanted)
    return audited("alarms.permit_kept", kept, by=by, system=system.pk, number=plain)


@transaction.atomic
def file_appeal(*, case_id: int, filed_on: date, grounds: str, by: Viewer, at: datetime) -> Appeal:
    """File an appeal against the fee for an alarm. One that comes too late is kept; the fee then says so.

    Raises ``AppealIsThere``, ``ReasonMissing``, ``DaysWrong``, ``NoFee``.
    """
    case = _case(case_id, by)
    _check_filing(case, filed_on, grounds, at)
    if Appeal.objects.filter(case=case).exists():
        raise AppealIsThere
    # By what was known when it was filed, too: an appeal that was granted since may have moved this one up.
    if not any(has_fee(case, by, as_of=day) for day in (filed_on, timezone.localdate(at))):
        raise NoFee
    made = Appeal.objects.create(case=case, filed_on=filed_on, grounds=grounds.strip()[:500])
    _record("alarms.appeal_filed", case, by, filed_on=filed_on.isoformat())
    return made


@transaction.atomic
def decide_appeal(*, case_id: int, decided_on: date, outcome: str, by: Viewer, at: datetime) -> Appeal:
    """Enter how an appeal was decided; entered again, it corrects what stood there.

    Raises ``AppealMissing``, ``ValueUnknown``, ``DaysWrong``.
    """
    case = _case(case_id, by)
    appeal = _appeal_of(case)
    if outcome not in AppealOutcome.values:
        raise ValueUnknown("outcome", outcome, AppealOutcome.values)
    if decided_on < appeal.filed_on:
        raise DaysWrong(_("It cannot be decided before it was filed."), "decided_on")
    if decided_on > timezone.localdate(at):
        raise DaysWrong(_("This day is yet to come. Enter the decision when it is made."), "decided_on")
    appeal.decided_on, appeal.outcome = decided_on, outcome
    appeal.save(update_fields=["decided_on", "outcome"])
    _record("alarms.appeal_decided", case, by, outcome=str(outcome), decided_on=decided_on.isoformat())
    return appeal


@transaction.atomic
def correct_appeal(*, case_id: int, filed_on: date, grounds: str, by: Viewer, at: datetime) -> Appeal:
    """Correct the day or the grounds of an appeal that was entered wrongly.

    Raises ``AppealMissing``, ``ReasonMissing``, ``DaysWrong``.
    """
    case = _case(case_id, by)
    appeal = _appeal_of(case)
    _check_filing(case, filed_on, grounds, at)
    if appeal.decided_on is not None and filed_on > appeal.decided_on:
        raise DaysWrong(_("It was decided before this day. Check both days."), "filed_on")
    before = appeal.filed_on.isoformat()
    appeal.filed_on, appeal.grounds = filed_on, grounds.strip()[:500]
    appeal.save(update_fields=["filed_on", "grounds"])
    _record("alarms.appeal_corrected", case, by, filed_on=filed_on.isoformat(), filed_on_before=before)
    return appeal


@transaction.atomic
def set_appeal(
    *,
    case_id: int,
    filed_on: date,
    grounds: str,
    by: Viewer,
    at: datetime,
    decided_on: date | None = None,
    outcome: str = "",
) -> bool:
    """Bring an appeal that is there to what is told, and say whether anything had to change.

    Without ``decided_on`` a decision that was entered stays. Raises what correcting and deciding raise.
    """
    appeal = _appeal_of(_case(case_id, by))
    of_case: dict[str, Any] = {"case_id": case_id, "by": by, "at": at}
    is_wrong = (filed_on, grounds.strip()[:500]) != (appeal.filed_on, appeal.grounds)
    is_decided = decided_on is not None and (decided_on, outcome) != (appeal.decided_on, appeal.outcome)
    # A day of filing behind the old decision is right once the new one stands.
    decides_first = is_decided and appeal.decided_on is not None and appeal.decided_on < filed_on
    for decides in (decides_first, not decides_first):
        if decides and is_decided and decided_on is not None:
            decide_appeal(decided_on=decided_on, outcome=outcome, **of_case)
        elif not decides and is_wrong:
            correct_appeal(filed_on=filed_on, grounds=grounds, **of_case)
    return is_wrong or is_decided


def _check_filing(case: Case, filed_on: date, grounds: str, at: datetime) -> None:
    if not grounds.strip():
        raise ReasonMissing
    if filed_on < case.opened_on:
        raise DaysWrong(_("It cannot be filed before the alarm was."), "filed_on")
    if filed_on > timezone.localdate(at):
        raise DaysWrong(_("This day is yet to come. Enter the appeal when it is filed."), "filed_on")


def _appeal_of(case: Case) -> Appeal:
    appeal = Appeal.objects.select_for_update(of=("self",)).filter(case=case).first()
    if appeal is None:
        raise AppealMissing
    return appeal


def _case(case_id: int, by: Viewer) -> Case:
    subject = f"alarms.Case:{case_id}"
    check(by, "alarms.appeal", subject)
    case = visible(Case.objects.select_for_update(of=("self",)), by).filter(pk=case_id).first()
    if case is None:
        raise AccessDenied("alarms.appeal", subject)
    return case


def _record(action: str, case: Case, by: Viewer, **detail: str) -> None:
    record(
        action, by=by, at=by.at, subject=f"alarms.Case:{case.pk}", detail={"number": case.number, **detail}
    )
