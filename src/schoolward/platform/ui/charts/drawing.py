"""From a Vega-Lite specification to an SVG that stands by itself: titled, described, without scripts."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from schoolward.platform.ui.charts.theme import CONFIG

CACHED_CHARTS = 512
# The whole chart is one picture with one description; Vega's own roles and labels inside it would be
# read out mark by mark, and some are not allowed where it puts them.
_INNER_ARIA = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_INNER_CLASS = re.compile(r' class="[^"]*"')
_ROOT = re.compile(r"<svg [^>]*>")
_SIZE = re.compile(r'viewBox="([^"]+)"')


def chart_svg(spec: dict[str, Any], *, title: str, description: str) -> SafeString:
    """Draw the chart with our theme. ``title`` names it; ``description`` says in words what it shows.

    The result is the same for the same input, byte for byte, so that a document's checksum holds.
    """
    return mark_safe(  # noqa: S308 - drawn by us from escaped text
        _drawn(json.dumps(spec, sort_keys=True, ensure_ascii=False), str(title), str(description))
    )


@lru_cache(maxsize=CACHED_CHARTS)
def _drawn(spec: str, title: str, description: str) -> str:
    converter = _converter()
    merged = json.loads(spec)
    merged["config"] = {**CONFIG, **merged.get("config", {})}
    svg = converter.vegalite_to_svg(json.dumps(merged, sort_keys=True))
    name = "chart-" + hashlib.sha256(f"{spec}{title}{description}".encode()).hexdigest()[:12]
    size = _SIZE.search(svg)
    root = _ROOT.match(svg)
    if size is None or root is None:
        raise ValueError("the drawing library gave something that is not an SVG")
    _left, _top, width, height = size[1].split()
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="{width}" height="{height}" '
        f'viewBox="{size[1]}" role="img" aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    )
    inner = _INNER_CLASS.sub("", _INNER_ARIA.sub("", svg[root.end() :]))
    return head + inner


@lru_cache(maxsize=1)
def _converter() -> Any:
    """The drawing library with our typeface. Loaded on the first chart: it takes half a second."""
    import vl_convert

    vl_convert.register_font_directory(str(files("font_source_sans_pro") / "files"))
    return vl_convert
