"""Collision files: both layouts, dirty ones too; who was hurt, where, and how surely. All rows are
invented."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.protocols.collisions import (
    CCRS,
    SWITRS,
    Basis,
    Collision,
    CollisionFiles,
    FileProblem,
    Hurt,
    Quality,
    Severity,
    TableKind,
    derive_positions,
    read,
    unpacked,
    wanted_only,
)
from schoolward.protocols.collisions.cells import read_count, read_day, read_distance_m, read_hour
from schoolward.protocols.collisions.places import degrees

COLLISIONS = (
    "CASE_ID,COLLISION_DATE,COLLISION_TIME,COLLISION_SEVERITY,NUMBER_KILLED,NUMBER_INJURED,PEDESTRIAN_ACCIDENT,"
    "BICYCLE_ACCIDENT,PRIMARY_RD,SECONDARY_RD,DISTANCE,DIRECTION,CNTY_CITY_LOC,LATITUDE,LONGITUDE,POINT_X,POINT_Y"
)
WALKER = "91,20120906,0805,2,0,1,Y,,OAK ST,ELM ST,0.00,,3404,38.50000,121.40000,-121.41,38.51"
VICTIMS = "CASE_ID,PARTY_NUMBER,VICTIM_ROLE,VICTIM_SEX,VICTIM_AGE,VICTIM_DEGREE_OF_INJURY"
CRASHES = (
    "Collision Id,Crash Date Time,NumberKilled,NumberInjured,MotorVehicleInvolvedWithDesc,IsDeleted,"
    "PrimaryRoad,SecondaryRoad,"
    "SecondaryDistance,SecondaryUnitOfMeasure,SecondaryDirection,City Code,Latitude,Longitude"
)
CRASH = "4700001,2019-10-02T14:35:00,0,1,PEDESTRIAN,False,OAK ST,ELM ST,100,F,N,3404,38.5,-121.4"
INJURED = "InjuredWitPassId,CollisionId,PartyNumber,StatedAge,ExtentOfInjuryCode,InjuredPersonType"


def given_files(**tables: str | bytes) -> CollisionFiles:
    return read(
        [
            (f"{name}.txt", io.BytesIO(text if isinstance(text, bytes) else text.encode()))
            for name, text in tables.items()
        ]
    )


def lines(*rows: str) -> str:
    return "\n".join([*rows, ""])


def told(files: CollisionFiles) -> list[tuple[str, int, str, str, bool]]:
    return [(f.file, f.row, f.column, f.value, f.kept) for f in files.faults.kept]


def test_a_collision_of_the_legacy_layout() -> None:
    files = given_files(collisions=lines(COLLISIONS, WALKER))
    assert files.layout is SWITRS
    assert files.collisions == [
        Collision(
            layout="switrs",
            number="91",
            row=2,
            day=date(2012, 9, 6),
            hour=time(8, 5),
            severity=Severity.SERIOUS,
            pedestrian=True,
            bicycle=False,
            killed=0,
            injured=1,
            hurt=None,
            primary_street="OAK ST",
            secondary_street="ELM ST",
            distance_m=0.0,
            direction="",
            place="3404",
            longitude=-121.41,
            latitude=38.51,
            quality=Quality.GEOCODED,
        )
    ]
    assert told(files) == []
    assert (files.collisions[0].grave_on_foot_or_bicycle, files.collisions[0].basis) == (
        True,
        Basis.COLLISION,
    )


def test_the_injured_tell_whether_it_was_the_walker() -> None:
    # A driver was gravely hurt, and the walker complained of pain: no grave injury on foot.
    collisions = lines(COLLISIONS, WALKER.replace(",0,1,Y", ",0,2,Y"))
    files = given_files(collisions=collisions, victims=lines(VICTIMS, "91,1,1,M,40,2", "91,2,3,F,9,7"))
    one = files.collisions[0]
    assert one.hurt == Hurt(walking_other=1)
    assert (one.grave_on_foot_or_bicycle, one.basis) == (False, Basis.PEOPLE)
    assert files.kinds == {TableKind.COLLISIONS, TableKind.INJURED}


@pytest.mark.parametrize(
    ("role", "degree", "hurt"),
    [
        ("3", "1", Hurt(walking_killed=1)),
        ("3", "2", Hurt(walking_serious=1)),
        ("3", "5", Hurt(walking_serious=1)),
        ("3", "6", Hurt(walking_other=1)),
        ("4", "1", Hurt(cycling_killed=1)),
        ("4", "5", Hurt(cycling_serious=1)),
        ("4", "4", Hurt(cycling_other=1)),
        ("1", "1", Hurt()),
        ("2", "2", Hurt()),
    ],
)
def test_roles_and_degrees_of_the_codebook(role: str, degree: str, hurt: Hurt) -> None:
    files = given_files(
        victims=lines(VICTIMS, f"91,1,{role},-,998,{degree}"), collisions=lines(COLLISIONS, WALKER)
    )
    assert files.collisions[0].hurt == hurt
    assert files.collisions[0].grave_on_foot_or_bicycle is (hurt.grave > 0)


def test_fewer_injured_than_the_collision_says_are_not_trusted() -> None:
    files = given_files(collisions=lines(COLLISIONS, WALKER), victims=lines(VICTIMS, "77,1,3,F,9,2"))
    assert files.collisions[0].hurt is None
    assert files.collisions[0].grave_on_foot_or_bicycle is True
    assert told(files) == [("collisions.txt", 2, "NUMBER_INJURED", "1", True)]


def test_parties_tell_who_was_involved() -> None:
    parties = lines("CASE_ID,PARTY_NUMBER,PARTY_TYPE", "91,1,1", "91,2,4")
    files = given_files(collisions=lines(COLLISIONS, WALKER.replace(",Y,,", ",,,")), parties=parties)
    assert (files.collisions[0].pedestrian, files.collisions[0].bicycle) == (False, True)


def test_a_crash_of_the_new_layout() -> None:
    files = given_files(
        crashes=lines(CRASHES, CRASH),
        injured=lines(INJURED, "1,4700001,2,9,SuspectSerious,Pedestrian", "2,4700001,,30,,Witness"),
    )
    one = files.collisions[0]
    assert files.layout is CCRS
    assert (one.day, one.hour) == (date(2019, 10, 2), time(14, 35))
    assert (one.severity, one.hurt) == (Severity.SERIOUS, Hurt(walking_serious=1))
    assert (one.longitude, one.latitude, one.quality) == (-121.4, 38.5, Quality.REPORTED)
    assert (round(one.distance_m or 0, 2), one.direction, one.retracted) == (30.48, "N", False)


@pytest.mark.parametrize(
    ("killed", "injured", "severity"),
    [
        ("1", "0", Severity.FATAL),
        ("0", "2", Severity.UNKNOWN),  # hurt, but how badly stands in the table of the injured
        ("0", "0", Severity.DAMAGE),
        ("", "", Severity.UNKNOWN),
        ("-1", "", Severity.UNKNOWN),
    ],
)
def test_how_grave_a_crash_is_without_the_injured(killed: str, injured: str, severity: Severity) -> None:
    files = given_files(crashes=lines(CRASHES, CRASH.replace(",0,1,PED", f",{killed},{injured},PED")))
    assert files.collisions[0].severity is severity
    assert files.collisions[0].grave_on_foot_or_bicycle == {
        Severity.FATAL: True, Severity.DAMAGE: False
    }.get(severity)  # fmt: skip


def test_a_person_who_stands_twice_is_counted_once_and_a_withdrawn_report_is_marked() -> None:
    person = "1,4700001,2,9,Fatal,Bicyclist"
    files = given_files(
        crashes=lines(CRASHES, CRASH.replace("False", "True")), injured=lines(INJURED, person, person)
    )
    assert files.collisions[0].hurt == Hurt(cycling_killed=1)
    assert files.collisions[0].retracted
    assert told(files) == [("injured.txt", 3, "InjuredWitPassId", "", True)]


@pytest.mark.parametrize(
    ("old", "new", "column", "value"),
    [
        ("91,", ",", "CASE_ID", ""),
        ("20120906", "20120931", "COLLISION_DATE", "20120931"),
        ("20120906", "", "COLLISION_DATE", ""),
        ("20120906", "18991231", "COLLISION_DATE", "18991231"),
        (",2,0,1", ",9,0,1", "COLLISION_SEVERITY", "9"),
        (",2,0,1", ",2,none,1", "NUMBER_KILLED", "none"),
        (",2,0,1", ",2,0,1.5", "NUMBER_INJURED", "1.5"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(old: str, new: str, column: str, value: str) -> None:
    good = WALKER.replace("91,", "92,", 1)
    files = given_files(collisions=lines(COLLISIONS, WALKER.replace(old, new, 1), good))
    assert [one.number for one in files.collisions] == ["92"]
    assert told(files) == [("collisions.txt", 2, column, value, False)]
    assert files.refused == 1
    assert all(fault.error and fault.mend for fault in files.faults.kept)


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("0805", "0875", "COLLISION_TIME"),
        ("-121.41,38.51", "-121.41,", "POINT_X"),
        ("-121.41,38.51", "-80.19,25.76", "POINT_X"),
        (",0.00,", ",far,", "DISTANCE"),
    ],
)
def test_a_doubtful_cell_keeps_its_row_with_a_caution(old: str, new: str, column: str) -> None:
    files = given_files(collisions=lines(COLLISIONS, WALKER.replace(old, new)))
    assert len(files.collisions) == 1
    assert [(f.column, f.kept) for f in files.faults.kept] == [(column, True)]


def test_dirty_files_read_alike() -> None:
    clean = given_files(collisions=lines(COLLISIONS, WALKER)).collisions
    quoted = ",".join(f'"{cell} "' for cell in WALKER.split(","))
    for text in (
        b"\xef\xbb\xbf" + lines(COLLISIONS, WALKER).encode(),
        lines(COLLISIONS, WALKER).replace("\n", "\r").encode(),
        lines(COLLISIONS, WALKER).replace("\n", "\r\n").encode(),
        lines(COLLISIONS, quoted).encode(),
        lines(COLLISIONS.lower().replace("_", " "), WALKER).encode(),
        lines(COLLISIONS.replace(",", "\t"), WALKER.replace(",", "\t")).encode(),
        lines(COLLISIONS, WALKER + ",,").encode(),
    ):
        files = given_files(collisions=text)
        assert (files.collisions, told(files)) == (clean, [])


def test_a_row_of_another_width_and_a_row_twice() -> None:
    files = given_files(
        collisions=lines(COLLISIONS, "91,20120906", WALKER, WALKER, WALKER.replace("0805", "0905"))
    )
    assert len(files.collisions) == 1
    assert [(f.row, f.kept) for f in files.faults.kept] == [(2, False), (4, True), (5, False)]


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"x": "a,b\n1,2\n"}, "x.txt: The first line reads"),
        ({"x": ""}, "x.txt: The file is empty"),
        ({"x": lines(VICTIMS, "1,1,3,F,9,2")}, "The table of the collisions is missing"),
        ({"x": lines(COLLISIONS, WALKER), "y": lines(COLLISIONS, WALKER)}, "both a table of collisions"),
        ({"x": lines(COLLISIONS, WALKER), "y": lines(INJURED, "1,1,1,9,Fatal,Driver")}, "of the layout ccrs"),
        ({"x": lines(COLLISIONS + ",CASEID", WALKER + ",1")}, "only one can be right"),
    ],
)
def test_a_set_that_cannot_be_read(tables: dict[str, str], said: str) -> None:
    with pytest.raises(FileProblem, match=said):
        given_files(**tables)


def test_a_longitude_without_its_sign() -> None:
    files = given_files(collisions=lines(COLLISIONS, WALKER.replace("-121.41,38.51", ",")))
    one = files.collisions[0]
    assert (one.longitude, one.latitude, one.quality) == (-121.4, 38.5, Quality.REPORTED)


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        ("", "", None),
        ("-", "", None),
        ("0", "0.0", None),
        ("121.4", "38.5", (-121.4, 38.5)),
        ("-121.4", "38.5", (-121.4, 38.5)),
        ("-121.4", "", "one of the two coordinates is missing"),
        ("west", "38.5", "is not a number of degrees"),
        ("nan", "38.5", "is not a number of degrees"),
        ("38.5", "-121.4", "lies outside California"),
    ],
)
def test_degrees(x: str, y: str, said: object) -> None:
    assert degrees(x, y) == said


def test_a_position_is_derived_from_the_crossing() -> None:
    geocoded = given_files(collisions=lines(COLLISIONS, WALKER)).collisions[0]
    bare = replace(geocoded, number="92", longitude=None, latitude=None, quality=Quality.NONE)
    turned = replace(bare, primary_street="Elm St.", secondary_street="Oak St")
    north = replace(bare, distance_m=111.195, direction="N")
    far = replace(bare, distance_m=400.0, direction="N")
    aside = replace(bare, distance_m=50.0)
    elsewhere = replace(bare, place="1942")
    lone = replace(bare, secondary_street="OAK ST")
    known = [geocoded, bare, turned, north, far, aside, elsewhere, lone]
    derived = derive_positions(known)
    assert [one.quality for one in derived] == [3, 2, 2, 2, 0, 0, 0, 0]
    assert [(one.longitude, one.latitude) for one in derived[:3]] == [(-121.41, 38.51)] * 3
    assert derived[3].latitude == pytest.approx(38.511)
    reported = replace(bare, longitude=-121.0, latitude=38.0, quality=Quality.REPORTED)
    assert derive_positions([geocoded, reported])[1].quality is Quality.INTERSECTION
    given_crossing = derive_positions([bare], {("3404", "ELM ST", "OAK ST"): (-121.5, 38.4)})
    assert (given_crossing[0].longitude, given_crossing[0].quality) == (-121.5, Quality.INTERSECTION)


def test_two_crossings_of_one_name_tell_nothing() -> None:
    geocoded = given_files(collisions=lines(COLLISIONS, WALKER)).collisions[0]
    away = replace(geocoded, number="92", latitude=38.60)
    bare = replace(geocoded, number="93", longitude=None, latitude=None, quality=Quality.NONE)
    assert derive_positions([geocoded, away, bare])[2].quality is Quality.NONE


def test_a_set_as_one_archive_and_what_is_kept_of_it() -> None:
    collisions, victims = lines("", COLLISIONS, "", WALKER), lines(VICTIMS, "91,1,3,F,9,2")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("export/collisions.txt", collisions)
        archive.writestr("export/victims.txt", victims)
        archive.writestr("export/._victims.txt", "x")
        archive.writestr("readme.pdf", "x")
    packed.seek(0)
    kept = wanted_only(unpacked(packed, "set.zip"))
    with zipfile.ZipFile(kept) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert texts["1-victims.csv"] == f"{VICTIMS}\n91,,3,,,2\n"  # neither sex nor age lies on the disk
    kept.seek(0)
    read_again = read(unpacked(kept, "set.zip"))
    assert read_again.collisions == given_files(collisions=collisions, victims=victims).collisions
    assert [(one.row, one.hurt) for one in read_again.collisions] == [(4, Hurt(walking_serious=1))]


@pytest.mark.parametrize(
    ("names", "said"), [((), "holds 0 CSV"), (("a.csv", "b.csv", "c.csv", "d.txt"), "holds 4 CSV")]
)
def test_an_archive_that_is_no_set(names: tuple[str, ...], said: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.pdf", "x")
        for name in names:
            archive.writestr(name, "x")
    packed.seek(0)
    with pytest.raises(FileProblem, match=said):
        unpacked(packed, "set.zip")
    with pytest.raises(FileProblem, match="cut off or damaged"):
        unpacked(io.BytesIO(packed.getvalue()[:20]), "set.zip")


@given(st.text(max_size=12))
def test_cells_are_read_or_refused_with_a_sentence(text: str) -> None:
    for reader in (read_day, read_hour, read_count, lambda t: read_distance_m(t, "F")):
        said = "read"
        try:
            reader(text)
        except ValueError as error:
            said = str(error)
        assert said


def test_files_without_a_header(shared_data: Path) -> None:
    names = ("collisions", "parties", "victims")
    files = read(
        [(name, io.BytesIO((shared_data / "switrs" / f"{name}.txt").read_bytes())) for name in names]
    )
    assert (files.layout, files.kinds) == (SWITRS, frozenset(TableKind))
    assert (files.rows, len(files.collisions), files.refused) == (63, 20, 0)
    child = next(one for one in files.collisions if one.number == "3899454")
    assert (child.pedestrian, child.longitude, child.quality) == (True, -118.7441, Quality.REPORTED)
    assert child.hurt == Hurt(walking_other=2)  # two walkers complained of pain, as the collision itself says
