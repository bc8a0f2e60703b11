"""The tables of the board item: the plan by award and site, alternatives, awards, and what is left out."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.assessments.wording import trade_label
from schoolward.domains.funding import queries
from schoolward.domains.funding.side_by_side import columns_of
from schoolward.domains.funding.telling import in_names
from schoolward.platform.access.viewer import Viewer
from schoolward.reports.plan_papers.approved import Approved
from schoolward.reports.plan_papers.told import approval_url, cents
from schoolward.reports.sheets.shape import Column, Part, Row, Value
from schoolward.reports.sheets.values import absent, count, day, words

MOST_LEFT_OUT = 10
"""So many works that are left out are told, those that would bring most first."""


def by_award_and_site(made: Approved) -> Part:
    """What each award pays at each site, and the sum."""
    groups: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for row in made.rows:
        one = row.allocation
        groups[one.award.title, str(one.work.campus or ""), one.award_id].append(one)
    columns = (
        Column("award", _("Award"), width="2"),
        Column("site", _("Site"), width="1.6"),
        Column("works", _("Works"), "right", "0.6"),
        Column("amount_cents", _("Award pays"), "right", "1.2"),
        Column("match_cents", _("Match"), "right", "1.2"),
        Column("points", _("Risk points"), "right", "0.8"),
    )
    rows: list[Row] = [_group(made, group) for _key, group in sorted(groups.items())]
    if rows:
        rows.append(
            {
                "award": words(_("All")),
                "site": absent(),
                "works": count(made.works, approval_url(made)),
                "amount_cents": cents(made.amount, approval_url(made)),
                "match_cents": cents(made.match, approval_url(made)),
                "points": _points(made, made.points),
            }
        )
    note = _("A work that several awards pay is counted with each of them, and once in the sum.")
    split = len({(row.allocation.work_id, row.allocation.award_id) for row in made.rows}) > made.works
    missing = _("Everything was withdrawn since.")
    title = _("The plan by award and site")
    return Part("plan", title, columns, tuple(rows), missing=missing, note=note if split else "")


def _group(made: Approved, group: list[Any]) -> Row:
    award, campus = group[0].award, group[0].work.campus
    references = {one.work.reference for one in group}
    url = approval_url(made)
    return {
        "award": words(award.title, reverse("grants:award", args=[award.key])),
        "site": words(campus, reverse("places:detail", args=[campus.slug])) if campus else absent(),
        "works": count(len(references), url),
        "amount_cents": cents(sum(one.amount_cents for one in group), url),
        "match_cents": cents(sum(one.match_cents for one in group), url),
        "points": _points(made, sum(made.chosen[name].benefit for name in references if name in made.chosen)),
    }


def _points(made: Approved, value: float) -> Value:
    url = reverse("funding:scenario", args=[made.approval.scenario_id])
    return Value(value, f"{value:,.6g}", url)


def alternatives(made: Approved, by: Viewer) -> Part:
    """The plans that were computed beside each other; the approved one is named.

    The paper is public: a scenario is told by its number, for its title may name a weak spot. What clashes is
    no alternative.
    """
    rows_of = queries.scenarios(by).filter(plan=made.plan)
    asked = rows_of.order_by("pk").values_list("pk", flat=True)
    numbers = {pk: number for number, pk in enumerate(asked, start=1)}
    compared = columns_of(queries.compared(made.plan, rows_of), by)
    columns = (
        Column("scenario", _("Scenario"), width="2"),
        Column("works", _("Works"), "right", "0.6"),
        Column("amount_cents", _("Awards pay"), "right", "1.2"),
        Column("match_cents", _("Match"), "right", "1.2"),
        Column("over_cents", _("Left to lapse"), "right", "1.2"),
        Column("points", _("Risk points"), "right", "0.8"),
        Column("good", _("For certain"), width="1.8"),
    )
    rows: list[Row] = []
    for one in compared.scenarios:
        url = reverse("funding:scenario", args=[one.scenario.pk])
        if not one.result.is_plan:
            continue
        is_chosen = one.scenario.pk == made.approval.scenario_id
        words_of = _("Scenario %(number)s (approved)") if is_chosen else _("Scenario %(number)s")
        name = words_of % {"number": numbers[one.scenario.pk]}
        rows.append(
            {
                "scenario": words(name, url),
                "works": count(len(one.result.chosen), url),
                "amount_cents": cents(one.result.amount, url),
                "match_cents": cents(one.result.match, url),
                "over_cents": cents(one.over, url),
                "points": Value(one.result.answer.objective, one.brings, url),
                "good": words(one.good),
            }
        )
    note = _("Each as it was computed on the records of the plan's day.")
    if len(rows) == 1:
        note = _("No other scenario was computed.")
    return Part("alternatives", _("Alternatives considered"), columns, tuple(rows), note=note)


def fiscal_impact(made: Approved) -> Part:
    """By award: what it had for works, what the plan uses, what is still left, and when that lapses."""
    held: dict[int, int] = defaultdict(int)
    for fund in made.plan.references["funds"].values():
        if not fund["no_part"]:
            held[fund["award"]] += fund["amount"]
    columns = (
        Column("award", _("Award"), width="2"),
        Column("held_cents", _("Left for works"), "right", "1.2"),
        Column("uses_cents", _("The plan uses"), "right", "1.2"),
        Column("rest_cents", _("Still without a purpose"), "right", "1.2"),
        Column("end", _("Lapses after"), "day", "1"),
        Column("days", _("Days from now"), "right", "0.8"),
    )
    rows: list[Row] = []
    for award in made.awards:
        url = reverse("grants:award", args=[award.key])
        uses = sum(one.amount_cents for one in made.of_award(award))
        rows.append(
            {
                "award": words(award.title, url),
                "held_cents": cents(held[award.pk], reverse("funding:plan", args=[made.plan.pk])),
                "uses_cents": cents(uses, approval_url(made)),
                "rest_cents": cents(held[award.pk] - uses, reverse("funding:plan", args=[made.plan.pk])),
                "end": day(award.end),
                "days": count((award.end - made.on).days, url),
            }
        )
    note = _("“Left for works” is of the plan's day, in the lines that may pay works.")
    return Part("awards", _("What would lapse without it"), columns, tuple(rows), note=note)


def left_out(made: Approved) -> Part:
    """The works that would bring most of those left out, each with the reason.

    The paper is public, and these weak spots stay: they are told by their kind alone, neither where they are
    nor what is wrong there. Whoever may see the work opens it from its reference.
    """
    told = made.plan.references
    kinds = {name: {**row, "title": trade_label(row["trade"])} for name, row in told["candidates"].items()}
    by_kind = {**told, "candidates": kinds}
    out = sorted(made.result.left_out, key=lambda one: (-one.told["benefit"], one.reference))
    columns = (
        Column("work", _("Work"), width="2"),
        Column("cost_cents", _("Cost"), "right", "1.2"),
        Column("points", _("Risk points"), "right", "0.8"),
        Column("why", _("Why it is left out"), width="3"),
    )
    rows: tuple[Row, ...] = tuple(
        {
            "work": words(
                f"{one.reference} {trade_label(one.told['trade'])}",
                reverse("work:detail", args=[one.told["work"]]),
            ),
            "cost_cents": cents(one.told["cost"], reverse("work:detail", args=[one.told["work"]])),
            "points": _points(made, one.told["benefit"]),
            "why": words(in_names(one.left_out.reason, by_kind)),
        }
        for one in out[:MOST_LEFT_OUT]
    )
    rest = len(out) - len(rows)
    note = (
        ngettext(
            "%(count)s more work, which brings no more points than these, is on the scenario's page.",
            "%(count)s more works, of which none brings more points than these, are on the scenario's page.",
            rest,
        )
        % {"count": rest}
        if rest
        else ""
    )
    missing = _("Every work that could be chosen is paid.")
    return Part("left_out", _("What is left out, and why"), columns, rows, missing=missing, note=note)
