"""Counts that devices kept without a network: what the page of attendance sends."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text.

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema
from ninja.errors import HttpError
from pydantic import AwareDatetime, ConfigDict

from schoolward.domains.programs import actions
from schoolward.domains.programs.api.routing import router
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now
from schoolward.platform.ui.asking import RowNumber

MOST_SEEN = 500


class HeadCountIn(GuardedSchema):
    """One count. ``id`` is made on the device: sent again, it is taken once. ``over`` names the counts of the
    session that its user has seen; ``moment`` is the device's clock when it was counted. Anything beside
    these is refused: no name is taken by oversight."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    session: RowNumber
    attended: int
    minutes: int
    adults: int | None = None
    over: Annotated[list[UUID], Field(max_length=MOST_SEEN)] = []
    moment: AwareDatetime


class AttendanceIn(GuardedSchema):
    """Counts in the order in which they were made. ``sent`` is the device's clock now; ``account`` whose
    device kept them, so that nothing is sent under another's name."""

    sent: AwareDatetime
    account: RowNumber | None = None
    counts: Annotated[list[HeadCountIn], Field(max_length=actions.MOST_COUNTS)]

    def head_counts(self) -> list[actions.HeadCount]:
        """The counts as the action takes them."""
        return [actions.HeadCount(**{**one.dict(), "over": frozenset(one.over)}) for one in self.counts]


class StandingOut(Schema):
    """The count that stands where another one came in. ``receipt`` goes into ``over`` once its numbers were
    seen."""

    receipt: UUID
    attended: int
    adults: int | None
    minutes: int
    at: datetime
    by_name: str


class AnswerOut(Schema):
    """What became of a count. Where it is not taken, ``code`` is for the device (``differs``, ``cancelled``,
    ``early``, ``number``, ``gone``, ``not-yours``, ``id-taken``) and ``text`` for its user."""

    id: UUID
    is_taken: bool
    code: str
    text: str
    field: str
    standing: StandingOut | None


class AnswersOut(Schema):
    """One answer for each count, in their order."""

    answers: list[AnswerOut]


@router.post("/attendance", url_name="program_attendance", response=AnswersOut)
def attendance(request: HttpRequest, sent: AttendanceIn) -> dict[str, Any]:
    """Take counts of heads that a device kept. Safe to be sent again and again: the same count gets the same
    answer, and each is judged by itself. Where another count stands that its user has not seen, nothing is
    changed and that count is told.
    """
    viewer = viewer_of(request)
    check(viewer, "programs.record")
    if sent.account is not None and sent.account != viewer.account_id:
        raise HttpError(
            409, _("These counts are somebody else's. Whoever made them signs in and sends them.")
        )
    counts = sent.head_counts()
    return {"answers": actions.take_counts(counts=counts, sent=sent.sent, by=viewer, at=now(viewer.at))}
