"""``schoolward routes demo``: all that is found about safe routes, on a real map, with invented pupils."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schoolward.analysis.routing.tolerable import TOLERABLE_CROSSING_M, TOLERABLE_FACTOR, TOLERABLE_MINUTES
from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.routes_reading import Walks, json_option, read_walks
from schoolward.platform.health.wording import counted

if TYPE_CHECKING:
    from schoolward.analysis.school_map.content import GuardPost, MapContent

_MARK = "demo.json"
_INVENTED = "The school, its pupils and its crossing guards are invented. The streets are real."
_HOURS = "7:30 to 8:15 and 2:30 to 3:15"
_DETOUR = 1.3
_DETOURS = (1.0, 1.1, 1.2, 1.3, 1.4, 1.5)
_MINUTES = (5, 10, 15, 20)
_STREETS_TRIED = 60  # for one whose closing can be answered with numbers
_GUARDS = 2
_FIXES = 10
_STEPS = 7
_SUMMARY = ("schools", "pupils", "reachable", "nodes", "edges", "shown", "sheets", "seconds")


@click.command(
    epilog="""\b
Examples:
  schoolward routes demo sacramento.osm.pbf --out demo/
  schoolward routes demo town.osm --out demo/ --schools 3 --pupils 200 --seed 7

\b
The folder holds index.html, which shows everything and asks nothing of the outside, the sheets as PDF, and
the files that the commands write: plan, streets, walk-sheds, trade-off, fixes. Streets come from the extract;
schools, pupils and guards are invented, and every page says so.""",
)
@click.argument("extract", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder to fill; an earlier demo there is replaced whole.",
)
@click.option("--schools", type=click.IntRange(1, 200), default=8, show_default=True, help="So many schools.")
@click.option(
    "--pupils", type=click.IntRange(1, 5000), default=400, show_default=True, help="So many pupils of each."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=5, show_default=True, help="Other schools and pupils."
)
@json_option
def demo(extract: Path, folder: Path, schools: int, pupils: int, seed: int, as_json: bool) -> None:
    """Show safe routes on any map: build the network, invent schools and pupils, plan, print and explain.

    EXTRACT is a map of OpenStreetMap (.osm.pbf or .osm). Exits with 5 when it cannot be used, or when the
    folder holds something else than a demo.
    """
    from schoolward.analysis.routing.writing import whole_folder
    from schoolward.cli.routes_demo_page import page

    begun = time.perf_counter()
    place = folder.absolute()
    if place.exists() and (not place.is_dir() or (any(place.iterdir()) and not (place / _MARK).is_file())):
        raise CommandError(
            f"{folder}: holds something else than a demo; name an empty or a new folder.", ExitCode.REFUSED
        )
    with whole_folder(place) as beside, terminal.progress_bar("demo") as tell:
        told = _Demo(extract, beside, tell).run(schools=schools, pupils=pupils, seed=seed)
        told["seconds"] = round(time.perf_counter() - begun, 3)
        (beside / "index.html").write_text(page(told), encoding="utf-8")
        kept = {key: value for key, value in told.items() if key != "maps"}
        (beside / _MARK).write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if as_json:
        terminal.write_json({"folder": str(folder), **{key: told[key] for key in _SUMMARY}})
        return
    click.echo(
        f"{counted(told['pupils'], 'invented pupil')} of {counted(told['schools'], 'school')} on "
        f"{counted(told['nodes'], 'node')}, in "
        f"{told['seconds']:.1f} s."
    )
    click.echo(f"Open {folder / 'index.html'}")


class _Demo:
    """The steps, each of which leaves its files in the folder."""

    def __init__(self, extract: Path, folder: Path, tell: terminal.Told) -> None:
        self._extract, self._folder, self._tell = extract, folder, tell
        self._step = 0

    def run(self, *, schools: int, pupils: int, seed: int) -> dict[str, Any]:
        walks = self._invented(schools=schools, pupils=pupils, seed=seed)
        about = walks.made.about
        told: dict[str, Any] = {
            "extract": self._extract.name,
            "attribution": about["attribution"],
            "license": about["license_url"],
            "nodes": about["nodes"],
            "edges": about["edges"],
            "schools": len(walks.schools),
            "pupils": len(walks.pupils),
            "seed": seed,
            "names": walks.schools.texts["name"],
        }
        return told | self._planned(walks) | self._counted(walks) | self._fixed(walks) | self._printed(walks)

    def _says(self, what: str) -> None:
        self._tell(self._step, _STEPS, what)
        self._step += 1

    def _invented(self, *, schools: int, pupils: int, seed: int) -> Walks:
        from schoolward.analysis.routing.extract import ExtractProblem
        from schoolward.analysis.routing.inventing import invent
        from schoolward.analysis.routing.making import make
        from schoolward.analysis.routing.saved import save

        self._says("network")
        graph = self._folder / "network"
        try:
            made = make(self._extract)
        except ExtractProblem as error:
            raise CommandError(str(error), ExitCode.REFUSED) from None
        save(graph, made, at=datetime.now(UTC))
        self._says("schools and pupils")
        try:
            places, homes = invent(made, schools=schools, pupils=pupils, seed=seed)
        except ValueError as error:
            raise CommandError(f"{self._extract}: {error}", ExitCode.REFUSED) from None
        for name, text in (("schools.csv", places), ("pupils.csv", homes)):
            (self._folder / name).write_bytes(text)
        return read_walks(graph, str(self._folder / "schools.csv"), str(self._folder / "pupils.csv"))

    def _planned(self, walks: Walks) -> dict[str, Any]:
        from schoolward.analysis.routing.plan_files import write_plan
        from schoolward.analysis.routing.planning import join, plan_routes

        self._says("routes")
        plan = plan_routes(walks.laid, walks.trip, detour=_DETOUR, nodes=False)
        plan = join([(walks.met, plan)], len(walks.pupils))
        ids = [walks.schools.ids[place] for place in walks.pupils.school_of.tolist()]
        write_plan(self._folder / "plan.csv", walks.made.network, walks.pupils.ids, ids, plan, paths=False)
        reached = plan.reachable
        return {
            "reachable": int(reached.sum()),
            "shortest_m_mean": round(float(plan.shortest_m[reached].mean()), 1) if reached.any() else None,
            "route_m_mean": round(float(plan.route_m[reached].mean()), 1) if reached.any() else None,
        }

    def _counted(self, walks: Walks) -> dict[str, Any]:
        from schoolward.cli.routes_segments import count
        from schoolward.cli.routes_sheds import shed_features, who_lives_within
        from schoolward.cli.routes_tradeoff import as_csv, curve

        self._says("streets")
        streets, told = count(walks, detour=_DETOUR)
        (self._folder / "streets.geojson").write_bytes(streets)
        self._says("minutes")
        within = who_lives_within(walks, _MINUTES)
        features, sheds = shed_features(walks.made, walks.schools, _MINUTES, within, lambda *_: None)
        (self._folder / "sheds.geojson").write_bytes(features)
        rows = curve(walks, _DETOURS)
        (self._folder / "tradeoff.csv").write_bytes(as_csv(rows))
        return {"shown": told["shown"], "sheds": sheds, "tradeoff": rows}

    def _fixed(self, walks: Walks) -> dict[str, Any]:
        from schoolward.cli.routes_fixes import fix_features, try_fixes

        self._says("fixes")
        fixes = try_fixes(
            walks,
            minutes=TOLERABLE_MINUTES,
            factor=TOLERABLE_FACTOR,
            crossing_m=TOLERABLE_CROSSING_M,
            top=_FIXES,
            tell=lambda *_: None,
        )
        (self._folder / "fixes.geojson").write_bytes(fix_features(walks.made, fixes))
        return {"fixes": fixes, "closure": _closure(walks)}

    def _printed(self, walks: Walks) -> dict[str, Any]:
        import base64
        import dataclasses

        from schoolward.analysis.school_map.drawing import draw
        from schoolward.analysis.school_map.gathering import counts_in_miles
        from schoolward.analysis.school_map.words import MapWords, described
        from schoolward.cli.routes_map import content_of, file_names, print_to, walked_streets

        self._says("maps")
        (self._folder / "maps").mkdir()
        suggested = walked_streets(walks, detour=_DETOUR)
        miles = counts_in_miles(walks.made)
        maps = []
        for school, name in enumerate(file_names(walks.schools.ids)):
            content = content_of(
                walks.made,
                walks.schools,
                school,
                day=datetime.now().astimezone().date(),
                minutes=_MINUTES[-1],
                invented=_INVENTED,
                miles=miles,
                suggested=suggested[school],
            )
            content = dataclasses.replace(content, guards=_guards(content))
            print_to(self._folder / "maps" / name, content)
            drawn = base64.b64encode(draw(content).encode()).decode()
            maps.append({"file": f"maps/{name}", "drawn": drawn, "says": described(content, MapWords())})
        return {"sheets": len(maps), "maps": maps}


def _closure(walks: Walks) -> dict[str, Any]:
    """What closing a street would do: of those that most pupils walk the first with a name and an answer that
    can be shown.

    A street at a school's door is left alone: whoever comes from beyond it has no other way.
    """
    from schoolward.cli.routes_closure import ask

    first: dict[str, Any] = {}
    for place in _busiest(walks):
        told = ask(walks, "street", place)
        if told["where"] and None not in (told["affected"], told["lost"], told["longer_m_mean"]):
            return told
        first = first or told
    return first


def _busiest(walks: Walks) -> list[tuple[float, float]]:
    """The middles of the streets that most pupils walk, but for those at which a school stands."""
    import numpy as np

    from schoolward.analysis.routing.routes import find_routes

    laid, network = walks.laid, walks.made.network
    routes = find_routes(laid.chains, laid.stress, walks.trip)
    walked = np.bincount(routes.ways >> 1, minlength=len(laid.chains.tail))
    at_school = laid.chains.chain_of[walks.trip.schools.edge]
    order = np.argsort(-walked, kind="stable")
    elsewhere = order[~np.isin(order, at_school)][:_STREETS_TRIED]
    if not len(elsewhere):
        elsewhere = order[:1]
    middles = (laid.chains.first[elsewhere] + laid.chains.first[elsewhere + 1]) // 2
    ends = network.ends[laid.chains.edges[middles]]
    longitude, latitude = (axis[ends].mean(axis=1) for axis in (network.longitude, network.latitude))
    return list(zip(longitude.tolist(), latitude.tolist(), strict=True))


def _guards(content: MapContent) -> tuple[GuardPost, ...]:
    """Invented guards: at the nearest crossings of busy roads on the suggested ways that have no signal."""
    from schoolward.analysis.routing.street_tags import Crossing, Street
    from schoolward.analysis.school_map.content import GuardPost
    from schoolward.analysis.school_map.words import on_the_way

    crossings = sorted(
        on_the_way(content),
        key=lambda one: (bool(one[0].help & Crossing.SIGNAL), one[0].across < Street.TERTIARY, one[1]),
    )
    return tuple(GuardPost(one.at, one.where, _HOURS) for one, _ in crossings[:_GUARDS])
