"""A network kept as a folder: whole or not at all, and what it was when it is read again."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from schoolward.analysis.routing import saved, writing
from schoolward.analysis.routing.making import StreetNetwork, make
from schoolward.analysis.routing.saved import SavedProblem, load, save
from unit.analysis.routing.drawn import Map

AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


@pytest.fixture
def made(tmp_path: Path) -> StreetNetwork:
    drawn = Map()
    drawn.way((-100, 0), (0, 0), (100, 0), highway="secondary", name="Élan Way")
    drawn.way((0, -50), (0, 0), (0, 50), highway="footway")
    return make(drawn.write(tmp_path / "town.osm"))


def test_what_is_kept_is_read_again_as_it_was(made: StreetNetwork, tmp_path: Path) -> None:
    described = save(tmp_path / "new" / "network", made, at=AT)
    again = load(tmp_path / "new" / "network")
    for part in ("network", "streets"):
        for field in dataclasses.fields(getattr(made, part)):
            before = getattr(getattr(made, part), field.name)
            after = getattr(getattr(again, part), field.name)
            assert after.dtype == before.dtype, field.name
            np.testing.assert_array_equal(after, before)
    assert [again.names[which] for which in again.name] == ["Élan Way", "Élan Way", "", ""]
    assert again.about == made.about | {"made_at": "2026-11-26T09:30:00+00:00"}
    assert described["source"]["sha256"] == made.about["source"]["sha256"]
    assert described["attribution"] == "© OpenStreetMap contributors, ODbL"
    assert again.network.crossing_m.sum() == pytest.approx(70)


def test_arrays_are_mapped_and_not_to_be_written_to(made: StreetNetwork, tmp_path: Path) -> None:
    save(tmp_path / "network", made, at=AT)
    factor = load(tmp_path / "network").network.factor
    assert isinstance(factor, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        factor[0] = 1


def test_a_network_is_replaced_whole(made: StreetNetwork, tmp_path: Path) -> None:
    folder = tmp_path / "network"
    save(folder, made, at=AT)
    (folder / "left-over.npy").write_bytes(b"of an older program")
    other = dataclasses.replace(made, about=made.about | {"nodes": 7})
    save(folder, other, at=AT)
    assert load(folder).about["nodes"] == 7
    assert not (folder / "left-over.npy").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["network", "town.osm"]


@pytest.mark.parametrize(("module", "fails"), [(saved, "_settle"), (writing, "_put")])
def test_a_failure_leaves_what_was_there(
    made: StreetNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, fails: str
) -> None:
    folder = tmp_path / "network"
    save(folder, made, at=AT)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, fails, full)
    with pytest.raises(OSError, match="No space left"):
        save(folder, dataclasses.replace(made, about=made.about | {"nodes": 7}), at=AT)
    assert load(folder).about["nodes"] == 5
    with pytest.raises(OSError, match="No space left"):
        save(tmp_path / "first", made, at=AT)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["network", "town.osm"]


def test_where_the_new_one_cannot_be_moved_the_old_one_comes_back(
    made: StreetNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "network"
    save(folder, made, at=AT)
    rename = Path.rename

    def refuses(self: Path, target: Path) -> Path:
        if target == folder and "-old-" not in self.name:
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuses)
    with pytest.raises(OSError, match="Input/output"):
        save(folder, made, at=AT)
    assert load(folder).about["nodes"] == 5


def test_a_folder_with_something_else_is_not_touched(made: StreetNetwork, tmp_path: Path) -> None:
    photographs = tmp_path / "photographs"
    photographs.mkdir()
    (photographs / "school.jpg").write_bytes(b"jpeg")
    with pytest.raises(SavedProblem, match="holds something else"):
        save(photographs, made, at=AT)
    with pytest.raises(SavedProblem, match="is a file"):
        save(photographs / "school.jpg", made, at=AT)
    assert [path.name for path in photographs.iterdir()] == ["school.jpg"]
    empty = tmp_path / "empty"
    empty.mkdir()
    save(empty, made, at=AT)
    assert load(empty).about["nodes"] == 5


def changed(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def at(folder: Path) -> None:
        path = folder / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    return at


def flipped(folder: Path) -> None:
    path = folder / "network.length_m.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def older(text: str) -> str:
    return json.dumps(json.loads(text) | {"format_version": 0})


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (flipped, r"network\.length_m\.npy: is missing, or not what was written"),
        (lambda folder: (folder / "name.npy").unlink(), r"name\.npy: is missing"),
        (
            changed("names.json", lambda text: text.replace("Élan", "Elan")),
            r"names\.json: is missing, or not",
        ),
        (changed("network.json", older), "has format 0; this program reads 1"),
        (changed("network.json", lambda text: text[:40]), "is damaged"),
        (changed("network.json", lambda _: "[]"), "is no schoolward pedestrian network"),
        (lambda folder: (folder / "network.json").unlink(), "holds no network"),
    ],
)
def test_a_damaged_network_is_refused(
    made: StreetNetwork, tmp_path: Path, damage: Callable[[Path], None], says: str
) -> None:
    save(tmp_path / "network", made, at=AT)
    damage(tmp_path / "network")
    with pytest.raises(SavedProblem, match=says):
        load(tmp_path / "network")


def test_a_missing_array_is_refused_without_digests_too(made: StreetNetwork, tmp_path: Path) -> None:
    save(tmp_path / "network", made, at=AT)
    (tmp_path / "network" / "network.ends.npy").unlink()
    with pytest.raises(SavedProblem, match="is damaged"):
        load(tmp_path / "network", verify=False)


def test_no_folder_holds_no_network(tmp_path: Path) -> None:
    with pytest.raises(SavedProblem, match="holds no network"):
        load(tmp_path / "nowhere")
