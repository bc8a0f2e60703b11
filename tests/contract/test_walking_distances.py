"""Walking distances against two public engines, where their answers lie on this machine.

`SCHOOLWARD_MAPS` names a folder with extracts and what OSRM (foot) and Valhalla (pedestrian) said about pairs
of their nodes; without it `../shared/data/osm` beside the repository is looked at. The files are large and
ODbL, and are not part of the repository.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bench.routing.distances import agreement

ROOT = Path(__file__).resolve().parents[2]
MAPS = Path(os.environ.get("SCHOOLWARD_MAPS") or ROOT.parent / "shared" / "data" / "osm")


@pytest.mark.no_database
@pytest.mark.parametrize("city", ["portland", "baltimore"])
def test_distances_are_those_on_which_both_engines_agree(city: str) -> None:
    extract, told = MAPS / f"{city}.osm.pbf", MAPS / f"{city}_walking_distances.csv"
    if not extract.is_file() or not told.is_file():
        pytest.skip(f"{extract} and its distances are not on this machine")
    found = agreement(extract, told)
    assert found.pairs > 2_500
    assert found.osrm >= 0.985
    assert found.either >= 0.985
