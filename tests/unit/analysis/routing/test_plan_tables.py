"""Files of schools and pupils: what is read, and what is said of what is wrong with them."""

from __future__ import annotations

import numpy as np
import pytest

from schoolward.analysis.routing.plan_tables import (
    NAMED,
    PUPILS,
    SCHOOLS,
    Area,
    Placed,
    TableFaults,
    read_places,
)

AREA = Area(-122.0, 38.0, -121.0, 39.0)
TWO = "id,lon,lat\nA,-121.5,38.5\nB,-121.6,38.6\n"


def schools() -> Placed:
    return read_places(TWO.encode(), "schools.csv", columns=SCHOOLS, area=AREA)


def pupils(text: str) -> Placed:
    return read_places(text.encode(), "pupils.csv", columns=PUPILS, area=AREA, schools=schools())


def test_columns_in_any_order_with_others_beside_them_and_a_byte_order_mark() -> None:
    found = pupils("\ufeff Lat ,grade,SCHOOL,id,lon\r\n38.5,4, B ,x 1,-121.51\r\n\r\n38.6,5,A,7,-121.52\r\n")
    assert found.ids == ["x 1", "7"]
    assert found.school_of.tolist() == [1, 0]
    assert found.longitude.tolist() == [-121.51, -121.52]
    assert found.latitude.tolist() == [38.5, 38.6]
    assert found.rows.tolist() == [2, 4]


def test_line_ends_of_old_machines_and_quotes() -> None:
    found = pupils('id,school,lon,lat\r"1,a",A,-121.5,38.5\r')
    assert found.ids == ["1,a"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "whole file: is empty; it needs the header id,school,lon,lat"),
        ("\n \n", "whole file: is empty"),
        ("id,school,lon,lat\n", "has a header and no rows"),
        ("id,lon,lat\n1,2,3\n", "row 1, header “id,lon,lat”: the header lacks school"),
        ("id;school;lon;lat\n1;A;2;3\n", "not divided by commas"),
        ("id,school,lon,lon,lat\n1,A,2,2,3\n", "row 1, header “lon”: stands there twice"),
        ("id,school,lon,lat\n1,A,-121.5\n", "row 2, whole row: there are 3 fields under 4 headings"),
        ("id,school,lon,lat\n1,A,x,38.5\n", "row 2, lon “x”: is no number of degrees"),
        ("id,school,lon,lat\n1,A,-121.5,\n", "row 2, lat: is empty; give degrees"),
        ("id,school,lon,lat\n1,A,nan,38.5\n", "row 2, lon “nan”: is no number"),
        ("id,school,lon,lat\n1,A,inf,38.5\n", "row 2, lon “inf”: is no number"),
        ("id,school,lon,lat\n1,C,-121.5,38.5\n", "row 2, school “C”: no school has this id"),
        ("id,school,lon,lat\n1,,-121.5,38.5\n", "row 2, school: is empty"),
        ("id,school,lon,lat\n,A,-121.5,38.5\n", "row 2, id: is empty"),
        ("id,school,lon,lat\n1,A,-121.5,38.5\n1,A,-121.5,38.5\n", "row 3, id “1”: stands in row 2 already"),
        (
            "id,school,lon,lat\n1,A,38.5,-121.5\n",
            "row 2, lon, lat “38, -122”: longitude and latitude look swapped",
        ),
        ("id,school,lon,lat\n1,A,-121.5,91\n", "row 2, lon, lat “-122, 91”: is no place on the Earth"),
        ('id,school,lon,lat\n1,"A,-121.5,38.5\n', "is no CSV"),
        ("id,school,lon,lat\n1,A,-121.5,38.5\0\n", "row 2, whole row: has a zero byte"),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_mend(text: str, says: str) -> None:
    with pytest.raises(TableFaults) as raised:
        pupils(text)
    assert says in str(raised.value)
    assert str(raised.value).startswith("pupils.csv: 1 fault; nothing is written.")


def test_a_file_that_is_not_utf_8() -> None:
    with pytest.raises(TableFaults, match="row 2, whole row: is not UTF-8"):
        read_places("id,lon,lat\né,1,2".encode("latin-1"), "s.csv", columns=SCHOOLS, area=AREA)


def test_every_fault_is_counted_and_the_first_are_named_in_the_order_of_rows() -> None:
    rows = "".join(f"{number},Z,x,38.5\n" for number in range(1000))
    with pytest.raises(TableFaults) as raised:
        pupils("id,school,lon,lat\n" + rows)
    assert raised.value.count == 2000
    assert len(raised.value.faults) == NAMED
    assert [fault.row for fault in raised.value.faults[:4]] == [2, 2, 3, 3]
    assert "… and 1980 more" in str(raised.value)


def test_addresses_do_not_stand_in_errors() -> None:
    with pytest.raises(TableFaults) as raised:
        pupils("id,school,lon,lat\n1,A,38.512345,-121.498765\n2,A,-121.498765W,38.512345\n")
    assert "row 3, lon “-121.…W”" in str(raised.value)
    assert "512345" not in str(raised.value)
    assert "498765" not in str(raised.value)


def test_a_school_must_lie_in_the_area_and_a_pupil_need_not() -> None:
    with pytest.raises(TableFaults, match=r"outside the network's area \(longitude -122.00 to -121.00"):
        read_places(b"id,lon,lat\nA,-120.5,38.5\n", "s.csv", columns=SCHOOLS, area=AREA)
    assert len(pupils("id,school,lon,lat\n1,A,-120.5,38.5\n")) == 1


def test_the_area_of_points() -> None:
    area = Area.of(np.array([1.0, 3.0]), np.array([5.0, 4.0]))
    assert area == Area(1.0, 4.0, 3.0, 5.0)
    assert area.holds(np.array([1.0, 2.0, 4.0]), np.array([4.0, 6.0, 4.5])).tolist() == [True, False, False]
