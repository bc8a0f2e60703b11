"""Alarms over HTTP: the same rows as on the pages, and every answer that the desk can give."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status
from ninja.errors import HttpError
from ninja.pagination import paginate

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.models import (
    AlarmSystem,
    Case,
    CaseEntry,
    CaseKind,
    CaseState,
    Cause,
    Disposition,
    HandOver,
    SignalKind,
)
from schoolward.domains.alarms.moments import moment_of
from schoolward.domains.alarms.reduction_api import router as reduction_router
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber, Slices

router = Router()
router.add_router("", reduction_router)
Words = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]
Short = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]


class CaseOut(Schema):
    """A case. ``urgency`` is 0 to 100 and of the case, never of a person; times are in UTC."""

    number: str
    kind: str
    signal_kind: str
    state: str
    title: str
    campus_id: int | None
    system_id: int | None
    zone_id: int | None
    partition: str
    opened_at: datetime
    last_signal_at: datetime
    signal_count: int
    urgency: int
    reasons: list[str]
    verification_level: int
    is_test: bool
    claimed_by: str
    claimed_at: datetime | None
    first_answer_at: datetime | None
    police_dispatched_at: datetime | None
    guard_dispatched_at: datetime | None
    aborted_at: datetime | None
    verified_before_dispatch: bool
    disposition: str
    cause: str
    cause_role: str
    closed_at: datetime | None
    generated: bool

    @staticmethod
    def resolve_claimed_by(case: Case | dict[str, Any]) -> str:
        holder = case["claimed_by"] if isinstance(case, dict) else case.claimed_by
        return "" if holder is None else str(holder)


class EntryOut(Schema):
    """One thing that happened in a case. ``id`` is the number by which the live stream resumes."""

    id: int
    kind: str
    at: datetime
    by_name: str
    step_id: int | None
    text: str
    detail: dict[str, Any]


class StepOut(Schema):
    """A step of the plan and how it stands: done, impossible or open."""

    id: int
    kind: str
    text: str
    is_required: bool
    state: str
    reason: str


class ContactOut(Schema):
    """A contact of the site, and what came of calling it."""

    id: int
    title: str
    phone: str
    calls: int
    outcome: str
    is_next: bool


class CaseDetail(CaseOut):
    """A case with all that its page shows."""

    entries: list[EntryOut]
    steps: list[StepOut]
    contacts: list[ContactOut]
    agencies: list[str]
    proposed_agency: str | None
    calls_suffice: bool
    calls_needed: int
    level_reasons: list[str]


class SystemOut(Schema):
    """An alarm system. Its key is never told."""

    id: int
    account: str
    line: str
    campus_id: int
    title: str
    profile: str
    supervision_seconds: int | None
    heard_at: datetime | None
    lost_at: datetime | None
    invented: bool

    @staticmethod
    def resolve_line(system: AlarmSystem) -> str:
        return system.line.name

    @staticmethod
    def resolve_heard_at(system: AlarmSystem) -> datetime | None:
        link = getattr(system, "link", None)
        return None if link is None else link.heard_at

    @staticmethod
    def resolve_lost_at(system: AlarmSystem) -> datetime | None:
        link = getattr(system, "link", None)
        return None if link is None else link.lost_at


class ZoneOut(Schema):
    """A zone of a system."""

    id: int
    system_id: int
    number: str
    title: str
    device: str
    camera_link: str
    invented: bool


class SignalOut(Schema):
    """One event that a panel reported."""

    id: int
    received_at: datetime
    panel_at: datetime | None
    account: str
    system_id: int | None
    campus_id: int | None
    zone_id: int | None
    code: str
    qualifier: str
    zone_number: str
    partition: str
    user_number: str
    text: str
    meaning: str
    kind: str
    is_restore: bool
    is_test: bool
    repeats: int
    flags: list[str]
    case: str | None
    generated: bool

    @staticmethod
    def resolve_case(signal: Any) -> str | None:
        return None if signal.case is None else signal.case.number


class HandOverOut(Schema):
    """What one shift told the next."""

    id: int
    at: datetime
    by: str
    text: str
    open_cases: int
    read_by: str
    read_at: datetime | None

    @staticmethod
    def resolve_by(row: HandOver) -> str:
        return str(row.by)

    @staticmethod
    def resolve_read_by(row: HandOver) -> str:
        return "" if row.read_by is None else str(row.read_by)


class CasesNarrowed(Schema):
    """How the list of cases is narrowed. ``open`` leaves out what is closed."""

    state: CaseState | None = None
    open: bool = False
    kind: CaseKind | None = None
    signal_kind: SignalKind | None = None
    campus_id: RowNumber | None = None
    system_id: RowNumber | None = None
    zone_id: RowNumber | None = None
    disposition: Disposition | None = None
    cause: Cause | None = None
    since: date | None = None
    until: date | None = None


class SignalsNarrowed(Schema):
    """How the list of signals is narrowed."""

    account: Annotated[str, Field(max_length=16)] | None = None
    kind: SignalKind | None = None
    campus_id: RowNumber | None = None
    system_id: RowNumber | None = None
    zone_id: RowNumber | None = None
    since: datetime | None = None
    until: datetime | None = None


class Reason(Schema):
    """Why."""

    reason: Words = ""


class StepIn(Schema):
    """A step that is done."""

    step_id: RowNumber
    text: Words = ""


class ImpossibleIn(Schema):
    """A step that cannot be done, and why."""

    step_id: RowNumber
    reason: Words = ""


class CallIn(Schema):
    """A call: to a contact of the site, or to another number."""

    outcome: Short
    contact_id: RowNumber | None = None
    number: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] = ""
    at_site: bool = False
    text: Words = ""


class EvidenceIn(Schema):
    """What was seen or heard."""

    kind: Short
    text: Words = ""


class TextIn(Schema):
    """Words."""

    text: Words = ""


class PoliceIn(Schema):
    """Asking for the police; without ``agency`` the right one by jurisdiction and urgency."""

    agency: Short = ""
    reference: Short = ""
    text: Words = ""


class CloseIn(Schema):
    """How it ended and what set it off."""

    disposition: Short = ""
    cause: Short = ""
    cause_role: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] = ""
    text: Words = ""


class HandOverIn(Schema):
    """What the next shift has to know."""

    text: Annotated[str, Field(max_length=5000, pattern=r"^[^\x00]*$")]


@router.get("/cases", url_name="alarm_cases", response=list[CaseOut])
@paginate(Slices)
def cases(request: HttpRequest, narrowed: Query[CasesNarrowed]) -> Any:
    """The cases that the caller may see, the newest first; those that are open by urgency."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    asked = narrowed.dict(exclude_none=True)
    rows = queries.queue(viewer) if asked.pop("open") else queries.cases(viewer)
    if since := asked.pop("since", None):
        rows = rows.filter(opened_on__gte=since)
    if until := asked.pop("until", None):
        rows = rows.filter(opened_on__lte=until)
    return rows.filter(**asked)


