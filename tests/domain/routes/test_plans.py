"""Networks that are known, and plans of schools: what is kept of pupils, and what is not."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain.routes.plan_files import pupils_file, used_network
from schoolward.domains.places.models import Campus
from schoolward.domains.routes import actions
from schoolward.domains.routes.models import SchoolPlan, StreetNetwork, WalkedStreet
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db


def test_a_plan(oak: Campus, person: Any, at: datetime, tmp_path: Path) -> None:
    by: Viewer = person("safe_routes")
    network = used_network([oak], tmp_path, by=by, at=at)
    print(network.nodes, network.edges)
    done = actions.plan_ways(pupils=pupils_file([oak]), by=by, at=at)
    plan = SchoolPlan.objects.get()
    print(done, plan.__dict__, plan.streets.count(), list(plan.fixes.values()))
    print(list(WalkedStreet.objects.values_list("name", "pupils", "factor", "crossing_m")[:20]))
    assert StreetNetwork.objects.get().current
