"""``schoolward routes build`` and ``routes show``: the network of streets that routes are found on."""

from __future__ import annotations

import errno
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.platform.health.wording import counted

_KM = 1000


@click.command(
    epilog="""\b
Examples:
  schoolward routes build sacramento.osm.pbf --out network/
  schoolward routes build town.osm --out network/ --json
  schoolward routes build town.osm --out network/ --stress our-stress.toml

\b
Extracts of OpenStreetMap are to be had by region, for instance from download.geofabrik.de.
How a network is made: docs/how-to/build-a-street-network.md. What counts as stress, number
by number: docs/reference/walking-stress.md."""
)
@click.argument("extract", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder that is to hold the network; one that is there already is replaced whole.",
)
@click.option(
    "--stress",
    "stress_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A stress model of your own (TOML) instead of the newest that is shipped.",
)
@click.option("--json", "as_json", is_flag=True, help="Write counts, components and data quality as JSON.")
def build(extract: Path, folder: Path, stress_file: Path | None, as_json: bool) -> None:
    """Make the network of streets and paths that may be walked, from an extract of OpenStreetMap.

    EXTRACT is a file as PBF (.osm.pbf) or XML (.osm). The network is the largest piece that hangs together;
    the others are counted. Where the map says nothing of a street's speed, lanes, pavement or lamps, the
    stress model's assumption is taken and the kilometers are told. Exits with 5 when the extract or the model
    cannot be used or the folder holds something else, and with 6 when the folder cannot be written; then
    nothing was changed.
    """
    from schoolward.analysis.routing.extract import ExtractProblem
    from schoolward.analysis.routing.making import make
    from schoolward.analysis.routing.saved import SavedProblem, check_place, save
    from schoolward.analysis.routing.stress_model import ModelProblem, read_model, stress_model

    begun, begun_cpu = time.perf_counter(), time.process_time()
    try:
        check_place(folder)
        model = stress_model() if stress_file is None else read_model(_text(stress_file))
        described = save(folder, make(extract, model), at=datetime.now(UTC))
    except ModelProblem as error:
        raise CommandError(f"{stress_file}: {error}", ExitCode.REFUSED) from None
    except (ExtractProblem, SavedProblem) as error:
        raise CommandError(str(error), ExitCode.REFUSED) from None
    except OSError as error:
        if isinstance(error, PermissionError) or error.errno == errno.ENOSPC:
            raise  # the command line has its own sentences for these
        raise CommandError(
            f"{folder}: no folder can be made there ({error.strerror}).", ExitCode.NOT_READY
        ) from None
    told = {key: value for key, value in described.items() if key != "files"} | {
        "folder": str(folder),
        "seconds": round(time.perf_counter() - begun, 3),
        "cpu_seconds": round(time.process_time() - begun_cpu, 3),
    }
    if as_json:
        terminal.write_json(told)
        return
    click.echo(f"{folder}: the network of {extract.name}, in {told['seconds']:.1f} s")
    _write(told)


@click.command(
    epilog="""\b
Examples:
  schoolward routes show network/
  schoolward routes show network/ --json"""
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write all of it as JSON.")
def show(folder: Path, as_json: bool) -> None:
    """Say what a network holds, what was left out of it, and what was assumed because the map is silent.

    Every file of FOLDER is held against its digest. Exits with 5 when it is damaged or no network.
    """
    from schoolward.analysis.routing.saved import SavedProblem, load

    try:
        about = load(folder).about
    except SavedProblem as error:
        raise CommandError(str(error), ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json(about)
        return
    click.echo(f"{folder}: the network of {about['source']['name']}, made {about['made_at']}")
    _write(about)


@click.command(
    epilog="""\b
Examples:
  schoolward routes stress > our-stress.toml      the shipped model, to be changed
  schoolward routes stress our-stress.toml        check a model of your own
  schoolward routes stress --markdown             as a page to be read"""
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--markdown", is_flag=True, help="Write a page with every number and its source.")
@click.option("--json", "as_json", is_flag=True, help="Write version, digest and the source of each row.")
def stress(file: Path | None, markdown: bool, as_json: bool) -> None:
    """Write the stress model: what each meter and each crossing costs, and where the number comes from.

    Without FILE it is the newest that is shipped. FILE is checked first: exits with 5, naming the row, when
    a row or a number is missing or cannot be.
    """
    from schoolward.analysis.routing.stress_model import ModelProblem, model_text, read_model
    from schoolward.analysis.routing.stress_reference import reference

    text = model_text() if file is None else _text(file)
    try:
        model = read_model(text)
    except ModelProblem as error:
        raise CommandError(f"{file}: {error}", ExitCode.REFUSED) from None
    if as_json:
        terminal.write_json(
            {
                "version": model.version,
                "valid_from": model.valid_from,
                "sha256": model.sha256,
                "rows": model.row_sources,
                "sources": model.sources,
            }
        )
    else:
        click.echo(reference(model) if markdown else text, nl=False)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CommandError(f"{file}: is no text in UTF-8.", ExitCode.REFUSED) from None


def _write(about: dict[str, Any]) -> None:
    quality, components = about["data_quality"], about["components"]
    crossings = quality["crossings"]
    click.echo(
        f"{about['nodes']:,} nodes, {about['edges']:,} edges, {_km(about['length_m'])} km; "
        f"stress model {about['stress_model']['version']}"
    )
    click.echo(
        f"Left out, not hanging together with the rest: {counted(components['others'], 'piece')} "
        f"({components['others_nodes']:,} nodes, {_km(components['others_length_m'])} km)"
    )
    click.echo()
    terminal.write_table(
        ("ways", "number"), [(_WAYS[key], f"{count:,}") for key, count in about["ways"].items()]
    )
    click.echo()
    terminal.write_table(
        ("crossings", "number"), [(words, f"{crossings[key]:,}") for key, words in _CROSSINGS.items()]
    )
    click.echo()
    terminal.write_table(
        ("assumed", "on", "taken as", "km known", "km assumed"),
        [
            (
                row["what"],
                row["street"].replace("_", " "),
                row["value"],
                _km(row["known_m"]),
                _km(row["assumed_m"]),
            )
            for row in quality["assumed"]
        ],
    )
    click.echo()
    for key, words in _REMARKS.items():
        if quality[key]:
            click.echo(f"{quality[key]:,} {words}")
    for tag, count in quality["unreadable"].items():
        click.echo(f"{tag} on {counted(count, 'way')} cannot be read; the assumption is taken")
    click.echo(about["attribution"])


def _km(metres: float) -> str:
    return f"{metres / _KM:,.1f}"


_WAYS = {
    "open": "walked",
    "closed": "closed to walkers (foot or access tag)",
    "fast": "motorways, trunk roads, busways and cycleways that do not mention walkers",
    "unbuilt": "planned, under construction or gone",
    "ferry": "ferries",
    "other": "nothing to walk on",
}
_CROSSINGS = {
    "tagged": "drawn on the map",
    "tagged_without_kind": "drawn, and nothing said of their kind",
    "with_signal": "places with a signal",
    "with_markings": "places with markings",
    "with_island": "places with an island",
    "of_main_roads": "places where walkers cross a main road",
    "of_main_roads_with_nothing_said": "such places of which the map says nothing: taken as unmarked",
    "apart_from_any_road": "drawn apart from any road: taken as of a residential street",
}
_REMARKS = {
    "stopped_at_barriers": "locked or private gates and walls across a way: not passed",
    "conditional_ways": "ways are closed at some hours: taken as always open",
    "references_outside": "nodes of ways lie outside the extract: the ways end before them",
}
