"""What the district does about truancy, on its day. Dates may lie back as far as school age, never ahead."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.referring import YOUNGEST
from schoolward.domains.cases.actions.rows import audit, own, writing
from schoolward.domains.cases.models import BoardContract, DeedKind, Kept, TruancyDeed, Youth, of_youth
from schoolward.platform.access.policy import visible
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer

KEEP = "centre.keep"
LONGEST_CONTRACT = timedelta(days=2 * 366)


def note_deed(*, youth_id: int, kind: str, on: date, by: Viewer, at: datetime) -> TruancyDeed:
    """Say that something was done about a student's truancy. Said twice of one day, it is there once."""
    with writing(by, KEEP):
        youth = own(Youth, youth_id, by=by, permission=KEEP)
        _fit_day(on, youth, at, "on")
        held = visible(TruancyDeed.objects.all(), by).filter(youth=youth, kind=kind, on=on).first()
        if held is not None:
            return held
        made = TruancyDeed.objects.create(**of_youth(youth), kind=DeedKind(kind), on=on)
        audit("truancy_deed", made, by=by, at=by.at, kind=kind)
    return made


def sign_contract(
    *, youth_id: int, signed_on: date, ends_on: date, by: Viewer, at: datetime
) -> BoardContract:
    """Keep a contract of the review board."""
    with writing(by, KEEP):
        youth = own(Youth, youth_id, by=by, permission=KEEP)
        _fit_day(signed_on, youth, at, "signed_on")
        if ends_on < signed_on:
            raise Refusal(_("It ends before it is signed."), field="ends_on")
        if ends_on > signed_on + LONGEST_CONTRACT:
            raise Refusal(
                _("A contract with the board runs for at most two years. Look at the year."), field="ends_on"
            )
        made = BoardContract.objects.create(**of_youth(youth), signed_on=signed_on, ends_on=ends_on)
        audit("board_contract_signed", made, by=by, at=by.at)
    return made


def close_contract(*, contract_id: int, outcome: str, by: Viewer, at: datetime) -> BoardContract:
    """Say whether a contract was kept. Said once."""
    with writing(by, KEEP):
        contract = own(BoardContract, contract_id, by=by, permission=KEEP)
        if contract.outcome:
            raise Refusal(_("It has been said already what became of it."))
        contract.outcome, contract.outcome_on = Kept(outcome), timezone.localdate(at)
        contract.save(update_fields=["outcome", "outcome_on"])
        audit("board_contract_closed", contract, by=by, at=by.at, outcome=outcome)
    return contract


def _fit_day(day: date, youth: Youth, at: datetime, field: str) -> None:
    """Refuse a day that lies ahead, or before the student was of school age: a slip of the keyboard."""
    if day > timezone.localdate(at):
        raise Refusal(_("This day lies ahead: note it when it is done."), field=field)
    if youth.age_on(day) < YOUNGEST:
        raise Refusal(_("The student was not of school age then. Look at the year."), field=field)
