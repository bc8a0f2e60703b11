"""Each trap of the real police files, by hand, and the real files themselves."""

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from schoolward.protocols.police_records import FileProblem, Records, detect, layout_named, open_table
from schoolward.protocols.police_records.fields import WallClock

HEADER = "cdatetime,address,district,beat,grid,crimedescr,ucr_ncic_code,latitude,longitude"
ROW = (
    "1/1/06 0:00,3108 OCCIDENTAL DR,3,3C        ,1115,10851(A)VC TAKE VEH W/O OWNER,2404,"
    "38.55042047,-121.3914158"
)
HEADER_2021 = (
    "OBJECTID,Record_ID,Offense_Code,Offense_Ext,Offense_Category,Description,Police_District,Beat,Grid,"
    "Occurence_Date"
)


def read(content: str | bytes, layout: str = "auto", size: int = 1000) -> Records:
    """Parse a whole small file in one piece; problems and cautions of all chunks are gathered."""
    raw = content.encode() if isinstance(content, str) else content
    table = open_table(io.BytesIO(raw))
    bound = (detect(table.header) if layout == "auto" else layout_named(layout)).bind(table.header)
    chunks = [bound.parse(rows, first) for first, rows in table.chunks(size)]
    assert len(chunks) == 1
    return chunks[0]


def moment(records: Records, index: int = 0) -> str:
    return datetime.fromtimestamp(int(records.seconds[index]), tz=UTC).strftime("%Y-%m-%d %H:%M:%S")


def test_the_layout_of_2006() -> None:
    records = read(f"{HEADER}\n{ROW}\n")
    assert len(records) == 1
    assert records.problems == []
    assert moment(records) == "2006-01-01 00:00:00"
    assert not records.is_utc[0]
    assert records.beat == ["3C"]  # padded with spaces in the file
    assert records.code == ["2404"]
    assert (records.latitude[0], records.longitude[0]) == (38.55042047, -121.3914158)
    assert records.rows.tolist() == [2]


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\r{ROW}\r".encode(),  # old Macintosh line ends
        f"{HEADER}\r\n{ROW}\r\n".encode(),
        f"\ufeff{HEADER}\n{ROW}".encode(),  # byte-order mark, no last line end
        f"{HEADER}\n{ROW}\n".encode("utf-16"),
        gzip.compress(f"{HEADER}\n{ROW}\n".encode(), mtime=0),
        f"{HEADER}\n{ROW}\n".replace(",", "\t").encode(),
        f"\n\n{HEADER}\n{ROW}\n,,,,,,,,\n\n".encode(),  # blank rows
    ],
    ids=["cr", "crlf", "bom", "utf-16", "gzip", "tab", "blank-rows"],
)
def test_dress_does_not_matter(content: bytes) -> None:
    records = read(content)
    assert records.problems == []
    assert records.address == ["3108 OCCIDENTAL DR"]
    assert records.longitude[0] == -121.3914158


def test_the_pipe_variant_holds_both_coordinates_in_one_field() -> None:
    header = "cdatetime|address|district|beat|grid|crimedescr|ucr_ncic_code|geo"
    row = "1/1/06 0:00|3108 OCCIDENTAL DR|3|3C        |1115|10851(A)VC TAKE|2404|38.55042047,-121.3914158"
    records = read(f"{header}\n{row}\n")
    assert records.problems == []
    assert (records.latitude[0], records.longitude[0]) == (38.55042047, -121.3914158)


def test_a_flipped_sign_is_mended_and_said() -> None:
    flipped = ROW.replace("38.55042047,-121.3914158", "-38.55042047,121.3914158")
    records = read(f"{HEADER}\n{flipped}\n{ROW}\n")
    assert records.latitude.tolist() == [38.55042047, 38.55042047]
    assert records.longitude.tolist() == [-121.3914158, -121.3914158]
    (caution,) = records.cautions
    assert (caution.row, caution.value) == (2, "-38.55042047, 121.3914158")
    assert "mended" in caution.text


def test_a_copy_without_a_header_is_refused_whole() -> None:
    with pytest.raises(FileProblem, match="lost its header"):
        read(f"{ROW}\n{ROW}\n")


