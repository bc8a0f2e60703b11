"""Saying what awards may buy and what works need, on the command line."""

from __future__ import annotations

import click

from schoolward.cli import installation, terminal
from schoolward.cli.funding_finding import (
    Dollars,
    actor,
    as_json_option,
    as_option,
    award_of,
    line_of,
    refusals,
    work_of,
)
from schoolward.cli.outcome import CommandError, ExitCode

_reason = click.option("--reason", required=True, help="Why, or where it is written.")


@click.command(
    epilog="\b\nExamples:\n"
    '  schoolward funding scope safer-doors --takes-part --trade locks --reason "Award letter, page 3"\n'
    "  schoolward funding scope safer-doors --takes-part --line E1=cameras,alarms --line E2=locks \\\n"
    '    --reason "Approved budget"\n'
    '  schoolward funding scope mentoring --no-part --reason "Pays for mentors"'
)
@click.argument("award")
@click.option("--takes-part/--no-part", required=True, help="Whether plans may use the award.")
@click.option("--trade", "trades", multiple=True, help="Only works of this trade. May be repeated.")
@click.option(
    "--line",
    "lines",
    multiple=True,
    metavar="CODE=TRADE,…",
    help="This line was budgeted for these trades only. May be repeated.",
)
@click.option("--site", "sites", multiple=True, help="Only at the site of this short name. May be repeated.")
@_reason
@as_option
@as_json_option
def scope(
    award: str,
    takes_part: bool,
    trades: tuple[str, ...],
    lines: tuple[str, ...],
    sites: tuple[str, ...],
    reason: str,
    email: str | None,
    as_json: bool,
) -> None:
    """Say whether AWARD takes part in plans, and for which trades and sites (none named: all)."""
    installation.start()
    from schoolward.domains.funding import actions
    from schoolward.domains.places.queries import campuses

    known = dict(campuses().filter(slug__in=sites).values_list("slug", "pk"))
    if unknown := sorted(set(sites) - known.keys()):
        raise CommandError(f"There is no site {unknown[0]}.", ExitCode.NOT_FOUND)
    with refusals():
        made = actions.set_scope(
            award_id=award_of(award).pk,
            takes_part=takes_part,
            trades=trades,
            line_trades=_trades_by_line(lines),
            campus_ids=list(known.values()),
            reason=reason,
            by=actor(email),
            at=installation.moment(),
        )
    if as_json:
        terminal.write_json(
            {
                "award": award,
                "takes_part": made.takes_part,
                "trades": list(made.trade_list),
                "lines": made.line_trades,
                "sites": sorted(known),
                "reason": made.reason,
            }
        )
    else:
        click.echo(f"{award} takes part in plans." if takes_part else f"{award} takes no part in plans.")


def _trades_by_line(lines: tuple[str, ...]) -> dict[str, list[str]]:
    """The trades by the codes of lines, as they are written on the command line."""
    found = {}
    for words in lines:
        code, equals, trades = words.partition("=")
        if not equals or not code or not trades:
            raise click.UsageError(f"{words!r} is not written as CODE=TRADE, such as E1=cameras,alarms.")
        found[code] = trades.split(",")
    return found


@click.command(
    epilog="\b\nExamples:\n"
    '  schoolward funding fact W-00012 lead_days 30 --reason "The supplier\'s letter of May 2"\n'
    '  schoolward funding fact W-00012 bundle "locks 95820" --reason "One visit of the locksmith"\n'
    "  schoolward funding fact W-00012 benefit --default"
)
@click.argument("work")
@click.argument("fact", type=click.Choice(["category", "lead_days", "benefit", "bundle"]))
@click.argument("value", required=False)
@click.option("--default", "is_default", is_flag=True, help="Go back to the default.")
@click.option("--reason", default="", help="Why, or where it is written.")
@as_option
@as_json_option
def fact(
    work: str,
    fact: str,
    value: str | None,
    is_default: bool,
    reason: str,
    email: str | None,
    as_json: bool,
) -> None:
    """Say FACT of WORK (its reference) to be VALUE instead of the default, with a reason."""
    if is_default == (value is not None):
        raise click.UsageError("Give a value, or --default to go back to the default.")
    installation.start()
    from schoolward.domains.funding import actions

    told = {"work_id": work_of(work).pk, "fact": fact, "by": actor(email), "at": installation.moment()}
    with refusals():
        if value is None:
            actions.unsay_fact(**told)
        else:
            value = actions.say_fact(**told, value=value, reason=reason).value
    if as_json:
        terminal.write_json({"work": work, "fact": fact, "value": value, "reason": reason})
    else:
        click.echo(
            f"{work}: {fact} is its default again." if value is None else f"{work}: {fact} is {value}."
        )


