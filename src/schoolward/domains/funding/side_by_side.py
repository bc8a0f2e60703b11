"""Scenarios of a plan beside each other, as the plan's page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schoolward.domains.funding.models import Scenario
from schoolward.domains.funding.queries import Compared, Result, result_of
from schoolward.domains.funding.telling import how_good, line_name, over_of, points
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class Column:
    """A scenario in the comparison. Money in cents; the two tuples are in the order of the rows."""

    scenario: Scenario
    result: Result
    good: str
    brings: str
    over: int
    by_fund: tuple[int, ...]
    by_site: tuple[int, ...]


@dataclass(frozen=True)
class Columns:
    """All of them, with the names of the rows for lines and sites."""

    scenarios: tuple[Column, ...]
    funds: tuple[str, ...]
    sites: tuple[str, ...]

    @property
    def fund_rows(self) -> list[tuple[str, list[int]]]:
        """By line: its name, and what it pays in each scenario."""
        return [(name, [one.by_fund[at] for one in self.scenarios]) for at, name in enumerate(self.funds)]

    @property
    def site_rows(self) -> list[tuple[str, list[int]]]:
        """By site: its name, and what is spent there in each scenario."""
        return [(name, [one.by_site[at] for one in self.scenarios]) for at, name in enumerate(self.sites)]


def columns_of(compared: Compared, viewer: Viewer) -> Columns:
    """The scenarios that are ready, side by side. Sites at which none spends are left out."""
    told, comparison = compared.plan.references, compared.comparison
    keys = [key for key, fund in told["funds"].items() if not fund["no_part"]]
    names = {row["campus_slug"]: row["campus_name"] for row in told["candidates"].values()}
    spent = {slug for at_site in comparison.at_site.values() for slug, cents in at_site.items() if cents}
    sites = sorted(spent, key=lambda slug: str(names.get(slug, slug)))
    columns = []
    for scenario in compared.scenarios:
        result = result_of(viewer, scenario)
        if result is None:
            continue
        name = str(scenario.pk)
        columns.append(
            Column(
                scenario=scenario,
                result=result,
                good=how_good(result.answer),
                brings=points(result.answer.objective),
                over=over_of(result),
                by_fund=tuple(comparison.from_fund[name].get(key, 0) for key in keys),
                by_site=tuple(comparison.at_site[name].get(slug, 0) for slug in sites),
            )
        )
    return Columns(
        tuple(columns),
        tuple(line_name(told["funds"][key]) for key in keys),
        tuple(str(names.get(slug, slug)) for slug in sites),
    )


def common_to_all(compared: Compared) -> list[tuple[str, dict[str, Any]]]:
    """The works that every scenario pays; empty where there are not at least two to compare."""
    if len(compared.scenarios) < 2:
        return []
    return _told(compared, compared.comparison.in_all)


def alone_in(compared: Compared) -> list[tuple[Scenario, list[tuple[str, dict[str, Any]]]]]:
    """By scenario: the works that it alone pays."""
    only = compared.comparison.only_in
    found = [(one, _told(compared, only.get(str(one.pk), ()))) for one in compared.scenarios]
    return [(one, works) for one, works in found if works]


def _told(compared: Compared, names: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
    told = compared.plan.references["candidates"]
    return [(name, told[name]) for name in names]
