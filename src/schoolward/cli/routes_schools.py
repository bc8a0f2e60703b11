"""``schoolward routes use``, ``networks``, ``schools-plan`` and ``schools``: what the installation knows of
streets and plans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.platform.health.wording import counted


@click.command(
    epilog="""\b
Examples:
  schoolward routes use network/
  schoolward routes use network/ --title "Sacramento, November 2026"
  schoolward routes use network/ --stress our-stress.toml"""
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--title", default="", help="What pages call it; by default the file that it was made of.")
@click.option(
    "--stress",
    "stress_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The stress model that it was built with, where that was your own.",
)
@click.option("--json", "as_json", is_flag=True, help="Write the network as JSON.")
def use(folder: Path, title: str, stress_file: Path | None, as_json: bool) -> None:
    """Let plans be made on a network that `schoolward routes build` made.

    FOLDER is copied into the data folder. Earlier networks stay with the plans that were made on them. Exits
    with 5 when it holds no network or a damaged one.
    """
    installation.start()
    from schoolward.domains.routes.actions import RouteRefused, register_network

    try:
        text = stress_file.read_text(encoding="utf-8") if stress_file else ""
        network = register_network(
            folder=folder,
            title=title,
            stress_text=text,
            by=installation.operator(),
            at=installation.moment(),
        )
    except RouteRefused as refusal:
        raise CommandError(str(refusal), ExitCode.REFUSED) from None
    except UnicodeDecodeError:
        raise CommandError(f"{stress_file}: is no text in UTF-8.", ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json(_network(network))
        return
    click.echo(f"Plans are made on {network.title} now: {counted(network.edges, 'piece')} of street.")
    click.echo(network.attribution)


@click.command(epilog="\b\nExamples:\n  schoolward routes networks\n  schoolward routes networks --json")
@click.option("--json", "as_json", is_flag=True, help="Write them as JSON.")
def networks(as_json: bool) -> None:
    """List the networks that are known; plans are made on the current one."""
    installation.start()
    from schoolward.domains.routes import queries

    found = list(queries.networks(installation.operator()))
    if as_json:
        terminal.write_json([_network(one) for one in found])
        return
    terminal.write_table(
        ("NETWORK", "CURRENT", "STREETS", "KM", "STRESS MODEL", "MADE OF"),
        [
            (
                one.title,
                "yes" if one.current else "no",
                f"{one.edges:,}",
                f"{one.length_m / 1000:,.0f}",
                one.stress_version,
                one.source,
            )
            for one in found
        ],
    )


@click.command(
    name="schools-plan",
    epilog="""\b
Columns:
  --pupils    id, school, lon, lat    school is a site's short name or a school's CDS code

\b
Examples:
  schoolward routes schools-plan --pupils pupils.csv
  cat pupils.csv | schoolward routes schools-plan --pupils - --detour 1.2 --json

\b
Addresses stay in memory: neither they nor what was read is kept or logged. What is kept for each site are
means, and counts of 11 pupils or more that tell of nobody.""",
)
@click.option(
    "--pupils",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    required=True,
    help="CSV of pupils; - reads standard input.",
)
@click.option(
    "--detour",
    type=click.FloatRange(1, 3),
    default=1.3,
    show_default=True,
    help="How many times the shortest walk the safest way may be long.",
)
@click.option("--json", "as_json", is_flag=True, help="Write what became of each site as JSON.")
def schools_plan(pupils: str, detour: float, as_json: bool) -> None:
    """Plan the ways to each school from pupils' addresses, and keep what may be shown.

    Exits with 5 when the file cannot be used; then nothing is changed.
    """
    installation.start()
    from schoolward.domains.routes.actions import Outcome, RouteRefused, plan_ways

    with click.open_file(pupils, "rb") as stream:
        data = stream.read()
    try:
        done = plan_ways(pupils=data, detour=detour, by=installation.operator(), at=installation.moment())
    except RouteRefused as refusal:
        raise CommandError(str(refusal), ExitCode.REFUSED) from None
    if as_json:
        sites = [{"site": one.slug, "outcome": one.outcome} for one in done.sites]
        terminal.write_json({"sites": sites, "off_network": done.off_network})
        return
    click.echo(f"{done.count(Outcome.PLANNED):,} of {counted(len(done.sites), 'site')} planned.")
    if done.off_network:
        far = counted(done.off_network, "pupil")
        terminal.say(f"{far} farther than a kilometre from every street: left out.")
    for one in done.sites:
        if one.outcome is Outcome.STANDS:
            terminal.say(f"{one.slug}: the earlier plan stands; fewer than 11 pupils came or went.")
        elif one.outcome is Outcome.FEW:
            terminal.say(f"{one.slug}: fewer than 11 pupils; nothing is kept.")


@click.command(epilog="\b\nExamples:\n  schoolward routes schools\n  schoolward routes schools --json")
@click.option("--json", "as_json", is_flag=True, help="Write every figure as JSON.")
def schools(as_json: bool) -> None:
    """List the newest plan of each site."""
    installation.start()
    from schoolward.domains.routes import queries

    found = queries.with_best_fix(queries.newest_plans(installation.operator()))
    if as_json:
        terminal.write_json([_plan(one) for one in found])
        return
    terminal.write_table(
        ("SITE", "PLANNED IN", "PUPILS", "SHORTEST M", "SAFEST M", "BEST FIX"),
        [
            (
                one.campus.slug,
                f"{one.year}-{one.season}",
                f"{one.pupils:,}",
                terminal.shown_number(one.shortest_m),
                terminal.shown_number(one.route_m),
                f"{one.best_what}, {one.best_where}: {one.best_frees:,}" if one.best_frees else "-",
            )
            for one in found
        ],
    )


def _network(network: Any) -> dict[str, Any]:
    names = ("key", "title", "source", "attribution", "digest", "made_at", "nodes", "edges", "length_m")
    told = {name: getattr(network, name) for name in (*names, "stress_version", "current", "invented")}
    return told | {"about": network.about}


def _plan(plan: Any) -> dict[str, Any]:
    means = ("shortest_m", "route_m", "shortest_stress_m", "stress_m")
    more = ("sheds", "trade_off", "tolerable", "basis", "invented")
    names = ("year", "season", "made_at", "detour", "pupils", *means, *more)
    return {"site": plan.campus.slug, **{name: getattr(plan, name) for name in names}}
