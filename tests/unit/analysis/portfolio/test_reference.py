"""The published format is the one that is read and written."""

from __future__ import annotations

import json
import re
from pathlib import Path

from schoolward.analysis.portfolio import Status, Why, schemas

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "reference"


def test_the_schemas_are_those_of_the_declarations() -> None:
    for name, schema in schemas().items():
        published = json.loads((FOLDER / f"funding-plan.{name}.schema.json").read_text())
        assert published == schema, "run `make docs`"


def test_every_name_and_word_of_the_format_is_explained() -> None:
    page = (FOLDER / "funding-plan.md").read_text()
    for schema in schemas().values():
        names = {name for part in [schema, *schema["$defs"].values()] for name in part.get("properties", {})}
        for name in names - {"key", "sentence", "name"}:
            assert re.search(rf"[`.]{name}\b", page), name
    for word in (*Status, *Why):
        assert f"`{word.value}`" in page, word
