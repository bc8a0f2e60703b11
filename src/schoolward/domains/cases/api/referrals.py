"""Referrals over HTTP: made, shown as far as the caller may see them, and taken on their way."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from schoolward.domains.cases import actions, queries
from schoolward.domains.cases.models import Referral
from schoolward.platform.access import disclosing
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import mask
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import RowNumber

router = Router()
Word = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
MOST = 200


class ReferralOut(Schema):
    """A referral. A field that the caller may not read is absent.

    ``yes`` says how the family's yes stands, where the referral goes by one: ``holds``, ``soon`` (it runs out
    within thirty days), ``run_out`` or ``withdrawn``.
    """

    id: int
    youth: int | None = None
    program: str | None = None
    named_program: str | None = None
    need: str | None = None
    state: str | None = None
    told: str | None = None
    end_reason: str | None = None
    referred_on: date | None = None
    contacted_on: date | None = None
    consented_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    due_on: date | None = None
    yes: str | None = None
    version: int | None = None


class BookingIn(GuardedSchema):
    """Whom to refer, what it is about, and how to reach the family. The same ``receipt`` is taken once."""

    legal_name: Word
    born_on: date
    need: Word
    preferred_name: Word = ""
    local_number: Annotated[str, Field(max_length=20, pattern=r"^[^\x00]*$")] = ""
    home_language: Word = "en"
    guardian_name: Word = ""
    relation: Word = "parent"
    reach_by: Word = "call"
    reach_at: Annotated[str, Field(max_length=160, pattern=r"^[^\x00]*$")] = ""
    family_knows: bool = False
    receipt: UUID | None = None


class BookedOut(Schema):
    """The number under which it was received."""

    id: int
    told: str


class ContactIn(GuardedSchema):
    """A contact with the family, or the attempt at one."""

    way: Word
    minutes: int
    reached: bool
    note: Word = ""
    on: date | None = None
    version: int | None = None


class ConsentIn(GuardedSchema):
    """The family's yes to the referral's program."""

    given_by: Word
    valid_from: date
    valid_to: date
    on: date | None = None
    version: int | None = None


class DayIn(GuardedSchema):
    """The day of a step (today where none is given), and the version that the caller looked at."""

    on: date | None = None
    version: int | None = None


class EndIn(DayIn):
    """Why it ended."""

    reason: Word


class ReopenIn(GuardedSchema):
    """Why it is opened again."""

    reason: Word
    version: int | None = None


FIELDS = frozenset(ReferralOut.model_fields) - {"id", "yes"}


def _referral(row: Referral, viewer: Viewer) -> dict[str, Any]:
    told = {
        name: getattr(row, name)
        for name in FIELDS & mask(row, viewer) - {"youth", "program", "named_program"}
    }
    if "youth" in mask(row, viewer):
        told["youth"] = row.youth_id
    if "program" in mask(row, viewer):
        told["program"] = row.program.key if row.program else None
    if "consent" in mask(row, viewer) and (yes := queries.yes_of(row, today(viewer.at))) is not None:
        told["yes"] = yes.value
    if "named_program" in mask(row, viewer):
        told["named_program"] = row.named_program.key if row.named_program else None
    return {"id": row.pk, **told}


def shown(viewer: Viewer, pk: int) -> dict[str, Any]:
    """A referral as far as the caller may see it; else it is not there."""
    found = queries.seen_referral(viewer, pk)
    if found is None:
        raise Http404
    return _referral(found, viewer)


def step(request: HttpRequest, pk: int, permission: str, action: Callable[..., Any], **sent: Any) -> Any:
    """Take a step of a referral that the caller may see; what is not theirs is not there."""
    viewer = viewer_of(request)
    check(viewer, permission)
    try:
        action(referral_id=pk, by=viewer, at=now(viewer.at), **sent)
    except actions.NotTheirs:
        raise Http404 from None
    return shown(viewer, pk)


@router.get("/referrals", url_name="cases_referrals", response=list[ReferralOut], exclude_unset=True)
def referrals(
    request: HttpRequest,
    state: Word = "",
    offset: Annotated[int, Field(ge=0, le=2**31)] = 0,
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50,
) -> list[dict[str, Any]]:
    """Referrals of which the caller may see anything, by number. Each one shown is on the record."""
    viewer = viewer_of(request)
    check(viewer, "cases.view")
    rows = Referral.objects.select_related("program", "named_program", "consent").order_by("pk")
    if state:
        rows = rows.filter(state=state)
    found = disclosing.read(rows, viewer, fields=FIELDS, start=offset, stop=offset + limit)
    return [_referral(row, viewer) for row in found]


@router.post("/referrals", url_name="cases_refer", response={201: BookedOut})
def refer(request: HttpRequest, told: BookingIn) -> Status[dict[str, Any]]:
    """Refer a young person. The answer tells the number, and nothing of who is known already."""
    viewer = viewer_of(request)
    check(viewer, "cases.refer")
    made = actions.refer(booking=actions.Booking(**told.dict()), by=viewer, at=now(viewer.at))
    return Status(201, {"id": made.pk, "told": made.told})


@router.get("/referrals/{referral_id}", url_name="cases_referral", response=ReferralOut, exclude_unset=True)
def referral(request: HttpRequest, referral_id: RowNumber) -> dict[str, Any]:
    """One referral, as far as the caller may see it."""
    viewer = viewer_of(request)
    check(viewer, "cases.view")
    return shown(viewer, referral_id)


@router.post("/referrals/{referral_id}/take", url_name="cases_take", response=ReferralOut, exclude_unset=True)
def take(request: HttpRequest, referral_id: RowNumber) -> Any:
    """Take a referral on."""
    return step(request, referral_id, "cases.keep", actions.take)


@router.post(
    "/referrals/{referral_id}/contact", url_name="cases_contact", response=ReferralOut, exclude_unset=True
)
def contact(request: HttpRequest, referral_id: RowNumber, told: ContactIn) -> Any:
    """Write a contact down. The first that reaches the family takes the referral on its way."""
    return step(request, referral_id, "cases.keep", actions.log_contact, **told.dict())


@router.post(
    "/referrals/{referral_id}/consent", url_name="cases_consent", response=ReferralOut, exclude_unset=True
)
def consent(request: HttpRequest, referral_id: RowNumber, told: ConsentIn) -> Any:
    """Record the family's yes, or that it said yes again where the former one is gone or runs out soon."""
    return step(request, referral_id, "cases.keep", actions.consent, **told.dict())


