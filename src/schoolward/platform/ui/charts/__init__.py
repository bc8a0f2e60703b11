"""Charts drawn on the server: the same SVG stands on the page, in the PDF and in an e-mail.

svg = chart_svg(bars(rows), title="Incidents by category", description="Theft leads with 412 of 1,090.")
"""

from schoolward.platform.ui.charts.drawing import chart_svg
from schoolward.platform.ui.charts.ranges import intervals
from schoolward.platform.ui.charts.specs import (
    Spec,
    bars,
    curve,
    heat_weekday_hour,
    line_by_month,
    spans_by_row,
)

__all__ = [
    "Spec",
    "bars",
    "chart_svg",
    "curve",
    "heat_weekday_hour",
    "intervals",
    "line_by_month",
    "spans_by_row",
]