@pytest.mark.parametrize(
    ("row", "column", "value", "error"),
    [
        (ROW.replace("1/1/06 0:00", "13/1/06 0:00"), "cdatetime", "13/1/06 0:00", "no such day"),
        (ROW.replace("1/1/06 0:00", "1/1/06"), "cdatetime", "1/1/06", "time of day is missing"),
        (ROW.replace("1/1/06 0:00", "1/1/06 25:00"), "cdatetime", "1/1/06 25:00", "no such time"),
        (ROW.replace("1/1/06 0:00", ""), "cdatetime", "", "date and time are missing"),
        (ROW.replace("38.55042047", "north"), "latitude", "north", "not a number"),
        (ROW.replace("38.55042047", ""), "latitude", "", "missing although"),
        (ROW.replace("38.55042047", "48.1"), "latitude", "48.1", "outside California"),
        (ROW.replace("-121.3914158", "-71.2"), "longitude", "-71.2", "outside California"),
        (ROW.replace("-121.3914158", "nan"), "longitude", "nan", "not a number"),
        (ROW.replace("-121.3914158", "-inf"), "longitude", "-inf", "not a number"),
        (ROW.replace("10851(A)VC TAKE VEH W/O OWNER,2404", ","), "ucr_ncic_code", "", "what happened"),
        (ROW.replace("3108", "3108" * 50), "address", "3108" * 20, "longer than 160"),
        ("1/1/06 0:00,3108 OCCIDENTAL DR", "", "1/1/06 0:00, 3108 OCCIDENTAL DR", "has 2 fields"),
    ],
)
def test_a_bad_row_is_named_and_the_good_rows_go_on(row: str, column: str, value: str, error: str) -> None:
    records = read(f"{HEADER}\n{ROW}\n{row}\n{ROW}\n")
    assert records.rows.tolist() == [2, 4]
    assert len(records.address) == len(records.seconds) == 2
    (problem,) = records.problems
    assert (problem.row, problem.column, problem.value) == (3, column, value)
    assert error in problem.error
    assert problem.mend


def test_bytes_that_are_not_in_the_encoding_are_named() -> None:
    bad = ROW.replace("OCCIDENTAL", "OCCIDE\u00d1TAL").encode("latin-1")
    records = read(f"{HEADER}\n{ROW}\n".encode() + bad + b"\n")
    (problem,) = records.problems
    assert (problem.row, problem.column) == (3, "address")
    assert "UTF-8" in problem.mend


def test_a_cell_of_any_length_is_a_fault_of_its_row_alone() -> None:
    records = read(f"{HEADER}\n{ROW}\n{ROW.replace('OCCIDENTAL', 'X' * 200_000)}\n{ROW}\n")
    assert records.rows.tolist() == [2, 4]
    (problem,) = records.problems
    assert (problem.row, problem.column, len(problem.value)) == (3, "address", 80)
    assert "longer than 160" in problem.error


def test_a_fault_that_comes_again_in_a_later_chunk_is_named_again() -> None:
    long = ROW.replace("OCCIDENTAL", "X" * 200)
    table = open_table(io.BytesIO(f"{HEADER}\n{long}\n{long}\n".encode()))
    bound = layout_named("spd-2006").bind(table.header)
    chunks = [bound.parse(rows, first) for first, rows in table.chunks(1)]
    assert [[problem.row for problem in chunk.problems] for chunk in chunks] == [[2], [3]]
    assert [len(chunk) for chunk in chunks] == [0, 0]


def test_zero_bytes_are_dropped_from_text() -> None:
    records = read(f"{HEADER}\n{ROW.replace('OCCIDENTAL', 'OCCI' + chr(0) + 'DENTAL')}\n")
    assert records.address == ["3108 OCCIDENTAL DR"]
    assert records.problems == []


def test_a_column_that_stands_in_the_header_twice_is_not_guessed() -> None:
    with pytest.raises(FileProblem, match="names address twice"):
        read(f"{HEADER},address\n{ROW},10 MAIN ST\n")


