"""What two assessors of a double walk differ on, over HTTP, and settling it."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text.
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.errors import HttpError

from schoolward.analysis.assessing.shapes import Mark
from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.api.answering import GivenAnswer
from schoolward.domains.assessments.models import Settlement
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.asking import RowNumber

router = Router()


class SettlementOut(Schema):
    """One settling. ``effect`` on a finding: ``found``, ``declined``, ``seen`` again, seen ``mended``, or
    empty."""

    answer: int | Mark
    reason: str
    effect: str
    finding_id: int | None
    at: datetime
    by_name: str

    @staticmethod
    def resolve_answer(row: Settlement) -> int | Mark:
        answer = queries.given(row)
        assert answer is not None  # noqa: S101 - the database holds it so
        return answer


class DisputeOut(Schema):
    """An item on which two walks differ. ``decides``: it fails by one answer and not by the other.
    ``counts`` is what the score counts: the lower until it is settled, then the last of ``settlements``."""

    code: str
    text: str
    first: int | Mark
    second: int | Mark
    counts: int | Mark
    decides: bool
    settlements: list[SettlementOut]


class Settled(Schema):
    """The answer that counts (a value of the item's scale, ``dne`` or ``uto``), and why."""

    answer: GivenAnswer
    reason: Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]


@router.get("/{int:assessment_id}/disputes", url_name="assessment_disputes", response=list[DisputeOut])
def disputes(request: HttpRequest, assessment_id: RowNumber) -> list[dict[str, Any]]:
    """The items on which the two walks differ, in the order in which to settle them."""
    viewer = viewer_of(request)
    check(viewer, "assessments.answers")
    assessment = queries.assessments(viewer).filter(pk=assessment_id).first()
    if assessment is None:
        raise HttpError(404, f"there is no assessment {assessment_id} that you may see")
    results = queries.results_of(assessment) if assessment.is_finished else None
    if results is None or results.agreement is None:
        return []
    return [
        {
            "code": one.item.code,
            "text": one.item.text,
            "first": one.first,
            "second": one.second,
            "counts": results.answers[one.item.code],
            "decides": one.decides,
            "settlements": results.settled.get(one.item.code, []),
        }
        for one in results.agreement.disputes
    ]


@router.post(
    "/{int:assessment_id}/disputes/{code}", url_name="assessment_dispute_settle", response=SettlementOut
)
def settle(request: HttpRequest, assessment_id: RowNumber, code: str, sent: Settled) -> Settlement:
    """Settle a dispute, before the review: for the two assessors, and for whoever may review."""
    viewer = viewer_of(request)
    try:
        return actions.settle_dispute(
            assessment_id=assessment_id,
            code=code,
            answer=sent.answer,
            reason=sent.reason,
            by=viewer,
            at=now(viewer.at),
        )
    except actions.AssessmentRefused as refusal:
        told = f"{refusal.field}: {refusal}" if refusal.field else str(refusal)
        raise HttpError(422 if refusal.field else 409, told) from refusal
