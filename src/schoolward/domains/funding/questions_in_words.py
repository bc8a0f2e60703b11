"""What a scenario asks, in a list of sentences; and what can be done where its demands clash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.funding.models import Scenario
from schoolward.domains.funding.telling import line_name, whole

_WAYS_OUT: dict[str, str | Promise] = {
    "fund": gettext_lazy("Use more of the budget, or let another line take part."),
    "transfers": gettext_lazy("Ask the funder to approve a larger transfer, and enter it with the award."),
    "match_available": gettext_lazy("Find more match money, or leave it unlimited."),
    "site_min": gettext_lazy("Lower what is spent there at least."),
    "site_max": gettext_lazy("Raise what may be spent there at most."),
    "equity": gettext_lazy("Lower the floor, or add sites to it."),
    "bundle": gettext_lazy("Take a work out of the bundle, and make a new plan."),
    "requires": gettext_lazy(
        "Lock the other work in too, or take back that it is needed and make a new plan."
    ),
    "conflicts": gettext_lazy("Lock only one of the two in."),
    "locked_in": gettext_lazy("Do not lock it in."),
    "locked_out": gettext_lazy("Do not lock it out."),
}


def asked_in_words(scenario: Scenario) -> list[str]:
    """Everything that a scenario asks beyond the plan itself; empty where it asks nothing."""
    told = scenario.plan.references
    sites = {row["campus_slug"]: row["campus_name"] for row in told["candidates"].values()}
    said = []
    if scenario.share_percent != 100:
        said.append(
            _("Only %(percent)s percent of every line is used.") % {"percent": scenario.share_percent}
        )
    if scenario.funds_out:
        names = "; ".join(line_name(told["funds"][key]) for key in scenario.funds_out)
        said.append(_("Nothing is paid from %(lines)s.") % {"lines": names})
    if scenario.match_available_cents is not None:
        said.append(
            _("There is match money of %(cents)s.") % {"cents": whole(scenario.match_available_cents)}
        )
    said += [_("Must be paid: %(work)s.") % {"work": _work(told, one)} for one in scenario.locked_in]
    said += [_("Must not be paid: %(work)s.") % {"work": _work(told, one)} for one in scenario.locked_out]
    said += [
        _("At least %(cents)s at %(site)s.") % {"cents": whole(cents), "site": sites.get(slug, slug)}
        for slug, cents in scenario.site_min.items()
    ]
    said += [
        _("At most %(cents)s at %(site)s.") % {"cents": whole(cents), "site": sites.get(slug, slug)}
        for slug, cents in scenario.site_max.items()
    ]
    said += [_floor(floor, sites) for floor in scenario.equity]
    if scenario.may_split:
        said.append(_("Several lines may share the cost of one work."))
    return said


def _work(told: Mapping[str, Any], reference: str) -> str:
    return f"{reference} {told['candidates'][reference]['title']}"


def _floor(floor: Mapping[str, Any], sites: Mapping[str, str]) -> str:
    names = ", ".join(sites.get(slug, slug) for slug in floor["sites"])
    where = f"{floor['name']} ({names})" if floor.get("name") else names
    return _("At least %(percent)s percent of what is spent is spent at: %(where)s.") % {
        "percent": f"{floor['percent']:g}",
        "where": where,
    }


def way_out(key: str) -> str:
    """What can be done about a demand that clashes with others. ``key`` is that of the planner's demand."""
    return str(_WAYS_OUT.get(key.partition(":")[0], ""))
