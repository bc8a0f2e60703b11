"""From an extract to the network: what is walked, in one piece."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import osmium
import pytest

from schoolward.analysis.routing.building import build, read_network
from schoolward.analysis.routing.extract import ExtractProblem, read_extract
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.walking import Walk
from unit.analysis.routing.drawn import Map


def pairs(network: Network) -> set[tuple[int, int]]:
    """The edges by the extract's ids of their nodes, the smaller first."""
    ids = network.node_ids[network.ends]
    return {(int(a), int(b)) for a, b in np.sort(ids, axis=1)}


def test_every_bend_is_a_node_and_lengths_are_metres_on_the_ground(tmp_path: Path) -> None:
    drawn = Map()
    way = drawn.way((0, 0), (30, 40), (30, 140), highway="residential", name="Élan, West = 4th %")
    network = read_network(drawn.write(tmp_path / "town.osm"))
    assert network.node_ids.tolist() == [100, 101, 102]
    assert pairs(network) == {(100, 101), (101, 102)}
    assert network.length_m == pytest.approx([50, 100], abs=0.02)
    assert network.way_ids.tolist() == [way, way]
    assert (network.longitude[0], network.latitude[0]) == (-121.5, 38.5)
    assert network.stress == pytest.approx(network.length_m)


def test_names_are_kept_whatever_signs_are_in_them(tmp_path: Path) -> None:
    name = "Élan, West = 4th %20% 北\tTN n1x2y3"
    drawn = Map()
    drawn.way((0, 0), (30, 0), highway="residential", name=name)
    extract = read_extract(drawn.write(tmp_path / "town.osm"))
    assert [extract.names[which] for which in extract.way_name] == [name]


def test_xml_and_pbf_give_the_same_network(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (100, 0), (100, 100), highway="residential")
    drawn.way((100, 0), (200, 5), highway="footway")
    drawn.node(100, 100, barrier="gate", locked="yes")
    xml = drawn.write(tmp_path / "town.osm")
    pbf = tmp_path / "town.osm.pbf"
    with osmium.SimpleWriter(str(pbf)) as writer:
        osmium.apply(osmium.io.Reader(str(xml)), writer)
    one, other = read_network(xml), read_network(pbf)
    for field in ("node_ids", "ends", "length_m", "way_ids"):
        assert getattr(one, field).tolist() == getattr(other, field).tolist()


def test_closed_ways_are_left_out_and_counted_by_reason(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (100, 0), highway="residential")
    drawn.way((100, 0), (100, 100), highway="service", access="private")
    drawn.way((0, 0), (0, 100), highway="motorway")
    drawn.way((0, 0), (-50, 0), route="ferry")
    drawn.way((100, 0), (200, 0), highway="construction")
    built = build(read_extract(drawn.write(tmp_path / "town.osm")))
    assert pairs(built.network) == {(100, 101)}
    assert built.ways == {
        Walk.OPEN: 1,
        Walk.CLOSED: 1,
        Walk.FAST: 1,
        Walk.FERRY: 1,
        Walk.UNBUILT: 1,
    }


def test_the_largest_piece_is_kept_and_the_others_are_counted(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (10, 0), (20, 0), highway="residential")
    drawn.way((500, 0), (900, 0), highway="residential")
    built = build(read_extract(drawn.write(tmp_path / "town.osm")))
    assert [(piece.nodes, piece.edges) for piece in built.components] == [(3, 2), (2, 1)]
    assert built.components[1].length_m == pytest.approx(400, abs=0.1)
    assert len(built.network.node_ids) == 3


def test_a_bridge_and_the_street_below_do_not_meet(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (50, 0), (100, 0), highway="residential")
    drawn.way((50.5, -50), (50.5, 50), highway="footway", bridge="yes", layer="1")
    drawn.way((0, 0), (50.5, -50), highway="footway")
    network = read_network(drawn.write(tmp_path / "town.osm"))
    assert len(network.node_ids) == 5
    assert len(network.ends) == 4


def test_a_locked_gate_is_reached_from_both_sides_and_not_passed(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (50, 0), (100, 0), highway="footway")
    drawn.way((0, 0), (0, 80), (100, 80), (100, 0), highway="residential")
    gate = drawn.node(50, 0, barrier="gate", locked="yes")
    built = build(read_extract(drawn.write(tmp_path / "town.osm")))
    network = built.network
    assert built.stopped_at == 1
    assert np.count_nonzero(network.node_ids == gate) == 2
    assert np.bincount(network.ends.ravel())[network.node_ids == gate].tolist() == [1, 1]


def test_a_square_is_walked_along_its_outline(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (40, 0), (40, 40), (0, 40), (0, 0), highway="pedestrian", area="yes")
    network = read_network(drawn.write(tmp_path / "town.osm"))
    assert len(network.ends) == 4
    assert network.length_m.sum() == pytest.approx(160, abs=0.1)


