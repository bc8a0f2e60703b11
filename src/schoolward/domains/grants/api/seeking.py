"""Opportunities and applications over HTTP."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.api.finding import done, form_of, one_of
from schoolward.domains.grants.api.seeking_shapes import ApplicationOut, OpportunityOut
from schoolward.domains.grants.api.shapes import WhyIn
from schoolward.domains.grants.forms import (
    AnswerForm,
    ApplicationForm,
    ChoiceForm,
    OpportunityForm,
    PartForm,
    SubmitForm,
)
from schoolward.domains.grants.models import Application, ApplicationPart, Opportunity
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import Cents, Slices, Text, cleaned

router = Router()


class OpportunityIn(Schema):
    """Money that could be applied for. Where it is changed, this is what stands from then on."""

    title: Text
    funder_name: Text
    closes: date
    funder: Text = "federal"
    number: Text = ""
    opens: date | None = None
    ceiling_cents: Cents | None = None
    match_percent: Annotated[Decimal, Field(ge=0, lt=100)] = Decimal(0)
    eligibility: Text = ""
    purpose: Text = ""


class ChoiceIn(WhyIn):
    """``go`` or ``no_go``, and why."""

    choice: Text


class ApplicationIn(Schema):
    """What an application asks for and offers."""

    requested_cents: Cents
    match_cents: Cents = 0
    summary: Text = ""


class ApplicationPartIn(Schema):
    """A budget line with its amount, or the name of a letter or narrative; files are added on the page."""

    kind: Text
    title: Text
    amount_cents: Cents | None = None


class SubmitIn(Schema):
    """The day on which it went out."""

    submitted_on: date


class FunderAnswerIn(Schema):
    """``awarded``, ``declined`` or ``withdrawn``, and on which day."""

    outcome: Text
    decided_on: date


def _opportunity(request: HttpRequest, key: str) -> Opportunity:
    rows = queries.opportunities(viewer_of(request)).filter(key=key)
    found: Opportunity = one_of(rows, f"opportunity {key!r}")
    return found


def _application(request: HttpRequest, application_id: int) -> Application:
    rows = queries.applications(viewer_of(request)).filter(pk=application_id)
    found: Application = one_of(rows, f"application {application_id}")
    return found


def _told(request: HttpRequest, application_id: int) -> dict[str, Any]:
    found = _application(request, application_id)
    is_drafted = found.outcome == "drafting"
    return ApplicationOut.of(found, actions.what_submitting_lacks(found) if is_drafted else [])


@router.get("/opportunities", url_name="grant_opportunities", response=list[OpportunityOut])
@paginate(Slices)
def opportunities(request: HttpRequest) -> QuerySet[Opportunity]:
    """Money that could be applied for, the last deadline first."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    return queries.opportunities(viewer)


@router.post("/opportunities", url_name="grant_opportunity_add", response={201: OpportunityOut})
def add_opportunity(request: HttpRequest, sent: OpportunityIn) -> Status[Any]:
    """Enter an opportunity."""
    check(viewer_of(request), "grants.seek")
    form = OpportunityForm(form_of(sent))
    cleaned(form)
    return Status(201, done(request, actions.add_opportunity, **form.arguments()))


@router.get("/opportunities/{key}", url_name="grant_opportunity", response=OpportunityOut)
def opportunity(request: HttpRequest, key: str) -> Opportunity:
    """One opportunity."""
    check(viewer_of(request), "grants.view")
    return _opportunity(request, key)


@router.put("/opportunities/{key}", url_name="grant_opportunity_change", response=OpportunityOut)
def change_opportunity(request: HttpRequest, key: str, sent: OpportunityIn) -> Any:
    """Change an opportunity until the application for it went out."""
    check(viewer_of(request), "grants.seek")
    found, form = _opportunity(request, key), OpportunityForm(form_of(sent))
    cleaned(form)
    return done(request, actions.change_opportunity, opportunity_id=found.pk, changes=form.arguments())


@router.post("/opportunities/{key}/decide", url_name="grant_opportunity_decide", response=OpportunityOut)
def choose(request: HttpRequest, key: str, sent: ChoiceIn) -> Any:
    """Decide to try for it, or not."""
    check(viewer_of(request), "grants.seek")
    found = _opportunity(request, key)
    return done(request, actions.choose, opportunity_id=found.pk, **cleaned(ChoiceForm(sent.dict())))