def test_an_unclosed_quotation_mark_says_which_lines_it_swallowed() -> None:
    records = read(f'{HEADER}\n{ROW}\n1/1/06 0:00,"3108 OCC\n{ROW}\n{ROW}\n')
    (problem,) = records.problems
    assert problem.row == 3
    assert "quotation mark is not closed" in problem.error


def test_no_position_is_not_an_error() -> None:
    records = read(f"{HEADER}\n{ROW.replace('38.55042047,-121.3914158', ',')}\n")
    assert np.isnan(records.latitude[0])
    assert np.isnan(records.longitude[0])
    zero = read(f"{HEADER}\n{ROW.replace('38.55042047,-121.3914158', '0,0.0')}\n")
    assert np.isnan(zero.latitude[0])
    assert zero.problems == []


def test_grids_get_their_leading_zero_back() -> None:
    records = read(f"{HEADER}\n{ROW.replace(',1115,', ',212,')}\n")
    assert records.grid == ["0212"]


def test_the_layout_of_2021_is_in_utc_and_reads_ui_as_unknown() -> None:
    row = "1,1495287,5400,1,TRAFFIC,TRAFFIC ACCIDENT-NON-INJURY,4,UI,UI,2021/01/01 08:00:00+00"
    records = read(
        f"\ufeff{HEADER_2021}\n{row}\n{row.replace('UI,UI', 'No Data,0976').replace('5287', '5288')}\n"
    )
    assert moment(records) == "2021-01-01 08:00:00"
    assert records.is_utc.all()
    assert records.beat == ["", ""]
    assert records.grid == ["", "0976"]
    assert records.number == ["1495287", "1495288"]
    assert records.address == ["", ""]
    assert np.isnan(records.longitude).all()


def test_a_time_of_2021_without_an_offset_is_in_utc() -> None:
    row = "1,1495287,5400,1,TRAFFIC,TRAFFIC ACCIDENT-NON-INJURY,4,UI,UI,2021/01/01 08:00:00"
    records = read(
        f"{HEADER_2021}\n{row}\n{row.replace('5287', '5288')}+00\n{row.replace('5287', '5289')}-08\n"
    )
    assert records.is_utc.all()
    hours = [datetime.fromtimestamp(seconds, tz=UTC).hour for seconds in records.seconds.tolist()]
    assert hours == [8, 8, 16]


def test_blank_lines_above_the_header_count() -> None:
    (_first, rows), *_others = open_table(io.BytesIO(f"\n\n{HEADER}\n{ROW}\n".encode())).chunks(10)
    assert (_first, len(rows)) == (4, 1)


def test_a_record_of_2021_needs_its_number() -> None:
    records = read(f"{HEADER_2021}\n1,,5400,1,TRAFFIC,TRAFFIC ACCIDENT,4,4B,0976,2021/01/01 09:08:00+00\n")
    (problem,) = records.problems
    assert problem.column == "Record_ID"


def test_the_generic_layout() -> None:
    text = (
        "Incident Number,Occurred At,Address,Category,Description,Lat,Lon,Campus CDS\n"
        "12-1,2012-09-06 08:15,3500 Florin Road,vandalism,Broken window,38.4958,-121.4675,\n"
        "12-2,2012-09-06T15:15:00Z,,fight,,,,34674393431012\n"
        "12-3,9/6/2012 8:15 PM,A ST / B ST,,242 PC BATTERY,,,\n"
        "12-4,2012-09-06T08:15-07:00,,theft,,38.5,-121.4,\n"
    )
    records = read(text)
    assert records.problems == []
    assert [moment(records, n) for n in range(4)] == [
        "2012-09-06 08:15:00",
        "2012-09-06 15:15:00",
        "2012-09-06 20:15:00",
        "2012-09-06 15:15:00",
    ]
    assert records.is_utc.tolist() == [False, True, False, True]
    assert records.campus_cds[1] == "34674393431012"
    assert records.category == ["vandalism", "fight", "", "theft"]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(FileProblem, match="lacks Record_ID"):
        read(f"{HEADER}\n{ROW}\n", layout="spd-2021")
    with pytest.raises(FileProblem, match="no layout 'spd-1999'"):
        read(f"{HEADER}\n{ROW}\n", layout="spd-1999")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (gzip.compress(HEADER.encode() * 3, mtime=0)[:30], "damaged|cannot be read"),
        (b"\x1f\x8bgarbage", "damaged|cannot be read"),
        (b"x" * 70_000, "too long to be a header"),
    ],
)
def test_files_that_are_no_tables(content: bytes, message: str) -> None:
    with pytest.raises(FileProblem, match=message):
        read(content)


