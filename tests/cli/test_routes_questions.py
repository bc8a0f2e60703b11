"""``schoolward routes segments, sheds, tradeoff, fixes, closure, map``: what they answer, how they refuse."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from unit.analysis.routing.drawn import position, small_town

Run = Callable[..., Ended]
Ask = Callable[..., Ended]


def at(east: float, north: float) -> str:
    longitude, latitude = position(east, north)
    return f"{longitude:.7f},{latitude:.7f}"


@pytest.fixture
def town(schoolward: Run, tmp_path: Path) -> Path:
    """A school at G and 4th; 14 pupils south of Main Street, 12 beside the school, 3 far to the west."""
    made = schoolward(
        "routes", "build", small_town().write(tmp_path / "town.osm"), "--out", tmp_path / "graph"
    )
    assert made.code == ExitCode.DONE
    (tmp_path / "schools.csv").write_text(
        f"id,name,lon,lat\nN,North School,{at(310, 600)}\n", encoding="utf-8"
    )
    homes = [(300 + step, 105) for step in range(14)] + [(330 + step, 600) for step in range(12)]
    homes += [(5, 10 * step) for step in range(3)]
    rows = "".join(f"{number},N,{at(*home)}\n" for number, home in enumerate(homes))
    (tmp_path / "pupils.csv").write_text(f"id,school,lon,lat\n{rows}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def ask(schoolward: Run, town: Path) -> Ask:
    """Run a command on the town, with or without its pupils."""

    def run(command: str, *more: object, pupils: str | None = "pupils.csv") -> Ended:
        given: list[object] = ["--graph", town / "graph", "--schools", town / "schools.csv"]
        if pupils is not None:
            given += ["--pupils", pupils if pupils == "-" else town / pupils]
        return schoolward("routes", command, *given, *more)

    return run


def features_of(path: Path) -> list[dict[str, Any]]:
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["attribution"] == "© OpenStreetMap contributors, ODbL"
    found: list[dict[str, Any]] = told["features"]
    return found


def test_streets_are_counted_and_few_are_left_out(ask: Ask, town: Path) -> None:
    ended = ask("segments", "--out", town / "streets.geojson", "--json")
    assert ended.code == ExitCode.DONE, ended.err
    features = features_of(town / "streets.geojson")
    counts = [feature["properties"]["pupils"] for feature in features]
    assert min(counts) >= 11
    # The 14 alone, and before the school all together.
    assert {14, 29} == set(counts)
    assert ended.json["shown"] == len(features)
    assert ended.json["not_shown"] > 0
    assert {feature["geometry"]["type"] for feature in features} == {"MultiLineString"}
    assert all(feature["properties"]["stress"] >= 1 for feature in features)
    assert "streets shown with pupils" in ask("segments", "--out", town / "streets.geojson").out


def test_pupils_from_standard_input(ask: Ask, town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (town / "pupils.csv").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert ask("segments", "--out", town / "s.geojson", pupils="-").code == ExitCode.DONE


def test_sheds_with_and_without_pupils(ask: Ask, town: Path) -> None:
    ended = ask("sheds", "--out", town / "sheds.geojson", "--minutes", "2,5,15", "--json")
    assert ended.code == ExitCode.DONE, ended.err
    (school,) = ended.json["schools"]
    # 12 beside it; 14 beyond Main Street; of the three in the west nothing is told but that all are 29.
    assert [one["pupils"] for one in school["within"]] == [12, 12, 29]
    assert school["pupils"] == 29
    assert school["within"][0]["share"] == pytest.approx(12 / 29, abs=1e-4)
    features = features_of(town / "sheds.geojson")
    assert [feature["properties"]["minutes"] for feature in features] == [2, 5, 15]
    lengths = [feature["properties"]["length_m"] for feature in features]
    assert sum(lengths) == pytest.approx(14 * 600 + 80, rel=1e-2)
    alone = ask("sheds", "--out", town / "sheds.geojson", pupils=None)
    assert alone.code == ExitCode.DONE
    assert "km" in alone.out
    assert ask("sheds", "--out", town / "sheds.geojson", "--minutes", "10,5").code == ExitCode.USAGE


def test_a_number_from_which_few_could_be_worked_out_is_not_shown(ask: Ask, town: Path) -> None:
    ended = ask("sheds", "--out", town / "sheds.geojson", "--minutes", "9,15", "--json")
    # 26 of 29 live within nine minutes: the three others would stand there by subtraction.
    assert [one["pupils"] for one in ended.json["schools"][0]["within"]] == [None, 29]
    shown = ask("sheds", "--out", town / "sheds.geojson", "--minutes", "9,15").out
    assert shown.splitlines()[1].split() == ["N", "-", "100%", "29"]


def test_what_a_longer_walk_buys(ask: Ask, town: Path) -> None:
    ended = ask("tradeoff", "--detours", "1,1.3", "--out", town / "curve.csv", "--json")
    assert ended.code == ExitCode.DONE, ended.err
    short, longer = ended.json["rows"]
    assert (short["pupils"], short["detour"], longer["detour"]) == (29, 1.0, 1.3)
    assert longer["stress_mean"] <= short["stress_mean"]
    assert longer["length_m_mean"] >= short["length_m_mean"]
    with (town / "curve.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["detour"] for row in csv.DictReader(stream)] == ["1.0", "1.3"]
    assert ask("tradeoff", "--detours", "0.5").code == ExitCode.USAGE
    few = (town / "pupils.csv").read_text(encoding="utf-8").splitlines()[:6]
    (town / "few.csv").write_text("\n".join(few), encoding="utf-8")
    rows = ask("tradeoff", "--json", pupils="few.csv").json["rows"]
    assert {(row["pupils"], row["stress_mean"]) for row in rows} == {(None, None)}


def test_the_fix_that_frees_most(ask: Ask, town: Path) -> None:
    # 14 on 6th Street south of Main could walk in ten minutes if they could cross there. The signal at 4th
    # and the end of Main Street are too far around. 12 live beside the school.
    (town / "schools.csv").write_text(f"id,lon,lat\nN,{at(510, 600)}\n", encoding="utf-8")
    homes = [(500, 105 + step) for step in range(14)] + [(530 + step, 600) for step in range(12)]
    rows = "".join(f"{number},N,{at(*home)}\n" for number, home in enumerate(homes))
    (town / "sixth.csv").write_text(f"id,school,lon,lat\n{rows}", encoding="utf-8")
    given = ("--minutes", "10", "--factor", "1.5", "--crossing", "60")
    ended = ask("fixes", *given, "--out", town / "fixes.geojson", "--json", pupils="sixth.csv")
    assert ended.code == ExitCode.DONE, ended.err
    told = ended.json
    (fix,) = told["fixes"]
    assert (fix["rank"], fix["what"], fix["where"]) == (1, "signal", "Main Street and 6th Street")
    assert (fix["frees"], fix["street"]) == (14, "secondary")
    assert (told["pupils"], told["near_enough"], told["can_walk"], told["but_for_one"]) == (26, 26, 12, 14)
    features = features_of(town / "fixes.geojson")
    assert {feature["properties"]["frees"] for feature in features} == {14}
    said = ask("fixes", *given, pupils="sixth.csv").out
    assert "Of 26 pupils 26 live within 10 minutes; 12 have a way" in said
    assert "14 more would have one but for a single barrier." in said
    longer = ask("fixes", "--minutes", "20", *given[2:], pupils="sixth.csv")
    assert "No single fix frees 11 pupils or more." in longer.out
    few = (town / "sixth.csv").read_text(encoding="utf-8").splitlines()[:9]
    (town / "few.csv").write_text("\n".join(few), encoding="utf-8")
    assert "So few pupils are concerned" in ask("fixes", *given, pupils="few.csv").out


def test_a_closed_street_and_a_new_signal(ask: Ask) -> None:
    closed = ask("closure", "--street", at(300, 450), "--json")
    assert closed.code == ExitCode.DONE, closed.err
    told = closed.json
    assert (told["what"], told["where"], told["pupils"]) == ("street", "4th Street", 29)
    assert told["affected"] >= 11
    assert told["longer_m_mean"] >= 0
    assert told["lost"] == 0
    crossing = ask("closure", "--crossing", at(300, 300), "--json").json
    assert "Main Street" in crossing["where"]
    assert crossing["affected"] >= 11
    signal = ask("closure", "--signal", at(200, 300)).out
    assert "new signal" in signal
    assert "of 29 pupils are affected" in signal


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        ((), ExitCode.USAGE, "Give one of --street, --crossing and --signal"),
        (("--street", "x"), ExitCode.USAGE, "write degrees as LON,LAT"),
        (("--street", "38.5,-121.5"), ExitCode.USAGE, "the longitude comes first"),
        (("--street", "-121.4,38.4"), ExitCode.NOT_FOUND, "No street lies within 60 m"),
        (("--crossing", "-121.4,38.4"), ExitCode.NOT_FOUND, "No crossing lies within 60 m"),
        (("--signal", "-121.4,38.4"), ExitCode.NOT_FOUND, "No crossing without a signal lies within 60 m"),
    ],
)
def test_changes_that_cannot_be(ask: Ask, more: tuple[str, ...], code: ExitCode, says: str) -> None:
    ended = ask("closure", *more)
    assert ended.code == code
    assert says in ended.err


def test_a_sheet_for_each_school(ask: Ask, town: Path) -> None:
    (town / "guards.csv").write_text(
        f'id,lon,lat,hours,where\n1,{at(300, 300)},7:30 to 8:15,"Main, at 4th"\n', encoding="utf-8"
    )
    (town / "avoid.csv").write_text(f"id,lon,lat,why\nculvert,{at(100, 500)},floods\n", encoding="utf-8")
    ended = ask(
        "map", "--out", town / "maps", "--guards", town / "guards.csv", "--avoid", town / "avoid.csv",
        "--day", "2026-09-01", "--invented", "Drawn for a test.", "--minutes", "10", "--json",
    )  # fmt: skip
    assert ended.code == ExitCode.DONE, ended.err
    (file,) = ended.json["files"]
    assert Path(file).name == "N.pdf"
    (page,) = pypdf.PdfReader(file).pages
    words = " ".join(page.extract_text().split())
    for said in (
        "Walking to North School",
        "September 1, 2026",
        "Drawn for a test.",
        "Main, at 4th",
        "culvert: floods",
    ):
        assert said in words
    assert ask("map", "--out", town / "maps", pupils=None).code == ExitCode.DONE


def test_a_walk_zone_is_said_in_minutes_or_in_miles(ask: Ask, town: Path) -> None:
    ended = ask("map", "--out", town / "maps", "--minutes", "10", "--zone-miles", "1")
    assert ended.code == 2
    assert "by --minutes or by --zone-miles" in ended.err
    assert not (town / "maps").exists()


def test_schools_whose_files_would_be_one(ask: Ask, town: Path) -> None:
    (town / "schools.csv").write_text(f"id,lon,lat\na b,{at(0, 0)}\nA/b,{at(300, 0)}\n", encoding="utf-8")
    ended = ask("map", "--out", town / "maps", pupils=None)
    assert ended.code == ExitCode.REFUSED
    assert "The schools a b and A/b would both be written" in ended.err
    assert not (town / "maps").exists()


def test_a_name_in_letters_that_cannot_be_printed(ask: Ask, town: Path) -> None:
    (town / "schools.csv").write_text(f"id,name,lon,lat\n1,学校,{at(0, 0)}\n", encoding="utf-8")
    ended = ask("map", "--out", town / "maps", pupils=None)
    assert ended.code == ExitCode.REFUSED
    assert "write the name in other letters" in ended.err
    assert list((town / "maps").iterdir()) == []


@pytest.mark.parametrize("command", ["segments", "sheds", "tradeoff", "fixes", "map", "closure"])
def test_bad_rows_are_named_by_every_command(ask: Ask, town: Path, command: str) -> None:
    (town / "bad.csv").write_text("id,school,lon,lat\n1,N,west,38.5\n", encoding="utf-8")
    more: tuple[object, ...] = ("--out", town / "out")
    if command == "closure":
        more = ("--street", at(300, 450))
    ended = ask(command, *more, pupils="bad.csv")
    assert ended.code == ExitCode.REFUSED
    assert "row 2, lon: is no number of degrees" in ended.err
    assert "west" not in ended.err
    assert not (town / "out").exists()


def test_a_folder_that_is_not_there(ask: Ask, town: Path) -> None:
    for command in ("segments", "sheds", "tradeoff", "fixes"):
        ended = ask(command, "--out", town / "none" / "file")
        assert ended.code == ExitCode.NOT_FOUND
        assert "no such folder" in ended.err
    both = ask("segments", "--out", town / "x", "--schools", "-", pupils="-")
    assert both.code == ExitCode.USAGE
    assert "Only one of --schools and --pupils" in both.err
