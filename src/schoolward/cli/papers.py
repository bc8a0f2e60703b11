"""``schoolward report``: the files of a paper for a date."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.plan_papers import amendment_letters, board_item
from schoolward.cli.route_application import route_application

if TYPE_CHECKING:
    from datetime import date

    from schoolward.platform.access.viewer import Viewer

Command = TypeVar("Command", bound=Callable[..., Any])
COPIES = ("public", "board", "closed-session", "police")


class Papers(click.Group):
    """The papers about sites by name; any other word is a report that has editions."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or _edition_of(cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return ["board-summary", *super().list_commands(ctx)]


EXAMPLES = """\b
Examples:
  schoolward report board-summary --as-of 2012-09-06 --out paper/
  schoolward report site-profile --copy board --as-of 2012-09-06 --out profiles/ --all
  schoolward report site-profile --copy public --as-of 2012-09-06 --out . --site 34674393431012
  schoolward report corrective-actions --as-of 2012-09-06 --out plan/
  schoolward report amendment-letters --plan 1 --out letters/
  schoolward report board-item --plan 1 --out board/
  schoolward report route-application oak-ridge-elementary --out application/
"""


@click.group(cls=Papers, epilog=EXAMPLES)
def report() -> None:
    """Render a paper for a date: the board summary, a site's security profile, what is to be mended.

    And what an approved funding plan writes: letters to funders, the item for the board; and the tables of an
    application for Safe Routes money.
    """


report.add_command(amendment_letters)
report.add_command(board_item)
report.add_command(route_application)


def _paper_options(command: Command) -> Command:
    """The options that every paper has."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Write the result as JSON."),
        click.option(
            "--out",
            required=True,
            type=click.Path(file_okay=False, path_type=Path),
            help="Folder for the files; it is made where there is none.",
        ),
        click.option(
            "--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day the paper stands at."
        ),
    ):
        command = option(command)
    return command


_site_option = click.option("--site", "site", metavar="CDS", help="One site: a CDS code or its short name.")


@report.command("site-profile")
@click.option("--copy", required=True, type=click.Choice(COPIES), help="Who it is for: how much it shows.")
@_site_option
@click.option("--all", "every", is_flag=True, help="Every site in operation on the day.")
@_paper_options
def site_profile(copy: str, site: str | None, every: bool, as_of: datetime, out: Path, as_json: bool) -> None:
    """The security profile of a site as PDF, CSV and JSON, in one of its four copies.

    Each reading of the closed-session and the police copy is written into the audit.
    """
    if (site is None) is not every:
        raise click.UsageError("Give either --site CDS for one site, or --all for every site.")
    installation.start()
    from schoolward.reports.batches import PROFILES, each_file, sites

    by, day = installation.operator(), as_of.date()
    _check_day(day, by)
    campuses = sites(PROFILES, copy, day, by=by) if every else [_site(site or "")]
    _make_folder(out)
    title = "Setting the profiles"
    paths = _write(lambda: each_file(PROFILES, copy, campuses, day, by=by), len(campuses), out, title)
    _told({"paths": paths, "sites": len(campuses), "copy": copy, "as_of": day}, as_json=as_json)


@report.command("corrective-actions")
@_site_option
@click.option("--all", "every", is_flag=True, help="A plan of its own for each site in operation on the day.")
@_paper_options
def corrective_actions(site: str | None, every: bool, as_of: datetime, out: Path, as_json: bool) -> None:
    """The corrective-action plan as PDF, CSV and JSON: of all sites in one, of one, or one for each."""
    if site is not None and every:
        raise click.UsageError("Give --site CDS for one site or --all for a plan of each, not both.")
    installation.start()
    from schoolward.reports.batches import CORRECTIVE, each_file, sites

    by, day = installation.operator(), as_of.date()
    _check_day(day, by)
    if every:
        campuses: list[Any] = sites(CORRECTIVE, "", day, by=by)
    else:
        campuses = [_site(site) if site else None]
    _make_folder(out)
    title = "Setting the plans"
    paths = _write(lambda: each_file(CORRECTIVE, "", campuses, day, by=by), len(campuses), out, title)
    _told({"paths": paths, "plans": len(campuses), "as_of": day}, as_json=as_json)


def _site(asked: str) -> Any:
    from schoolward.domains.places.queries import campus_by_slug, campus_for_cds

    found = campus_for_cds(asked) if asked.isdigit() else campus_by_slug(asked)
    if found is None:
        raise CommandError(
            f"There is no site {asked}; give a school's CDS code or a site's short name.", ExitCode.NOT_FOUND
        )
    return found


def _check_day(day: date, by: Viewer) -> None:
    from schoolward.platform.measures.period import Period, PeriodError
    from schoolward.reports.beginning import check_day
    from schoolward.reports.errors import UnfitDate

    try:
        Period(None, day, day)
        check_day(day, at=by.at)
    except (PeriodError, UnfitDate) as error:
        raise CommandError(str(error), ExitCode.REFUSED) from None


def _write(make: Callable[[], Any], count: int, out: Path, title: str) -> list[str]:
    """Write each site's files as they are made, and say how far it is."""
    from schoolward.reports.errors import CannotPrint

    paths: list[str] = []
    try:
        with terminal.progress_bar(title) as told:
            for number, (_campus, files) in enumerate(make(), start=1):
                for name, content in files:
                    path = out / name
                    path.write_bytes(content)
                    paths.append(str(path))
                told(number, count, title)
    except CannotPrint as error:
        raise CommandError(str(error), ExitCode.REFUSED) from None
    return paths


def _told(done: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        terminal.write_json(done)
        return
    for path in done["paths"]:
        click.echo(path)


def _edition_of(key: str) -> click.Command:
    """The command that renders the editions of a report."""

    @click.command(
        key, help=f"Render the report {key}, and say which share of its numbers opens its records."
    )
    @_paper_options
    def edition(as_of: datetime, out: Path, as_json: bool) -> None:
        _render(key, as_of, out, as_json)

    return edition


def _render(key: str, as_of: datetime, out: Path, as_json: bool) -> None:
    installation.start()
    from schoolward.reports import registry
    from schoolward.reports.beginning import check_day
    from schoolward.reports.composing import SectionError
    from schoolward.reports.errors import ReportError
    from schoolward.reports.rendering import render

    by = installation.operator()
    try:
        registry.get(key)
        check_day(as_of.date(), at=by.at)
        _make_folder(out)
        done = render(key, as_of.date(), out, by=by)
    except registry.UnknownReport as error:
        raise CommandError(f"{str(error)[:1].upper()}{str(error)[1:]}.", ExitCode.NOT_FOUND) from None
    except (ReportError, SectionError) as error:
        raise CommandError(str(error), ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json(done)
        return
    for path in done["paths"]:
        click.echo(path)
    for name, value in done["traceability"].items():
        terminal.say(f"{name}: {'no number has a value yet' if value is None else value}")


def _make_folder(out: Path) -> None:
    """Refuse a folder that cannot be had before the paper is composed for it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or "it cannot be made"
    else:
        if os.access(out, os.W_OK | os.X_OK):
            return
        why = "it cannot be written to"
    raise CommandError(
        f"The folder {out} cannot be used ({why}); give another with --out.", ExitCode.NOT_READY
    )
