"""Finding what a caller names, and wording what is refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja.errors import HttpError

from schoolward.domains.funding import queries
from schoolward.domains.funding.actions import FundingRefused
from schoolward.domains.funding.models import Plan, Scenario
from schoolward.domains.grants import queries as grants
from schoolward.domains.work import queries as work
from schoolward.domains.work.actions import WorkRefused
from schoolward.domains.work.states import IllegalMove
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now

Made = TypeVar("Made")


def done(request: HttpRequest, action: Callable[..., Made], **values: Any) -> Made:
    """Call an action for the caller.

    422 for a value that is refused, 409 where the records stand otherwise.
    """
    viewer = viewer_of(request)
    for name, value in values.items():
        if isinstance(value, str) and "\0" in value:
            raise HttpError(422, f"{name} holds a NUL character; leave it out")
    try:
        return action(by=viewer, at=now(viewer.at), **values)
    except (FundingRefused, WorkRefused) as refusal:
        told = f"{refusal.field}: {refusal}" if refusal.field else str(refusal)
        raise HttpError(422 if refusal.field else 409, told) from refusal
    except IllegalMove as refusal:
        raise HttpError(409, str(refusal)) from refusal


def _one(rows: QuerySet[Any], what: str) -> Any:
    found = rows.first()
    if found is None:
        raise HttpError(404, f"there is no {what} that you may see")
    return found


def plan_of(request: HttpRequest, plan_id: int) -> Plan:
    """The plan of a number. 404 where the caller sees none."""
    found: Plan = _one(queries.plans(viewer_of(request)).filter(pk=plan_id), f"plan {plan_id}")
    return found


def scenario_of(request: HttpRequest, scenario_id: int) -> Scenario:
    """The scenario of a number. 404 where the caller sees none."""
    rows = queries.scenarios(viewer_of(request)).filter(pk=scenario_id)
    found: Scenario = _one(rows, f"scenario {scenario_id}")
    return found


def work_of(request: HttpRequest, reference: str) -> Any:
    """The work of a reference. 404 where the caller sees none."""
    rows = work.work_items(viewer_of(request)).filter(reference__iexact=reference.strip())
    return _one(rows, f"work {reference!r}")


def award_of(request: HttpRequest, key: str) -> Any:
    """The award of a short name. 404 where the caller sees none."""
    return _one(grants.awards(viewer_of(request)).filter(key=key), f"award {key!r}")


def line_of(request: HttpRequest, fund: str) -> Any:
    """The budget line of a fund's name, award and code with a stroke between. 404 where there is none."""
    key, _stroke, code = fund.partition("/")
    return _one(grants.lines(viewer_of(request)).filter(award__key=key, code=code), f"fund {fund!r}")
