"""Values with their intervals, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from schoolward.platform.ui.charts.theme import PRIMARY

Spec = dict[str, Any]


def intervals(rows: Sequence[tuple[str, float, float, float]], *, x_title: str, width: int = 480) -> Spec:
    """Points with whiskers from the lower to the upper end, in the order given; the axis begins at 0.

    ``rows``: label, value, lower end, upper end.
    """
    values = [{"label": label, "value": v, "low": low, "high": high} for label, v, low, high in rows]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": {"step": 34},
        "data": {"values": values},
        "encoding": {
            "y": {
                "field": "label",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"labelLimit": 240},
            },
            "x": {"type": "quantitative", "title": x_title, "scale": {"zero": True, "nice": 5}},
        },
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 2, "color": PRIMARY},
                "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "opacity": 1, "size": 90, "color": PRIMARY},
                "encoding": {"x": {"field": "value", "type": "quantitative"}},
            },
        ],
    }
