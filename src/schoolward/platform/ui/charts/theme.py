"""The look of charts: the pages' typeface and colours, thin grid, no decoration."""

from __future__ import annotations

from typing import Any

FONT = "Source Sans Pro"
INK = "#1c2b30"
MUTED = "#51626a"
GRID = "#e1e8ea"
PRIMARY = "#00687d"
ACCENT = "#c05600"
# Told apart with every common kind of colour blindness, and at least 3:1 against white.
SERIES: tuple[str, ...] = (PRIMARY, ACCENT, "#5b4a9c", "#6b7a1e", "#a0365f", "#51626a")
RAMP: tuple[str, ...] = ("#f1f6f7", "#c3dfe4", "#83bcc7", "#3d93a5", "#00687d", "#0b3a45")

CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": None,
    "padding": {"left": 2, "right": 10, "top": 6, "bottom": 2},
    "view": {"stroke": None},
    "range": {"category": list(SERIES), "heatmap": list(RAMP), "ramp": list(RAMP)},
    "axis": {
        "labelColor": MUTED,
        "labelFontSize": 13,
        "titleColor": MUTED,
        "titleFontSize": 13,
        "titleFontWeight": 400,
        "domainColor": "#9aa8ad",
        "tickColor": "#9aa8ad",
        "gridColor": GRID,
        "labelPadding": 6,
        "titlePadding": 8,
    },
    "axisX": {"grid": False},
    "axisY": {"domain": False, "ticks": False},
    "legend": {
        "labelColor": INK,
        "labelFontSize": 13,
        "titleColor": MUTED,
        "titleFontSize": 13,
        "titleFontWeight": 400,
        "orient": "top",
        "symbolType": "square",
    },
    "text": {"color": INK, "fontSize": 13},
    "bar": {"color": PRIMARY, "cornerRadiusEnd": 2},
    "line": {"color": PRIMARY, "strokeWidth": 2.5, "strokeJoin": "round"},
    "point": {"color": PRIMARY, "filled": True, "size": 36},
    "rect": {"stroke": "#ffffff", "strokeWidth": 1},
    "rule": {"color": MUTED, "strokeDash": [4, 3]},
}
