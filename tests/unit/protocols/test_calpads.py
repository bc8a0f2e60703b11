"""The state's three incident files: layout, rules between them, counts, and no student anywhere."""

from __future__ import annotations

import io

import pytest

from schoolward.protocols.calpads import (
    FILES,
    Counted,
    Incidents,
    count,
    incidents,
    read,
    split,
    without_students,
)
from schoolward.protocols.delimited import FileProblem

SSID, OTHER = "1234567890", "1234567891"
LEA, SCHOOL, YEAR = "3467439", "0000001", "2012-2013"


def line(file: str, incident: str = "i1", ssid: str = SSID, **changed: str) -> str:
    """A row of a file; a changed field is named by its number, as f14."""
    own = {
        "SINC": ["20120906", "Y", "", ""],
        "SIRS": ["100", "", "2", ""],
        "SOFF": ["512", ""],
    }[file]
    cells = [file, "R", "", LEA, SCHOOL, YEAR, ssid, "77", "Kim", "Pretend", "20010203", "F", incident, *own]
    for name, value in changed.items():
        cells[int(name[1:]) - 1] = value
    return "^".join(cells)


def taken(**files: list[str]) -> Incidents:
    return read({name: io.BytesIO("\r\n".join(rows).encode()) for name, rows in files.items()})


def told(found: Incidents) -> list[tuple[str, int, str, str]]:
    return [(fault.file, fault.row, fault.column, fault.value) for fault in found.faults.kept]


def test_the_layouts_have_the_numbers_of_the_specification() -> None:
    assert [len(fields) for fields in FILES.values()] == [17, 17, 15]
    assert FILES["SINC"][6].title == "18.07 SSID"
    assert FILES["SIRS"][15].title == "19.16 Incident Result Duration Days"
    assert FILES["SOFF"][14].title == "20.15 Weapon Category Code"


def test_instances_and_students_are_counted_apart() -> None:
    found = taken(
        SINC=[line("SINC"), line("SINC", ssid=OTHER), line("SINC", "i2")],
        SIRS=[line("SIRS"), line("SIRS", ssid=OTHER, f14="110"), line("SIRS", "i2")],
        SOFF=[line("SOFF"), line("SOFF", ssid=OTHER), line("SOFF", "i2", f14="100", f15="20")],
    )
    assert told(found) == []
    of = (LEA, SCHOOL, 2012)
    assert count(found) == [
        Counted(*of, "all", "", 2, 2),
        Counted(*of, "offense", "100", 1, 1),
        Counted(*of, "offense", "512", 1, 2),
        Counted(*of, "result", "100", 2, 1),
        Counted(*of, "result", "110", 1, 1),
    ]


@pytest.mark.parametrize(
    ("file", "changed", "column", "value"),
    [
        ("SINC", {"f14": "2012-09-06"}, "18.14 Incident Occurrence Date", "2012-09-06"),
        ("SINC", {"f14": "20120630"}, "18.14 Incident Occurrence Date", "20120630"),
        ("SINC", {"f14": "20130701"}, "18.14 Incident Occurrence Date", "20130701"),
        ("SINC", {"f15": "T"}, "18.15 Statutory Offense Indicator", "T"),
        ("SINC", {"f6": "2012-13"}, "18.06 Academic Year ID", "2012-13"),
        ("SINC", {"f5": "1"}, "18.05 School of Attendance", "1"),
        ("SINC", {"f7": "123"}, "18.07 SSID", ""),
        ("SINC", {"f13": ""}, "18.13 Incident ID Local", ""),
        ("SIRS", {"f16": ""}, "19.16 Incident Result Duration Days", ""),
        ("SIRS", {"f16": "0"}, "19.16 Incident Result Duration Days", "0"),
        ("SIRS", {"f16": "two"}, "19.16 Incident Result Duration Days", "two"),
        ("SIRS", {"f14": "200"}, "19.17 Incident Result Modification Code", ""),
        ("SOFF", {"f14": "100"}, "20.15 Weapon Category Code", ""),
        ("SOFF", {"f13": "i9"}, "20.13 Incident ID Local", "i9"),
        ("SIRS", {"f7": OTHER}, "19.13 Incident ID Local", "i1"),
    ],
)
def test_each_fault_is_named_by_file_row_and_field(
    file: str, changed: dict[str, str], column: str, value: str
) -> None:
    rows = {name: [line(name)] for name in FILES}
    rows[file] = [line(file, **changed)]
    found = taken(**rows)
    assert (file, 1, column, value) in told(found)
    assert all(fault.mend for fault in found.faults.kept)


def test_the_first_and_the_last_day_of_a_year_count() -> None:
    rows = [line("SINC", f14="20120701"), line("SINC", "i2", f14="20130630")]
    assert told(taken(SINC=rows)) == []