@router.get("/cases/{number}", url_name="alarm_case", response=CaseDetail)
def case(request: HttpRequest, number: str) -> dict[str, Any]:
    """One case with its entries, its plan and its call list."""
    check(viewer_of(request), "alarms.view")
    return _detail(request, _case(request, number))


@router.get("/systems", url_name="alarm_systems", response=list[SystemOut])
@paginate(Slices)
def systems(request: HttpRequest, campus_id: RowNumber | None = None, lost: bool = False) -> Any:
    """The alarm systems that the caller may see; ``lost`` leaves those that are not heard from."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    rows = queries.lost_links(viewer) if lost else queries.systems(viewer)
    return rows if campus_id is None else rows.filter(campus_id=campus_id)


@router.get("/zones", url_name="alarm_zones", response=list[ZoneOut])
@paginate(Slices)
def zones(request: HttpRequest, system_id: RowNumber | None = None) -> Any:
    """The zones that the caller may see."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    rows = queries.zones(viewer)
    return rows if system_id is None else rows.filter(system_id=system_id)


@router.get("/signals", url_name="alarm_signals", response=list[SignalOut])
@paginate(Slices)
def signals(request: HttpRequest, narrowed: Query[SignalsNarrowed]) -> Any:
    """The signals that the caller may see, the newest first."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    asked = narrowed.dict(exclude_none=True)
    rows = queries.signals(viewer)
    if since := asked.pop("since", None):
        rows = rows.filter(received_at__gte=since)
    if until := asked.pop("until", None):
        rows = rows.filter(received_at__lte=until)
    return rows.filter(**asked)


@router.get("/hand-overs", url_name="alarm_hand_overs", response=list[HandOverOut])
@paginate(Slices)
def hand_overs(request: HttpRequest) -> Any:
    """What shifts told each other, the newest first."""
    viewer = viewer_of(request)
    check(viewer, "alarms.answer")
    return queries.hand_overs(viewer)


@router.post("/hand-overs", url_name="alarm_hand_over_write", response={201: HandOverOut})
def hand_over_write(request: HttpRequest, told: HandOverIn) -> Status[HandOver]:
    """Write what the next shift has to know."""
    viewer = viewer_of(request)
    try:
        return Status(201, actions.write_hand_over(text=told.text, by=viewer, at=viewer.at))
    except actions.AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal


@router.post("/hand-overs/{hand_over_id}/read", url_name="alarm_hand_over_read", response=HandOverOut)
def hand_over_read(request: HttpRequest, hand_over_id: RowNumber) -> HandOver:
    """Say that one has read it and takes over. Refused to the one who wrote it."""
    viewer = viewer_of(request)
    try:
        return actions.read_hand_over(hand_over_id=hand_over_id, by=viewer, at=viewer.at)
    except actions.AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal


@router.post("/cases/{number}/claim", url_name="alarm_claim", response=CaseDetail)
def claim(request: HttpRequest, number: str) -> dict[str, Any]:
    """Take a waiting case."""
    return _answer(request, number, actions.claim)


@router.post("/cases/{number}/take-over", url_name="alarm_take_over", response=CaseDetail)
def take_over(request: HttpRequest, number: str, told: Reason) -> dict[str, Any]:
    """Take a case from whoever holds it, with a reason."""
    return _answer(request, number, actions.take_over, told)


@router.post("/cases/{number}/release", url_name="alarm_release", response=CaseDetail)
def release(request: HttpRequest, number: str, told: Reason) -> dict[str, Any]:
    """Give a case back to the queue."""
    return _answer(request, number, actions.release, told)


@router.post("/cases/{number}/steps", url_name="alarm_step", response=CaseDetail)
def step(request: HttpRequest, number: str, told: StepIn) -> dict[str, Any]:
    """Say that a step is done."""
    return _answer(request, number, actions.do_step, told)


@router.post("/cases/{number}/steps/impossible", url_name="alarm_step_impossible", response=CaseDetail)
def step_impossible(request: HttpRequest, number: str, told: ImpossibleIn) -> dict[str, Any]:
    """Say that a step cannot be done, and why."""
    return _answer(request, number, actions.step_impossible, told)


@router.post("/cases/{number}/calls", url_name="alarm_call", response=CaseDetail)
def call(request: HttpRequest, number: str, told: CallIn) -> dict[str, Any]:
    """Keep a call and what came of it. Level and urgency follow."""
    return _answer(request, number, actions.log_call, told)


@router.post("/cases/{number}/evidence", url_name="alarm_evidence", response=CaseDetail)
def evidence(request: HttpRequest, number: str, told: EvidenceIn) -> dict[str, Any]:
    """Keep what was seen or heard. Level and urgency follow."""
    return _answer(request, number, actions.add_evidence, told)


@router.post("/cases/{number}/notes", url_name="alarm_note", response=CaseDetail)
def note(request: HttpRequest, number: str, told: TextIn) -> dict[str, Any]:
    """Write a note."""
    return _answer(request, number, actions.note, told)


@router.post("/cases/{number}/police", url_name="alarm_police", response=CaseDetail)
def police(request: HttpRequest, number: str, told: PoliceIn) -> dict[str, Any]:
    """Ask for the police. Refused until two numbers were called, unless the kind or the level exempts it."""
    return _answer(request, number, actions.dispatch_police, told)


@router.post("/cases/{number}/guard", url_name="alarm_guard", response=CaseDetail)
def guard(request: HttpRequest, number: str, told: TextIn) -> dict[str, Any]:
    """Send a guard."""
    return _answer(request, number, actions.dispatch_guard, told)


@router.post("/cases/{number}/abort", url_name="alarm_abort", response=CaseDetail)
def abort(request: HttpRequest, number: str, told: Reason) -> dict[str, Any]:
    """Call off, with a reason."""
    return _answer(request, number, actions.abort, told)


@router.post("/cases/{number}/close", url_name="alarm_close", response=CaseDetail)
def close(request: HttpRequest, number: str, told: CloseIn) -> dict[str, Any]:
    """Close a case. Refused without disposition and cause, and while a required step is open."""
    return _answer(request, number, actions.close, told)


@router.post("/cases/{number}/reopen", url_name="alarm_reopen", response=CaseDetail)
def reopen(request: HttpRequest, number: str, told: Reason) -> dict[str, Any]:
    """Open a closed case again, with a reason."""
    return _answer(request, number, actions.reopen, told)


def _case(request: HttpRequest, number: str) -> Case:
    found = queries.case_by_number(viewer_of(request), number)
    if found is None:
        raise HttpError(404, f"there is no case {number} that you may see")
    return found


def _answer(
    request: HttpRequest, number: str, action: Callable[..., Any], told: Schema | None = None
) -> dict[str, Any]:
    viewer = viewer_of(request)
    check(viewer, "alarms.answer")
    found = _case(request, number)
    given = {} if told is None else told.dict()
    try:
        action(case_id=found.pk, by=viewer, at=moment_of(found, viewer), **given)
    except actions.AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal
    return _detail(request, _case(request, number))


def _detail(request: HttpRequest, found: Case) -> dict[str, Any]:
    known = queries.answering(found, at=moment_of(found, viewer_of(request)))
    entries: list[CaseEntry] = known.entries
    return {
        **{name: getattr(found, name) for name in CaseOut.model_fields},
        "entries": entries,
        "steps": [
            {
                "id": state.step.pk,
                "kind": state.step.kind,
                "text": state.step.text,
                "is_required": state.step.is_required,
                "state": state.state,
                "reason": state.reason,
            }
            for state in known.steps
        ],
        "contacts": [
            {
                "id": state.contact.pk,
                "title": state.contact.title,
                "phone": state.contact.phone,
                "calls": state.calls,
                "outcome": state.outcome,
                "is_next": state.is_next,
            }
            for state in known.contacts
        ],
        "agencies": [agency.value for agency in known.agencies],
        "proposed_agency": None if known.agency is None else known.agency.value,
        "calls_suffice": known.judgement.calls_suffice,
        "calls_needed": known.judgement.calls_needed,
        "level_reasons": list(known.judgement.level_reasons),
    }
