"""``schoolward routes way``: the safest way to a school from one place, in words. No database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.analysis.routing.corners import CornerProblem
    from schoolward.analysis.routing.making import StreetNetwork
    from schoolward.analysis.routing.ways import NoWay


@click.command(
    epilog="""\b
Examples:
  schoolward routes way --graph city --from -121.4712,38.5431 --to -121.4655,38.5402
  schoolward routes way --graph city --from "Oak St & 5th Ave" --to -121.4655,38.5402 --detour 1.5
  schoolward routes way --graph city --from -121.4712,38.5431 --to -121.4655,38.5402 --json

\b
A place is LON,LAT in degrees (WGS 84, east and north positive), or a corner: two streets with & between them.
Neither place is kept, logged or sent anywhere."""
)
@click.option(
    "--graph",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="A network made by `schoolward routes build`.",
)
@click.option("--from", "begins", metavar="PLACE", required=True, help="Where the walk begins.")
@click.option("--to", "ends", metavar="PLACE", required=True, help="The school's entrance.")
@click.option(
    "--detour",
    type=click.FloatRange(1, 100),
    default=1.3,
    show_default=True,
    help="How many times the shortest walk the safest way may be long.",
)
@click.option("--json", "as_json", is_flag=True, help="Write ways, lines, steps and the trade-off as JSON.")
def way(graph: Path, begins: str, ends: str, detour: float, as_json: bool) -> None:
    """Find the shortest way to a school from one place, and the safest that is not much longer.

    Exits with 4 when a corner is not on the map or no way leads there, and with 5 when a place or the network
    cannot be used.
    """
    from schoolward.analysis.routing.directions import Guide
    from schoolward.analysis.routing.planning import Laid
    from schoolward.analysis.routing.saved import SavedProblem, load
    from schoolward.analysis.routing.snapping import Snapper
    from schoolward.analysis.routing.way_answers import answer
    from schoolward.analysis.routing.ways import WayProblem, ways_from

    try:
        made = load(graph)
    except SavedProblem as problem:
        raise CommandError(str(problem), ExitCode.REFUSED) from None
    if not len(made.network.ends):
        raise CommandError(f"{graph}: the network has no street; build it again.", ExitCode.NOT_READY)
    school = _place("--to", ends, made, near=_middle(made))
    place = _place("--from", begins, made, near=school)
    try:
        choice = ways_from(Laid.of(made.network), Snapper(made.network), place, school, detour=detour)
    except WayProblem as problem:
        raise CommandError(_why(problem.reason), ExitCode.NOT_FOUND) from None
    told = answer(choice, Guide(made)) | {"attribution": made.about["attribution"]}
    if as_json:
        terminal.write_json(told)
        return
    _tell(told)


def _place(option: str, given: str, made: StreetNetwork, *, near: tuple[float, float]) -> tuple[float, float]:
    """The degrees of a place, longitude first."""
    from schoolward.analysis.routing.corners import CornerProblem, Corners

    parts = given.split(",")
    if len(parts) == 2:
        try:
            longitude, latitude = float(parts[0]), float(parts[1])
        except ValueError:
            pass
        else:
            if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
                raise CommandError(
                    f"{option}: degrees are LON,LAT: -180 to 180, then -90 to 90.", ExitCode.REFUSED
                )
            return longitude, latitude
    try:
        corner = Corners(made).find(given, near=near)
    except CornerProblem as problem:
        raise CommandError(f"{option}: {_no_corner(problem)}", ExitCode.NOT_FOUND) from None
    return corner.longitude, corner.latitude


def _no_corner(problem: CornerProblem) -> str:
    if not problem.is_pair:
        return 'give LON,LAT, or a corner such as "Oak Street & 5th Avenue".'
    if not problem.street:
        return "these two streets do not meet on this map."
    alike = f" Did you mean {', '.join(problem.near)}?" if problem.near else ""
    return f"no street of that name has a corner on this map: {problem.street}.{alike}"


def _why(reason: NoWay) -> str:
    from schoolward.analysis.routing.ways import NoWay

    return {
        NoWay.OUTSIDE: "--from: this place is not on the map of this network.",
        NoWay.FAR: "--from: farther than a kilometer from any street of the network.",
        NoWay.SCHOOL: "--to: farther than a kilometer from any street of the network.",
        NoWay.CUT_OFF: "No way that is open leads from there to the school.",
    }[reason]


def _middle(made: StreetNetwork) -> tuple[float, float]:
    network = made.network
    return float(network.longitude.mean()), float(network.latitude.mean())


def _tell(told: dict[str, Any]) -> None:
    from schoolward.analysis.routing.direction_words import distance
    from schoolward.platform.health.wording import counted

    shortest, safest = told["shortest"], told["safest"]
    for name, one in (("Shortest", shortest), ("Safest", safest)):
        click.echo(
            f"{name + ':':9} {distance(one['length_m'])}, {counted(one['minutes'], 'minute')}; "
            f"as pleasant as {distance(one['stress'])} of a quiet path."
        )
    click.echo("\nThe safest way:")
    for number, step in enumerate(safest["steps"], start=1):
        click.echo(f"{number:3}. {step['words']}")
    click.echo("\nWhat a longer way buys:")
    rows = [
        (f"{offer['detour']:g}", f"{offer['length_m']:,.0f}", offer["minutes"], f"{offer['stress']:,.0f}")
        for offer in told["offers"]
    ]
    terminal.write_table(("times the shortest", "meters", "minutes", "stress"), rows)
    terminal.say(told["attribution"])
