"""Files and folders that are whole or not there, and lines as GeoJSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO

import pytest

from schoolward.analysis.routing.writing import File, geojson, multi_line, point, put_files, whole_folder


def fails(stream: IO[bytes]) -> None:
    stream.write(b"half")
    raise RuntimeError("the disk is gone")


def test_where_one_file_fails_all_stay_as_they_were(tmp_path: Path) -> None:
    old = tmp_path / "a.csv"
    old.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError, match="disk"):
        put_files([File(old, lambda stream: stream.write(b"new")), File(tmp_path / "b.csv", fails)])
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert old.read_text(encoding="utf-8") == "old"
    assert put_files([File(old, lambda stream: stream.write(b"new"))]) == [old]
    assert (old.read_text(encoding="utf-8"), old.stat().st_mode & 0o777) == ("new", 0o644)


def test_a_secret_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    (place,) = put_files([File(tmp_path / "homes", lambda stream: stream.write(b"x"), secret=True)])
    assert place.stat().st_mode & 0o077 == 0


def test_a_folder_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    place = tmp_path / "demo"
    with whole_folder(place) as beside:
        (beside / "one").touch()
    with pytest.raises(IsADirectoryError), whole_folder(place) as beside:
        beside.write_text("no text can be written into a folder", encoding="utf-8")
    assert [path.name for path in tmp_path.rglob("*")] == ["demo", "one"]
    with whole_folder(place) as beside:
        (beside / "three").touch()
    assert [path.name for path in place.iterdir()] == ["three"]


def test_features_are_geojson() -> None:
    made = geojson(
        [
            (multi_line([[(1.0, 2.0), (3.0, 4.00000001)]]), {"street": "Rua “São” \\ <b>", "pupils": None}),
            (point((-121.5, 38.5)), {"rank": 1}),
        ],
        about={"attribution": "© somebody"},
    )
    told = json.loads(made)
    assert told["attribution"] == "© somebody"
    assert told["features"][0]["geometry"]["coordinates"] == [[[1.0, 2.0], [3.0, 4.0]]]
    assert told["features"][0]["properties"] == {"street": "Rua “São” \\ <b>", "pupils": None}
    assert told["features"][1]["geometry"] == {"type": "Point", "coordinates": [-121.5, 38.5]}
    assert json.loads(geojson([], about={}))["features"] == []
