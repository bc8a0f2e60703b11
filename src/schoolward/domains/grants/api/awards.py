"""Awards over HTTP: how they stand, entering, describing, budget lines, amendments, closing; their rules."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.api.finding import award_of, done, form_of, line_of
from schoolward.domains.grants.api.ledger_shapes import BudgetLineOut
from schoolward.domains.grants.api.shapes import (
    AmendmentOut,
    AwardOut,
    OverrideOut,
    RuleOut,
    WhyIn,
    standing_out,
)
from schoolward.domains.grants.forms import AmendmentForm, AwardForm, ChangeTermsForm, LineForm, ReasonForm
from schoolward.domains.grants.models import Amendment, Award
from schoolward.domains.grants.queries import NONE
from schoolward.domains.grants.views.choosing import lines_with_what_is_left
from schoolward.platform.access.permissions import check, may
from schoolward.platform.access.policy import visible
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.asking import Cents, RowNumber, Text, cleaned

root = Router()
router = Router()
Percent = Annotated[Decimal, Field(ge=0, lt=100)]


class TermsIn(Schema):
    """What is said of an award. ``allowed``: categories of cost; none are all that have a line."""

    title: Text
    funder_name: Text
    number: Text = ""
    aln: Text = ""
    allowed: list[Text] = []
    transfer_percent: Annotated[int, Field(ge=0, le=100)] | None = None
    counts_match_of_others: bool = True
    forbids_supplanting: bool = True
    may_subaward: bool = False
    is_reimbursed: bool = True
    holds_draws_when_late: bool = False
    final_days: Annotated[int, Field(ge=1, le=999)] | None = None
    terms: Text = ""


class AwardIn(TermsIn):
    """An award to enter. ``application_id``: the application that it answers."""

    amount_cents: Cents
    awarded_on: date
    start: date
    end: date
    funder: Text = "federal"
    match_percent: Percent = Decimal(0)
    match_in_cash_only: bool = False
    financial_every: Text = "quarter"
    progress_every: Text = "half_year"
    application_id: RowNumber | None = None


class ChangedTermsIn(TermsIn):
    """What is said of an award from now on, with the funder's letter where rules have judged by it."""

    approval: Text = ""
    approved_on: date | None = None
    reason: Text = ""


class BudgetLineIn(Schema):
    """A budget line, with its first budget where the caller keeps the ledger."""

    code: Text
    title: Text
    category: Text
    amount_cents: Cents | None = None


class AmendmentIn(Schema):
    """A change that the funder approved. ``line`` gives up money where the amount gets less."""

    kind: Text
    approval: Text
    approved_on: date
    text: Text
    new_end: date | None = None
    new_amount_cents: Cents | None = None
    line: Text | None = None
    new_match_percent: Percent | None = None
    new_waived_percent: Percent | None = None


def _stands(request: HttpRequest, award: Award) -> dict[str, Any]:
    return standing_out(queries.standing(award, on=today(viewer_of(request).at)))


@root.get("", url_name="grants", response=list[AwardOut])
def awards(request: HttpRequest, as_of: date | None = None) -> list[dict[str, Any]]:
    """All awards, and how each stands at the end of ``as_of`` (today if not given)."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    stood = queries.standings(queries.awards(viewer), on=as_of or today(viewer.at))
    return [standing_out(one) for one in stood]


@root.post("", url_name="grant_new", response={201: AwardOut})
def enter(request: HttpRequest, sent: AwardIn) -> Status[Any]:
    """Enter an award; the reports that it owes are planned."""
    check(viewer_of(request), "grants.manage")
    form = AwardForm(form_of(sent))
    cleaned(form)
    return Status(201, _stands(request, done(request, actions.add_award, **form.arguments())))


@router.get("/{key}", url_name="grant", response=AwardOut)
def award(request: HttpRequest, key: str, as_of: date | None = None) -> dict[str, Any]:
    """One award as it stands on a day."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    return standing_out(queries.standing(award_of(request, key), on=as_of or today(viewer.at)))


