"""Builders of the chart shapes that the pages use, as plain Vega-Lite specifications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from schoolward.platform.ui.charts.theme import ACCENT, GRID, INK, PRIMARY, SERIES

Spec = dict[str, Any]
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_ROW_HEIGHT = 26


def bars(
    rows: Sequence[tuple[str, float]],
    *,
    unit: str = "",
    width: int = 520,
    highlight: str | None = None,
) -> Spec:
    """Horizontal bars with their values at the end, in the order given. ``rows``: label, value."""
    values = [{"label": label, "value": value, "marked": label == highlight} for label, value in rows]
    y = {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 220}}
    x = {"field": "value", "type": "quantitative", "title": unit or None, "axis": None}
    return {
        "$schema": _SCHEMA,
        "width": width,
        "height": max(1, len(rows)) * _ROW_HEIGHT,
        "data": {"values": values},
        "encoding": {"y": y, "x": x},
        "layer": [
            {
                "mark": {"type": "bar", "height": 16},
                "encoding": {
                    "color": {"condition": {"test": "datum.marked", "value": ACCENT}, "value": PRIMARY}
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "color": INK},
                "encoding": {"text": {"field": "value", "type": "quantitative", "format": ",.6~g"}},
            },
        ],
    }


def line_by_month(
    series: Mapping[str, Sequence[tuple[date, float | None]]],
    *,
    unit: str = "",
    width: int = 640,
    height: int = 220,
    open_from: date | None = None,
) -> Spec:
    """Lines over months. ``series``: name → (first day of month, value); a gap where nothing was collected.

    Months are set as labels and not as instants, so that no time zone moves a value. ``open_from`` is the
    first day of the first month that is not over: from there on the line is dashed and the points are hollow,
    so that half a month does not look like a fall. The words beside the chart must say it too.
    """
    names = [_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun")]
    names += [_("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec")]
    months = sorted({month for points in series.values() for month, _value in points})
    values = [
        {"month": month.isoformat()[:7], "value": value, "series": name}
        for name, points in series.items()
        for month, value in points
    ]
    labels = {month.isoformat()[:7]: names[month.month - 1] for month in months}
    first = {month.isoformat()[:7] for i, month in enumerate(months) if i == 0 or month.month == 1}
    step = -(-len(months) // 12) if months else 1
    shown = [
        month.isoformat()[:7]
        for i, month in enumerate(months)
        if i % step == 0 or month.isoformat()[:7] in first
    ]
    label = (
        f"[{_js(labels)}[datum.value], {_js({month: month[:4] for month in first})}[datum.value] || '']"
        if months
        else "''"
    )
    encoding: Spec = {
        "x": {
            "field": "month",
            "type": "ordinal",
            "title": None,
            "scale": {"type": "point", "padding": 0.4},
            "axis": {"labelAngle": 0, "labelExpr": label, "values": shown, "labelOverlap": False},
        },
        "y": {
            "field": "value",
            "type": "quantitative",
            "title": unit or None,
            "scale": {"zero": True, "nice": 4},  # the topmost mark stands at or above the highest value
            "axis": {"tickCount": 4, "format": ",.6~g"},
        },
    }
    if len(series) > 1:
        encoding["color"] = {"field": "series", "type": "nominal", "title": None, "sort": list(series)}
    line: Spec = {"type": "line", "point": len(months) <= 36, "invalid": "break-paths-show-path-domains"}
    spec = {"$schema": _SCHEMA, "width": width, "height": height, "data": {"values": values}}
    over = [month for month in months if open_from is None or month < open_from]
    if len(over) == len(months):
        return {**spec, "mark": line, "encoding": encoding}
    return {**spec, "encoding": encoding, "layer": _solid_then_dashed(line, over)}


def _solid_then_dashed(line: Spec, over: Sequence[date]) -> list[Spec]:
    """A line through the months that are over, dashed on from the last of them, with hollow points there."""
    last = f"'{over[-1].isoformat()[:7]}'" if over else "''"
    return [
        {"transform": [{"filter": f"datum.month <= {last}"}], "mark": line},
        {
            "transform": [{"filter": f"datum.month >= {last}"}],
            "mark": {**line, "point": False, "strokeDash": [4, 4]},
        },
        {
            "transform": [{"filter": f"datum.month > {last}"}],
            "mark": {"type": "point", "filled": False, "fill": "white", "opacity": 1},
        },
    ]


def _js(mapping: Mapping[str, str]) -> str:
    """A mapping as a Vega expression's object literal."""
    pairs = (f"'{key}': '{value.replace(chr(39), chr(8217))}'" for key, value in mapping.items())
    return "{" + ", ".join(pairs) + "}"


