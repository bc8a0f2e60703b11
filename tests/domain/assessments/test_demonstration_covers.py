"""Which invented work covers which failed item: both must be there, or the demonstration tells half."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

from schoolward.analysis.assessing.instrument import read_instrument
from schoolward.domains import assessments, work
from schoolward.domains.assessments.reading_files import SHIPPED
from schoolward.domains.assessments.seed.pictures import HEIGHT, WIDTH, invented_picture
from schoolward.platform.files.sniffing import media_type


def _rows(package: object, name: str) -> list[dict[str, str]]:
    folder = Path(str(package.__file__)).parent / "data"  # type: ignore[attr-defined]
    with (folder / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_work_and_items_are_there() -> None:
    covers = _rows(assessments, "demonstration_covers.csv")
    titles = {row["title"] for row in _rows(work, "recommendations.csv")}
    forms = [read_instrument(path.read_bytes(), name=path.name) for path in SHIPPED]
    codes = {item.code: item for form in forms if form.key == "cpted-school" for item in form.items}
    assert {row["work"] for row in covers} <= titles
    assert len({row["work"] for row in covers}) == len(covers)
    assert all(codes[row["item"]].fails_at is not None for row in covers)
    assert len(covers) > len(titles) * 0.9


def test_an_invented_picture_is_a_picture() -> None:
    content = invented_picture(Random(1)).read()
    assert media_type(content) == "image/png"
    assert int.from_bytes(content[16:20]) == WIDTH
    assert int.from_bytes(content[20:24]) == HEIGHT
    assert content != invented_picture(Random(3)).read()
