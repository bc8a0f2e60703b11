"""``schoolward routes place-guards`` and ``plan-buses``: asked of the network that the installation uses."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.routes_reading import json_option, pupils_option
from schoolward.platform.health.wording import counted

SECONDS = click.option(
    "--seconds",
    type=click.FloatRange(0, 3600),
    default=10.0,
    show_default=True,
    help="How long the search may take.",
)


@click.command(
    name="place-guards",
    epilog="""\b
Examples:
  schoolward routes place-guards --pupils pupils.csv --guards 60
  schoolward routes place-guards --pupils - --guards 12 --protects any --json < pupils.csv

\b
Addresses stay in memory; nothing of the answer is kept. Counts of fewer than 11 pupils are not written.""",
)
@pupils_option()
@click.option("--guards", type=click.IntRange(1), required=True, help="How many guards in all.")
@click.option(
    "--protects",
    type=click.Choice(["all", "any"]),
    default="all",
    show_default=True,
    help="Which crossings of a way must be guarded.",
)
@SECONDS
@json_option
def place_guards(pupils: str, guards: int, protects: str, seconds: float, as_json: bool) -> None:
    """Find the crossings of larger roads where guards protect most pupils.

    Posts that stand today keep their guard. Exits with 5 when the file cannot be used.
    """
    answer = _asked("place_guards", pupils, guards=guards, protects=protects, seconds=seconds)
    if as_json:
        terminal.write_json(asdict(answer))
        return
    protected, everybody = (terminal.shown_number(one) for one in (answer.protected, answer.pupils))
    click.echo(
        f"With {counted(answer.guards, 'guard')}, {protected} of {everybody} pupils who cross a larger road "
        "are protected."
    )
    if answer.posts_elsewhere:
        click.echo(f"{counted(answer.posts_elsewhere, 'guard')} kept where no larger road is crossed.")
    if answer.is_proved:
        click.echo("No other choice protects more: this is proved.")
    else:
        click.echo(f"No choice protects more than {terminal.shown_number(answer.bound)}.")
    terminal.write_table(
        ("CROSSING", "LAT", "LON", "TODAY", "UNPROTECTED WITHOUT IT"),
        [
            (
                one.where,
                f"{one.latitude:.5f}",
                f"{one.longitude:.5f}",
                "post" if one.is_guarded else "-",
                terminal.shown_number(one.alone),
            )
            for one in answer.places
        ],
    )


@click.command(
    name="plan-buses",
    epilog="""\b
Examples:
  schoolward routes plan-buses bret-harte --pupils pupils.csv
  schoolward routes plan-buses bret-harte --pupils pupils.csv --arrives-at 08:10 --seconds 60 --json

\b
Addresses stay in memory; nothing of the answer is kept. Lines tell small numbers of pupils, for who leads
them.""",
)
@click.argument("site")
@pupils_option()
@click.option(
    "--arrives-at",
    type=click.DateTime(["%H:%M"]),
    default="07:50",
    show_default=True,
    help="When the buses reach the school.",
)
@click.option(
    "--detour",
    type=click.FloatRange(1, 2),
    default=1.3,
    show_default=True,
    help="How many times the safest way of a corner anybody may walk.",
)
@click.option(
    "--pupils-per-leader",
    type=click.IntRange(1, 30),
    default=6,
    show_default=True,
    help="The most pupils for one leader.",
)
@click.option(
    "--farthest",
    "farthest_m",
    type=click.FloatRange(300, 5000),
    default=1600.0,
    show_default=True,
    help="Who walks more meters is left out.",
)
@SECONDS
@json_option
def plan_buses(
    site: str,
    pupils: str,
    arrives_at: datetime,
    detour: float,
    pupils_per_leader: int,
    farthest_m: float,
    seconds: float,
    as_json: bool,
) -> None:
    """Plan walking buses to SITE with the fewest leaders, and write each line's stops.

    The stops are lines that the page of a bus takes. Exits with 5 when the file cannot be used.
    """
    answer = _asked(
        "plan_bus",
        pupils,
        site=site,
        arrives_at=arrives_at.time(),
        detour=detour,
        pupils_per_leader=pupils_per_leader,
        farthest_m=farthest_m,
        seconds=seconds,
    )
    if as_json:
        terminal.write_json(asdict(answer))
        return
    from schoolward.domains.routes.forms import StopsForm

    click.echo(
        f"{answer.site}: {counted(len(answer.lines), 'leader')} for {counted(answer.pupils, 'pupil')}."
    )
    if not answer.is_proved:
        click.echo(f"No plan has fewer than {answer.fewest_leaders:,}.")
    for number, line in enumerate(answer.lines, 1):
        click.echo(f"\nLine {number}: {counted(line.pupils, 'pupil')}, {line.walk_m:,.0f} m")
        click.echo(StopsForm.text_of(line.stops))
    if answer.left_out:
        terminal.say(f"{counted(answer.left_out, 'pupil')} left out: too far away, or next to the school.")


def _asked(action: str, pupils: str, **given: Any) -> Any:
    installation.start()
    from schoolward.domains.routes import actions

    with click.open_file(pupils, "rb") as stream:
        data = stream.read()
    try:
        return getattr(actions, action)(
            pupils=data, by=installation.operator(), at=installation.moment(), **given
        )
    except actions.RouteRefused as refusal:
        raise CommandError(str(refusal), ExitCode.REFUSED) from None
