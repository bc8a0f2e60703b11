"""``schoolward routes tradeoff``: what a longer walk buys, school by school."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import click

from schoolward.cli import terminal
from schoolward.cli.routes_reading import (
    Walks,
    check_folder_of,
    graph_option,
    json_option,
    out_option,
    pupils_option,
    read_walks,
    schools_option,
)

_COLUMNS = ("school", "pupils", "detour", "stress_mean", "length_m_mean")


class Detours(click.ParamType):
    """Numbers of 1 and more, ascending: 1,1.1,1.3."""

    name = "DETOURS"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, ...]:
        """The numbers."""
        if isinstance(value, tuple):
            return value
        try:
            detours = tuple(float(part) for part in str(value).split(","))
        except ValueError:
            self.fail("are no numbers; write them like 1,1.1,1.3.", param, ctx)
        if list(detours) != sorted(set(detours)) or not 1 <= detours[0] <= detours[-1] <= 100:
            self.fail("must go from small to large, each once, from 1 to 100.", param, ctx)
        return detours


@click.command(
    epilog="""\b
Columns of --out, a row a school and detour:
  school, pupils, detour, stress_mean, length_m_mean
Stress is metres of a quiet path that would be as pleasant. Means are of pupils who have a way; of a school
with fewer than 11 they are not given.

\b
Examples:
  schoolward routes tradeoff --graph city --schools schools.csv --pupils pupils.csv
  schoolward routes tradeoff --graph city --schools s.csv --pupils p.csv --detours 1,1.5 --out curve.csv""",
)
@graph_option
@schools_option
@pupils_option()
@out_option("CSV to write.", required=False)
@click.option(
    "--detours",
    type=Detours(),
    default="1,1.1,1.2,1.3,1.4,1.5",
    show_default=True,
    help="How many times the shortest walk a route may be long.",
)
@json_option
def tradeoff(
    graph: Path, schools: str, pupils: str, out: Path | None, detours: tuple[float, ...], as_json: bool
) -> None:
    """Find how much stress a longer walk saves, for the pupils of each school."""
    from schoolward.analysis.routing.writing import File, put_files

    if out is not None:
        check_folder_of(out, schools, pupils)
    rows = curve(read_walks(graph, schools, pupils), detours)
    if out is not None:
        text = as_csv(rows)
        put_files([File(out, lambda stream: stream.write(text))])
    if as_json:
        terminal.write_json({"rows": rows, "files": [str(out)] if out else []})
        return
    table = [[_cell(row[column]) for column in _COLUMNS] for row in rows]
    terminal.write_table(("school", "pupils", "detour", "mean stress", "mean meters"), table)
    if out is not None:
        terminal.say(f"{out} is written.")


def curve(walks: Walks, detours: tuple[float, ...]) -> list[dict[str, Any]]:
    """A row a school and detour; of a school with few pupils on a way the numbers are None."""
    import numpy as np

    from schoolward.analysis.disclosure import SuppressionPolicy
    from schoolward.analysis.routing.tradeoff import trade_off

    laid, trip = walks.laid, walks.trip
    found = trade_off(laid.chains, laid.stress, laid.length, trip, detours=detours)
    stress, length = found.means(trip)
    reached = np.isfinite(found.stress[0])
    counts = np.bincount(trip.school_of[reached], minlength=len(trip.schools)).tolist()
    least = SuppressionPolicy().threshold
    return [
        {
            "school": name,
            "pupils": counts[school] if counts[school] >= least else None,
            "detour": detour,
            "stress_mean": round(float(stress[step, school]), 1) if counts[school] >= least else None,
            "length_m_mean": round(float(length[step, school]), 1) if counts[school] >= least else None,
        }
        for school, name in enumerate(walks.schools.ids)
        for step, detour in enumerate(detours)
    ]


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else terminal.shown_number(value)


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    """The rows as the CSV that is written."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, _COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
