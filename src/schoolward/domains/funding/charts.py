"""The pictures of a scenario: what more or less money would bring, and how it burns an award down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schoolward.domains.funding.queries import Result
from schoolward.domains.funding.telling import points, whole
from schoolward.domains.grants.queries import Standing, months_over
from schoolward.platform.ui.charts import chart_svg, curve, line_by_month


def frontier_chart(rows: Sequence[dict[str, Any]], marked: int) -> SafeString:
    """Points taken away for the money spent, with one point marked. ``rows``: those with a plan."""
    known = [(at, row) for at, row in enumerate(rows) if row["objective"] is not None]
    place = next((n for n, (at, _row) in enumerate(known) if at == marked), None)
    spec = curve(
        [(row["spent"] / 100, row["objective"]) for _at, row in known],
        x_title=_("Dollars that the awards pay"),
        y_title=_("Risk points taken away"),
        marked=place,
    )
    description = (
        _("From nothing to %(spent)s, which take away %(points)s points. The links below say each point.")
        % {"spent": whole(known[-1][1]["spent"]), "points": points(known[-1][1]["objective"])}
        if known
        else _("No point of it keeps every rule.")
    )
    return chart_svg(spec, title=_("What more or less money would bring"), description=description)


@dataclass(frozen=True)
class BurnDown:
    """What is left of an award by month: what was, and with the plan what will be."""

    title: str
    rows: tuple[tuple[date, int | None, int | None], ...]
    left: int
    """What is left with the plan when all of its works are done, in cents."""

    @property
    def chart(self) -> SafeString:
        """The picture of it."""
        spec = line_by_month(
            {
                _("Left"): [(month, None if left is None else left / 100) for month, left, _n in self.rows],
                _("With the plan"): [
                    (month, None if after is None else after / 100) for month, _left, after in self.rows
                ],
            },
            unit=_("dollars"),
        )
        description = _("With the plan %(left)s are left when its works are done.") % {
            "left": whole(self.left)
        }
        return chart_svg(spec, title=self.title, description=description)


def burn_down(stood: Standing, result: Result, *, on: date) -> BurnDown:
    """How an award burns down with a scenario: each work's cost falls in the month in which it would be done.

    Only the plan's works are in it: costs that come as before, such as pay, are not.
    """
    award = stood.award
    falls: dict[date, int] = defaultdict(int)
    for one in result.chosen:
        paid = sum(part.amount for part in one.parts if part.fund["award"] == award.pk)
        if paid:
            falls[(on + timedelta(days=one.told["lead_days"])).replace(day=1)] += paid
    month_of_plan, spent = on.replace(day=1), dict(stood.months)
    left, after = award.amount_cents, 0
    rows: list[tuple[date, int | None, int | None]] = []
    for month in months_over(award.start, award.end + timedelta(days=31)):
        left -= spent.get(month, 0)
        if month < month_of_plan:
            rows.append((month, left, None))
        else:
            after = (left if month == month_of_plan else after) - falls.pop(month, 0)
            rows.append((month, left if month == month_of_plan else None, after))
    return BurnDown(
        title=_("Left of %(award)s, by month") % {"award": award.title}, rows=tuple(rows), left=after
    )
