"""Posts and who pays them, on the command line."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.funding_finding import Dollars, actor, as_json_option, as_option
from schoolward.cli.grants_finding import DAY, PartOfWhole, award_of, post_of, refusals
from schoolward.cli.outcome import CommandError, ExitCode


@click.command(epilog="\b\nExample:\n  schoolward grants posts --json")
@click.option("--as-of", type=DAY, help="The day to judge at (default: today).")
@as_json_option
def posts(as_of: datetime | None, as_json: bool) -> None:
    """List posts, who pays which part of them, and until when they are paid in full."""
    installation.start()
    from schoolward.analysis.grants.parts import percent
    from schoolward.domains.grants import queries

    day = as_of.date() if as_of is not None else installation.today()
    found = queries.posts(queries.positions(installation.operator()), on=day)
    rows: list[dict[str, Any]] = [
        {
            "key": one.position.key,
            "title": one.position.title,
            "annual": one.position.annual_cents,
            "secured_to": one.cliff.secured_to and one.cliff.secured_to.isoformat(),
            "after": percent(one.cliff.share_after),
            "funding": [
                {
                    "id": paid.pk,
                    "source": paid.award.key if paid.award else paid.local_source,
                    "start": paid.start.isoformat(),
                    "end": paid.end.isoformat(),
                    "part": percent(paid.part),
                }
                for paid in one.position.funding.all()
            ],
        }
        for one in found
    ]
    if as_json:
        terminal.write_json(rows)
        return
    for row in rows:
        until = f"in full until {row['secured_to']}" if row["secured_to"] else f"{row['after']} today"
        click.echo(f"{row['key']}: {row['title']}, paid {until}")
        for paid in row["funding"]:
            click.echo(
                f"  {paid['id']}: {paid['part']} by {paid['source']}, {paid['start']} to {paid['end']}"
            )
    if not rows:
        click.echo("No post is entered.")


@click.command(
    name="change-post",
    epilog="\b\nExample:\n"
    '  schoolward grants change-post family-advocate --title "Advocate, site 2" --annual 61000',
)
@click.argument("post")
@click.option("--title", help="What the post is called. No names of persons.")
@click.option("--annual", type=Dollars(), help="What it costs a year, in dollars.")
@click.option("--starts", type=DAY, help="From when it exists.")
@click.option("--ends", type=DAY, help="Until when it exists.")
@click.option("--no-end", is_flag=True, help="No end is planned.")
@as_option
@as_json_option
def change_post(
    post: str,
    title: str | None,
    annual: int | None,
    starts: datetime | None,
    ends: datetime | None,
    no_end: bool,
    email: str | None,
    as_json: bool,
) -> None:
    """Change what is said of POST (its short name, which stays)."""
    if no_end and ends is not None:
        raise click.UsageError("Give --ends or --no-end, not both.")
    installation.start()
    from schoolward.domains.grants import actions

    given = {
        "title": title,
        "annual_cents": annual,
        "starts": starts and starts.date(),
        "ends": ends and ends.date(),
    }
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if no_end:
        changes["ends"] = None
    if not changes:
        raise click.UsageError("Say what changes: --title, --annual, --starts, --ends or --no-end.")
    with refusals():
        made = actions.change_position(
            position_id=post_of(post).pk, changes=changes, by=actor(email), at=installation.moment()
        )
    if as_json:
        told = {name: getattr(made, name) for name in given}
        terminal.write_json(
            {"key": made.key, **{k: str(v) if k in ("starts", "ends") and v else v for k, v in told.items()}}
        )
    else:
        click.echo(f"{made.key}: saved.")


@click.command(
    name="change-funding",
    epilog="\b\nExamples:\n"
    "  schoolward grants change-funding 12 --part 1/3\n"
    "  schoolward grants change-funding 12 --to 2013-06-30 --award safer-doors",
)
@click.argument("funding", type=click.IntRange(1, 2**63 - 1))
@click.option("--part", type=PartOfWhole(), help="The part it pays, such as 25, 33.33 or 1/3.")
@click.option("--from", "start", type=DAY, help="From when it pays.")
@click.option("--to", "end", type=DAY, help="Until when it pays.")
@click.option("--award", help="The award that pays it.")
@click.option("--source", help="Or another source.")
@as_option
@as_json_option
def change_funding(
    funding: int,
    part: Fraction | None,
    start: datetime | None,
    end: datetime | None,
    award: str | None,
    source: str | None,
    email: str | None,
    as_json: bool,
) -> None:
    """Set right who pays a post: FUNDING is the number that `schoolward grants posts` shows."""
    installation.start()
    from schoolward.analysis.grants.parts import percent
    from schoolward.domains.grants import actions, queries

    by = installation.operator()
    rows = (paid for post in queries.positions(by) for paid in post.funding.all() if paid.pk == funding)
    found = next(rows, None)
    if found is None:
        raise CommandError(
            f"There is no funding {funding}; see `schoolward grants posts`.", ExitCode.NOT_FOUND
        )
    is_moved = award is not None or source is not None
    with refusals():
        made = actions.change_funding(
            funding_id=found.pk,
            start=start.date() if start else found.start,
            end=end.date() if end else found.end,
            share=part if part is not None else found.part,
            award_id=(award_of(award).pk if award else None) if is_moved else found.award_id,
            local_source=(source or "") if is_moved else found.local_source,
            by=actor(email),
            at=installation.moment(),
        )
    if as_json:
        terminal.write_json(
            {"id": made.pk, "part": percent(made.part), "start": str(made.start), "end": str(made.end)}
        )
    else:
        click.echo(f"{made.source_name} pays {percent(made.part)} from {made.start} to {made.end}.")
