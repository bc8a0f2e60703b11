"""Plans and scenarios over HTTP."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from schoolward.domains.funding import actions, queries
from schoolward.domains.funding.actions import Floor, Question
from schoolward.domains.funding.api.finding import done, plan_of, scenario_of
from schoolward.domains.funding.api.shapes import PlanOut, ScenarioOut
from schoolward.domains.funding.models import Scenario
from schoolward.domains.funding.tasks import ask_to_compute
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.asking import Cents, Text

router = Router()


class PlanIn(Schema):
    """What a plan needs; everything else is today's."""

    title: Text


class PlanDetail(PlanOut):
    """A plan with its instance, the records behind its names, and its scenarios."""

    instance: dict[str, Any]
    references: dict[str, Any]
    scenarios: list[ScenarioOut]


class FloorIn(Schema):
    """That at least so many percent of what is spent is spent at these sites (short names)."""

    sites: list[Text]
    percent: float = Field(..., ge=0, le=100, allow_inf_nan=False)
    name: Text = ""


class ScenarioIn(Schema):
    """A question to a plan. Works by reference, funds by award and line, sites by short name."""

    title: Text
    locked_in: list[Text] = []
    locked_out: list[Text] = []
    funds_out: list[Text] = []
    share_percent: int = Field(100, ge=0, le=100)
    match_available_cents: Cents | None = Field(None, description="Empty: as much match as it takes.")
    site_min: dict[str, Cents] = {}
    site_max: dict[str, Cents] = {}
    equity: list[FloorIn] = []
    may_split: bool = False
    gap: float = Field(0.002, ge=0, le=1, allow_inf_nan=False)
    seconds: int = Field(20, ge=1, le=600)
    frontier_steps: int = Field(10, ge=0, le=100)


class CopyIn(Schema):
    """The change with which a scenario is asked again."""

    title: Text = ""
    lock_in: list[Text] = []
    lock_out: list[Text] = []
    share_percent: int | None = Field(None, ge=0, le=100)


class ComparedOut(Schema):
    """Scenarios of a plan side by side, by their numbers. Money in cents."""

    scenarios: dict[str, dict[str, Any]]
    from_fund: dict[str, dict[str, int]]
    at_site: dict[str, dict[str, int]]
    match: dict[str, int]
    in_all: list[str]
    in_none: list[str]
    only_in: dict[str, list[str]]
    in_some: list[str]


def _question(sent: ScenarioIn) -> Question:
    told = sent.dict(exclude={"title", "equity", "gap"})
    for name in ("locked_in", "locked_out", "funds_out"):
        told[name] = tuple(told[name])
    return Question(
        **told,
        equity=tuple(Floor(tuple(one.sites), one.percent, one.name) for one in sent.equity),
        gap=Decimal(repr(sent.gap)),
    )


@router.get("/plans", url_name="funding_plans", response=list[PlanOut])
def plans(request: HttpRequest) -> list[dict[str, Any]]:
    """The plans, the newest first."""
    viewer = viewer_of(request)
    check(viewer, "funding.view")
    return [PlanOut.of(one) for one in queries.plans(viewer)]


@router.post("/plans", url_name="funding_plan_make", response={201: PlanOut})
def make_plan(request: HttpRequest, sent: PlanIn) -> Status[Any]:
    """Freeze what could be bought with what today."""
    return Status(201, PlanOut.of(done(request, actions.make_plan, title=sent.title)))


@router.get("/plans/{plan_id}", url_name="funding_plan", response=PlanDetail)
def plan(request: HttpRequest, plan_id: int) -> dict[str, Any]:
    """One plan with everything that it froze, and its scenarios."""
    check(viewer_of(request), "funding.view")
    found = plan_of(request, plan_id)
    return PlanOut.of(found) | {
        "instance": found.instance,
        "references": found.references,
        "scenarios": list(_scenarios(request, plan_id)),
    }


@router.get("/plans/{plan_id}/comparison", url_name="funding_comparison", response=ComparedOut)
def comparison(request: HttpRequest, plan_id: int) -> dict[str, Any]:
    """The scenarios of a plan that are computed, side by side."""
    check(viewer_of(request), "funding.view")
    side = queries.compared(plan_of(request, plan_id), _scenarios(request, plan_id))
    told = side.comparison
    return {
        "scenarios": {
            str(one.pk): {
                "title": one.title,
                "status": side.of(one).status.value,
                "objective": side.of(one).objective,
                "bound": side.of(one).bound,
                "gap": side.of(one).gap,
                "works": len(side.of(one).chosen),
            }
            for one in side.scenarios
        },
        **{
            name: getattr(told, name)
            for name in ("from_fund", "at_site", "match", "in_all", "in_none", "only_in", "in_some")
        },
    }


@router.post("/plans/{plan_id}/scenarios", url_name="funding_scenario_add", response={201: ScenarioOut})
def add_scenario(request: HttpRequest, plan_id: int, sent: ScenarioIn) -> Status[Scenario]:
    """Ask a question of a plan. It is not computed yet."""
    check(viewer_of(request), "funding.plan")
    found = plan_of(request, plan_id)
    made = done(request, actions.add_scenario, plan_id=found.pk, title=sent.title, question=_question(sent))
    return Status(201, made)


@router.get("/scenarios/{scenario_id}", url_name="funding_scenario", response=ScenarioOut)
def scenario(request: HttpRequest, scenario_id: int) -> Scenario:
    """One scenario with its answer, why each work is left out, and its frontier."""
    check(viewer_of(request), "funding.view")
    return scenario_of(request, scenario_id)


@router.post("/scenarios/{scenario_id}/copy", url_name="funding_scenario_copy", response={201: ScenarioOut})
def copy_scenario(request: HttpRequest, scenario_id: int, sent: CopyIn) -> Status[Scenario]:
    """Ask a scenario's question again with a change, such as a work locked in."""
    check(viewer_of(request), "funding.plan")
    found = scenario_of(request, scenario_id)
    changes = {} if sent.share_percent is None else {"share_percent": sent.share_percent}
    made = done(
        request,
        actions.copy_scenario,
        scenario_id=found.pk,
        title=sent.title,
        lock_in=sent.lock_in,
        lock_out=sent.lock_out,
        **changes,
    )
    return Status(201, made)


@router.post(
    "/scenarios/{scenario_id}/compute", url_name="funding_scenario_compute", response={202: ScenarioOut}
)
def compute(request: HttpRequest, scenario_id: int) -> Status[Scenario]:
    """Queue the computing of a scenario. Ask for it again until its ``state`` is ready or failed."""
    check(viewer_of(request), "funding.plan")
    found = scenario_of(request, scenario_id)
    return Status(202, done(request, ask_to_compute, scenario_id=found.pk))


def _scenarios(request: HttpRequest, plan_id: int) -> QuerySet[Scenario]:
    return queries.scenarios(viewer_of(request)).filter(plan=plan_id).order_by("pk")
