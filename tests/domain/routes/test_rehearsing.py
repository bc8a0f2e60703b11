"""Once the loops are rehearsed, no question of the pages waits for a compiler."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from domain.routes.plan_files import pupils_file, used_network
from schoolward.analysis.routing.compiling import COMPILES
from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.domains.routes import actions, queries, tasks
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.skipif(not COMPILES, reason="nothing is compiled")
LOOPS = (
    "schoolward.analysis.routing.loops",
    "schoolward.analysis.school_map",
    "schoolward.analysis.walking_bus",
)


def compiled_for() -> Iterator[tuple[str, str, tuple[object, ...]]]:
    """Every loop with the kinds of values that it was compiled for."""
    for module, names in sorted(sys.modules.items()):
        if module.startswith(LOOPS):
            for name, loop in vars(names).items():
                if getattr(loop, "__module__", "") == module:
                    for kinds in getattr(loop, "nopython_signatures", ()):
                        yield module, name, kinds.args


@pytest.mark.django_db
def test_no_question_needs_what_was_not_rehearsed(
    oak: Campus, person: object, at: datetime, tmp_path: Path
) -> None:
    planner: Viewer = person("safe_routes")  # type: ignore[operator]
    used_network([oak], tmp_path, by=planner, at=at)
    school = School.objects.create(cds_code="00000000000001", name="Oak", kind="elementary")
    SchoolOccupancy.objects.create(school=school, campus=oak)
    done: list[Any] = []
    context: Any = SimpleNamespace(at=at, succeed=lambda: done.append("done"))
    tasks.compile_loops.func(context, period="2012-W36")
    assert done == ["done"]
    rehearsed = set(compiled_for())
    assert rehearsed
    pupils = pupils_file([oak])
    actions.plan_ways(pupils=pupils, by=planner, at=at)
    actions.ask_about_change(
        pupils=pupils, change="closed", longitude=-121.47, latitude=38.53, by=planner, at=at
    )
    actions.place_guards(pupils=pupils, guards=2, by=planner, at=at)
    actions.plan_bus(pupils=pupils, site="oak", seconds=0.5, by=planner, at=at)
    asked = queries.map_of("oak", at.date())
    assert asked is not None
    queries.drawn(asked)
    queries.printed(asked)
    assert set(compiled_for()) == rehearsed


def test_the_worker_rehearses_each_week() -> None:
    from schoolward.platform.jobs.definition import scheduled_jobs

    assert tasks.compile_loops in scheduled_jobs()


def test_what_is_compiled_is_kept_for_the_next_process(tmp_path: Path) -> None:
    told = "from schoolward.analysis.routing.rehearsing import rehearse; rehearse()"
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    kept = []
    for _turn in range(2):
        subprocess.run([sys.executable, "-c", told], env=environment, check=True, timeout=600)
        kept.append({path.name for path in tmp_path.rglob("*.nbc")})
    assert kept[0]
    assert kept[0] == kept[1]