@router.post(
    "/referrals/{referral_id}/start", url_name="cases_start", response=ReferralOut, exclude_unset=True
)
def start(request: HttpRequest, referral_id: RowNumber, told: DayIn) -> Any:
    """They have started."""
    return step(request, referral_id, "cases.deliver", actions.start, **told.dict())


@router.post(
    "/referrals/{referral_id}/complete", url_name="cases_complete", response=ReferralOut, exclude_unset=True
)
def complete(request: HttpRequest, referral_id: RowNumber, told: DayIn) -> Any:
    """They have completed it."""
    return step(request, referral_id, "cases.deliver", actions.complete, **told.dict())


@router.post("/referrals/{referral_id}/end", url_name="cases_end", response=ReferralOut, exclude_unset=True)
def end(request: HttpRequest, referral_id: RowNumber, told: EndIn) -> Any:
    """End it before its time, for a reason of the list."""
    return step(request, referral_id, "cases.deliver", actions.end, **told.dict())


@router.post(
    "/referrals/{referral_id}/reopen", url_name="cases_reopen", response=ReferralOut, exclude_unset=True
)
def reopen(request: HttpRequest, referral_id: RowNumber, told: ReopenIn) -> Any:
    """Open it again, saying why."""
    return step(request, referral_id, "cases.keep", actions.reopen, **told.dict())