@router.put("/{key}", url_name="grant_describe", response=AwardOut)
def describe(request: HttpRequest, key: str, sent: ChangedTermsIn) -> dict[str, Any]:
    """Change what is said of an award. Once money moved, what rules read takes the funder's letter."""
    check(viewer_of(request), "grants.manage")
    found = award_of(request, key)
    form = ChangeTermsForm(form_of(sent), is_under_way=actions.is_under_way(found))
    cleaned(form)
    return _stands(request, done(request, actions.describe_award, award_id=found.pk, **form.change()))


@router.get("/{key}/rules", url_name="grant_rules", response=list[RuleOut])
def rules(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """Every rule that the award answers to."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    return [RuleOut.of(one) for one in queries.rules_of(viewer, award_of(request, key))]


@router.get("/{key}/lines", url_name="grant_lines", response=list[BudgetLineOut])
def lines(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """The budget lines of an award with their balances now."""
    check(viewer_of(request), "grants.view")
    return _lines(award_of(request, key))


@router.post("/{key}/lines", url_name="grant_line_add", response={201: list[BudgetLineOut]})
def add_line(request: HttpRequest, key: str, sent: BudgetLineIn) -> Status[Any]:
    """Add a budget line; the answer is all of them."""
    viewer = viewer_of(request)
    check(viewer, "grants.manage")
    if sent.amount_cents is not None:
        check(viewer, "grants.post")
    found = award_of(request, key)
    form = LineForm(form_of(sent), may_post=may(viewer, "grants.post"))
    cleaned(form)
    done(request, actions.add_line_with_budget, award_id=found.pk, **form.arguments())
    return Status(201, _lines(found))


def _lines(award: Award) -> list[dict[str, Any]]:
    balances = queries.line_balances(award.pk)
    names = ("budgeted", "obligated", "unliquidated", "expended", "available")
    return [
        {
            "code": line.code,
            "title": line.title,
            "category": line.category,
            **{name: getattr(balances.get(line.pk, NONE), name) for name in names},
        }
        for line in award.lines.all()
    ]


@router.get("/{key}/amendments", url_name="grant_amendments", response=list[AmendmentOut])
def amendments(request: HttpRequest, key: str) -> QuerySet[Amendment]:
    """What the funder changed of an award, the oldest first."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    return visible(Amendment.objects.filter(award=award_of(request, key)), viewer)


@router.post("/{key}/amendments", url_name="grant_amend", response={201: AmendmentOut})
def amend(request: HttpRequest, key: str, sent: AmendmentIn) -> Status[Any]:
    """Enter a change that the funder approved; the award stands as amended from then on."""
    check(viewer_of(request), "grants.manage")
    found = award_of(request, key)
    values = form_of(sent, line_id=line_of(found, sent.line))
    values.pop("line", None)
    fields = cleaned(AmendmentForm(values, lines=lines_with_what_is_left(found)))
    return Status(201, done(request, actions.amend, award_id=found.pk, **fields))


@router.get("/{key}/closing", url_name="grant_closing", response=list[str])
def closing(request: HttpRequest, key: str) -> list[str]:
    """What has to be done before the award can be closed, in sentences; nothing where it can be."""
    viewer = viewer_of(request)
    check(viewer, "grants.view")
    return actions.what_closing_lacks(award_of(request, key), on=today(viewer.at))


@router.post("/{key}/close", url_name="grant_close", response=AwardOut)
def close(request: HttpRequest, key: str) -> dict[str, Any]:
    """Close an award. 409 with what is lacking."""
    check(viewer_of(request), "grants.manage")
    return _stands(request, done(request, actions.close_award, award_id=award_of(request, key).pk))


@router.post("/{key}/reopen", url_name="grant_reopen", response={201: OverrideOut})
def reopen(request: HttpRequest, key: str, sent: WhyIn) -> Status[Any]:
    """Ask that a closed award be opened again; somebody else decides (``/grants/requests``)."""
    check(viewer_of(request), "grants.manage")
    found = award_of(request, key)
    fields = cleaned(ReasonForm(sent.dict()))
    return Status(201, OverrideOut.of(done(request, actions.ask_to_reopen, award_id=found.pk, **fields)))