@router.post(
    "/opportunities/{key}/application", url_name="grant_application_begin", response={201: ApplicationOut}
)
def begin(request: HttpRequest, key: str, sent: ApplicationIn) -> Status[Any]:
    """Begin an application for an opportunity that was decided on."""
    check(viewer_of(request), "grants.seek")
    found, form = _opportunity(request, key), ApplicationForm(form_of(sent))
    cleaned(form)
    made = done(request, actions.begin_application, opportunity_id=found.pk, **form.arguments())
    return Status(201, _told(request, made.pk))


@router.get("/applications/{application_id}", url_name="grant_application", response=ApplicationOut)
def application(request: HttpRequest, application_id: int) -> dict[str, Any]:
    """One application, with what keeps it from going out."""
    check(viewer_of(request), "grants.view")
    return _told(request, application_id)


@router.put("/applications/{application_id}", url_name="grant_application_change", response=ApplicationOut)
def change_application(request: HttpRequest, application_id: int, sent: ApplicationIn) -> dict[str, Any]:
    """Change what an application asks for while it is written. What was signed has to be signed again."""
    check(viewer_of(request), "grants.seek")
    found, form = _application(request, application_id), ApplicationForm(form_of(sent))
    cleaned(form)
    done(request, actions.change_application, application_id=found.pk, **form.arguments())
    return _told(request, found.pk)


@router.post(
    "/applications/{application_id}/parts", url_name="grant_application_part", response={201: ApplicationOut}
)
def add_part(request: HttpRequest, application_id: int, sent: ApplicationPartIn) -> Status[Any]:
    """Add a budget line, or name a letter. What was signed has to be signed again."""
    check(viewer_of(request), "grants.seek")
    found, fields = _application(request, application_id), cleaned(PartForm(form_of(sent)))
    fields.pop("file")
    done(request, actions.add_part, application_id=found.pk, **fields)
    return Status(201, _told(request, found.pk))


@router.post(
    "/applications/parts/{part_id}/remove", url_name="grant_application_part_remove", response=ApplicationOut
)
def remove_part(request: HttpRequest, part_id: int) -> dict[str, Any]:
    """Take a part out of an application that is being written."""
    viewer = viewer_of(request)
    check(viewer, "grants.seek")
    one_of(visible(ApplicationPart.objects.filter(pk=part_id), viewer), f"part {part_id}")
    return _told(request, done(request, actions.remove_part, part_id=part_id).pk)


@router.post(
    "/applications/{application_id}/sign", url_name="grant_application_sign", response=ApplicationOut
)
def sign(request: HttpRequest, application_id: int) -> dict[str, Any]:
    """Stand for an application in one's role. Two roles sign, and they are two persons."""
    check(viewer_of(request), "grants.seek")
    done(request, actions.sign, application_id=_application(request, application_id).pk)
    return _told(request, application_id)


@router.post(
    "/applications/{application_id}/submit", url_name="grant_application_submit", response=ApplicationOut
)
def submit(request: HttpRequest, application_id: int, sent: SubmitIn) -> dict[str, Any]:
    """Say that it went out. 409 with what is lacking."""
    check(viewer_of(request), "grants.seek")
    found, fields = _application(request, application_id), cleaned(SubmitForm(sent.dict()))
    done(request, actions.submit, application_id=found.pk, **fields)
    return _told(request, found.pk)


@router.post(
    "/applications/{application_id}/answer", url_name="grant_application_answer", response=ApplicationOut
)
def answer(request: HttpRequest, application_id: int, sent: FunderAnswerIn) -> dict[str, Any]:
    """Enter the funder's answer, or that it was withdrawn."""
    check(viewer_of(request), "grants.seek")
    found, fields = _application(request, application_id), cleaned(AnswerForm(sent.dict()))
    done(request, actions.answer, application_id=found.pk, **fields)
    return _told(request, found.pk)


@router.post(
    "/applications/{application_id}/take-up", url_name="grant_application_take_up", response=ApplicationOut
)
def take_up(request: HttpRequest, application_id: int) -> dict[str, Any]:
    """Go on writing an application that was withdrawn."""
    check(viewer_of(request), "grants.seek")
    found = _application(request, application_id)
    done(request, actions.take_up_again, application_id=found.pk)
    return _told(request, found.pk)
