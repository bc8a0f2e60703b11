"""Address keys: the same address always agrees, another address never does."""

import csv
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.addresses import _normalise_thoroughly, is_intersection, normalise
from schoolward.analysis.geodesy import haversine_m

SAME = {
    "5201 STRAWBERRY LN": [
        "5201 Strawberry Lane",
        "5201  strawberry ln.",
        "5201 Strawberry Ln, Sacramento, CA 95820",
    ],
    "2751 9TH AVE": ["2751 Ninth Avenue", "2751 9TH AV", "2751 9 AVE", "2751 09TH AVE"],
    "12 21ST ST": ["12 Twenty-First Street", "12 TWENTY FIRST ST", "12 21st St"],
    "3525 MARTIN LUTHER KING BLVD": [
        "3525 Martin Luther King Junior Boulevard",
        "3525 Martin Luther King, Jr. Blvd.",
        "3525 MARTIN LUTHER KING JR BL",
        "3525 MARTIN LUTHER KING BLVD",
        "3525 M L KING BLVD",
        "3525 M.L. King Jr. Blvd",
        "3525 MLK JR BLVD",
        "3525 Dr. Martin Luther King Jr Blvd",
    ],
    "7555 S LAND PARK DR": ["7555 South Land Park Drive", "7555 S. LAND PARK DR"],
    "200 N 16TH ST": ["200 North 16th Street", "200 N 16TH STREET"],
    "100 K ST NW": ["100 K Street Northwest", "100 K ST. NW"],
    "5330 POWER INN RD": [
        "5330 Power Inn Road, Suite A",
        "5330 POWER INN RD STE A",
        "5330 POWER INN RD # 12",
        "5330 Power Inn Rd Bldg 2 Room 14",
        "Suite A, 5330 Power Inn Road",
    ],
    "4720 FOREST PKWY": ["4720 Forest Parkway", "4720 FOREST PKY"],
    "3801 BROADWAY": ["3801 Broadway"],
    "1514 MCALLISTER AVE": ["1514A MCALLISTER AVE", "1514-B McAllister Avenue", "1514 1/2 MCALLISTER AVE"],
    "6 ST MARIE CIR": ["6 SAINT MARIE CIR", "6 St. Marie Circle"],
    "10 OBRIEN WAY": ["10 O'Brien Wy"],
    "10 PENA CT": ["10 Peña Court"],
    "3500 FLORIN RD": ["3500 Florin Rd / rear lot", "3500 FLORIN RD @ BURBANK HS"],
}

DIFFERENT = [
    ("1515 NORTH AVE", "1515 N AVE"),
    ("2600 N ST", "2600 NORTH ST"),
    ("7001 EAST PKWY", "7001 E PKWY"),
    ("3150 I ST", "3150 J ST"),
    ("2120 12th Street", "2120 10TH ST"),
    ("2147 54th Avenue", "2147 54th Street"),
    ("2118 MEADOWVIEW", "2118 MEADOWVIEW RD"),
    ("3500 BLOCK OF FLORIN RD", "3500 FLORIN RD"),
    ("100 UNIT ST", "100 ST"),
    ("21 14TH AVE", "2114TH AVE"),
    ("NORTH AVE / SOUTH AVE", "N AVE / S AVE"),
]


@pytest.mark.parametrize(
    ("key", "spelling"), [(key, s) for key, spellings in SAME.items() for s in (key, *spellings)]
)
def test_spellings_of_one_address_share_its_key(key: str, spelling: str) -> None:
    assert normalise(spelling) == key


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_addresses_have_different_keys(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("FLORIN RD / 24TH ST", "24TH ST / FLORIN RD"),
        ("24th Street & Florin Road", "24TH ST / FLORIN RD"),
        ("24TH ST AND FLORIN RD", "24TH ST / FLORIN RD"),
        ("5TH STREET/I STREET", "5TH ST / I ST"),
        ("9 AVE / J ST", "9TH AVE / J ST"),
        ("HWY 99 / 12TH AVE", "12TH AVE / HWY 99"),
        # The 2006 file cuts its address column at 40 characters.
        ("FRUITRIDGE RD / MARTIN LUTHER KING JR BL", "FRUITRIDGE RD / MARTIN LUTHER KING BLVD"),
        ("18TH ST / V ST W ST ALY", "18TH ST / V ST W ST ALY"),
    ],
)
def test_a_crossing_is_keyed_by_its_streets_in_order(written: str, key: str) -> None:
    assert is_intersection(written)
    assert normalise(written) == key


@pytest.mark.parametrize(
    "address", ["", "   ", "2248 1/2 GRAND AVE", "3500 FLORIN RD / REAR", "14TH AVE", "100 K ST"]
)
def test_what_is_no_crossing(address: str) -> None:
    assert not is_intersection(address)


@pytest.mark.parametrize("blank", ["", " ", "\t", ",", "."])
def test_blank_has_an_empty_key(blank: str) -> None:
    assert normalise(blank) == ""


VOCABULARY = """
    1 12 9 9TH NINTH TWENTY FIRST NORTH S EAST AVE AVENUE ST STREET ST. BLVD WAY KING MARTIN LUTHER JR MLK
    / & AND @ , # APT UNIT 4 B 1/2 BLOCK OF K FLORIN OAK O'NEIL 12-14 SAINT BROADWAY 007
"""
WORDS = st.sampled_from(VOCABULARY.split())


@given(st.lists(WORDS, max_size=9).map(" ".join))
def test_keys_are_stable(address: str) -> None:
    key = normalise(address)
    assert normalise(key) == key
    assert _normalise_thoroughly(address) == key, "the quick path must agree with the thorough one"
    assert set(key) <= set(string.ascii_uppercase + string.digits + " /")
    assert key == " ".join(key.split())


@given(st.text(max_size=60))
def test_any_text_has_a_key(address: str) -> None:
    assert normalise(normalise(address)) == normalise(address)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_every_school_address_in_the_2006_file_is_found_and_no_other(shared_data: Path) -> None:
    """House number, street and place tell which of the 5,492 police addresses are schools; the keys must
    agree."""
    schools = _read(shared_data / "scusd_schools_cde.csv")
    records = {row["address"]: row for row in _read(shared_data / "SacramentocrimeJanuary2006.csv")}
    by_number: dict[str, list[dict[str, str]]] = {}
    for record in records.values():
        by_number.setdefault(record["address"].split(" ", 1)[0], []).append(record)

    matched, rejected = set(), set()
    for school in schools:
        for record in by_number.get(school["address"].split(" ", 1)[0], []):
            distance = haversine_m(
                float(school["lon"]),
                float(school["lat"]),
                float(record["longitude"]),
                float(record["latitude"]),
            )
            same = normalise(school["address"]) == normalise(record["address"])
            if same:
                matched.add(normalise(school["address"]))
                assert distance < 250
            elif distance < 400:
                rejected.add((school["address"], record["address"]))

    assert len(matched) == 28
    assert {
        "2751 9TH AVE",
        "4501 MARTIN LUTHER KING BLVD",
        "6879 14TH AVE",
        "6715 GLORIA DR",
        "3500 FLORIN RD",
    } <= matched
    # The only other addresses with a school's house number within 400 m of it stand on another street.
    assert rejected == {
        ("5330 Power Inn Road, Suite A", "5330 ONTARIO ST"),
        ("2120 12th Street", "2120 10TH ST"),
        ("3150 I Street", "3150 J ST"),
    }
