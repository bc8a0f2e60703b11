"""Routes on the workers of a Dask cluster: whole schools as tasks, and the same code for each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.analysis.routing.planning import Laid, Part, Plan
    from schoolward.analysis.routing.routes import Trip
    from schoolward.cli.terminal import Told

PUPILS_A_TASK = 20_000
RETRIES = 2
_CONNECTING = "20s"


def plan_on_workers(address: str, graph: Path, trip: Trip, *, detour: float, nodes: bool, tell: Told) -> Plan:
    """Plan in parts on a cluster. A part whose worker dies is planned again elsewhere.

    Each worker maps the network from the folder once, and finds what a run on this machine finds.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise CommandError(
            "Dask is not installed; install schoolward[scale], or leave out --dask.", ExitCode.NOT_READY
        ) from None
    from schoolward.analysis.routing.planning import join, parts_of

    try:
        client = Client(address, timeout=_CONNECTING, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CommandError(
            f"{address}: no Dask scheduler answers there ({error}); start one, or leave out --dask.",
            ExitCode.NOT_READY,
        ) from None
    with client, client.as_current():
        if not client.scheduler_info()["workers"]:
            raise CommandError(f"{address}: the scheduler has no workers; start some.", ExitCode.NOT_READY)
        parts = list(parts_of(trip, pupils=PUPILS_A_TASK))
        tasks = [
            client.submit(
                plan_part,
                str(graph.absolute()),
                part,
                detour=detour,
                nodes=nodes,
                retries=RETRIES,
                pure=False,
            )
            for part in parts
        ]
        place_of = {task.key: place for place, task in enumerate(tasks)}
        done: list[tuple[Any, Plan]] = []
        for task in as_completed(tasks):
            try:
                done.append((parts[place_of[task.key]].pupils, task.result()))
            except Exception as error:
                client.cancel(tasks)
                raise CommandError(
                    f"A worker could not plan its part, in {RETRIES + 1} tries: {error}", ExitCode.FAILED
                ) from error
            task.release()
            tell(len(done), len(parts), "")
        return join(done, len(trip.pupils))


def plan_part(graph: str, part: Part, *, detour: float, nodes: bool) -> Plan:
    """Plan one part; runs on a worker."""
    from schoolward.analysis.routing.planning import plan_routes

    return plan_routes(_laid(graph), part.trip, detour=detour, nodes=nodes)


_LAID: dict[tuple[str, int], Laid] = {}


def _laid(graph: str) -> Laid:
    """The network of a folder, made ready once in each process, and again when it has been replaced."""
    from schoolward.analysis.routing.planning import Laid
    from schoolward.analysis.routing.saved import DESCRIPTION, load

    made = (graph, (Path(graph) / DESCRIPTION).stat().st_mtime_ns)
    if made not in _LAID:
        _LAID.clear()
        _LAID[made] = Laid.of(load(graph).network)
    return _LAID[made]
