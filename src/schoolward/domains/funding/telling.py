"""What a scenario comes to, in sentences for people: names instead of keys, and what the bound is worth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.analysis.portfolio import Answer, Status, quality
from schoolward.domains.assessments.wording import trade_label
from schoolward.domains.funding.queries import Result
from schoolward.domains.grants.templatetags.grant_money import whole_dollars
from schoolward.domains.grants.wording import category_label


def whole(cents: int) -> str:
    """An amount in whole dollars, halves up, as the tables beside it show it."""
    return whole_dollars(cents)


def in_points(sentence: str) -> str:
    """A sentence of the planner with the unit of its benefits: it knows none."""
    return re.sub(r"(brings (?:more than )?\d[\d,.]*\d|brings (?:more than )?\d)", r"\1 points", sentence)


def line_name(fund: Mapping[str, Any]) -> str:
    """A fund as a plan tells it: its award and its line."""
    return _("%(award)s, line %(line)s") % {"award": fund["award_title"], "line": fund["code"]}


def kind_name(category: str, trade: str) -> str:
    """What is paid under which category."""
    return _("%(trade)s paid as %(category)s") % {
        "trade": trade_label(trade).lower(),
        "category": category_label(category).lower(),
    }


def in_names(sentence: str, told: Mapping[str, Any]) -> str:
    """A sentence of the planner with the names that people use, instead of those of the instance.

    ``told`` is what the plan says of its records (``Plan.references``).
    """
    names: dict[str, str] = {}
    for row in told["candidates"].values():
        names[row["campus_slug"]] = row["campus_name"]
        names[f"{row['category']}/{row['trade']}"] = kind_name(row["category"], row["trade"])
    names |= {key: line_name(fund) for key, fund in told["funds"].items()}
    names |= {reference: f"{reference} {row['title']}" for reference, row in told["candidates"].items()}
    if not names:
        return sentence
    # One pass, the longest first: what stands in a title is not replaced again.
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?<![\w/-])(?:{known})(?![\w/-])", lambda found: names[found[0]], sentence)


def how_good(answer: Answer) -> str:
    """How near to the best possible a plan is, for certain; short, for a table."""
    if answer.status is Status.OPTIMAL:
        return _("The best possible")
    if answer.status is Status.INFEASIBLE:
        return _("No plan keeps every rule")
    if answer.objective is None:
        return _("No plan found in time")
    # What the planner says, from the second half of its sentence on.
    said = quality(answer)
    within = re.search(r"within [\d.,]+ %", said)
    if within:
        return _("%(within)s of the best possible") % {"within": within[0].capitalize()}
    return _("No plan brings more than %(bound)s points") % {"bound": f"{answer.bound:,.6g}"}


def over_of(result: Result) -> int:
    """What a plan leaves over of all that the plan's funds held, in cents."""
    held = sum(
        fund["amount"] for fund in result.scenario.plan.references["funds"].values() if not fund["no_part"]
    )
    return int(held) - result.amount


def sentence_of(result: Result) -> str:
    """The one sentence over a scenario."""
    if not result.is_plan:
        return how_good(result.answer) + "."
    works = ngettext("%(count)s work is paid", "%(count)s works are paid", len(result.chosen)) % {
        "count": len(result.chosen)
    }
    sites = ngettext("at %(count)s site", "at %(count)s sites", len(result.sites)) % {
        "count": len(result.sites)
    }
    return _("%(works)s %(sites)s with %(amount)s of grants; %(over)s is left to lapse. %(good)s.") % {
        "works": works,
        "sites": sites,
        "amount": whole(result.amount),
        "over": whole(over_of(result)),
        "good": how_good(result.answer),
    }


def points(value: float | None) -> str:
    """Risk points as people read them."""
    return "\N{EN DASH}" if value is None else f"{value:,.6g}"
