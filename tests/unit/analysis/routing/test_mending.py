"""What a signal, an island or a pavement would change is what the map with it says."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from schoolward.analysis.routing.making import StreetNetwork, make
from schoolward.analysis.routing.mending import Mend, crossing_mends, pavement_mends
from schoolward.analysis.routing.street_tags import Crossing, Street
from schoolward.analysis.routing.stress_model import stress_model
from unit.analysis.routing.drawn import Map

MODEL = stress_model()
MAIN = {"highway": "secondary", "maxspeed": "35 mph", "lanes": "2", "oneway": "yes", "name": "Main Street"}


def town(tmp_path: Path, **signals: str) -> StreetNetwork:
    """Two carriageways, a side street across both, a footpath far off across one, and a lane."""
    drawn = Map()
    drawn.way((-200, 0), (0, 0), (300, 0), (500, 0), **MAIN)
    drawn.way((500, 15), (0, 15), (-200, 15), **MAIN)
    drawn.way((-200, 0), (-200, 15), **MAIN)
    drawn.way((0, -100), (0, 0), (0, 15), (0, 100), highway="residential", name="Side Lane")
    drawn.way((300, -100), (300, 0), (300, 10), highway="footway")
    drawn.way((300, -100), (0, -100), highway="unclassified", sidewalk="no")
    for place, kind in signals.items():
        for north in (0, 15) if place == "side" else (0,):
            drawn.node(0 if place == "side" else 300, north, highway="crossing", crossing=kind)
    return make(drawn.write(tmp_path / "town.osm"))


def applied(made: StreetNetwork, mend: Mend) -> StreetNetwork:
    factor, crossing_m = np.array(made.network.factor), np.array(made.network.crossing_m)
    factor[mend.edges], crossing_m[mend.edges] = mend.factor, mend.crossing_m
    return dataclasses.replace(
        made, network=dataclasses.replace(made.network, factor=factor, crossing_m=crossing_m)
    )


def test_one_signal_serves_both_carriageways_and_is_what_the_map_with_it_says(tmp_path: Path) -> None:
    made = town(tmp_path)
    mends = crossing_mends(made, MODEL)
    assert [(mend.what, mend.street, mend.where) for mend in mends] == [
        ("signal", Street.SECONDARY, "Main Street and Side Lane"),
        ("signal", Street.SECONDARY, "Main Street"),
    ]
    with_it = town(tmp_path, side="traffic_signals")
    np.testing.assert_allclose(applied(made, mends[0]).network.crossing_m, with_it.network.crossing_m)
    assert with_it.network.crossing_m.sum() < made.network.crossing_m.sum()
    other = town(tmp_path, path="traffic_signals")
    np.testing.assert_allclose(applied(made, mends[1]).network.crossing_m, other.network.crossing_m)
    assert (mends[1].longitude, mends[1].latitude) != (mends[0].longitude, mends[0].latitude)


def test_where_the_help_is_there_already_it_is_not_proposed(tmp_path: Path) -> None:
    made = town(tmp_path, side="traffic_signals")
    assert [mend.where for mend in crossing_mends(made, MODEL)] == ["Main Street"]
    # An island helps beside a signal, too; markings do not.
    assert len(crossing_mends(made, MODEL, help_by=Crossing.ISLAND)) == 2
    assert [mend.what for mend in crossing_mends(made, MODEL, help_by=Crossing.MARKED)] == ["marking"]
    assert crossing_mends(made, MODEL, least=Street.PRIMARY) == []


def test_a_pavement_changes_the_street_that_lacks_one(tmp_path: Path) -> None:
    made = town(tmp_path)
    (mend,) = pavement_mends(made, MODEL)
    assert (mend.what, mend.street, mend.where) == ("pavement", Street.UNCLASSIFIED, "")
    assert made.network.factor[mend.edges] == pytest.approx([1.8])
    assert mend.factor == pytest.approx([1 + 0.8 * 0.12])
    assert mend.crossing_m.tolist() == made.network.crossing_m[mend.edges].tolist()


def test_what_collisions_and_reports_add_stays(tmp_path: Path) -> None:
    made = town(tmp_path)
    worse = dataclasses.replace(
        made,
        network=dataclasses.replace(
            made.network, factor=made.network.factor + 0.25, crossing_m=made.network.crossing_m + 40
        ),
    )
    signal, same = crossing_mends(worse, MODEL)[0], crossing_mends(made, MODEL)[0]
    assert signal.crossing_m == pytest.approx(same.crossing_m + 40)
    assert signal.factor == pytest.approx(same.factor + 0.25)
    assert pavement_mends(worse, MODEL)[0].factor == pytest.approx(
        pavement_mends(made, MODEL)[0].factor + 0.25
    )


def test_a_map_without_roads_needs_nothing(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (100, 0), highway="footway")
    made = make(drawn.write(tmp_path / "town.osm"))
    assert crossing_mends(made, MODEL) == []
    assert pavement_mends(made, MODEL) == []
