"""``schoolward cases pairs``, ``decide`` and ``undo``: who is who, by numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_json = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")


@click.command(epilog="\b\nExamples:\n  schoolward cases pairs --json\n  schoolward cases pairs --find")
@click.option("--find", is_flag=True, help="Look for pairs first, as the job of every night does.")
@_json
def pairs(find: bool, as_json: bool) -> None:
    """List pairs of records that may be of one young person, by number. None is put together by itself."""
    installation.start()
    from schoolward.domains.cases import actions
    from schoolward.domains.cases.queries import identity
    from schoolward.platform.access.wall import within

    by, day = installation.operator(), installation.today()
    if find:
        actions.find_pairs(on=day, by=by, at=by.at)
    with within(by):
        rows = [
            {
                "pair": one.pk,
                "youth": one.youth_id,
                "other": one.other_id,
                "found_on": one.found_on,
                "why": one.why,
                "facts": one.facts,
            }
            for one in identity.to_decide(by, on=day)
        ]
    if as_json:
        terminal.write_json(rows)
    elif not rows:
        click.echo("No pair waits for a decision.")
    else:
        told = [(row["pair"], row["youth"], row["other"], row["why"]) for row in rows]
        terminal.write_table(("NO.", "RECORD", "RECORD", "WHY"), told)


_pair = click.argument("number", type=click.IntRange(min=1, max=2**63 - 1))
_reason = click.option("--reason", required=True, help="Why; it goes on the record. No names.")


@click.command(
    epilog="""\b
Examples:
  schoolward cases decide 12 same --reason "One birth certificate" --keep 482915038471
  schoolward cases decide 12 later --again-on 2012-10-01 --reason "The school is asked"
"""
)
@_pair
@click.argument("decision", type=click.Choice(["same", "not_same", "later"]))
@click.option(
    "--keep", type=click.IntRange(min=1, max=2**63 - 1), help="Which record stays (default: the older)."
)
@click.option("--again-on", type=_DAY, help="With “later”: the day on which it is asked again.")
@_reason
@_json
def decide(
    number: int, decision: str, keep: int | None, again_on: datetime | None, reason: str, as_json: bool
) -> None:
    """Say whether a pair is one young person. "same" puts two records of one agency together."""
    installation.start()
    from schoolward.domains.cases import actions

    by = installation.operator()
    _done(
        lambda: actions.decide_pair(
            pair_id=number,
            decision=decision,
            reason=reason,
            keep=keep,
            again_on=again_on.date() if again_on else None,
            by=by,
            at=by.at,
        ),
        number,
        as_json,
    )


@click.command(epilog='\b\nExample:\n  schoolward cases undo 12 --reason "They were twins"')
@_pair
@_reason
@_json
def undo(number: int, reason: str, as_json: bool) -> None:
    """Take the decision about a pair back: what went over returns to the record that it came from."""
    installation.start()
    from schoolward.domains.cases import actions

    by = installation.operator()
    _done(lambda: actions.undo_pair(pair_id=number, reason=reason, by=by, at=by.at), number, as_json)


def _done(write: Callable[[], Any], number: int, as_json: bool) -> None:
    """Do it and tell how the pair stands, or why it was not done."""
    from schoolward.domains.cases.actions import NotTheirs
    from schoolward.platform.access.refusal import Refusal

    try:
        pair = write()
    except NotTheirs:
        raise CommandError(
            f"There is no pair {number}; `schoolward cases pairs` lists them.", ExitCode.NOT_FOUND
        ) from None
    except Refusal as refusal:
        raise CommandError(str(refusal), ExitCode.REFUSED) from None
    moved = len(pair.merging.moved) if pair.merging else 0
    if as_json:
        terminal.write_json({"pair": number, "decision": pair.decision, "moved": moved})
    else:
        click.echo(f"Pair {number}: {pair.get_decision_display()}, {moved} rows went over.")
