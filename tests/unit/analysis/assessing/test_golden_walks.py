"""One invented walk by each instrument, against numbers that were reckoned apart from the code.

Each file in tests/golden/assessing holds answers and what must come out of them. In `shows` it says how its
numbers were reckoned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from schoolward.analysis.assessing.instrument import Answer, Mark
from schoolward.analysis.assessing.risk import Band, risks
from schoolward.analysis.assessing.scoring import Score, failed_items, scores
from unit.analysis.assessing.shipped import GOLDEN, INSTRUMENTS, shipped


def case(name: str) -> tuple[dict[str, Any], dict[str, Answer]]:
    """Return what a file holds, and its answers as answers."""
    held = json.loads((GOLDEN / f"{name}.json").read_text())
    answers = {code: Mark(one) if isinstance(one, str) else one for code, one in held["answers"].items()}
    return held, answers


def row(score: Score) -> list[Any]:
    """Return a score as its row in the file."""
    values = (score.value, score.low, score.high, score.coverage)
    return [None if value is None else pytest.approx(value, abs=1e-6) for value in values] + [
        score.rated,
        score.unobserved,
        score.unanswered,
        score.not_existing,
    ]


def rows(found: Mapping[str, Score]) -> dict[str, list[Any]]:
    return {part: row(score) for part, score in found.items()}


def test_each_instrument_has_a_case() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(INSTRUMENTS)


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_a_walk_scores_as_reckoned(name: str) -> None:
    held, answers = case(name)
    instrument = shipped(name)
    assert (instrument.key, instrument.version) == (held["instrument"], held["version"])
    assert {type(answer) for answer in answers.values()} == {int, Mark}

    found = scores(instrument, answers, {held["band"]})

    assert row(found.total) == held["total"]
    for part in ("section", "area", "principle", "layer", "zone"):
        assert rows(getattr(found, f"by_{part}")) == held[part], part
    assert [item.code for item in failed_items(instrument, answers, {held["band"]})] == held["failed"]


def test_a_vulnerability_assessment_has_the_risks_reckoned() -> None:
    held, answers = case("vulnerability")
    found = risks(shipped("vulnerability"), answers, {held["band"]})
    assert {one.item.code: [one.product, one.low, one.high] for one in found.risks} == held["risks"]
    assert found.campus.counts == {Band(name): count for name, count in held["risk_counts"].items()}
    assert found.campus.unrated == sum(product is None for product, _, _ in held["risks"].values())
    assert {one.item.asset for one in found.risks}.isdisjoint({"vehicles"})  # does not exist there
    assert "vehicles" in {item.asset for item in shipped("vulnerability").items}