def test_a_square_drawn_as_a_multipolygon_is_walked_along_all_its_rings(tmp_path: Path) -> None:
    drawn = Map()
    outer = drawn.way((0, 0), (40, 0), (40, 40), (0, 40), (0, 0))
    fountain = drawn.way((10, 10), (20, 10), (20, 20), (10, 10))
    path = drawn.way((40, 0), (10, 10), highway="footway")
    wall = drawn.way((40, 40), (20, 20), highway="steps")
    drawn.square(outer, fountain, wall, highway="pedestrian", name="Plaza, 1st % = “Sol”")
    drawn.square(drawn.way((0, 0), (-9, 0), (-9, 9), (0, 0)), building="school")
    extract = read_extract(drawn.write(tmp_path / "town.osm"))
    network = build(extract).network
    assert sorted(set(network.way_ids.tolist())) == [outer, fountain, path, wall]
    assert len(network.ends) == 4 + 3 + 1 + 1
    kinds = dict(zip(extract.way_ids.tolist(), extract.way_kind.tolist(), strict=True))
    assert extract.kinds[kinds[fountain]] == {"highway": "pedestrian"}
    assert extract.kinds[kinds[wall]] == {"highway": "steps"}  # what a way says of itself goes first
    names = dict(zip(extract.way_ids.tolist(), extract.way_name.tolist(), strict=True))
    assert extract.names[names[outer]] == "Plaza, 1st % = “Sol”"


def test_a_fence_is_no_way(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (10, 0), highway="residential")
    drawn.way((0, 5), (10, 5), barrier="fence")
    assert read_extract(drawn.write(tmp_path / "town.osm")).way_ids.tolist() == [1]


def test_ways_before_their_nodes_are_told_apart_from_closed_ones(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (10, 0), highway="residential")
    text = drawn.write(tmp_path / "town.osm").read_text(encoding="utf-8")
    head = text[: text.index("<node")]
    nodes = text[text.index("<node") : text.index("<way")]
    way = text[text.index("<way") : text.index("</osm>")]
    (tmp_path / "town.osm").write_text(f"{head}{way}{nodes}</osm>", encoding="utf-8")
    with pytest.raises(ExtractProblem, match="osmium sort"):
        read_network(tmp_path / "town.osm")


def test_loops_are_left_out_and_two_streets_between_two_nodes_stay_two(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (0, 0), (100, 0), highway="residential")
    drawn.way((0, 0), (100, 0), highway="footway")
    network = read_network(drawn.write(tmp_path / "town.osm"))
    assert len(network.ends) == 2
    assert network.way_ids.tolist() == [1, 2]


def test_a_cut_extract_is_walked_as_far_as_it_goes(tmp_path: Path) -> None:
    drawn = Map()
    drawn.way((0, 0), (100, 0), (200, 0), (300, 0), (400, 0), highway="residential")
    drawn.way((0, 0), (50, 50), (400, 0), highway="footway")
    drawn.forget(200, 0)
    extract = read_extract(drawn.write(tmp_path / "town.osm"))
    network = build(extract).network
    assert np.isnan(extract.longitude).sum() == 1
    assert pairs(network) == {(100, 101), (103, 104), (100, 105), (104, 105)}


EMPTY = '<?xml version="1.0"?><osm version="0.6"></osm>'


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.osm.pbf", b"", "is empty"),
        ("letter.osm.pbf", b"Dear parents, the walking bus leaves at 7:40." * 20, "cannot be read"),
        ("half.osm", b'<?xml version="1.0"?><osm version="0.6"><node id="1" lat="1"', "cannot be read"),
        ("nothing.osm", EMPTY.encode(), "no streets or paths"),
        ("table.csv", b"id,lon,lat\n1,2,3\n", "cannot be read"),
    ],
)
def test_what_is_no_extract_is_refused_by_name(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ExtractProblem, match=says) as problem:
        read_network(path)
    assert name in str(problem.value)


def test_a_cut_off_pbf_is_refused(tmp_path: Path) -> None:
    drawn = Map()
    for row in range(60):
        drawn.way(*((20.0 * column, 20.0 * row) for column in range(30)), highway="residential")
    whole = tmp_path / "whole.osm.pbf"
    with osmium.SimpleWriter(str(whole)) as writer:
        osmium.apply(osmium.io.Reader(str(drawn.write(tmp_path / "whole.osm"))), writer)
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    with pytest.raises(ExtractProblem, match="cut off"):
        read_network(cut)


def test_no_file_and_no_walkable_way_say_so(tmp_path: Path) -> None:
    with pytest.raises(ExtractProblem, match="no such file"):
        read_network(tmp_path / "none.osm.pbf")
    drawn = Map()
    drawn.way((0, 0), (100, 0), highway="motorway")
    with pytest.raises(ExtractProblem, match=r"none of its 1 ways may be walked.*motorway.*: 1"):
        read_network(drawn.write(tmp_path / "motorway.osm"))
