"""Cases over HTTP: the list, and one with all that its page shows."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from schoolward.domains.alarms import queries
from schoolward.domains.alarms.api.finding import case_or_404
from schoolward.domains.alarms.models import (
    Case,
    CaseEntry,
    CaseKind,
    CaseState,
    Cause,
    Disposition,
    EntryKind,
    SignalKind,
)
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber, Slices

router = Router()


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
    def resolve_urgency(case: Case | dict[str, Any], context: Any) -> int:
        return case["urgency"] if isinstance(case, dict) else _standing(case, context).urgency

    @staticmethod
    def resolve_reasons(case: Case | dict[str, Any], context: Any) -> list[str]:
        return case["reasons"] if isinstance(case, dict) else list(_standing(case, context).reasons)

    @staticmethod
    def resolve_claimed_by(case: Case | dict[str, Any]) -> str:
        holder = case["claimed_by"] if isinstance(case, dict) else case.claimed_by
        return "" if holder is None else str(holder)


def _standing(case: Case, context: Any) -> queries.Standing:
    return queries.standing_of(case, at=viewer_of(context["request"]).at)


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
    """A contact of the site, and what came of calling it. ``phone`` is blank for who may not read it."""

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
    still_lost: list[int] = Field(
        description="The systems of a case of lost systems that are not heard from now, by their id."
    )


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
    start: date | None = Field(None, alias="from")
    end: date | None = Field(None, alias="to")


@router.get("/cases", url_name="alarm_cases", response=list[CaseOut])
@paginate(Slices)
def cases(request: HttpRequest, narrowed: Query[CasesNarrowed]) -> Any:
    """The cases that the caller may see, the newest first; those that are open by urgency."""
    viewer = viewer_of(request)
    check(viewer, "alarms.view")
    asked = narrowed.dict(exclude_none=True)
    only_open = asked.pop("open")
    rows = queries.open_cases(viewer) if only_open else queries.cases(viewer)
    if start := asked.pop("start", None):
        rows = rows.filter(opened_on__gte=start)
    if end := asked.pop("end", None):
        rows = rows.filter(opened_on__lte=end)
    found = rows.filter(**asked)
    if not only_open:
        return found
    return [one.case for one in queries.with_standing(viewer, queries.ranked(found, at=viewer.at))]


@router.get("/cases/{number}", url_name="alarm_case", response=CaseDetail)
def case(request: HttpRequest, number: str) -> dict[str, Any]:
    """One case with its entries, its plan and its call list."""
    check(viewer_of(request), "alarms.view")
    return detail_of(request, case_or_404(viewer_of(request), number))


def detail_of(request: HttpRequest, found: Case) -> dict[str, Any]:
    known = queries.answering(found)
    standing = queries.standing_of(found, at=viewer_of(request).at)
    shows_numbers = queries.reads_numbers(viewer_of(request))
    entries: list[CaseEntry] = known.entries
    if not shows_numbers:
        for entry in entries:
            if entry.kind == EntryKind.CALL:
                entry.detail = {name: told for name, told in entry.detail.items() if name != "number"}
    return {
        **{name: getattr(found, name) for name in CaseOut.model_fields},
        "urgency": standing.urgency,
        "reasons": list(standing.reasons),
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
                "phone": state.contact.phone if shows_numbers else "",
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
        "still_lost": [system.pk for system in queries.still_lost(found)],
    }
