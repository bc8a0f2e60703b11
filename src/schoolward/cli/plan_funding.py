"""``schoolward plan funding``: the works that bring the most for what funds hold. It needs no database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.analysis.portfolio import Answer, FrontierPoint, Instance, LeftOut

ROWS_SHOWN = 40
_ENDED = ("infeasible", "unknown")


@click.command(
    epilog="""\b
Examples:
  schoolward plan funding --instance grants.json
  schoolward plan funding --instance grants.json --time 20 --gap 0.001 --json
  schoolward plan funding --instance - --lock-in "gate 4" --lock-out "cameras 2" < grants.json
  schoolward plan funding --instance grants.json --frontier 10

\b
The file and the answer are described in docs/reference/funding-plan.md.""",
)
@click.option(
    "--instance",
    "name",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    required=True,
    help="Funds, candidates and demands, as JSON (- for standard input).",
)
@click.option(
    "--time",
    "seconds",
    type=click.FloatRange(min=0, max=86_400),
    default=60.0,
    show_default=True,
    help="Stop after so many seconds with the best plan found.",
)
@click.option(
    "--gap",
    type=click.FloatRange(min=0, max=1),
    default=0.002,
    show_default=True,
    help="Stop when no plan can bring more than this share in addition; 0 looks for the best.",
)
@click.option("--lock-in", multiple=True, metavar="CANDIDATE", help="Must be chosen. May be repeated.")
@click.option("--lock-out", multiple=True, metavar="CANDIDATE", help="Must not be chosen. May be repeated.")
@click.option(
    "--frontier",
    "steps",
    type=click.IntRange(min=1, max=100),
    metavar="STEPS",
    help="Instead: what each of so many equal steps of the budget, from nothing to all, would bring.",
)
@click.option(
    "--prices",
    is_flag=True,
    help="Say also from how many points on works left out would be chosen; takes at most the time again.",
)
@click.option("--json", "as_json", is_flag=True, help="Write the whole answer as JSON.")
@click.pass_context
def funding(
    ctx: click.Context,
    name: str,
    seconds: float,
    gap: float,
    lock_in: tuple[str, ...],
    lock_out: tuple[str, ...],
    steps: int | None,
    prices: bool,
    as_json: bool,
) -> None:
    """Choose the works that bring the most for what several funds hold, and say how good the plan is.

    Every rule of the instance is kept to the cent. Exits with 5 when the instance cannot be used, and with 7
    when no plan keeps every rule (the answer names demands that clash) or none was found in time.
    """
    from schoolward.analysis import portfolio

    with click.open_file(name, "rb") as stream:
        text = stream.read()
    try:
        instance = portfolio.read_instance(text)
        if lock_in or lock_out:
            instance = portfolio.with_locks(instance, locked_in=lock_in, locked_out=lock_out)
    except portfolio.InstanceProblem as error:
        raise CommandError(f"{name}: {error}", ExitCode.REFUSED) from None
    for remark in portfolio.remarks(instance):
        terminal.say(f"note: {remark}")
    if steps is not None:
        points = portfolio.frontier(instance, steps=steps, seconds=seconds, gap=gap)
        if as_json:
            click.echo(
                json.dumps({"points": [_point(point) for point in points]}, ensure_ascii=False, indent=2)
            )
        else:
            _write_frontier(points)
        if points[-1].answer.status.value in _ENDED:
            ctx.exit(ExitCode.FOUND_FAULTS)
        return
    answer = portfolio.plan(instance, seconds=seconds, gap=gap)
    if prices:
        answer = portfolio.with_entry_prices(instance, answer, seconds=seconds)
    if as_json:
        click.echo(json.dumps(portfolio.as_json(answer), ensure_ascii=False, indent=2))
    else:
        _write(instance, answer)
    if answer.status.value in _ENDED:
        ctx.exit(ExitCode.FOUND_FAULTS)


def _point(point: FrontierPoint) -> dict[str, Any]:
    from schoolward.analysis.portfolio import as_json

    return {
        "share": float(point.share),
        "budget": point.budget,
        "spent": point.spent,
        "answer": as_json(point.answer),
    }


def _why(one: LeftOut) -> str:
    """The reason, and between how many points the price of entry lies where it was asked for."""
    if one.price_low is None or one.price_high is None:
        return one.reason
    low, high = f"{one.price_low:,.6g}", f"{one.price_high:,.6g}"
    return f"{one.reason} It would enter from {high if low == high else f'{low} to {high}'} points on."


def _write(instance: Instance, answer: Answer) -> None:
    """Write the plan: one sentence, what each fund pays, what is chosen, what is left out and why."""
    from schoolward.analysis.portfolio import money, quality

    click.echo(quality(answer))
    if answer.status.value in _ENDED:
        for demand in answer.clash:
            click.echo(f"  {demand.sentence}")
        return
    paid = {fund.id: 0 for fund in instance.funds}
    for one in answer.allocations:
        paid[one.fund] += one.amount
    match = sum(one.match for one in answer.allocations)
    click.echo(
        f"{len(answer.chosen):,} of {len(instance.candidates):,} candidates for {money(sum(paid.values()))}"
        + (f" and {money(match)} of match" if match else "")
    )
    funds = [
        (fund.id, money(fund.amount), money(paid[fund.id]), _left(fund.amount - paid[fund.id]))
        for fund in instance.funds
    ]
    _write_rows(("fund", "holds", "pays", "left"), funds)
    _write_rows(("from", "to", "moved"), [(t.source, t.target, money(t.amount)) for t in answer.transfers])
    _write_rows(
        ("chosen", "fund", "amount", "match"),
        [(one.candidate, one.fund, money(one.amount), money(one.match)) for one in answer.allocations],
    )
    _write_rows(("left out", "why"), [(one.candidate, _why(one)) for one in answer.left_out])


def _left(cents: int) -> str:
    from schoolward.analysis.portfolio import money

    return money(cents) if cents >= 0 else f"-{money(-cents)} (moved in)"


def _write_frontier(points: tuple[FrontierPoint, ...]) -> None:
    from schoolward.analysis.portfolio import money

    rows = []
    for point in points:
        answer = point.answer
        benefit = "-" if answer.objective is None else f"{answer.objective:,.6g}"
        gap = "-" if answer.gap is None else f"{answer.gap:.2%}"
        rows.append(
            (
                f"{float(point.share):.0%}",
                money(point.budget),
                money(point.spent),
                benefit,
                gap,
                answer.status.value,
            )
        )
    terminal.write_table(("share", "budget", "paid", "benefit", "gap", "status"), rows)


def _write_rows(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    click.echo()
    terminal.write_table(headers, rows[:ROWS_SHOWN])
    if len(rows) > ROWS_SHOWN:
        click.echo(f"… and {len(rows) - ROWS_SHOWN:,} more (--json lists them)")
