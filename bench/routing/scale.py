"""A state of areas, each planned by itself on Dask workers of this machine, to Parquet with every node.

    python bench/routing/scale.py [--pupils 5000000] [--workers 2] [--folder FOLDER]

An area is a generated city of 20 schools with 1,000 pupils each; areas are cut from ten. Workers keep the ten
networks; what each task costs is laying out pupils, their routes of least stress and writing the file. The
first area is also run in this process, and its file must be the same to the last byte.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from functools import lru_cache
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "tests"), str(ROOT / "bench" / "routing")]

SCHOOLS, EACH, CITIES = 20, 1_000, 10


@lru_cache(maxsize=CITIES)
def _city(seed: int):  # type: ignore[no-untyped-def]
    """A network, folded and weighed, with its schools and how far all nodes are from each."""
    from schoolward.analysis.routing.chains import fold, weigh
    from unit.analysis.routing.streets import grid

    network = grid(60, seed=seed, bends=4, step=0.001)
    chains = fold(network)
    chance = np.random.default_rng(seed)
    schools = chance.integers(0, len(network.node_ids), SCHOOLS)
    near = []
    for school in schools.tolist():
        east = (network.longitude - network.longitude[school]) * 88_000
        north = (network.latitude - network.latitude[school]) * 111_000
        near.append(np.flatnonzero(np.hypot(east, north) < 2_500))
    return network, chains, weigh(chains, network.stress), schools, near


def area(number: int, folder: str) -> tuple[int, float, int]:
    """Plan one area; how many pupils, processor seconds, and the worker's peak memory in MB."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from schoolward.analysis.routing.chains import places_at_nodes
    from schoolward.analysis.routing.routes import Trip, find_routes, route_nodes

    network, chains, weights, schools, near = _city(number % CITIES)
    begun = time.process_time()
    chance = np.random.default_rng(number)
    homes = np.concatenate([chance.choice(around, EACH) for around in near])
    trip = Trip(
        places_at_nodes(network, schools),
        places_at_nodes(network, homes),
        np.repeat(np.arange(SCHOOLS, dtype=np.int32), EACH),
    )
    routes = find_routes(chains, weights, trip)
    first, nodes = route_nodes(chains, trip, routes)
    table = pa.table(
        {
            "pupil": pa.array(np.arange(len(homes), dtype=np.int32)),
            "stress": pa.array(routes.cost.astype(np.float32)),
            "nodes": pa.ListArray.from_arrays(pa.array(first.astype(np.int32)), pa.array(nodes)),
        }
    )
    pq.write_table(table, Path(folder) / f"{number:05}.parquet", compression="zstd", use_dictionary=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return len(homes), time.process_time() - begun, peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pupils", type=int, default=5_000_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    os.environ["PYTHONPATH"] = os.pathsep.join([*sys.path[:3], os.environ.get("PYTHONPATH", "")])
    from distributed import Client, LocalCluster, as_completed
    from machine import state

    areas = max(1, given.pupils // (SCHOOLS * EACH))
    folder = Path(tempfile.mkdtemp(dir=given.folder))
    try:
        with (
            LocalCluster(n_workers=given.workers, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            import scale

            # Networks are there and loops are compiled before the clock starts, as on a cluster that is up.
            client.run(scale.warm, str(folder))
            print(state())
            begun = time.perf_counter()
            tasks = client.map(scale.area, range(areas), folder=str(folder), pure=False, retries=2)
            done = [task.result() for task in as_completed(tasks)]
            took = time.perf_counter() - begun
        pupils, seconds, peaks = (list(column) for column in zip(*done, strict=True))
        size = sum(file.stat().st_size for file in folder.glob("*.parquet"))
        everybody, processor = sum(pupils), sum(seconds)
        schools = areas * SCHOOLS
        print(
            f"{everybody:,} pupils of {schools:,} schools in {took:.1f} s: {everybody / took:,.0f} a second"
        )
        print(f"{processor:.1f} s of processor: {everybody / processor:,.0f} a second of one core")
        print(f"{max(peaks)} MB a worker at most; {size / 1e6:.0f} MB written")
        local = folder / "here"
        local.mkdir()
        area(0, str(local))
        same = (local / "00000.parquet").read_bytes() == (folder / "00000.parquet").read_bytes()
        print(f"the first area run here: {'the same to the last byte' if same else 'DIFFERS'}")
        assert same
    finally:
        shutil.rmtree(folder)


def warm(folder: str) -> None:
    """Make all cities, and run one area."""
    for seed in range(CITIES):
        _city(seed)
    area(0, folder)


if __name__ == "__main__":
    main()
