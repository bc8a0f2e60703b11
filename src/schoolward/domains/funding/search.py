"""How plans, scenarios and what was approved are found, and put into words behind a number."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.funding.models import Allocation, Plan, Scenario
from schoolward.domains.funding.queries import plans, scenarios
from schoolward.domains.grants.wording import dollars
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.search import Hit, RecordKind, holds_words, register


def describe_plan(plan: Plan, viewer: Viewer) -> Hit:
    """Its title and the day that it is of."""
    return Hit(plan.title, reverse("funding:plan", args=[plan.pk]), date_format(plan.on, "F j, Y"))


def find_plans(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Plans whose title holds the words."""
    return plans(viewer).filter(holds_words(text, "title"))[:limit]


def describe_scenario(scenario: Scenario, viewer: Viewer) -> Hit:
    """Its title, its plan and how it stands."""
    url = reverse("funding:scenario", args=[scenario.pk])
    return Hit(scenario.title, url, f"{scenario.plan.title} · {scenario.get_state_display()}")


def find_scenarios(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Scenarios whose title holds the words, the newest first."""
    return scenarios(viewer).filter(holds_words(text, "title")).order_by("-pk")[:limit]


def describe_allocation(allocation: Allocation, viewer: Viewer) -> Hit:
    """What is set aside, of which line, for which work; and how much of it counts in a number."""
    counted = getattr(allocation, "cents", allocation.amount_cents)
    detail = _("%(amount)s of %(award)s, line %(line)s") % {
        "amount": dollars(counted),
        "award": allocation.award.title,
        "line": allocation.line.code,
    }
    return Hit(str(allocation.work), reverse("funding:approval", args=[allocation.approval_id]), detail)


register(RecordKind("funding.Plan", gettext_lazy("Funding plans"), describe_plan, find_plans, order=64))
register(
    RecordKind(
        "funding.Scenario",
        gettext_lazy("Scenarios of funding plans"),
        describe_scenario,
        find_scenarios,
        related=("plan",),
        order=65,
    )
)
register(
    RecordKind(
        "funding.Allocation",
        gettext_lazy("Money set aside by plans"),
        describe_allocation,
        related=("award", "line", "work"),
        order=66,
    )
)
