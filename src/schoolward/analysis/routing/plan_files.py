"""Write a plan: a CSV, and beside it the nodes of every route as Parquet and its line as GeoJSON.

All files are written beside their places and put there when all are whole. Nodes and lines tell where pupils
live nearly as well as addresses do: their files are for their owner alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import numpy as np

from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.planning import Plan
from schoolward.analysis.routing.writing import File, put_files

__all__ = ["HEADER", "lines_file", "nodes_file", "write_plan"]

HEADER = ("id", "shortest_m", "route_m", "stress", "reachable")


def nodes_file(out: Path) -> Path:
    """Where the nodes of a plan's routes are written."""
    return out.with_suffix(".nodes.parquet")


def lines_file(out: Path) -> Path:
    """Where the lines of a plan's routes are written."""
    return out.with_suffix(".lines.geojson")


def write_plan(
    out: Path, network: Network, ids: Sequence[str], school_ids: Sequence[str], plan: Plan, *, paths: bool
) -> list[Path]:
    """Write a plan and return the files. `school_ids` is the school of each pupil."""

    def write_nodes(stream: IO[bytes]) -> None:
        write_parquet(stream, network, ids, plan)

    def write_lines(stream: IO[bytes]) -> None:
        write_geojson(stream, network, ids, school_ids, plan)

    files = [File(out, lambda stream: write_csv(stream, ids, plan))]
    if paths:
        files += [
            File(nodes_file(out), write_nodes, secret=True),
            File(lines_file(out), write_lines, secret=True),
        ]
    return put_files(files)


def write_csv(stream: IO[bytes], ids: Sequence[str], plan: Plan) -> None:
    """One row a pupil: metres and stress to a tenth of a millimetre, nothing where no route is."""
    rows = [",".join(HEADER)]
    numbers = zip(
        ids,
        plan.shortest_m.tolist(),
        plan.route_m.tolist(),
        plan.stress.tolist(),
        plan.reachable.tolist(),
        strict=True,
    )
    for one, shortest, route, stress, reachable in numbers:
        shown = f'"{one.replace(chr(34), chr(34) * 2)}"' if set(one) & _TO_QUOTE else one
        rows.append(
            f"{shown},{shortest:.4f},{route:.4f},{stress:.4f},true" if reachable else f"{shown},,,,false"
        )
    stream.write(("\r\n".join(rows) + "\r\n").encode())


_TO_QUOTE = frozenset(',"\r\n')


def write_parquet(stream: IO[bytes], network: Network, ids: Sequence[str], plan: Plan) -> None:
    """The extract's node ids of each route, from the pupil to the school; null where no route is."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    mask = pa.array(~plan.reachable)
    nodes = pa.ListArray.from_arrays(
        pa.array(plan.first.astype(np.int32)), pa.array(network.node_ids[plan.nodes]), mask=mask
    )
    table = pa.table({"id": pa.array(ids, pa.string()), "nodes": nodes})
    pq.write_table(table, stream, compression="zstd")


def write_geojson(
    stream: IO[bytes], network: Network, ids: Sequence[str], school_ids: Sequence[str], plan: Plan
) -> None:
    """A line a pupil through the nodes of the route (RFC 7946): it does not show the address itself.

    A route that passes fewer than two nodes has no line.
    """
    used, at = np.unique(plan.nodes, return_inverse=True)
    points = [
        f"[{longitude:.7f},{latitude:.7f}]"
        for longitude, latitude in zip(
            network.longitude[used].tolist(), network.latitude[used].tolist(), strict=True
        )
    ]
    stream.write(b'{"type":"FeatureCollection","features":[\n')
    places = at.tolist()
    for pupil, one in enumerate(ids):
        begin, end = int(plan.first[pupil]), int(plan.first[pupil + 1])
        line = (
            '{"type":"LineString","coordinates":['
            + ",".join([points[place] for place in places[begin:end]])
            + "]}"
            if end - begin > 1
            else "null"
        )
        told: dict[str, str | float] = {"id": one, "school": school_ids[pupil]}
        if plan.reachable[pupil]:
            told |= {
                "shortest_m": round(float(plan.shortest_m[pupil]), 1),
                "route_m": round(float(plan.route_m[pupil]), 1),
                "stress": round(float(plan.stress[pupil]), 1),
            }
        comma = "," if pupil + 1 < len(ids) else ""
        stream.write(
            f'{{"type":"Feature","geometry":{line},"properties":{json.dumps(told)}}}{comma}\n'.encode()
        )
    stream.write(b"]}\n")
