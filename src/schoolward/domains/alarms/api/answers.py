"""Every answer that the desk can give to a case, over HTTP under the same rules."""

# No deferred annotations here: under `paginate` Ninja cannot resolve annotations kept as text.
from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.errors import HttpError

from schoolward.domains.alarms import actions
from schoolward.domains.alarms.api.cases import CaseDetail, detail_of
from schoolward.domains.alarms.api.finding import case_or_404
from schoolward.domains.alarms.api.texts import Short, Words
from schoolward.domains.alarms.moments import moment_of
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import RowNumber

router = Router()


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
    """How it ended and what set it off. ``confirmation``: what speaks against a threat (level 3 or more)
    where the disposition denies one, and why a case is closed whose systems are still not heard from."""

    disposition: Short = ""
    cause: Short = ""
    cause_role: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] = ""
    text: Words = ""
    confirmation: Words = ""


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
    """Close a case. Refused without disposition and cause, while a required step is open, and, without a
    confirmation, against a known threat or while systems of it are not heard from."""
    return _answer(request, number, actions.close, told)


@router.post("/cases/{number}/reopen", url_name="alarm_reopen", response=CaseDetail)
def reopen(request: HttpRequest, number: str, told: Reason) -> dict[str, Any]:
    """Open a closed case again, with a reason."""
    return _answer(request, number, actions.reopen, told)


def _answer(
    request: HttpRequest, number: str, action: Callable[..., Any], told: Schema | None = None
) -> dict[str, Any]:
    viewer = viewer_of(request)
    check(viewer, "alarms.answer")
    found = case_or_404(viewer, number)
    given = {} if told is None else told.dict()
    try:
        action(case_id=found.pk, by=viewer, at=moment_of(found, viewer), **given)
    except actions.AlarmRefused as refusal:
        raise HttpError(409, str(refusal)) from refusal
    return detail_of(request, case_or_404(viewer, number))