def heat_weekday_hour(counts: Mapping[tuple[int, int], int], *, unit: str = "", width: int = 600) -> Spec:
    """A week as a grid of hours. ``counts``: (weekday with Monday = 0, hour 0-23) → count; absent is 0."""
    days = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    values = [
        {"day": days[day], "hour": hour, "value": counts.get((day, hour), 0)}
        for day in range(7)
        for hour in range(24)
    ]
    return {
        "$schema": _SCHEMA,
        "width": width,
        "height": 7 * 24,
        "data": {"values": values},
        "mark": {"type": "rect"},
        "encoding": {
            "x": {
                "field": "hour",
                "type": "ordinal",
                "title": _("Hour of day"),
                "axis": {"labelAngle": 0, "values": list(range(0, 24, 3)), "domain": False, "ticks": False},
            },
            "y": {"field": "day", "type": "ordinal", "sort": days, "title": None},
            "color": {
                "field": "value",
                "type": "quantitative",
                "title": unit or None,
                "legend": {"orient": "top", "gradientLength": 160, "tickCount": 3, "format": ",.6~g"},
            },
        },
    }


def curve(
    points: Sequence[tuple[float, float]],
    *,
    x_title: str,
    y_title: str,
    marked: int | None = None,
    width: int = 560,
    height: int = 240,
) -> Spec:
    """What one number comes to as another grows: a line through points, one of them marked by its place."""
    values = [{"x": x, "y": y, "marked": place == marked} for place, (x, y) in enumerate(points)]
    return {
        "$schema": _SCHEMA,
        "width": width,
        "height": height,
        "data": {"values": values},
        "encoding": {
            "x": {
                "field": "x",
                "type": "quantitative",
                "title": x_title,
                "axis": {"tickCount": 5, "format": ",.6~g", "grid": False},
            },
            "y": {
                "field": "y",
                "type": "quantitative",
                "title": y_title,
                "scale": {"zero": True, "nice": 4},
                "axis": {"tickCount": 4, "format": ",.6~g"},
            },
        },
        "layer": [
            {"mark": {"type": "line"}},
            {
                "mark": {"type": "point", "filled": True, "opacity": 1},
                "encoding": {
                    "color": {"condition": {"test": "datum.marked", "value": ACCENT}, "value": PRIMARY},
                    "size": {"condition": {"test": "datum.marked", "value": 160}, "value": 40},
                },
            },
        ],
    }


def spans_by_row(
    rows: Sequence[tuple[str, str, date, date]],
    *,
    today: date,
    first: date,
    last: date,
    width: int = 640,
    nothing: str = "",
) -> Spec:
    """Bars from one day to another, a line of them for each row. ``rows``: row, what fills it, start, end.

    Days are set as parts of a year and not as instants, so that no time zone moves an end. What lies before
    ``first`` or after ``last`` is cut off there. What is called ``nothing`` is set as a gap, in gray.
    """
    names = list(dict.fromkeys(row for row, _what, _start, _end in rows))
    values = [
        {"row": row, "what": what, "start": _year(max(start, first)), "end": _year(min(end, last), over=True)}
        for row, what, start, end in rows
        if start <= last and end >= first
    ]
    scale = {"domain": [_year(first), _year(last, over=True)], "nice": False, "zero": False}
    fills = list(dict.fromkeys(str(value["what"]) for value in values if value["what"] != nothing))
    colors = [SERIES[index % len(SERIES)] for index in range(len(fills))]
    if any(value["what"] == nothing for value in values):
        fills, colors = [*fills, nothing], [*colors, GRID]
    y = {"field": "row", "type": "nominal", "sort": names, "title": None, "axis": {"labelLimit": 300}}
    return {
        "$schema": _SCHEMA,
        "width": width,
        "height": max(1, len(names)) * _ROW_HEIGHT,
        "layer": [
            {
                "data": {"values": values},
                "mark": {"type": "bar", "height": 14},
                "encoding": {
                    "y": y,
                    "x": {
                        "field": "start",
                        "type": "quantitative",
                        "title": None,
                        "scale": scale,
                        "axis": {"format": "d", "tickMinStep": 1, "grid": True},
                    },
                    "x2": {"field": "end"},
                    "color": {
                        "field": "what",
                        "type": "nominal",
                        "title": None,
                        "scale": {"domain": fills, "range": colors},
                        "legend": {"labelLimit": 320, "columns": 2},
                    },
                },
            },
            {
                "data": {"values": [{"today": _year(today)}]},
                "mark": {"type": "rule", "strokeWidth": 1.5},
                "encoding": {"x": {"field": "today", "type": "quantitative", "scale": scale}},
            },
        ],
    }


def _year(day: date, *, over: bool = False) -> float:
    """A day as a year with its part; its end where it is ``over``."""
    length = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return round(day.year + ((day - date(day.year, 1, 1)).days + over) / length, 5)
