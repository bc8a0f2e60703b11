"""What outside lists call our items: names, and the tiers that an installation wrote beside them."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest

from schoolward.analysis.assessing.crosswalk import read_crosswalk
from schoolward.analysis.assessing.instrument import InstrumentProblem
from schoolward.domains.assessments.queries import outside_names
from schoolward.domains.assessments.reading_files import CROSSWALKS, SHIPPED, read_form

FORMS = {
    form.key: form
    for form in (
        read_form(path.read_bytes(), name=path.name, kind="yaml", valid_from=date(2026, 1, 1))
        for path in SHIPPED
    )
}
PASS = next(path for path in CROSSWALKS if path.name.startswith("pass_")).read_text("utf-8")
ROW = "{from: B02, is: narrower, to: building_perimeter-video}"


def with_tier(tier: int) -> bytes:
    assert PASS.count(ROW) == 1
    return PASS.replace(ROW, ROW.replace("}", f", tier: {tier}}}")).encode()


@pytest.mark.django_db
def test_a_tier_that_is_written_beside_a_row_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = outside_names(FORMS["cpted-school"])["B02"]
    assert [name.partition(": ")[2] for name in shipped] == ["Building perimeter: video surveillance"]
    own = read_crosswalk(with_tier(2), name="own.yaml", instruments=FORMS.values())
    # The package gives a function of the module's name.
    module = import_module("schoolward.domains.assessments.queries.crosswalks")
    monkeypatch.setattr(module, "crosswalks", lambda: (own,))
    assert outside_names(FORMS["cpted-school"])["B02"] == [f"{shipped[0]}, Tier 2"]


def test_a_tier_that_pass_does_not_have_is_refused() -> None:
    with pytest.raises(InstrumentProblem, match=r"own.yaml: .*tier"):
        read_crosswalk(with_tier(5), name="own.yaml", instruments=FORMS.values())