@click.command(
    epilog="\\b\\nExamples:\\n  schoolward funding bundle\\n"
    '  schoolward funding bundle W-00012 W-00013 --word "locks 95820" --reason "One visit"'
)
@click.argument("works", nargs=-1)
@click.option("--word", help="The word of the bundle.")
@click.option("--reason", default="", help="Why, or where it is written.")
@as_option
@as_json_option
def bundle(works: tuple[str, ...], word: str | None, reason: str, email: str | None, as_json: bool) -> None:
    """Say that WORKS are paid together or not at all. Without works: what one trade could do in one area."""
    if bool(works) != (word is not None):
        raise click.UsageError("Give works and --word, or neither to see what is offered.")
    installation.start()
    from schoolward.domains.funding import actions
    from schoolward.domains.funding.api.shapes import OfferedOut
    from schoolward.domains.funding.queries import offered_bundles

    if word is None:
        found = offered_bundles(installation.operator(), on=installation.today())
        rows = [OfferedOut.of(one) for one in found]
        if as_json:
            terminal.write_json(rows)
        for row in rows if not as_json else ():
            click.echo(f"{row['word']}: {', '.join(row['works'])}")
        return
    numbers = [work_of(work).pk for work in works]
    with refusals():
        made = actions.bundle_works(
            work_ids=numbers, bundle=word, reason=reason, by=actor(email), at=installation.moment()
        )
    if as_json:
        terminal.write_json({"bundle": made[0].value, "works": sorted(works), "reason": reason})
    else:
        click.echo(f"{len(made)} works are paid together or not at all.")


@click.command(
    epilog="\b\nExample:\n"
    '  schoolward funding link W-00012 requires W-00013 --reason "The door needs its frame first"'
)
@click.argument("work")
@click.argument("kind", type=click.Choice(["requires", "conflicts", "alternative"]))
@click.argument("other")
@_reason
@as_option
@as_json_option
def link(work: str, kind: str, other: str, reason: str, email: str | None, as_json: bool) -> None:
    """Say that WORK requires OTHER, conflicts with it, or is an alternative to it."""
    installation.start()
    from schoolward.domains.funding import actions

    with refusals():
        made = actions.link_works(
            work_id=work_of(work).pk,
            other_id=work_of(other).pk,
            kind=kind,
            reason=reason,
            by=actor(email),
            at=installation.moment(),
        )
    if as_json:
        terminal.write_json(
            {"id": made.pk, "work": work, "kind": kind, "other": other, "reason": made.reason}
        )
    else:
        click.echo(f"{work} {kind} {other}.")


@click.command(
    epilog="\b\nExample:\n"
    '  schoolward funding price W-00012 safer-doors/E 41500 --reason "Bid of May 2 through the buying group"'
)
@click.argument("work")
@click.argument("fund")
@click.argument("cost", type=Dollars())
@click.option("--benefit", type=float, help="Risk points where this line pays it (default: the work's own).")
@_reason
@as_option
@as_json_option
def price(
    work: str, fund: str, cost: int, benefit: float | None, reason: str, email: str | None, as_json: bool
) -> None:
    """Say that WORK costs COST dollars where FUND (award/line) pays it; then only such funds may pay it."""
    installation.start()
    from schoolward.domains.funding import actions
    from schoolward.domains.grants.wording import dollars

    with refusals():
        made = actions.price_work(
            work_id=work_of(work).pk,
            line_id=line_of(fund).pk,
            cost_cents=cost,
            benefit=benefit,
            reason=reason,
            by=actor(email),
            at=installation.moment(),
        )
    if as_json:
        terminal.write_json(
            {
                "id": made.pk,
                "work": work,
                "fund": fund,
                "cost_cents": made.cost_cents,
                "benefit": made.benefit,
                "reason": made.reason,
            }
        )
    else:
        click.echo(f"{work} costs {dollars(cost)} where {fund} pays it.")
