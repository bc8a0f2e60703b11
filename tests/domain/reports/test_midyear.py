"""The mid-year report: its cover and sections, and the numbers of youth services.

To accept a change: ``SCHOOLWARD_ACCEPT_GOLDEN=1 pytest tests/domain/reports/test_midyear.py``.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pypdf
import pytest
from tests.domain.reports.test_golden import compare, stable

from schoolward.domains.cases.examples import build_referrals
from schoolward.platform.measures import registry as measures
from schoolward.platform.measures.examples import parse
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import read
from schoolward.reports.beginning import begin
from schoolward.reports.board_summary.blocks.youth import CENTER, DIVERSION, GAIN, OUTCOMES, REFERRALS
from schoolward.reports.board_summary.report import BOARD_SUMMARY
from schoolward.reports.composing import Composer
from schoolward.reports.midyear.report import MIDYEAR
from schoolward.reports.queries import composed
from schoolward.reports.rendering import render_contents

AS_OF = date(2012, 9, 6)


def _words(found: Any) -> str:
    return "".join(run.get("text", "") for run in found)


def _rows(blocks: list[dict[str, Any]]) -> dict[str, list[str]]:
    tables = [block for block in blocks if block["kind"] == "table"]
    rows = [[_words(cell) for cell in row] for table in tables for row in table["rows"]]
    return {row[0]: row[1:] for row in rows}


@pytest.mark.django_db
def test_the_print_of_an_installation_without_records(at: datetime) -> None:
    found = composed(*begin(MIDYEAR, AS_OF, at=at))
    pages = pypdf.PdfReader(io.BytesIO(render_contents(found).pdf)).pages
    words = "\n".join(f"--- page {n} ---\n{page.extract_text()}" for n, page in enumerate(pages, start=1))
    compare("midyear-empty.txt", stable(words) + "\n")


@pytest.mark.django_db
def test_each_step_stands_with_what_it_is_held_against() -> None:
    example = measures.get("cases.contacted").example
    assert example is not None
    build_referrals(parse(example.rows))
    composer = Composer(date(2013, 7, 2), blocks=BOARD_SUMMARY.blocks)
    blocks = BOARD_SUMMARY.blocks["youth-services"](composer)
    assert _rows(blocks)["Families contacted within five days"] == ["80%", "60 of 75"]
    wanting = [_words(block["runs"]) for block in blocks if block["kind"] == "paragraph"]
    assert any("Visits to the attendance center: not collected" in words for words in wanting)
    assert all(cell.lineage.count == cell.reading.records for cell in composer.cells)


@pytest.mark.parametrize(
    "code", ["M28", "M29", "M30", "M31", "M32", "M33", "M34", "M35", "M36", "M37", "M40"]
)
def test_no_measure_of_youth_services_is_left_out(code: str) -> None:
    printed = {*REFERRALS, *OUTCOMES, *DIVERSION, *CENTER, GAIN}
    assert {one.key for one in measures.all_measures() if one.code == code} <= printed


@pytest.mark.django_db
def test_what_is_known_of_all_sites_alone_is_never_a_sites_number() -> None:
    reading = read("centre.visits", Period(None, AS_OF, AS_OF), Scope(1))
    assert (reading.collected, reading.value) == (False, None)
    assert "not by site" in reading.note
