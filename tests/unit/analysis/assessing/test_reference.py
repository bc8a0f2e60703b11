"""The reference page says what the files say, and the how-to's own example is read."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from schoolward.analysis.assessing.crosswalk import read_crosswalk
from schoolward.analysis.assessing.instrument import read_instrument
from schoolward.analysis.assessing.reference import instruments_page
from schoolward.analysis.assessing.scoring import failed_items, scores
from unit.analysis.assessing.shipped import CROSSWALKS, INSTRUMENTS, TESTS, shipped, shipped_crosswalk

DOCS = TESTS.parent / "docs"
PAGE = DOCS / "reference" / "instruments.md"
HOW_TO = DOCS / "how-to" / "write-an-instrument.md"


def test_the_page_is_up_to_date() -> None:
    instruments = [shipped(name) for name in INSTRUMENTS]
    crosswalks = [shipped_crosswalk(name) for name in CROSSWALKS]
    assert PAGE.read_text() == instruments_page(instruments, crosswalks), "run `make docs`"


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_its_counts_are_those_of_its_rows(name: str) -> None:
    """Counted from the page's own rows, without the code that wrote it."""
    instrument = shipped(name)
    part = PAGE.read_text().split(f"(`{instrument.key}`, version")[1].split("\n## ")[0]
    codes = re.findall(r"^\| ([A-Z]\d\d) \|", part, re.MULTILINE)
    assert codes == [item.code for item in instrument.items]
    (total,) = re.findall(r"^\| all \|.* (\d+) \|$", part, re.MULTILINE)
    assert int(total) == len(codes)
    table = re.findall(r"^\| ([^|]+) \|((?: \d+ \|)+)$", part, re.MULTILINE)
    by_area = Counter(instrument.terms[item.area] for item in instrument.items)
    for area, cells in table[:-1]:
        counts = [int(cell) for cell in cells.split("|") if cell.strip()]
        assert counts[-1] == by_area[area]
        if len(counts) > 1 and area not in ("What could be lost", "What could happen", "How open it is"):
            assert sum(counts[:-1]) == counts[-1]


def test_the_example_of_the_how_to_is_an_instrument() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", HOW_TO.read_text(), re.DOTALL)
    instrument = read_instrument(blocks[0].encode(), name="example")
    older = read_instrument(blocks[0].replace('version: "2"', 'version: "1"').encode(), name="older")
    crosswalk = read_crosswalk(blocks[1].encode(), name="example", instruments=[older, instrument])
    assert {link.relation.value for link in crosswalk.links} >= {"same"}
    assert scores(instrument, {"G1": 1}).total.value == 50
    assert [item.code for item in failed_items(instrument, {"G1": 1, "G2": 2})] == ["G1"]
