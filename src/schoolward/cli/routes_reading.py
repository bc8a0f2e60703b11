"""What the commands of ``schoolward routes`` share: a network, schools and pupils, led to the streets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from schoolward.analysis.routing.chains import Places
    from schoolward.analysis.routing.making import StreetNetwork
    from schoolward.analysis.routing.network import Network
    from schoolward.analysis.routing.plan_tables import Placed
    from schoolward.analysis.routing.planning import Laid
    from schoolward.analysis.routing.routes import Trip

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)
FAR_NAMED = 20
MARGIN = 0.02  # degrees around the network, about two kilometres: a school at its edge may stand outside

_Command = TypeVar("_Command", bound=Callable[..., Any])

graph_option = click.option(
    "--graph",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="A network made by `schoolward routes build`.",
)
schools_option = click.option(
    "--schools", type=FILE, required=True, help="CSV of schools: id,lon,lat and, if you like, name."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Write counts as JSON.")


def pupils_option(*, required: bool = True) -> Callable[[_Command], _Command]:
    """The option that names the file of pupils."""
    return click.option(
        "--pupils",
        type=FILE,
        required=required,
        help="CSV of pupils: id,school,lon,lat; - reads standard input.",
    )


def out_option(what: str, *, required: bool = True) -> Callable[[_Command], _Command]:
    """The option that names the file to write."""
    return click.option(
        "--out",
        type=click.Path(dir_okay=False, path_type=Path),
        required=required,
        help=f"{what} It is replaced only when all is done.",
    )


detour_option = click.option(
    "--detour",
    type=click.FloatRange(1, 100),
    default=1.3,
    show_default=True,
    help="How many times the shortest walk the safest route may be long.",
)


class Degrees(click.ParamType):
    """A place on the command line: LON,LAT."""

    name = "LON,LAT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[float, float]:
        """Two numbers of degrees."""
        if isinstance(value, tuple):
            return value
        try:
            lon, lat = (float(part) for part in str(value).split(","))
        except ValueError:
            self.fail("is no place; write degrees as LON,LAT, for instance -121.4944,38.5816.", param, ctx)
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            self.fail("is no place on the Earth; the longitude comes first.", param, ctx)
        return lon, lat


@dataclass(frozen=True)
class Walks:
    """A network, schools on it, and who walks to them. Pupils are in memory only, and nothing writes them."""

    made: StreetNetwork
    schools: Placed
    pupils: Placed
    met: NDArray[np.int64]  # which rows of the pupils' file are on the network
    trip: Trip

    @cached_property
    def laid(self) -> Laid:
        """The network made ready for routes."""
        from schoolward.analysis.routing.planning import Laid

        return Laid.of(self.made.network)

    @property
    def off_network(self) -> int:
        """How many pupils live farther than a kilometre from any street."""
        return len(self.pupils) - len(self.met)


def read_network(graph: Path) -> StreetNetwork:
    """The network of a folder. Raises CommandError."""
    from schoolward.analysis.routing.saved import SavedProblem, load

    try:
        made = load(graph)
    except SavedProblem as problem:
        raise CommandError(str(problem), ExitCode.REFUSED) from None
    if not len(made.network.ends):
        raise CommandError(f"{graph}: the network has no street; build it again.", ExitCode.NOT_READY)
    return made


def read_schools(network: Network, path: str) -> tuple[Placed, Places]:
    """Schools of a file, and where they meet the network. Raises CommandError."""
    import numpy as np

    from schoolward.analysis.routing.plan_tables import SCHOOLS

    known = read_file(path, network, columns=SCHOOLS, texts=("name",))
    places, near = snapped(network, known)
    if len(near) < len(known):
        away = np.setdiff1d(np.arange(len(known)), near)
        named = ", ".join(known.ids[place] for place in away[:FAR_NAMED])
        raise CommandError(
            f"{path}: farther than a kilometre from any street: {named}"
            f"{' …' if len(away) > FAR_NAMED else ''}. "
            "Mend their coordinates, or build a network around them.",
            ExitCode.REFUSED,
        )
    return known, places


def read_walks(graph: Path, schools: str, pupils: str) -> Walks:
    """Read all three, and lead schools and pupils to the streets. Raises CommandError."""
    from schoolward.analysis.routing.plan_tables import PUPILS
    from schoolward.analysis.routing.routes import Trip

    if schools == pupils == "-":
        raise CommandError(
            "Only one of --schools and --pupils can be standard input; name a file for the other.",
            ExitCode.USAGE,
        )
    made = read_network(graph)
    known, at_schools = read_schools(made.network, schools)
    walking = read_file(pupils, made.network, columns=PUPILS, schools=known)
    at_pupils, met = snapped(made.network, walking)
    return Walks(made, known, walking, met, Trip(at_schools, at_pupils, walking.school_of[met]))


def read_file(path: str, network: Network, **given: Any) -> Placed:
    """Rows of a CSV with places in the network's area; see `read_places`. Raises CommandError, which shows
    no value of a file of pupils.
    """
    from schoolward.analysis.routing.plan_tables import Area, TableFaults, read_places

    with click.open_file(path, "rb") as stream:
        data = stream.read()
    area = Area.of(network.longitude, network.latitude, margin=MARGIN)
    try:
        return read_places(data, "standard input" if path == "-" else path, area=area, **given)
    except TableFaults as faults:
        told = faults.without_values() if given.get("schools") is not None else faults
        raise CommandError(str(told), ExitCode.REFUSED) from None


def snapped(network: Network, places: Placed) -> tuple[Places, NDArray[np.int64]]:
    """Where the rows meet the network, and which of them do."""
    from schoolward.analysis.routing.planning import places_from
    from schoolward.analysis.routing.snapping import snap

    met = snap(network, places.longitude, places.latitude)
    return places_from(met.edge, met.fraction)


def about_of(made: StreetNetwork, **more: Any) -> dict[str, Any]:
    """Whose data a file shows, to stand in it."""
    return {
        "attribution": made.about.get("attribution", ""),
        "license": made.about.get("license_url", ""),
        **more,
    }


def check_folder_of(out: Path, *read: str | None) -> None:
    """Raise CommandError where a file cannot be written: its folder is not there, or it is one of those that
    are read.
    """
    if not out.parent.is_dir():
        raise CommandError(f"{out.parent}: no such folder; make it first.", ExitCode.NOT_FOUND)
    if out.resolve() in {Path(name).resolve() for name in read if name not in (None, "-")}:
        raise CommandError(f"{out}: is read here as well; give --out another name.", ExitCode.REFUSED)
