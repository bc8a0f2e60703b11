"""Diversion over HTTP: cases with each rule's answer, contracts, the rules, and offers by group."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest
from ninja import Router, Status

from schoolward.analysis.diversion import Clock
from schoolward.analysis.school_days import school_year
from schoolward.domains.cases.actions import diversion as actions
from schoolward.domains.cases.api.diversion_shapes import (
    CaseIn,
    CaseOut,
    DecideIn,
    DueOut,
    DutyOut,
    EditionOut,
    EndIn,
    FactsIn,
    GroupOut,
    NotKeptOut,
    ProofIn,
    SignIn,
    StepIn,
)
from schoolward.domains.cases.diversion_rules import diversion_rules
from schoolward.domains.cases.forms.diversion import FactsForm
from schoolward.domains.cases.not_kept import NOT_KEPT
from schoolward.domains.cases.queries import diversion as queries
from schoolward.domains.cases.queries.diversion_by_group import by_group as by_group_until
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import RowNumber, cleaned

router = Router()


_TOLD = (
    "id",
    "event_on",
    "referred_on",
    "path",
    "edition",
    "answer",
    "was_offered",
    "no_offer",
    "declined_on",
    "signed_on",
    "ends_on",
    "outcome",
    "outcome_on",
)


def case_out(viewer: Viewer, pk: int) -> dict[str, Any]:
    """A case of the caller's caseload, else there is none."""
    page = queries.case_page(viewer, pk, today(viewer.at))
    if page is None:
        raise Http404
    answers = page.eligibility.answers if page.eligibility else ()
    return {
        **{name: getattr(page.case, name) for name in _TOLD},
        "youth": page.case.youth_id,
        "rules": [
            {"rule": one.rule.key, "says": one.rule.says, "answer": one.answer, "reason": one.reason}
            for one in answers
        ],
        "terms": [
            {
                "id": term.pk,
                "kind": term.kind,
                "amount": term.amount,
                "proven": state.proven,
                "due_on": term.due_on,
                "state": state.state,
            }
            for term, state in page.rows
        ],
        "clocks": [_clock(clock) for clock in page.clocks],
    }


def _clock(clock: Clock) -> dict[str, Any]:
    return {
        **{name: getattr(clock, name) for name in ("step", "from_day", "due_on", "done_on")},
        "citation": clock.statute.citation,
        "assumed": clock.statute.assumed,
    }


@router.get("/rules", url_name="diversion_rules", response=list[EditionOut])
def rules(request: HttpRequest) -> list[dict[str, Any]]:
    """The rules of eligibility, edition by edition."""
    check(viewer_of(request), "diversion.rules")
    names = ("number", "valid_from", "valid_to", "source")
    return [
        {**{name: getattr(one, name) for name in names}, "rules": [rule.says for rule in one.rules]}
        for one in diversion_rules().editions
    ]


@router.get("/by-group", url_name="diversion_by_group", response=list[GroupOut])
def by_group(request: HttpRequest) -> list[dict[str, Any]]:
    """Eligible, offered, signed and completed by group, of this school year and the one before.

    As of the end of a month, ``until``: a later table takes its place where each of its counts has changed by
    nothing or by at least eleven.
    """
    viewer = viewer_of(request)
    first, last = school_year(today(viewer.at))
    found = by_group_until(viewer, first.replace(year=first.year - 1), last, on=today(viewer.at))
    rows = found.table.rows if found.table else ()
    return [
        {
            "stage": row.stage.key,
            "group": row.group,
            "count": row.count,
            "base": row.base,
            "rate": row.rate,
            "low": row.interval.low if row.interval else None,
            "high": row.interval.high if row.interval else None,
            "ratio": row.ratio.value if row.ratio else None,
            "reading": row.ratio.reading if row.ratio else "",
            "ratio_to_others": row.against_others.value if row.against_others else None,
            "reading_to_others": row.against_others.reading if row.against_others else "",
            "until": found.until,
        }
        for row in rows
    ]


@router.get("/not-kept", url_name="diversion_not_kept", response=list[NotKeptOut])
def not_kept(request: HttpRequest) -> list[dict[str, str]]:
    """Groups that are no part of the table by group, and why nothing is kept of them."""
    check(viewer_of(request), "diversion.rules")
    return [{"key": one.key, "title": str(one.title), "why": str(one.why)} for one in NOT_KEPT]


