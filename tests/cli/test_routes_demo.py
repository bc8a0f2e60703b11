"""``schoolward routes demo``: a folder that shows everything, says what is invented, and asks for nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from unit.analysis.routing.drawn import small_town

Run = Callable[..., Ended]


class Links(HTMLParser):
    """What a page refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.alternatives: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag == "img":
            self.alternatives.append(dict(attrs).get("alt") or "")


def test_a_demo_is_whole(schoolward: Run, tmp_path: Path) -> None:
    extract, folder = small_town().write(tmp_path / "town.osm"), tmp_path / "demo"
    ended = schoolward("routes", "demo", extract, "--out", folder, "--schools", 2, "--pupils", 40, "--json")
    assert ended.code == ExitCode.DONE, ended.err
    told = ended.json
    assert (told["schools"], told["pupils"], told["sheets"]) == (2, 80, 2)
    text = (folder / "index.html").read_text(encoding="utf-8")
    assert "Invented: the schools, their pupils and their crossing guards. Real: the streets." in text
    assert "© OpenStreetMap contributors, ODbL" in text
    page = Links()
    page.feed(text)
    outside = {link for link in page.found if re.match(r"(https?:)?//", link)}
    assert outside == {"https://www.openstreetmap.org/copyright"}
    for link in set(page.found) - outside:
        assert link.startswith("data:image/svg+xml;base64,") or (folder / link).is_file()
    assert len(page.alternatives) == 2
    assert all("Map of the streets around Invented School" in words for words in page.alternatives)
    assert {path.name for path in (folder / "maps").iterdir()} == {"invented-1.pdf", "invented-2.pdf"}
    for name in ("streets", "sheds", "fixes"):
        assert (
            json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))["type"]
            == "FeatureCollection"
        )
    again = schoolward("routes", "show", folder / "network", "--json")
    assert again.code == ExitCode.DONE


def test_the_same_seed_gives_the_same_and_replaces_what_was_there(schoolward: Run, tmp_path: Path) -> None:
    extract, folder = small_town().write(tmp_path / "town.osm"), tmp_path / "demo"

    def run(seed: int) -> dict[str, bytes]:
        ended = schoolward(
            "routes", "demo", extract, "--out", folder, "--schools", 2, "--pupils", 30, "--seed", seed
        )
        assert ended.code == ExitCode.DONE, ended.err
        assert "60 invented pupils of 2 schools" in ended.out
        return {
            name: (folder / name).read_bytes()
            for name in ("schools.csv", "pupils.csv", "plan.csv", "maps/invented-1.pdf")
        }

    first = run(1)
    (folder / "left.txt").touch()
    assert run(1) == first
    assert not (folder / "left.txt").exists()
    assert run(2)["pupils.csv"] != first["pupils.csv"]


def test_what_cannot_be_a_demo(schoolward: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.osm"
    bad.write_text("this is no map", encoding="utf-8")
    ended = schoolward("routes", "demo", bad, "--out", tmp_path / "demo")
    assert ended.code == ExitCode.REFUSED
    assert "cannot be read as an OpenStreetMap extract" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["bad.osm"]
    other = tmp_path / "letters"
    other.mkdir()
    (other / "letter.txt").touch()
    ended = schoolward("routes", "demo", bad, "--out", other)
    assert ended.code == ExitCode.REFUSED
    assert "holds something else than a demo" in ended.err
