"""How the commands of funding write a scenario, and several side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from schoolward.cli import terminal

if TYPE_CHECKING:
    from schoolward.domains.funding.models import Scenario
    from schoolward.domains.funding.queries import Compared, Result


def told_of(scenario: Scenario) -> dict[str, Any]:
    """A scenario as the API tells it."""
    from schoolward.domains.funding.api.shapes import ScenarioOut

    return ScenarioOut.from_orm(scenario).model_dump(mode="json")


def write_result(scenario: Scenario, result: Result | None) -> None:
    """Write how good the plan is, what it pays for, what it needs, and why the rest is left out."""
    from schoolward.analysis.portfolio import quality
    from schoolward.domains.grants.wording import dollars

    click.echo(f"Scenario {scenario.pk}, {scenario.title}:")
    if result is None:
        click.echo(
            f"It could not be computed: {scenario.failure}"
            if scenario.failure
            else "It is not computed yet: schoolward funding compute " + str(scenario.pk)
        )
        return
    click.echo(quality(result.answer))
    for demand in result.clash:
        click.echo(f"  {demand.sentence}")
    if not result.is_plan:
        return
    click.echo(
        f"{len(result.chosen)} works for {dollars(result.amount)} of {dollars(result.budget)} that is left"
        + (f", and {dollars(result.match)} of match" if result.match else "")
    )
    _table(
        ("work", "site", "points", "fund", "amount", "match", "title"),
        [
            (
                one.reference,
                one.told["campus_slug"],
                terminal.shown_number(one.benefit),
                part.key,
                dollars(part.amount),
                dollars(part.match),
                one.told["title"],
            )
            for one in result.chosen
            for part in one.parts
        ],
    )
    _table(
        ("fund", "holds", "pays", "left"),
        [(use.key, dollars(use.holds), dollars(use.pays), dollars(use.left)) for use in result.funds],
    )
    for moved in result.transfers:
        click.echo(
            f"Needs a transfer of {dollars(moved.amount)} in {moved.source['award_key']} from line "
            f"{moved.source['code']} to line {moved.target['code']}."
        )
    _table(("left out", "why"), [(one.reference, one.left_out.reason) for one in result.left_out])


def write_comparison(side: Compared, *, as_json: bool) -> None:
    """Write scenarios side by side: what each brings and costs, and what only one of them pays for."""
    from schoolward.domains.grants.wording import dollars

    told = side.comparison
    if as_json:
        terminal.write_json(
            {
                "plan": side.plan.pk,
                "scenarios": {str(one.pk): told_of(one) for one in side.scenarios},
                "from_fund": told.from_fund,
                "at_site": told.at_site,
                "match": told.match,
                "in_all": told.in_all,
                "in_none": told.in_none,
                "only_in": told.only_in,
                "in_some": told.in_some,
            }
        )
        return
    if not side.scenarios:
        click.echo("No scenario of this plan is computed.")
        return
    terminal.write_table(
        ("scenario", "brings", "works", "awards pay", "match", "status", "title"),
        [
            (
                one.pk,
                terminal.shown_number(side.of(one).objective),
                len(side.of(one).chosen),
                dollars(sum(told.from_fund[str(one.pk)].values())),
                dollars(told.match[str(one.pk)]),
                side.of(one).status.value,
                one.title,
            )
            for one in side.scenarios
        ],
    )
    click.echo(f"In all: {', '.join(told.in_all) or '-'}")
    for one in side.scenarios:
        if alone := told.only_in[str(one.pk)]:
            click.echo(f"Only in {one.pk}: {', '.join(alone)}")


def _table(headers: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    if rows:
        click.echo()
        terminal.write_table(headers, rows)
