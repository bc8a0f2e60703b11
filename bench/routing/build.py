"""How quickly a network is made of an extract, beside osmium's own plain handler in the same run.

    python bench/routing/build.py [EXTRACT]

The default is porto_portugal.osm.pbf in the folder that SCHOOLWARD_MAPS names, ../shared/data/osm without it.
Each runs in a process of its own, so that its memory is its own; imports are not counted. The handler is what
osmium's documentation shows first: Python is called for each way, and asks each node for id and position. It
keeps edges and lengths, and no more: no stress, no crossings, no components.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench")]

from machine import state  # noqa: E402

MAPS = Path(os.environ.get("SCHOOLWARD_MAPS", ROOT.parent / "shared" / "data" / "osm"))
DEFAULT = MAPS / "porto_portugal.osm.pbf"
GOAL_S, GOAL_MB = 1.5, 350
POINTS, GOAL_SNAP_S = 40_000, 0.3
RUNS = 3


def ours(extract: Path) -> dict[str, float]:
    """The whole: network, streets, crossings, stress, and what is to be known about the data."""
    import osmium  # noqa: F401
    import scipy.sparse.csgraph
    import scipy.spatial  # noqa: F401

    from schoolward.analysis.routing.making import make

    begun = time.process_time()
    made = make(extract)
    took = time.process_time() - begun
    return {"seconds": took, "nodes": len(made.network.node_ids), "edges": len(made.network.ends)}


def handler(extract: Path) -> dict[str, float]:
    """Edges and lengths of every highway by a plain handler."""
    import osmium

    class Streets(osmium.SimpleHandler):
        def __init__(self) -> None:
            super().__init__()
            self.nodes: dict[int, tuple[float, float]] = {}
            self.edges: list[tuple[int, int, float]] = []

        def way(self, way: osmium.osm.Way) -> None:
            if "highway" not in way.tags or way.tags.get("foot") == "no":
                return
            before = None
            for node in way.nodes:
                if node.location.valid():
                    self.nodes[node.ref] = node.location.lon, node.location.lat
                    if before is not None:
                        length = osmium.geom.haversine_distance(before.location, node.location)
                        self.edges.append((before.ref, node.ref, length))
                    before = node

    begun = time.process_time()
    streets = Streets()
    streets.apply_file(str(extract), locations=True)
    took = time.process_time() - begun
    return {"seconds": took, "nodes": len(streets.nodes), "edges": len(streets.edges)}


def snapping(extract: Path) -> dict[str, float]:
    """Forty thousand addresses within some eighty metres of a street, the grid made anew."""
    import numpy as np

    from schoolward.analysis.routing.making import make
    from schoolward.analysis.routing.snapping import snap

    network = make(extract).network
    random = np.random.default_rng(7)
    near = random.integers(0, len(network.node_ids), POINTS)
    longitude = network.longitude[near] + random.normal(0, 3e-4, POINTS)
    latitude = network.latitude[near] + random.normal(0, 2e-4, POINTS)
    begun = time.process_time()
    met = snap(network, longitude, latitude)
    took = time.process_time() - begun
    return {"seconds": took, "nodes": int((met.edge >= 0).sum()), "edges": len(network.ends)}


def measured(which: str, extract: Path) -> dict[str, float]:
    """The best of a few runs, each in a process of its own."""
    best: dict[str, float] = {}
    for _ in range(RUNS):
        ended = subprocess.run(
            [sys.executable, __file__, str(extract), which], check=True, capture_output=True, text=True
        )
        one: dict[str, float] = json.loads(ended.stdout)
        if not best or one["seconds"] < best["seconds"]:
            best = one
    return best


def main() -> None:
    """Print seconds of processor and megabytes, and the ratio."""
    extract = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not extract.is_file():
        sys.exit(f"{extract}: there is no such file; name an extract of OpenStreetMap.")
    if len(sys.argv) > 2:
        result = {"ours": ours, "handler": handler, "snapping": snapping}[sys.argv[2]](extract)
        result["mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(result))
        return
    print(state())
    plain, whole, snapped = (measured(which, extract) for which in ("handler", "ours", "snapping"))
    print(f"{extract.name}: {whole['nodes']:,.0f} nodes, {whole['edges']:,.0f} edges")
    print(
        f"network, stress, quality  {whole['seconds']:.2f} CPU-s (goal {GOAL_S})  "
        f"{whole['mb']:.0f} MB (goal {GOAL_MB})"
    )
    print(
        f"osmium's plain handler    {plain['seconds']:.2f} CPU-s  {plain['mb']:.0f} MB  "
        f"ratio {plain['seconds'] / whole['seconds']:.1f}"
    )
    print(
        f"{POINTS:,} addresses snapped  {snapped['seconds']:.2f} CPU-s (goal {GOAL_SNAP_S}), "
        f"{snapped['nodes']:,.0f} met a street"
    )


if __name__ == "__main__":
    main()