def test_what_one_file_asks_of_another() -> None:
    found = taken(
        SINC=[line("SINC"), line("SINC", "i2", f15="N")], SIRS=[line("SIRS")], SOFF=[line("SOFF", "i2")]
    )
    assert [(fault.file, fault.row, fault.error) for fault in found.faults.kept] == [
        ("SOFF", 1, "is an incident without a statutory offense by SINC"),
        ("SINC", 1, "has a statutory offense and no row in SOFF"),
        ("SINC", 2, "has no result in SIRS"),
    ]
    alone = taken(SINC=[line("SINC")])
    assert told(alone) == [], "files that are yet to be sent are not missed"


def test_the_first_of_the_three_must_be_there() -> None:
    with pytest.raises(FileProblem, match="no SINC"):
        taken(SIRS=[line("SIRS")])


def test_a_file_of_another_kind_or_shape() -> None:
    assert told(taken(SINC=[line("SIRS")])) == [("SINC", 1, "18.01 Record Type Code", "SIRS")]
    commas = line("SINC").replace("^", ",")
    assert told(taken(SINC=[commas])) == [("SINC", 1, "18.01 Record Type Code", "")]
    cut = line("SINC").rsplit("^", 2)[0]
    (fault,) = taken(SINC=[cut]).faults.kept
    assert fault.error == "has 15 fields where the layout has 17"
    assert told(taken(SINC=[line("SINC") + "^^"])) == []


def test_a_row_twice_is_a_fault_and_counts_once() -> None:
    found = taken(SINC=[line("SINC"), line("SINC")])
    assert told(found) == [("SINC", 2, "18.13 Incident ID Local", "i1")]
    assert [(one.incidents, one.students) for one in count(found)] == [(1, 1)]


@pytest.mark.parametrize(
    "dirty", [lambda t: "\ufeff" + t, lambda t: t.replace("\r\n", "\r"), lambda t: t + "\r\n\r\n"]
)
def test_dirty_files_say_the_same(dirty: object) -> None:
    assert callable(dirty)
    text = dirty("\r\n".join([line("SINC"), line("SINC", "i2")]))
    found = read({"SINC": io.BytesIO(text.encode())})
    assert (told(found), len(found.involved)) == ([], 2)


def test_no_student_is_in_what_is_read_nor_in_a_fault() -> None:
    broken = line("SINC", f14="soon", f7="12345", f11="x")
    found = taken(SINC=[line("SINC"), broken], SIRS=[line("SIRS", ssid=OTHER)])
    said = repr(found)
    for word in ("Pretend", "Kim", SSID, OTHER, "12345", "20010203"):
        assert word not in said


def stream(*rows: str) -> io.BytesIO:
    return io.BytesIO("\r\n".join(rows).encode())


def test_an_incident_is_told_without_a_student() -> None:
    found = taken(
        SINC=[line("SINC", f14="20130115"), line("SINC", ssid=OTHER, f14="20121231")],
        SIRS=[line("SIRS"), line("SIRS", ssid=OTHER), line("SIRS", f14="110")],
        SOFF=[line("SOFF", f14="100", f15="20"), line("SOFF", ssid=OTHER)],
    )
    assert told(found) == []
    (one,) = incidents(found)
    assert (one.row, one.cds_code, one.year, one.number) == (1, LEA + SCHOOL, 2012, "i1")
    assert (one.month.isoformat(), one.statutory) == ("2012-12-01", True)
    assert (one.offenses, one.weapons, one.results) == (("100", "512"), ("20",), (("100", 2), ("110", 1)))


def test_what_is_kept_of_the_files_reads_the_same_and_names_nobody() -> None:
    rows = {
        "SINC": [
            "",
            line("SINC"),
            line("SINC", "i2", OTHER, f17="reason"),
            "SINC^too^short^Kim",
            "Kim^Pretend",
        ],
        "SIRS": [line("SIRS"), line("SIRS", "i2", OTHER), line("SIRS", "i3", ssid="12345")],
        "SOFF": [line("SOFF"), line("SOFF", "i2", OTHER)],
    }
    sent = read({name: stream(*told_of) for name, told_of in rows.items()})
    kept = without_students({name: stream(*told_of) for name, told_of in rows.items()})
    again = read(split(kept))
    assert [one[:3] for one in told(again)] == [one[:3] for one in told(sent)]
    assert incidents(again) == incidents(sent)
    text = "".join(file.read().decode() for file in split(kept).values())
    for secret in ("Kim", "Pretend", "20010203", SSID, OTHER, "^77^", "reason", "12345"):
        assert secret not in text


def test_one_file_is_parted_by_what_its_rows_say() -> None:
    files = split(
        stream("\ufeff" + line("SINC"), line("SIRS"), line("SOFF"), "what is this", line("SIRS", "i2"))
    )
    assert {name: file.read().count(b"^i") for name, file in files.items()} == {
        "SINC": 1,
        "SIRS": 2,
        "SOFF": 1,
    }
    again = split(stream(line("SINC"), line("SIRS"), line("SOFF"), "what is this"))
    assert ("SINC", 4, "18.01 Record Type Code", "") in told(read(again))


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 no archive"])
def test_what_holds_none_of_the_files_is_refused(content: bytes) -> None:
    with pytest.raises(FileProblem):
        split(io.BytesIO(content))
