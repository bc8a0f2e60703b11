"""Codes and statutes become plain categories; every code of the real files is known."""

import csv
import gzip
import io
from collections import Counter
from pathlib import Path

import pytest

from schoolward.analysis.offences import NON_CRIMES, Category, canonical_code, category_named, classify
from schoolward.analysis.offences.categories import OTHER_NAMES, TITLES


@pytest.mark.parametrize(
    ("code", "description", "category", "nibrs"),
    [
        ("2404", "10851(A)VC TAKE VEH W/O OWNER", "vehicle_theft", "240"),
        ("2404", "10851 VC AUTO THEFT LOCATE", "vehicle_theft", ""),
        ("2299", "459 PC  BURGLARY VEHICLE", "burglary", "23F"),
        ("2205", "459.5 PC BURGLARY:SHOPLIFT <$950", "theft", "23C"),
        ("1203", "211 PC ROBBERY-SHOPLIFT", "robbery", "120"),
        ("1313", "242 PC BATTERY CIVILIAN", "assault", "13B"),
        ("909", "192(C)(2)VEH MAN W/O GROSS NEG", "homicide", "09B"),
        ("0999", "664/187(A) ATTEMPTED HOMICIDE", "homicide", "13A"),
        ("2399", "368(D) THEFT-ELDER >$950", "theft", "23H"),
        ("1313", "368(C) CAUSE PAIN/INJ TO ELDER", "assault", ""),
        ("3699", "290(F)1 W/I 5 DAYS ADD CHANGE", "justice", ""),
        ("5404", "23152(A) DUI ALCOHOL", "traffic", "90D"),
        ("5400", "TRAFFIC ACCIDENT-INJURY", "traffic", ""),
        ("7399", "9.16.140B TRESPASS AFTR NOTICE", "disorder", "90J"),
        ("23F", "459 PC LARCENY:THEFT FROM VEHICLE", "theft", "23F"),
        ("520", "246.3(A) F:WILLFULLY DISCHARGE FIREARM W", "weapons", "520"),
        ("7000", "TOWED/STORED VEHICLE", "non_crime", ""),
        ("7000", "ASSAULT WITH WEAPON - I RPT", "non_crime", ""),
        ("7000", "MISSING PERSON I RPT", "missing", ""),
        ("", "Fight behind the gym", "assault", ""),
        ("", "graffiti on the north wall", "vandalism", "290"),
        ("", "", "other", ""),
        ("9999", "", "other", ""),
    ],
)
def test_code_and_description_give_category(code: str, description: str, category: str, nibrs: str) -> None:
    offence = classify(code, description)
    assert (offence.category, offence.nibrs) == (category, nibrs)


@pytest.mark.parametrize(
    ("code", "description"),
    [
        ("1315", "243.2(A)(1) BATT/SCHOOL INJURY"),
        ("1313", "243.6 BATTERY SCHOOL EMPLOYEE"),
        ("5212", "626.10(A) PC POSS WPN SCHL ZN"),
        ("5213", "626.9(D) PC DSCH FRARM SCH GND"),
        ("5707", "626.2 PC UNAUTH ENTRY CAMPUS"),
        ("3562", "11357(E) MNR POSS MARIJ SCHOOL"),
        ("5399", "415.5(A)(1) PC FIGHT SCHOOL GR"),
        ("3805", "32210 EC WILFL DISTURB PUB SCH"),
    ],
)
def test_school_statutes_are_marked(code: str, description: str) -> None:
    assert classify(code, description).school_statute
    assert classify(code, description).is_crime


def test_everyday_statutes_are_not_school_statutes() -> None:
    assert not classify("1315", "243(D) PC BATT/CIVILIAN W/INJ").school_statute
    assert not classify("5311", "415(1) PC DISTURB PEACE/FIGHT").school_statute


def test_only_the_7000_series_and_truancy_are_not_crimes() -> None:
    assert not classify("7000", "BATTERY - I RPT").is_crime
    assert classify("7099", "182(A)(1) CONSPIR COMM CRIME").is_crime
    assert {Category.MISSING, Category.NON_CRIME} == NON_CRIMES


@pytest.mark.parametrize(
    ("written", "canonical"),
    [("909", "0909"), (" 7000 ", "7000"), ("220", "220"), ("23f", "23F"), ("", ""), ("0909", "0909")],
)
def test_codes_have_one_spelling(written: str, canonical: str) -> None:
    assert canonical_code(written) == canonical


def test_category_names() -> None:
    assert category_named("Vehicle theft") is Category.VEHICLE_THEFT
    assert category_named(" vehicle_theft ") is Category.VEHICLE_THEFT
    assert category_named("LARCENY") is Category.THEFT
    assert category_named("nonsense") is None
    assert set(TITLES) == set(Category)
    assert all(name == name.lower() for name in OTHER_NAMES)


def test_every_code_of_the_real_files_is_known(shared_data: Path) -> None:
    with (shared_data / "SacramentocrimeJanuary2006.csv").open(newline="") as file:
        old = [(row["ucr_ncic_code"], row["crimedescr"]) for row in csv.DictReader(file)]
    with gzip.open(shared_data / "sacpd_crime_2021.csv.gz") as raw:
        text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        new = [(row["Offense_Code"], row["Description"]) for row in csv.DictReader(text)]
    for records in (old, new):
        unmapped = Counter(pair for pair in records if classify(*pair).basis == "nothing")
        print(f"unmapped: {sum(unmapped.values())} of {len(records)}")  # noqa: T201 - shown by pytest -s
        assert not unmapped
    non_crimes = [pair for pair in old if not classify(*pair).is_crime]
    assert len(non_crimes) == sum(code == "7000" for code, _ in old) == 2470
    assert sum(classify(*pair).school_statute for pair in old) == 28


def test_the_police_own_categories_of_2021_agree(shared_data: Path) -> None:
    """Offense_Category is not read by the import; where it names a plain category, ours is the same."""
    with gzip.open(shared_data / "sacpd_crime_2021.csv.gz") as raw:
        rows = list(csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")))
    named = [(category_named(row["Offense_Category"]), row) for row in rows]
    named = [(category, row) for category, row in named if category is not None]
    same = sum(
        classify(row["Offense_Code"], row["Description"]).category is category for category, row in named
    )
    assert same / len(named) > 0.98
