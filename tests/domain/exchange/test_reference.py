"""The tables that come in and go out are in the documents, with every layout, and current."""

from __future__ import annotations

from pathlib import Path

from schoolward.platform.exchange.reference import tables_page
from schoolward.platform.exchange.registry import all_exchanges
from schoolward.protocols.police_records import LAYOUTS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "tables.md"


def test_the_page_of_tables_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == tables_page(), "run: schoolward manage exchange_reference"


def test_every_table_and_every_layout_of_the_police_is_described() -> None:
    page = tables_page()
    for exchange in all_exchanges():
        assert f"(`{exchange.key}`)" in page
        for column in exchange.columns:
            assert f"| `{column.name}` |" in page
    for key, layout in LAYOUTS.items():
        part = page.partition(f"(`{key}`)")[2].partition("\n##")[0]
        for field in layout.fields:
            assert f"| `{field.headers[0]}` |" in part
