"""The page of the stress model is the model's."""

from __future__ import annotations

from pathlib import Path

from schoolward.analysis.routing.street_tags import Street
from schoolward.analysis.routing.stress_model import model_text, read_model, stress_model
from schoolward.analysis.routing.stress_reference import reference

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "walking-stress.md"


def test_the_page_in_the_documentation_is_of_the_newest_model() -> None:
    again = "schoolward routes stress --markdown > docs/reference/walking-stress.md"
    assert PAGE.read_text(encoding="utf-8") == reference(stress_model()), again


def test_a_changed_number_changes_the_page() -> None:
    changed = read_model(model_text().replace("crossing = 70.0", "crossing = 71.5"))
    assert "| 71.5 m |" in reference(changed)
    assert "| 71.5 m |" not in reference(stress_model())
    for kind in Street:
        assert f"| {kind.name.lower().replace('_', ' ')} | " in reference(changed)
