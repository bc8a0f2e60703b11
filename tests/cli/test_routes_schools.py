"""Networks and plans of schools on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.conftest import Ended

from domain.routes.plan_files import network_folder, pupils_file
from schoolward.domains.places.models import Campus

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., Ended]


def test_a_network_is_used_and_schools_are_planned(schoolward: Run, tmp_path: Path) -> None:
    oak = Campus.objects.create(
        name="Oak", slug="oak", address="1 Oak St", address_key="1 OAK ST", longitude=-121.47, latitude=38.53
    )
    folder = network_folder([oak], tmp_path / "one", at=datetime(2012, 9, 1, tzinfo=UTC))
    used = schoolward("routes", "use", folder, "--title", "Tried streets", "--json").json
    assert (used["key"], used["current"]) == ("tried-streets", True)
    assert "Tried streets" in schoolward("routes", "networks").out
    assert schoolward("routes", "networks", "--json").json[0]["about"]["data_quality"]
    file = tmp_path / "pupils.csv"
    file.write_bytes(pupils_file([oak]))
    planned = schoolward("routes", "schools-plan", "--pupils", file, "--json")
    assert planned.json == {"sites": [{"site": "oak", "outcome": "planned"}], "off_network": 0}
    assert "oak" in schoolward("routes", "schools").out
    told = schoolward("routes", "schools", "--json").json
    assert (told[0]["site"], told[0]["pupils"]) == ("oak", 260)
    file.write_text("id,school,lon,lat\nsecret,elm,-121.47,38.53\n")
    refused = schoolward("routes", "schools-plan", "--pupils", file)
    assert refused.code == 5
    assert "row 2, school" in refused.err
    assert "secret" not in refused.err
    assert schoolward("routes", "use", tmp_path).code == 5
