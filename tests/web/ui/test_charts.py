"""Charts stand by themselves: titled, described, without scripts, the same for the same input."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date

import pytest

from schoolward.platform.ui.charts import Spec, bars, chart_svg, curve, heat_weekday_hour, line_by_month

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = [date(2012, month, 1) for month in range(1, 9)]
SPECS = {
    "bars": bars([("Theft", 412), ("Vandalism & <graffiti>", 120)], unit="Incidents"),
    "line": line_by_month({"At": [(m, 3.0) for m in MONTHS], "Near": [(m, None) for m in MONTHS]}),
    "curve": curve([(0, 0), (500, 12.5), (900, 14)], x_title="Dollars", y_title="Points", marked=1),
    "heat": heat_weekday_hour({(0, 8): 4, (6, 23): 1}, unit="Incidents"),
}


@pytest.mark.parametrize("name", SPECS)
def test_a_chart_is_one_named_picture_without_scripts(name: str) -> None:
    drawn = chart_svg(SPECS[name], title="Theft & more", description="Theft leads <by far>.")
    root = ElementTree.fromstring(drawn)  # noqa: S314 - drawn by us
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "Theft & more"
    assert description is not None
    assert description.text == "Theft leads <by far>."
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    inner = [element for child in root if child.tag == f"{SVG}g" for element in child.iter()]
    assert inner
    for element in inner:
        assert element.tag not in {f"{SVG}script", f"{SVG}a", f"{SVG}style"}
        assert not {
            key for key in element.attrib if key.startswith(("aria-", "on")) or key in {"role", "style"}
        }


def test_the_same_input_gives_the_same_bytes() -> None:
    spec = bars([("Theft", 2)])
    first = chart_svg(spec, title="One", description="Two")
    assert first == chart_svg(dict(reversed(list(spec.items()))), title="One", description="Two")
    assert first != chart_svg(spec, title="One", description="Three")


def words(spec: Spec) -> list[str]:
    """The visible words of a chart, in drawing order."""
    root = ElementTree.fromstring(chart_svg(spec, title="t", description="d"))  # noqa: S314
    shown = [element for element in root.iter(f"{SVG}text") if element.get("opacity") != "0"]
    return ["".join(element.itertext()) for element in shown]


def test_values_are_written_out_in_full() -> None:
    assert "412" in words(SPECS["bars"])
    many = line_by_month({"All": [(month, 40.0 * index) for index, month in enumerate(MONTHS)]})
    assert "100" in words(many)
    assert not [word for word in words(many) if "e+" in word]


def test_months_are_named_and_the_year_stands_under_the_first() -> None:
    said = words(line_by_month({"All": [(date(2011, 12, 1), 1), (date(2012, 1, 1), 2)]}))
    assert {"Dec2011", "Jan2012"} <= set(said), "the year stands on a line of its own under the month"


def test_an_empty_line_chart_still_draws() -> None:
    assert "<svg" in chart_svg(line_by_month({}), title="Nothing yet", description="No month was collected.")


@pytest.mark.parametrize(
    ("open_from", "dashed", "hollow"),
    [(None, 0, 0), (date(2012, 9, 1), 0, 0), (date(2012, 8, 1), 1, 1), (date(2012, 7, 1), 1, 2)],
)
def test_a_month_that_is_not_over_is_no_fall(open_from: date | None, dashed: int, hollow: int) -> None:
    spec = line_by_month({"All": [(month, 10.0) for month in MONTHS]}, open_from=open_from)
    root = ElementTree.fromstring(chart_svg(spec, title="t", description="d"))  # noqa: S314 - drawn by us
    paths = list(root.iter(f"{SVG}path"))
    assert len([path for path in paths if path.get("stroke-dasharray") == "4,4"]) == dashed
    assert len([path for path in paths if path.get("fill") == "white"]) == hollow
