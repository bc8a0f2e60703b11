"""What can be asked of a plan, checked against it before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from schoolward.domains.funding.actions.refusals import FundingRefused
from schoolward.domains.funding.models import Plan, Scenario
from schoolward.domains.places import queries as places

MOST_CENTS = 10**12
MOST_SECONDS = 600
MOST_STEPS = 100


@dataclass(frozen=True)
class Floor:
    """That at least so many percent of what is spent is spent at these sites. ``name`` is for people."""

    sites: tuple[str, ...]
    percent: float
    name: str = ""


@dataclass(frozen=True)
class Question:
    """What a scenario asks. Works by reference, funds by award and line, sites by short name, money in cents.

    ``match_available_cents`` ``None`` is as much match as it takes.
    """

    locked_in: tuple[str, ...] = ()
    locked_out: tuple[str, ...] = ()
    funds_out: tuple[str, ...] = ()
    share_percent: int = 100
    match_available_cents: int | None = None
    site_min: Mapping[str, int] = field(default_factory=dict)
    site_max: Mapping[str, int] = field(default_factory=dict)
    equity: tuple[Floor, ...] = ()
    may_split: bool = False
    gap: Decimal = Decimal("0.002")
    seconds: int = 20
    frontier_steps: int = 10

    @classmethod
    def of(cls, scenario: Scenario) -> Question:
        """The question of a scenario, to ask it again with a change."""
        return cls(
            locked_in=tuple(scenario.locked_in),
            locked_out=tuple(scenario.locked_out),
            funds_out=tuple(scenario.funds_out),
            share_percent=scenario.share_percent,
            match_available_cents=scenario.match_available_cents,
            site_min=dict(scenario.site_min),
            site_max=dict(scenario.site_max),
            equity=tuple(
                Floor(tuple(floor["sites"]), floor["percent"], floor.get("name", ""))
                for floor in scenario.equity
            ),
            may_split=scenario.may_split,
            gap=scenario.gap,
            seconds=scenario.seconds,
            frontier_steps=scenario.frontier_steps,
        )

    def as_fields(self) -> dict[str, Any]:
        """The question as a scenario keeps it."""
        return {
            "locked_in": sorted(set(self.locked_in)),
            "locked_out": sorted(set(self.locked_out)),
            "funds_out": sorted(set(self.funds_out)),
            "share_percent": self.share_percent,
            "match_available_cents": self.match_available_cents,
            "site_min": dict(sorted(self.site_min.items())),
            "site_max": dict(sorted(self.site_max.items())),
            "equity": [{**asdict(floor), "sites": sorted(set(floor.sites))} for floor in self.equity],
            "may_split": self.may_split,
            "gap": self.gap,
            "seconds": self.seconds,
            "frontier_steps": self.frontier_steps,
        }


def check_question(question: Question, plan: Plan) -> None:
    """Refuse a question that names what the plan does not have, or asks what cannot be. Raises
    ``FundingRefused`` with the field that it is about."""
    _known(question.locked_in, plan.references["candidates"], "locked_in")
    _known(question.locked_out, plan.references["candidates"], "locked_out")
    in_part = {key for key, fund in plan.references["funds"].items() if not fund["no_part"]}
    _known(question.funds_out, in_part, "funds_out")
    if both := sorted(set(question.locked_in) & set(question.locked_out)):
        raise FundingRefused(
            _("%(work)s is locked in and locked out. Choose one.") % {"work": both[0]}, field="locked_out"
        )
    _sites(question)
    for field_name, value, least, most in (
        ("share_percent", question.share_percent, 0, 100),
        ("seconds", question.seconds, 1, MOST_SECONDS),
        ("frontier_steps", question.frontier_steps, 0, MOST_STEPS),
        ("match_available_cents", question.match_available_cents or 0, 0, MOST_CENTS),
    ):
        if not least <= value <= most:
            raise FundingRefused(
                _("Write a number from %(least)s to %(most)s.") % {"least": least, "most": most},
                field=field_name,
            )
    if not (question.gap.is_finite() and 0 <= question.gap <= 1):
        raise FundingRefused(_("Write a share from 0 to 1, such as 0.002."), field="gap")


def _known(names: tuple[str, ...], there: Any, field_name: str) -> None:
    for name in names:
        if name not in there:
            raise FundingRefused(_("The plan has no “%(name)s”.") % {"name": name}, field=field_name)


def _sites(question: Question) -> None:
    for field_name, amounts in (("site_min", question.site_min), ("site_max", question.site_max)):
        for slug, cents in amounts.items():
            if not 0 <= cents <= MOST_CENTS:
                raise FundingRefused(
                    _("Write an amount for “%(site)s”, 0 or more.") % {"site": slug}, field=field_name
                )
    for slug, least in question.site_min.items():
        if least > question.site_max.get(slug, MOST_CENTS):
            raise FundingRefused(
                _("The least for “%(site)s” is above its most.") % {"site": slug}, field="site_min"
            )
    for floor in question.equity:
        if not floor.sites or not 0 <= floor.percent <= 100:
            raise FundingRefused(
                _("A floor names at least one site, and a share from 0 to 100 percent."), field="equity"
            )
    by_field = {
        "site_min": set(question.site_min),
        "site_max": set(question.site_max),
        "equity": {slug for floor in question.equity for slug in floor.sites},
    }
    asked = set().union(*by_field.values())
    known = set(places.campuses().filter(slug__in=asked).values_list("slug", flat=True))
    for field_name, slugs in by_field.items():
        if unknown := sorted(slugs - known):
            raise FundingRefused(_("There is no site “%(site)s”.") % {"site": unknown[0]}, field=field_name)
