"""Work over HTTP: the same rows as on the pages, and the moves."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from ninja.pagination import paginate

from schoolward.domains.places.queries import campus_by_pk, known_campus
from schoolward.domains.work import actions, queries
from schoolward.domains.work.models import Evidence, EvidenceKind, Severity, Trade, WorkItem, WorkKind
from schoolward.domains.work.states import IllegalMove, moves_from
from schoolward.domains.work.states import State as WorkState
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.files.store import FileTooLarge, FileTypeRefused
from schoolward.platform.ui.asking import Cents, RowNumber, Slices

router = Router()


class WorkOut(Schema):
    """A piece of work. Money in cents of ``currency``. ``description`` is null where it is closed to you."""

    id: int
    reference: str
    title: str
    description: str | None
    kind: str
    campus_id: int | None
    trade: str
    severity: str
    state: str
    estimate_cents: int | None
    funded_cents: int | None
    actual_cents: int | None
    currency: str
    owner_role: str
    due: date | None
    first_due: date | None
    proposed_on: date
    done_on: date | None
    verified_on: date | None
    source: str
    source_title: str
    invented: bool

    @staticmethod
    def resolve_description(item: WorkItem, context: dict[str, Any]) -> str | None:
        viewer = viewer_of(context["request"])
        return item.description if queries.sees_details(item, viewer) else None


class TransitionOut(Schema):
    """One move."""

    number: int
    from_state: str
    to_state: str
    at: datetime
    by_name: str
    reason: str


class WorkDetail(WorkOut):
    """A piece of work with its moves and those that are possible now."""

    transitions: list[TransitionOut]
    possible_moves: list[str]

    @staticmethod
    def resolve_possible_moves(item: WorkItem) -> list[str]:
        return [step.move.value for step in moves_from(WorkState(item.state))]


class Narrowed(Schema):
    """How the list is narrowed."""

    state: WorkState | None = None
    campus_id: RowNumber | None = None
    site: str | None = Field(None, description="CDS code of a school that is at the site today.")
    kind: str | None = None


Estimate = Annotated[Cents, Field(le=999_999_999_999)]
"""As much as the form takes. Far above it, a sum over all work would be too large for the database."""


class Proposal(Schema):
    """What a proposal needs."""

    title: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
    kind: str = WorkKind.TASK.value
    description: Annotated[str, Field(max_length=5000)] = ""
    campus_id: RowNumber | None = None
    trade: str = Trade.OTHER.value
    severity: str = Severity.MEDIUM.value
    estimate_cents: Estimate | None = None


@router.get("", url_name="work", response=list[WorkOut])
@paginate(Slices)
def work(request: HttpRequest, narrowed: Query[Narrowed]) -> Any:
    """The work that the caller may see, in order of reference."""
    viewer = viewer_of(request)
    check(viewer, "work.view")
    asked = narrowed.dict(exclude_none=True)
    if (site := asked.pop("site", None)) is not None:
        asked["campus"] = known_campus(site, today(viewer.at))
    return queries.work_items(viewer).filter(**asked).order_by("reference")


@router.get("/{item_id}", url_name="work_item", response=WorkDetail)
def work_item(request: HttpRequest, item_id: int) -> WorkItem:
    """One piece of work."""
    viewer = viewer_of(request)
    check(viewer, "work.view")
    item = queries.work_items(viewer).filter(pk=item_id).first()
    if item is None:
        raise HttpError(404, f"there is no work {item_id} that you may see")
    return item


@router.post("", url_name="work_propose", response={201: WorkOut})
def propose(request: HttpRequest, proposal: Proposal) -> Status[WorkItem]:
    """Propose work."""
    viewer = viewer_of(request)
    wrong = [
        f"{name} is not one of {', '.join(choices.values)}"
        for name, choices in (("kind", WorkKind), ("trade", Trade), ("severity", Severity))
        if getattr(proposal, name) not in choices.values
    ]
    wrong += [
        f"{name} holds a NUL character; leave it out"
        for name in ("title", "description")
        if "\0" in getattr(proposal, name)
    ]
    if proposal.campus_id is not None and campus_by_pk(proposal.campus_id) is None:
        wrong.append(f"there is no site {proposal.campus_id}")
    if wrong:
        raise HttpError(422, "; ".join(wrong))
    try:
        return Status(201, actions.propose(by=viewer, at=now(viewer.at), **proposal.dict()))
    except actions.WorkRefused as refusal:
        raise HttpError(422, str(refusal)) from refusal


class Accepted(Schema):
    """What it takes to take a proposal on."""

    due: date
    estimate_cents: Estimate | None = None


class Funded(Schema):
    """What pays for it; 0 with the source "no cost" is an answer too."""

    amount_cents: Estimate
    money_source: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]


class Scheduled(Schema):
    """When it will be done."""

    planned_on: date


class Completed(Schema):
    """What it cost, and the day on which it was done (today without it)."""

    actual_cents: Estimate
    done_on: date | None = None


class Reasoned(Schema):
    """Why. Whoever proposed it will read this."""

    reason: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]


class EvidenceIn(Schema):
    """Proof in words, or beside its file (form field ``file``). No names or pictures of students."""

    kind: EvidenceKind = EvidenceKind.NOTE
    text: Annotated[str, Field(max_length=2000)] = ""


class EvidenceOut(Schema):
    """Proof that is kept with the work."""

    id: int
    kind: str
    text: str
    file_name: str
    at: datetime
    by_name: str


def _done(request: HttpRequest, action: Callable[..., Any], item_id: int, **values: Any) -> Any:
    """Call an action for the caller: 422 for a value that is refused, 409 where the work stands otherwise."""
    viewer = viewer_of(request)
    nul = [name for name, value in values.items() if isinstance(value, str) and "\0" in value]
    if nul:
        raise HttpError(422, f"{nul[0]} holds a NUL character; leave it out")
    try:
        return action(item_id=item_id, by=viewer, at=now(viewer.at), **values)
    except (FileTooLarge, FileTypeRefused) as refusal:
        raise HttpError(422, f"file: {refusal}") from refusal
    except actions.WorkRefused as refusal:
        told = f"{refusal.field}: {refusal}" if refusal.field else str(refusal)
        raise HttpError(422 if refusal.field else 409, told) from refusal
    except IllegalMove as refusal:
        raise HttpError(409, str(refusal)) from refusal


@router.post("/{item_id}/accept", url_name="work_accept", response=WorkOut)
def accept(request: HttpRequest, item_id: int, sent: Accepted) -> WorkItem:
    """Take a proposal on, with a due date and if known an estimate."""
    return _done(request, actions.accept, item_id, **sent.dict())


@router.post("/{item_id}/fund", url_name="work_fund", response=WorkOut)
def fund(request: HttpRequest, item_id: int, sent: Funded) -> WorkItem:
    """Say how much money there is and from where."""
    return _done(request, actions.fund, item_id, **sent.dict())


@router.post("/{item_id}/unfund", url_name="work_unfund", response=WorkOut)
def unfund(request: HttpRequest, item_id: int, sent: Reasoned) -> WorkItem:
    """Say that the money is not there after all, and why, while no day is set."""
    return _done(request, actions.unfund, item_id, **sent.dict())


@router.post("/{item_id}/schedule", url_name="work_schedule", response=WorkOut)
def schedule(request: HttpRequest, item_id: int, sent: Scheduled) -> WorkItem:
    """Set the day on which it will be done."""
    return _done(request, actions.schedule, item_id, **sent.dict())


@router.post("/{item_id}/complete", url_name="work_complete", response=WorkOut)
def complete(request: HttpRequest, item_id: int, sent: Completed) -> WorkItem:
    """Say that it is done. Names the caller as the one who did it."""
    return _done(request, actions.complete, item_id, **sent.dict())


@router.post("/{item_id}/evidence", url_name="work_evidence", response={201: EvidenceOut})
def evidence(
    request: HttpRequest, item_id: int, sent: Form[EvidenceIn], file: File[UploadedFile | None] = None
) -> Status[Evidence]:
    """Add proof to open work; it is kept and cannot be changed afterwards."""
    uploaded = {"stream": file, "file_name": file.name or ""} if file else {}
    return Status(201, _done(request, actions.add_evidence, item_id, **sent.dict(), **uploaded))


@router.post("/{item_id}/verify", url_name="work_verify", response=WorkOut)
def verify(request: HttpRequest, item_id: int) -> WorkItem:
    """Verify done work from its evidence. Refused to the one who did it."""
    return _done(request, actions.verify, item_id)


@router.post("/{item_id}/decline", url_name="work_decline", response=WorkOut)
def decline(request: HttpRequest, item_id: int, sent: Reasoned) -> WorkItem:
    """Say no, and why."""
    return _done(request, actions.decline, item_id, **sent.dict())


@router.post("/{item_id}/reopen", url_name="work_reopen", response=WorkOut)
def reopen(request: HttpRequest, item_id: int, sent: Reasoned) -> WorkItem:
    """Open finished or declined work again, and why."""
    return _done(request, actions.reopen, item_id, **sent.dict())
