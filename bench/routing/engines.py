"""The safest route of every pupil beside the routes that OSRM and Valhalla give over their own interfaces.

    python bench/routing/engines.py EXTRACT [--osrm FOLDER] [--valhalla FOLDER] [--seed 5] [--asked 2000]

FOLDER is an unpacked wheel of `osrm-bindings` or `pyvalhalla`, whose executables run by themselves. Seconds
are of the processor: of the engine's server alone, not of who asks it, scaled from the routes that were asked
to all of them. The engines look for the quickest walk, which knows no stress; what making their data takes is
told beside it.
"""

from __future__ import annotations

import http.client
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from cities import arguments, city, trip
from machine import state

from schoolward.analysis.routing.chains import fold, weigh
from schoolward.analysis.routing.routes import find_routes, route_nodes

TICK = os.sysconf("SC_CLK_TCK")
Pair = tuple[float, float, float, float]  # longitude, latitude of a home; of its school


def main() -> None:
    parser = arguments(__doc__.splitlines()[0])
    parser.add_argument("--osrm", type=Path, help="an unpacked wheel of osrm-bindings")
    parser.add_argument("--valhalla", type=Path, help="an unpacked wheel of pyvalhalla")
    parser.add_argument("--asked", type=int, default=2_000, help="routes to ask of each engine")
    given = parser.parse_args()
    network = city(given.extract)
    walks, at, homes = trip(network, given.schools, given.pupils, given.seed)
    print(state())
    took = np.inf
    for _ in range(5):
        begun = time.process_time()
        chains = fold(network)
        routes = find_routes(chains, weigh(chains, network.stress), walks)
        route_nodes(chains, walks, routes)
        took = min(took, time.process_time() - begun)
    print(f"ours, {len(homes):,} routes with every node                {took:8.3f} s")
    goals = np.repeat(at, given.pupils)
    some = np.linspace(0, len(homes) - 1, given.asked).astype(int)
    pairs: list[Pair] = [
        (network.longitude[home], network.latitude[home], network.longitude[goal], network.latitude[goal])
        for home, goal in zip(homes[some].tolist(), goals[some].tolist(), strict=True)
    ]
    for name, folder, engine in (
        ("OSRM route, foot", given.osrm, _osrm),
        ("Valhalla route, pedestrian", given.valhalla, _valhalla),
    ):
        if folder is None:
            continue
        with tempfile.TemporaryDirectory() as room:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            with engine(folder, Path(given.extract).resolve(), Path(room)) as (server, port, ask):
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                made = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                spent, found = _ask(server.pid, port, ask, pairs)
        scaled = spent * len(homes) / len(pairs)
        print(
            f"{name:44} {scaled:8.2f} s  {scaled / took:8.0f} x ours; {found:,} of {len(pairs):,} found; "
            f"{made:.1f} s to make its data"
        )


def _ask(pid: int, port: int, ask: Callable[[Pair], str], pairs: list[Pair]) -> tuple[float, int]:
    """Ask for all routes, one after another; the server's seconds, and how many it found."""
    talk = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    found = 0
    begun = _spent(pid)
    for number, pair in enumerate(pairs):
        if number % 100 == 0:  # OSRM ends a connection after some hundred requests
            talk.close()
        talk.request("GET", ask(pair))
        answer = talk.getresponse()
        answer.read()
        found += answer.status == 200
    return _spent(pid) - begun, found


def _spent(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


@contextmanager
def _serving(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as try_it:
                if try_it.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            raise SystemExit(f"{command[0]} does not answer.")
        yield server
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _run(*command: str | Path) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stdout.decode()[-500:]}{done.stderr.decode()[-500:]}")


@contextmanager
def _osrm(folder: Path, extract: Path, room: Path) -> Iterator[tuple]:  # type: ignore[type-arg]
    programs, profiles = folder / "osrm/bin", folder / "osrm/share/profiles"
    copy = room / "city.osm.pbf"
    copy.symlink_to(extract)
    for program in programs.iterdir():
        program.chmod(0o755)
    _run(programs / "osrm-extract", "-p", profiles / "foot.lua", copy)
    _run(programs / "osrm-contract", room / "city.osrm")
    port = _free_port()
    command = [
        str(programs / "osrm-routed"),
        "--ip",
        "127.0.0.1",
        "-p",
        str(port),
        "-t",
        "1",
        str(room / "city.osrm"),
    ]
    with _serving(command, port) as server:
        yield (
            server,
            port,
            lambda pair: (
                "/route/v1/foot/{:.7f},{:.7f};{:.7f},{:.7f}".format(*pair)
                + "?overview=full&geometries=polyline6&annotations=nodes"
            ),
        )


@contextmanager
def _valhalla(folder: Path, extract: Path, room: Path) -> Iterator[tuple]:  # type: ignore[type-arg]
    programs = folder / "valhalla/bin"
    for program in programs.iterdir():
        program.chmod(0o755)
    port = _free_port()
    config = json.loads(
        subprocess.run(
            [sys.executable, str(folder / "valhalla/valhalla_build_config.py"),
             "--mjolnir-tile-dir", str(room / "tiles"), "--httpd-service-listen", f"tcp://127.0.0.1:{port}"],
            capture_output=True, check=True,
        ).stdout
    )  # fmt: skip
    file = room / "valhalla.json"
    file.write_text(json.dumps(config))
    _run(programs / "valhalla_build_tiles", "-c", file, extract)
    with _serving([str(programs / "valhalla_service"), str(file), "1"], port) as server:

        def ask(pair: Pair) -> str:
            from urllib.parse import quote

            places = [{"lon": pair[0], "lat": pair[1]}, {"lon": pair[2], "lat": pair[3]}]
            return "/route?json=" + quote(
                json.dumps({"locations": places, "costing": "pedestrian", "directions_type": "none"})
            )

        yield server, port, ask


if __name__ == "__main__":
    sys.exit(main())