def test_a_file_that_is_cut_off_inside_the_compression() -> None:
    rng = np.random.default_rng(1)
    lines = "\n".join(ROW.replace("3108", str(n)) for n in rng.integers(1, 10**9, 20_000))
    cut = gzip.compress(f"{HEADER}\n{lines}\n".encode())[:-2000]
    with pytest.raises(FileProblem, match="cut off or damaged near row"):
        for _ in open_table(io.BytesIO(cut)).chunks(5000):
            pass


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/31/06 23:50", "2006-01-31 23:50:00"),
        ("12/31/99 1:05", "1999-12-31 01:05:00"),
        ("1/1/68 1:05", "2068-01-01 01:05:00"),
        ("1/1/69 1:05", "1969-01-01 01:05:00"),
        ("2/29/2012 12:00 AM", "2012-02-29 00:00:00"),
        ("2/29/2012 12:00:30 pm", "2012-02-29 12:00:30"),
        ("2012-02-29T06:07:08.999", "2012-02-29 06:07:08"),
        ("2012/02/29 06:07:08+00", "2012-02-29 06:07:08"),
        ("2012-02-29T06:07:08+05:30", "2012-02-29 00:37:08"),
        ("2012-02-29 00:07:08-0800", "2012-02-29 08:07:08"),
    ],
)
def test_moments(text: str, expected: str) -> None:
    seconds, _ = WallClock().read(text)
    assert datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%d %H:%M:%S") == expected


@pytest.mark.parametrize(
    "text",
    ["", "today", "2/30/2012 1:00", "1/1/1899 1:00", "2012-01-01 13:00 PM", "1/1/2012 "]
    + [f"2012-01-01 13:00{offset}" for offset in ("+99:99", "+15", "-14:30", "+05:60")],
)
def test_moments_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"missing|cannot|can read|no such|before 1900|away from UTC"):
        WallClock().read(text)


def test_chunks_change_nothing(shared_data: Path) -> None:
    path = shared_data / "SacramentocrimeJanuary2006.csv"
    for size in (7, 5000):
        with path.open("rb") as stream:
            table = open_table(stream)
            bound = detect(table.header).bind(table.header)
            parsed = [bound.parse(rows, first) for first, rows in table.chunks(size)]
        assert sum(map(len, parsed)) == 7584
        assert not any(part.problems or part.cautions for part in parsed)
        assert parsed[-1].rows[-1] == 7585
        assert len({tuple(part.beat) for part in parsed if "  " in "".join(part.beat)}) == 0


def test_the_real_file_of_2021(shared_data: Path) -> None:
    with (shared_data / "sacpd_crime_2021.csv.gz").open("rb") as stream:
        table = open_table(stream)
        assert detect(table.header).key == "spd-2021"
        bound = detect(table.header).bind(table.header)
        parsed = [bound.parse(rows, first) for first, rows in table.chunks(50_000)]
    (records,) = parsed
    assert len(records) == len(set(records.number)) == 38_119
    assert records.problems == []
    assert moment(records, int(records.seconds.argmin())) == "2021-01-01 08:00:00"  # local midnight
    assert sum(not grid for grid in records.grid) == 395  # 393 are UI


def test_a_compressed_stream_is_read_whatever_mode_it_was_opened_in() -> None:
    class Piped(io.BytesIO):
        mode = "rb+"  # as standard input on some systems; gzip would take it for a file to write

    table = open_table(io.BufferedReader(Piped(gzip.compress(f"{HEADER}\n{ROW}\n".encode(), mtime=0))))
    assert table.header == HEADER.split(",")
