"""Which ways walkers may take: each rule a case."""

from __future__ import annotations

import pytest

from schoolward.analysis.routing.walking import Walk, stops, walk

CASES: list[tuple[str, Walk]] = [
    ("highway=footway", Walk.OPEN),
    ("highway=path", Walk.OPEN),
    ("highway=steps", Walk.OPEN),
    ("highway=pedestrian area=yes", Walk.OPEN),
    ("highway=residential", Walk.OPEN),
    ("highway=primary", Walk.OPEN),
    ("highway=service service=driveway", Walk.OPEN),
    ("highway=platform", Walk.OPEN),
    ("railway=platform", Walk.OPEN),
    ("man_made=pier", Walk.OPEN),
    ("highway=residential access=destination", Walk.OPEN),
    ("highway=service access=private", Walk.CLOSED),
    ("highway=service access=private foot=yes", Walk.OPEN),  # foot outweighs access
    ("highway=residential access=no foot=designated", Walk.OPEN),
    ("highway=residential access=yes foot=no", Walk.CLOSED),
    ("highway=footway foot=private", Walk.CLOSED),
    ("highway=secondary foot=use_sidepath", Walk.CLOSED),
    ("man_made=pier access=private", Walk.CLOSED),
    ("highway=service access=private foot=unknown", Walk.CLOSED),  # a word that says nothing opens nothing
    ("highway=service foot=unknown", Walk.OPEN),
    ("highway=cycleway", Walk.FAST),  # shared with walkers only where it says so
    ("highway=cycleway foot=designated", Walk.OPEN),
    ("highway=bridleway foot=permissive", Walk.OPEN),
    ("highway=trunk", Walk.FAST),
    ("highway=trunk sidewalk=right", Walk.OPEN),
    ("highway=trunk sidewalk:left=yes", Walk.OPEN),
    ("highway=trunk sidewalk=separate", Walk.FAST),
    ("highway=motorway", Walk.FAST),
    ("highway=motorway_link foot=yes", Walk.OPEN),
    ("highway=secondary motorroad=yes", Walk.FAST),
    ("highway=busway", Walk.FAST),
    ("highway=proposed", Walk.UNBUILT),
    ("highway=construction foot=yes", Walk.UNBUILT),
    ("route=ferry", Walk.FERRY),
    ("route=ferry foot=yes", Walk.FERRY),
    ("route=bus", Walk.OTHER),
    ("highway=raceway", Walk.OTHER),
    ("railway=rail", Walk.OTHER),
]


def read(tags: str) -> dict[str, str]:
    return dict(tag.split("=") for tag in tags.split())


@pytest.mark.parametrize(("tags", "verdict"), CASES)
def test_whether_a_way_may_be_walked(tags: str, verdict: Walk) -> None:
    assert walk(read(tags)) is verdict


@pytest.mark.parametrize(
    ("tags", "stopped"),
    [
        ("highway=crossing", False),
        ("barrier=gate", False),
        ("barrier=gate locked=yes", True),
        ("barrier=gate locked=yes foot=yes", False),
        ("barrier=gate access=private", True),
        ("barrier=gate access=no foot=permissive", False),
        ("barrier=gate foot=no", True),
        ("barrier=bollard", False),
        ("barrier=kerb", False),
        ("barrier=stile", False),
        ("barrier=wall", True),
        ("barrier=fence", True),
        ("access=private", False),  # of a node that is no barrier it says nothing
    ],
)
def test_whether_a_node_stops_a_walker(tags: str, stopped: bool) -> None:
    assert stops(read(tags)) is stopped
