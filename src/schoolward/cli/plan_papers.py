"""``schoolward report amendment-letters`` and ``board-item``: what an approved funding plan writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from schoolward.cli import installation
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.paper_files import write_files

_plan = click.option("--plan", "plan_id", type=int, required=True, help="The number of the approved plan.")
_out = click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the files; it is made where there is none.",
)
_json = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")


@click.command(
    "amendment-letters", epilog="\b\nExample:\n  schoolward report amendment-letters --plan 1 --out letters/"
)
@_plan
@click.option("--award", "key", metavar="AWARD", help="The letter of this award alone (default: all).")
@_out
@_json
def amendment_letters(plan_id: int, key: str | None, out: Path, as_json: bool) -> None:
    """Draft the letter to the funder of each award of an approved plan, as PDF, text and JSON.

    An award that needs no approval gets a note that says so and why.
    """
    installation.start()
    from schoolward.reports.plan_papers.approved import NoSuchPaper, award_of
    from schoolward.reports.plan_papers.letter import letter

    by = installation.operator()
    made = _approved(plan_id)
    try:
        chosen = made.awards if key is None else [award_of(made, key)]
    except NoSuchPaper as error:
        raise CommandError(f"There is no such letter: {error}.", ExitCode.NOT_FOUND) from None
    _write([letter(made, award, by=by) for award in chosen], out, as_json=as_json)


@click.command("board-item", epilog="\b\nExample:\n  schoolward report board-item --plan 1 --out board/")
@_plan
@_out
@_json
def board_item(plan_id: int, out: Path, as_json: bool) -> None:
    """Draft the board item about an approved plan, as PDF, text and JSON."""
    installation.start()
    from schoolward.reports.plan_papers.board_item import board_item as composed

    _write([composed(_approved(plan_id), by=installation.operator())], out, as_json=as_json)


def _approved(plan_id: int) -> Any:
    from schoolward.reports.plan_papers.approved import NoSuchPaper, approved

    try:
        return approved(installation.operator(), installation.today(), plan=plan_id)
    except NoSuchPaper:
        raise CommandError(
            f"No plan {plan_id} is approved; see `schoolward funding plans`.", ExitCode.NOT_FOUND
        ) from None


def _write(sheets: list[Any], out: Path, *, as_json: bool) -> None:
    from schoolward.reports.plan_papers.files import MEDIA_TYPES, plan_file

    write_files(
        lambda: (plan_file(sheet, kind) for sheet in sheets for kind in MEDIA_TYPES), out, as_json=as_json
    )
