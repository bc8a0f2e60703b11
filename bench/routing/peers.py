"""The same routes by other libraries; started by `paths.py` with an interpreter that has them.

igraph is GPL and is only measured, never used.
"""

from __future__ import annotations

import sys
import time

import numpy as np


def main(file: str) -> None:
    work = np.load(file)
    ends, weights, at, homes = work["ends"], work["weights"], work["schools"], work["homes"]
    count, each = len(work["longitude"]), len(homes) // len(at)
    origins, goals = np.repeat(at, each), homes
    cost, ours = work["cost"], float(work["ours"])

    def told(name: str, seconds: float, made: float, found: np.ndarray | None, share: float = 1.0) -> None:
        scaled = seconds / share
        known = cost[: len(found)] if found is not None else None
        wrong = (
            ""
            if found is None
            else f"   differs by {np.nanmax(np.abs(found - known) / np.where(known > 0, known, np.inf)):.0e}"
        )
        print(
            f"{name:48} {scaled:7.3f} s   {scaled / ours:5.1f} x ours; with {made:.2f} s to prepare "
            f"{(scaled + made) / ours:6.1f} x{wrong}",
            flush=True,
        )

    for peer in (_cch, _igraph, _pandana, _networkx):
        try:
            peer(work, ends, weights, at, homes, origins, goals, each, count, told)
        except ImportError as error:
            print(f"{peer.__name__[1:]}: {error}")


def _cch(work, ends, weights, at, homes, origins, goals, each, count, told):  # type: ignore[no-untyped-def]
    import routingkit_cch as rk

    begun = time.process_time()
    tail = np.concatenate((ends[:, 0], ends[:, 1])).astype(np.uint32)
    head = np.concatenate((ends[:, 1], ends[:, 0])).astype(np.uint32)
    milli = np.concatenate((weights, weights)) * 1000
    order = rk.compute_order_inertial(
        count, tail, head, work["latitude"].astype(np.float32), work["longitude"].astype(np.float32)
    )
    cch = rk.CCH(order, tail, head, False)
    made = time.process_time() - begun
    begun = time.process_time()
    metric = rk.CCHMetric(cch, np.minimum(milli, 2**31 - 1).astype(np.uint32))
    query = rk.CCHQuery(metric)
    some = slice(0, len(homes), 5)
    for origin, goal in zip(origins[some].tolist(), goals[some].tolist(), strict=True):
        walked = query.run(origin, goal).node_path
    assert walked is not None
    told("RoutingKit CCH, point to point (a fifth, scaled)", time.process_time() - begun, made, None, 0.2)


def _igraph(work, ends, weights, at, homes, origins, goals, each, count, told):  # type: ignore[no-untyped-def]
    import igraph

    begun = time.process_time()
    graph = igraph.Graph(n=count, edges=ends.tolist())
    made = time.process_time() - begun
    begun = time.process_time()
    some = max(1, len(at) // 10)
    for school in range(some):
        graph.get_shortest_paths(
            int(at[school]), to=homes[school * each : (school + 1) * each].tolist(), weights=weights
        )
    told(
        "igraph get_shortest_paths (a tenth, scaled)", time.process_time() - begun, made, None, some / len(at)
    )


def _pandana(work, ends, weights, at, homes, origins, goals, each, count, told):  # type: ignore[no-untyped-def]
    import pandana
    import pandas as pd

    begun = time.process_time()
    net = pandana.Network(
        pd.Series(work["longitude"]),
        pd.Series(work["latitude"]),
        pd.Series(ends[:, 0]),
        pd.Series(ends[:, 1]),
        pd.DataFrame({"weight": weights}),
    )
    made = time.process_time() - begun
    begun = time.process_time()
    net.shortest_paths(origins, goals)
    told("pandana shortest_paths", time.process_time() - begun, made, None)


def _networkx(work, ends, weights, at, homes, origins, goals, each, count, told):  # type: ignore[no-untyped-def]
    import networkx as nx

    begun = time.process_time()
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        zip(ends[:, 0].tolist(), ends[:, 1].tolist(), weights.tolist(), strict=True)
    )
    made = time.process_time() - begun
    begun = time.process_time()
    some = max(1, len(at) // 40)
    for school in range(some):
        mine = work["cost"][school * each : (school + 1) * each]
        costs, _ = nx.single_source_dijkstra(
            graph, int(at[school]), cutoff=float(mine[np.isfinite(mine)].max())
        )
        assert len(costs) > 0
    told(
        "networkx single_source_dijkstra (a 40th, scaled)",
        time.process_time() - begun,
        made,
        None,
        some / len(at),
    )


if __name__ == "__main__":
    main(sys.argv[1])
