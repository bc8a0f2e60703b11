"""OneRoster sets: both versions read alike, every fault by its place, and nobody kept who is not wanted."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from tests.rosters import (
    CLASSES,
    DEMOGRAPHICS,
    ENROLLMENTS,
    ORGS,
    PEOPLE_11,
    PEOPLE_12,
    ROLES,
    SCHOOL,
    archive,
    role,
    roster,
    texts,
    user,
    whole,
)

from schoolward.protocols.oneroster import (
    STAFF,
    Archive,
    Folder,
    Mode,
    Roster,
    SetProblem,
    orgs_only,
    packed,
    read,
    staff_only,
)

VERSIONS = pytest.mark.parametrize("version", ["1.1", "1.2"])


def taken(stream: BinaryIO, *students: str) -> Roster:
    return read(Archive(stream), students=students)


def faults(found: Roster) -> list[tuple[str, int, str, str]]:
    return [(fault.place, fault.row, fault.value, fault.error) for fault in found.faults.kept]


@VERSIONS
def test_a_whole_set_has_bodies_and_staff_and_no_fault(version: str) -> None:
    found = taken(roster(version))
    assert faults(found) == []
    assert [(org.sourced_id, org.type, org.parent) for org in found.orgs] == [
        ("d1", "district", ""),
        ("s1", "school", "d1"),
        ("s2", "school", "d1"),
    ]
    assert [(person.name, person.email) for person in found.staff] == [
        ("Tess Invented", "tess@example.org"),
        ("Paul Invented", ""),
    ]
    assert (found.students, found.left_out) == ([], 3)
    assert found.manifest.mode("users") is Mode.BULK


@VERSIONS
def test_a_student_comes_by_local_number_alone(version: str) -> None:
    found = taken(roster(version), "00123", "99999")
    assert [(one.identifier, one.name) for one in found.students] == [("00123", "Kim Pretend")]
    assert [(one.role, one.org) for one in found.students[0].engagements] == [("student", "s1")]
    assert found.left_out == 2


@VERSIONS
def test_nothing_of_anybody_else_outlives_its_row(version: str) -> None:
    found = taken(roster(version))
    assert "Pretend" not in repr(found)
    assert "00123" not in repr(found)


def test_demographics_are_never_opened() -> None:
    members = Archive(archive({**texts(whole(), file_demographics="bulk"), "demographics": DEMOGRAPHICS}))
    opened: list[str] = []

    class Watched(Archive):
        def __init__(self) -> None:
            pass

        def names(self) -> frozenset[str]:
            return members.names()

        def open(self, name: str) -> BinaryIO:
            opened.append(name)
            return members.open(name)

    assert faults(read(Watched(), students=["00123"])) == []
    assert "users" in opened
    assert "demographics" not in opened


def test_a_folder_is_read_like_an_archive(tmp_path: Path) -> None:
    for name, text in texts(whole()).items():
        (tmp_path / f"{name}.csv").write_text(text)
    assert read(Folder(tmp_path)) == taken(roster())
    assert read(Archive(packed(Folder(tmp_path), ["manifest", *whole()]))) == taken(roster())


def test_an_archive_may_hold_a_folder_and_what_a_macintosh_adds() -> None:
    files: dict[str, str | bytes] = {**texts(whole()), "../__MACOSX/._users": b"\0\0"}
    assert taken(archive(files, "export/")) == taken(roster())


@pytest.mark.parametrize(
    ("stream", "words"),
    [
        (io.BytesIO(b"sourcedId,name"), "no ZIP archive"),
        (archive({"orgs": "sourcedId"}), "has no manifest.csv"),
        (archive({"manifest": "property,value\n"}), "not “propertyName,value”"),
        (archive({"manifest": ""}), "manifest.csv: The file is empty"),
        (archive(texts(whole(), oneroster_version="1.0")), "gives “1.0” as oneroster.version"),
        (archive({**texts(whole()), "a/orgs": "x"}), "holds orgs.csv twice"),
        (archive({**texts(whole()), "orgs": "name,name\nx,y"}), "names name twice"),
        (archive({**texts(whole()), "orgs": ""}), "orgs.csv: The file is empty"),
    ],
)
def test_a_set_that_cannot_be_read_says_why(stream: BinaryIO, words: str) -> None:
    with pytest.raises(SetProblem, match=words):
        taken(stream)


@pytest.mark.parametrize(
    ("said", "place", "error"),
    [
        ({"manifest_version": "2.0"}, "manifest.version", "is not 1.0, the only version there is"),
        ({"file_orgs": "full"}, "file.orgs", "is none of bulk, delta, absent"),
        ({"file_orgs": ""}, "file.orgs", "is not named in the manifest"),
        ({"file_orgs": "absent"}, "file.orgs", "keeps orgs.csv out, and the file is there: it is not read"),
        ({"file_results": "bulk"}, "file.results", "promises results.csv, and the file is not there"),
        ({"file_pets": "bulk"}, "file.pets", "is no property of a manifest"),
    ],
)
def test_a_manifest_that_says_something_else(said: dict[str, str], place: str, error: str) -> None:
    found = taken(archive(texts(whole(), **said)))
    assert (f"manifest.csv {place}", error) in [
        (place, error) for place, _row, _value, error in faults(found)
    ]


S1 = ORGS[1]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"orgs": [ORGS[0], S1 | {"type": "Schule"}]}, ("orgs.csv type", 3, "Schule")),
        ({"orgs": [ORGS[0], S1 | {"name": ""}]}, ("orgs.csv name", 3, "")),
        ({"orgs": [ORGS[0], S1, S1]}, ("orgs.csv sourcedId", 4, "s1")),
        ({"orgs": [ORGS[0], S1 | {"sourcedId": "NULL"}]}, ("orgs.csv sourcedId", 3, "NULL")),
        ({"orgs": [ORGS[0], S1 | {"sourcedId": "3.46E+13"}]}, ("orgs.csv sourcedId", 3, "3.46E+13")),
        ({"orgs": [ORGS[0], S1 | {"parentSourcedId": "d9"}]}, ("orgs.csv parentSourcedId", 3, "")),
        ({"classes": [CLASSES[0] | {"termSourcedIds": "y1, y2"}]}, ("classes.csv termSourcedIds", 2, "")),
        (
            {"enrollments": [ENROLLMENTS[0] | {"beginDate": "9/4/2012"}]},
            ("enrollments.csv beginDate", 2, "9/4/2012"),
        ),
        (
            {"enrollments": [ENROLLMENTS[0] | {"beginDate": "41156"}]},
            ("enrollments.csv beginDate", 2, "41156"),
        ),
        (
            {"enrollments": [ENROLLMENTS[0] | {"endDate": "2012-09-01"}]},
            ("enrollments.csv endDate", 2, "2012-09-01"),
        ),
        (
            {"enrollments": [ENROLLMENTS[0] | {"userSourcedId": "k8"}]},
            ("enrollments.csv userSourcedId", 2, ""),
        ),
        ({"roles": [*ROLES, role("r9", "t1", "janitor")]}, ("roles.csv role", 7, "janitor")),
        ({"roles": ROLES[1:]}, ("users.csv sourcedId", 2, "")),
        ({"users": [*PEOPLE_12, user("t9", "A", "B", email="none")]}, ("users.csv email", 7, "")),
        ({"users": [*PEOPLE_12, user("k1", "Kim", "Pretend")]}, ("users.csv sourcedId", 7, "")),
        ({"users": [{"enabledUser": "maybe"} | row for row in PEOPLE_12[:0]]}, ("users.csv", 1, "")),
    ],
)
def test_each_fault_is_named_by_file_row_and_column(
    changed: dict[str, list[dict[str, str]]], expected: tuple[str, int, str]
) -> None:
    found = taken(roster(**changed))
    assert expected in [fault[:3] for fault in faults(found)]
    assert all(fault.mend for fault in found.faults.kept)


def test_no_fault_shows_anything_of_a_child() -> None:
    broken = [row | {"email": f"kim pretend {row['sourcedId']}", "identifier": "�00123"} for row in PEOPLE_12]
    lost = [ENROLLMENTS[0] | {"userSourcedId": "kim-pretend", "sourcedId": "00123-k9"}] * 2
    found = taken(roster(users=broken, enrollments=lost))
    said = repr(found.faults)
    assert found.faults.total > 10
    assert "retend" not in said
    assert "00123" not in said


def test_words_of_ones_own_are_for_the_newer_version() -> None:
    assert faults(taken(roster(orgs=[*ORGS, S1 | {"sourcedId": "s3", "type": "ext:camp"}]))) == []
    assert len(faults(taken(roster("1.1", orgs=[*ORGS, S1 | {"sourcedId": "s3", "type": "ext:camp"}])))) == 1


def test_headers_are_held_against_the_specification() -> None:
    files = texts(whole())
    files["orgs"] = files["orgs"].replace("sourcedId,status", "SourcedID,state")
    files["users"] = files["users"].replace(",familyName", ",surname")
    found = taken(archive(files))
    said = [(fault.place, fault.error, fault.kept) for fault in found.faults.kept]
    assert ("orgs.csv SourcedID", "is not spelled as it should be", True) in said
    assert ("orgs.csv state", "is no column of this file", True) in said
    assert ("orgs.csv status", "is missing", True) in said
    assert ("users.csv familyName", "is missing: the file is not read", False) in said
    assert len(found.orgs) == 3
    assert found.staff == []


def test_columns_of_ones_own_are_kept_for_bodies() -> None:
    found = taken(roster(orgs=[S1 | {"parentSourcedId": "", "metadata.address1": "100 Ninth Street"}]))
    assert found.orgs[0].further == {"metadata.address1": "100 Ninth Street"}
    assert ("roles.csv orgSourcedId", 5, "", "points at nothing in orgs.csv") in faults(found)


@VERSIONS
def test_a_delta_needs_status_and_moment_and_may_point_elsewhere(version: str) -> None:
    changed = {"status": "tobedeleted", "dateLastModified": "2012-09-06T08:15:00.000Z"}
    rows = whole(version)
    sent = {
        "orgs": [S1 | changed],
        "users": [rows["users"][0] | changed, rows["users"][1]],
        **({"roles": [ROLES[0] | changed | {"status": "active"}]} if version == "1.2" else {}),
    }
    found = taken(archive(texts(sent, version, "delta")))
    assert [(fault.place, fault.row) for fault in found.faults.kept] == [
        ("users.csv status", 3),
        ("users.csv dateLastModified", 3),
    ]
    assert [org.leaves for org in found.orgs] == [True]
    assert [person.leaves for person in found.staff] == [True]


@pytest.mark.parametrize(
    "dirty",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\r\n", "\r"),
        lambda text: text.replace(",", " , "),
        lambda text: text.replace("\r\n", "\r\n\r\n") + ",,,\r\n",
        lambda text: text.replace("\r\n", ",,\r\n").replace(",,\r\n", "\r\n", 1),
        lambda text: text.replace(",", ";"),
    ],
    ids=["byte-order mark", "CR alone", "padded", "blank rows", "blank cells at the right", "semicolons"],
)
def test_dirty_files_say_the_same(dirty: object) -> None:
    assert callable(dirty)
    clean = {**whole("1.1"), "users": [row | {"orgSourcedIds": "s1"} for row in PEOPLE_11]}
    files = texts(clean, "1.1")
    found, expected = (
        taken(archive({name: dirty(text) for name, text in files.items()})),
        taken(archive(files)),
    )
    assert faults(found) == []
    without_rows = [replace(person, row=0) for person in found.staff]
    assert without_rows == [replace(person, row=0) for person in expected.staff]
    assert found.left_out == expected.left_out


def test_bytes_that_are_no_text_spoil_their_row_alone() -> None:
    files: dict[str, str | bytes] = {**texts(whole())}
    files["orgs"] = str(files["orgs"]).replace("Alder", "\xc1lder").encode("latin-1")
    found = taken(archive(files))
    assert [org.sourced_id for org in found.orgs] == ["d1", "s2"]
    assert faults(found)[0][:2] == ("orgs.csv name", 3)


@VERSIONS
def test_what_is_kept_on_a_disk_is_staff_alone(version: str) -> None:
    files = texts(whole(version), version)
    kept = staff_only(Archive(archive({**files, "demographics": DEMOGRAPHICS})))
    with zipfile.ZipFile(kept) as held:
        everything = "".join(held.read(name).decode() for name in held.namelist())
        assert not {"demographics.csv", "enrollments.csv", "classes.csv"} & set(held.namelist())
    for word in ("Pretend", "00123", "00456", "k1", "m1"):
        assert word not in everything
    kept.seek(0)
    again = read(Archive(kept), files=STAFF)
    assert again.staff == read(Archive(archive(files)), files=STAFF).staff, "rows keep their numbers as well"
    assert [fault for fault in again.faults.kept if fault.file != "manifest.csv"] == []


def test_of_bodies_alone_nobody_is_kept() -> None:
    with zipfile.ZipFile(orgs_only(Archive(roster()))) as held:
        assert held.namelist() == ["manifest.csv", "orgs.csv"]
        assert SCHOOL.encode() in held.read("orgs.csv")


def peak(students: int) -> int:
    """The bytes that a reading of so many students needs at most."""
    files = texts(whole("1.1"), "1.1")
    head, rows = files["users"].split("\r\n", 1)
    many = "".join(f"x{n},,,true,s1,student,x{n},,Kim,Pretend,,{n:06},,,,,,\r\n" for n in range(students))
    members = Archive(archive({**files, "users": f"{head}\r\n{many}{rows}"}))
    tracemalloc.start()
    found = read(members, students=["000777"], files=STAFF)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(found.staff), len(found.students), found.left_out) == (2, 1, students + 2)
    return most


def test_a_student_who_is_not_wanted_takes_a_number_and_no_more() -> None:
    """So that 200,000 of them fit: a row itself, as Python holds it, takes several times as much."""
    assert (peak(4_000) - peak(2_500)) / 1_500 < 300
