"""Charts of travel: shares with their intervals."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schoolward.analysis.travel import Share
from schoolward.platform.ui.charts import chart_svg, intervals


def shares_svg(rows: Sequence[tuple[str, Share]], *, title: str) -> SafeString | str:
    """Shares in percent with their 95 percent intervals, a line a row; empty where none can be drawn."""
    drawn = [
        (label, 100 * made.value, 100 * made.low, 100 * made.high)
        for label, made in rows
        if made.value is not None and made.low is not None and made.high is not None
    ]
    if not drawn:
        return ""
    said = "; ".join(
        _("%(label)s %(value).1f percent, %(low).1f to %(high).1f")
        % {"label": label, "value": value, "low": low, "high": high}
        for label, value, low, high in drawn
    )
    return chart_svg(
        intervals(drawn, x_title=_("Percent of trips on foot or by bike")),
        title=title,
        description=f"{said}.",
    )