@router.get("/duties", url_name="diversion_duties", response=list[DutyOut])
def duties(request: HttpRequest) -> list[dict[str, Any]]:
    """Completed cases of the caller's caseload of which the law still asks a determination or a notice."""
    viewer = viewer_of(request)
    return [
        {
            "case": duty.case.pk,
            "youth": duty.case.youth_id,
            "outcome_on": duty.case.outcome_on,
            "clock": _clock(duty.clock),
            "is_late": duty.is_late,
        }
        for duty in queries.duties(viewer, today(viewer.at))
    ]


@router.get("/due", url_name="diversion_due", response=list[DueOut])
def due(request: HttpRequest) -> Any:
    """What is due about the caller's cases within two weeks, by number, as on the morning page."""
    viewer = viewer_of(request)
    return queries.due(viewer, today(viewer.at))


@router.post("/cases", url_name="diversion_open", response={201: CaseOut})
def open_case(request: HttpRequest, told: CaseIn) -> Status[dict[str, Any]]:
    """Open a case of one event."""
    viewer = viewer_of(request)
    made = actions.open_case(
        youth_id=told.youth, event_on=told.event_on, path=told.path, by=viewer, at=now(viewer.at)
    )
    return Status(201, case_out(viewer, made.pk))


@router.get("/cases/{pk}", url_name="diversion_case", response=CaseOut)
def case(request: HttpRequest, pk: RowNumber) -> dict[str, Any]:
    """One case with every rule's answer."""
    return case_out(viewer_of(request), pk)


@router.post("/cases/{pk}/facts", url_name="diversion_facts", response=CaseOut)
def facts(request: HttpRequest, pk: RowNumber, told: FactsIn) -> dict[str, Any]:
    """Say what is known."""
    viewer = viewer_of(request)
    fields = cleaned(FactsForm(told.dict()))
    actions.set_facts(case_id=pk, by=viewer, at=now(viewer.at), **fields)
    return case_out(viewer, pk)


@router.post("/cases/{pk}/decide", url_name="diversion_decide", response=CaseOut)
def decide(request: HttpRequest, pk: RowNumber, told: DecideIn) -> dict[str, Any]:
    """Decide by the rules: offer it to whoever is eligible, or keep why not."""
    viewer = viewer_of(request)
    actions.decide(case_id=pk, no_offer=told.no_offer or "", by=viewer, at=now(viewer.at))
    return case_out(viewer, pk)


@router.post("/cases/{pk}/decline", url_name="diversion_decline", response=CaseOut)
def decline(request: HttpRequest, pk: RowNumber) -> dict[str, Any]:
    """The family did not take the offer."""
    viewer = viewer_of(request)
    actions.decline(case_id=pk, by=viewer, at=now(viewer.at))
    return case_out(viewer, pk)


@router.post("/cases/{pk}/sign", url_name="diversion_sign", response=CaseOut)
def sign(request: HttpRequest, pk: RowNumber, told: SignIn) -> dict[str, Any]:
    """The contract was signed: its terms are those of the rules' edition."""
    viewer = viewer_of(request)
    actions.sign(case_id=pk, signed_on=told.signed_on, by=viewer, at=now(viewer.at))
    return case_out(viewer, pk)


@router.post("/cases/{pk}/terms/{int:term}/proof", url_name="diversion_proof", response=CaseOut)
def proof(request: HttpRequest, pk: RowNumber, term: RowNumber, told: ProofIn) -> dict[str, Any]:
    """Keep a proof of a term. Safe to be sent twice with one receipt."""
    viewer = viewer_of(request)
    if all(one["id"] != term for one in case_out(viewer, pk)["terms"]):
        raise Http404
    actions.prove(
        term_id=term,
        amount=told.amount,
        on=told.on,
        receipt=told.receipt or uuid4(),
        by=viewer,
        at=now(viewer.at),
    )
    return case_out(viewer, pk)


@router.post("/cases/{pk}/end", url_name="diversion_end", response=CaseOut)
def end(request: HttpRequest, pk: RowNumber, told: EndIn) -> dict[str, Any]:
    """Say how it ended; completed only where every term is proven."""
    viewer = viewer_of(request)
    actions.end(case_id=pk, outcome=told.outcome, by=viewer, at=now(viewer.at))
    return case_out(viewer, pk)


@router.post("/cases/{pk}/step", url_name="diversion_step", response=CaseOut)
def step(request: HttpRequest, pk: RowNumber, told: StepIn) -> dict[str, Any]:
    """Note a step towards the seal."""
    viewer = viewer_of(request)
    actions.sealing_step(case_id=pk, step=told.step, on=told.on, by=viewer, at=now(viewer.at))
    return case_out(viewer, pk)
