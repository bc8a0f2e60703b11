"""Sealing completed diversions on their clock: an order when the time begins, the seal when it is over."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from schoolward.analysis.diversion import Clock, SealingPath, Step
from schoolward.domains.cases.models import ContractTerm, DiversionCase, Outcome, TermProof
from schoolward.domains.cases.queries.diversion import clocks_of
from schoolward.platform.access import sealing
from schoolward.platform.access.models import ProtectedRecord, Sealing
from schoolward.platform.access.models.sealings import Ground
from schoolward.platform.access.policy import visible
from schoolward.platform.access.references import reference
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

GROUNDS = {SealingPath.POLICE: Ground.WIC_827_95, SealingPath.PROBATION: Ground.WIC_786_5}


def order_due_seals(*, by: Viewer, at: datetime) -> dict[str, int]:
    """Order the seal of each completed case whose agency was told, by the day of its clock, and carry out
    what is due today. Asked again, nothing is ordered or sealed twice. Where no section sets a clock on the
    day, nothing is ordered: a privacy officer may.

    Returns how many records were ordered and sealed.
    """
    today = timezone.localdate(at)
    ordered = 0
    with within(by):
        cases = list(visible(DiversionCase.objects.all(), by).filter(outcome=Outcome.COMPLETED))
        wanted = [(case, clock) for case in cases if (clock := _running(case)) is not None]
        records = {case.pk: _records(case, by) for case, _clock in wanted}
    names = {case.pk: [reference(row) for row in records[case.pk]] for case, _clock in wanted}
    known = set(
        Sealing.objects.filter(record__in=[n for some in names.values() for n in some]).values_list(
            "record", flat=True
        )
    )
    for case, clock in wanted:
        for name in names[case.pk]:
            if name not in known and clock.due_on is not None:
                sealing.order(
                    record_name=name,
                    ground=GROUNDS[SealingPath(case.path)],
                    reason=clock.statute.citation,
                    due_on=clock.due_on,
                    by=by,
                    at=at,
                )
                ordered += 1
    return {"ordered": ordered, "sealed": _seal_due(today, by=by, at=at)}


def _running(case: DiversionCase) -> Clock | None:
    """The clock of the seal, where it runs."""
    last = next(reversed(clocks_of(case)), None)
    return last if last is not None and last.step is Step.SEALED else None


def _records(case: DiversionCase, by: Viewer) -> list[ProtectedRecord]:
    """The proofs and terms of a case, and the case itself last."""
    proofs = visible(TermProof.objects.all(), by).filter(term__case=case)
    terms = visible(ContractTerm.objects.all(), by).filter(case=case)
    return [*proofs, *terms, case]


def _seal_due(today: date, *, by: Viewer, at: datetime) -> int:
    """Carry out the orders of diversions whose day has come, the case of each after what belongs to it."""
    due = sealing.waiting(by).filter(ground__in=GROUNDS.values(), due_on__lte=today).order_by("pk")
    mine = ("cases.DiversionCase:", "cases.ContractTerm:", "cases.TermProof:")
    numbers = [order.pk for order in due if order.record.startswith(mine)]
    for number in numbers:
        sealing.seal(sealing_id=number, by=by, at=at)
    return len(numbers)
