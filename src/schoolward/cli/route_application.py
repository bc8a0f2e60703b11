"""``schoolward report route-application``: the tables of a Safe Routes grant application as one paper."""

from __future__ import annotations

from pathlib import Path

import click

from schoolward.cli import installation
from schoolward.cli.application_sites import opportunity_option, sites_and_opportunity
from schoolward.cli.paper_files import write_files


@click.command(
    "route-application",
    epilog="\b\nExample:\n  schoolward report route-application oak-ridge-elementary --out application/",
)
@click.argument("sites", nargs=-1, required=True, metavar="SITE...")
@opportunity_option
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the files; it is made where there is none.",
)
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
def route_application(sites: tuple[str, ...], opportunity: str, out: Path, as_json: bool) -> None:
    """Set the tables of a grant application about SITE (its short name) as PDF, CSV and JSON.

    Each table with where its numbers are from and up to which day they tell.
    """
    installation.start()
    from schoolward.reports.route_application.paper import note_export
    from schoolward.reports.route_application.paper import route_application as composed
    from schoolward.reports.sheets.files import MEDIA_TYPES, file_of

    by = installation.operator()
    numbers = sites_and_opportunity(sites, opportunity, by)
    sheet = composed(numbers, on=installation.today(), by=by, opportunity=opportunity)
    write_files(lambda: (file_of(sheet, kind) for kind in MEDIA_TYPES), out, as_json=as_json)
    for kind in MEDIA_TYPES:
        note_export(kind, numbers, opportunity, by=by)
