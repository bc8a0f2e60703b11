"""A Dask worker that dies in the middle of a plan: its part is planned elsewhere, and no byte differs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from unit.analysis.routing.drawn import position, small_town

Run = Callable[..., Ended]
PATIENCE_S = 120.0

#: A worker whose parts wait until the test lets them go on, so that one can be killed while it has one.
WORKER = """
import asyncio, os, pathlib, sys, time
from distributed import Worker
from schoolward.cli import routes_dask

folder, address = pathlib.Path(sys.argv[1]), sys.argv[2]
plan = routes_dask.plan_part

def waits(*arguments, **more):
    (folder / f"begun-{os.getpid()}").touch()
    while not (folder / "go-on").exists():
        time.sleep(0.02)
    return plan(*arguments, **more)

routes_dask.plan_part = waits

async def work():
    own = str(folder / f"worker-{os.getpid()}")
    async with Worker(address, nthreads=1, local_directory=own, dashboard=False) as worker:
        await worker.finished()

asyncio.run(work())
"""


@contextmanager
def scheduler() -> Iterator[Any]:
    """A scheduler in this process, with no worker yet."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=0, processes=False, protocol="tcp://", dashboard_address=None
    ) as cluster:
        yield cluster


def started(folder: Path, address: str) -> subprocess.Popen[bytes]:
    script = folder / "worker.py"
    script.write_text(WORKER, encoding="utf-8")
    with (folder / "workers.log").open("ab") as log:
        return subprocess.Popen([sys.executable, str(script), str(folder), address], stdout=log, stderr=log)


def wait_until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, f"Waited in vain until {what}."
        time.sleep(0.02)


def test_a_worker_that_is_killed_changes_nothing(
    schoolward: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    from schoolward.cli import routes_dask

    monkeypatch.setattr(routes_dask, "PUPILS_A_TASK", 1)  # each school is a task of its own
    made = schoolward(
        "routes", "build", small_town().write(tmp_path / "town.osm"), "--out", tmp_path / "graph"
    )
    assert made.code == ExitCode.DONE
    schools, pupils = ["id,lon,lat"], ["id,school,lon,lat"]
    for number in range(6):
        lon, lat = position(100 * number, 600)
        schools.append(f"S{number},{lon:.7f},{lat:.7f}")
        for home in range(4):
            lon, lat = position(150 * home + 20, 90 * number)
            pupils.append(f"{number}-{home},S{number},{lon:.7f},{lat:.7f}")
    for name, rows in (("schools", schools), ("pupils", pupils)):
        (tmp_path / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")

    def plan(*more: object) -> tuple[Ended, dict[str, bytes]]:
        ended = schoolward(
            "routes", "plan", "--graph", tmp_path / "graph", "--schools", tmp_path / "schools.csv",
            "--pupils",
            tmp_path / "pupils.csv", "--out", tmp_path / "plan.csv", "--paths", *more,
        )  # fmt: skip
        return ended, {path.name: path.read_bytes() for path in tmp_path.glob("plan.*")}

    ended, here = plan()
    assert ended.code == ExitCode.DONE, ended.err
    assert len(here) == 3
    for path in tmp_path.glob("plan.*"):
        path.unlink()

    killed: list[int] = []
    with scheduler() as cluster:
        workers = [started(tmp_path, cluster.scheduler_address) for _ in range(2)]
        try:
            wait_until(lambda: len(cluster.scheduler.workers) == 2, "both workers had come")

            def kill_one() -> None:
                try:
                    wait_until(lambda: len(list(tmp_path.glob("begun-*"))) == 2, "both worked on a part")
                    os.kill(workers[0].pid, signal.SIGKILL)
                    workers[0].wait(PATIENCE_S)
                    killed.append(workers[0].pid)
                finally:
                    (tmp_path / "go-on").touch()

            killer = threading.Thread(target=kill_one)
            killer.start()
            ended, there = plan("--dask", cluster.scheduler_address)
            killer.join(PATIENCE_S)
        finally:
            for worker in workers:
                worker.kill()
                worker.wait(PATIENCE_S)
    assert ended.code == ExitCode.DONE, ended.err
    assert killed == [workers[0].pid]
    assert (tmp_path / f"begun-{workers[0].pid}").exists()
    assert there == here
