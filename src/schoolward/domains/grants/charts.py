"""The pictures of grants: an award's money going down, and posts with who pays them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schoolward.analysis.grants.burn import elapsed_share
from schoolward.domains.grants.queries import Post, Standing, months_over
from schoolward.domains.grants.wording import dollars
from schoolward.platform.ui.charts import chart_svg, line_by_month, spans_by_row

Months = list[tuple[date, float | None]]


def burn_rows(stood: Standing) -> list[tuple[date, int | None, int]]:
    """By month: what was left at its end (``None`` from the day's month on), and at an even pace."""
    award = stood.award
    left, spent = award.amount_cents, dict(stood.months)
    rows: list[tuple[date, int | None, int]] = []
    for month in months_over(award.start, award.end + timedelta(days=31)):
        last = _last_day(month)
        even = round(award.amount_cents * (1 - elapsed_share(award.start, award.end, last)))
        if month in spent:
            left -= spent[month]
            rows.append((month, left, even))
        else:
            rows.append((month, None, even))
    return rows


def burn_chart(stood: Standing) -> SafeString:
    """What is left of an award by month, beside an even pace."""
    rows = burn_rows(stood)
    title = _("Left of %(award)s, by month") % {"award": stood.award.title}
    real: Months = [(month, None if left is None else left / 100) for month, left, _even in rows]
    even: Months = [(month, pace / 100) for month, _left, pace in rows]
    known = [(month, left) for month, left, _even in rows if left is not None]
    description = (
        _("At the end of %(month)s %(left)s were left; at an even pace it would have been %(even)s.")
        % {
            "month": f"{known[-1][0]:%B %Y}",
            "left": dollars(known[-1][1]),
            "even": dollars(next(pace for month, _left, pace in rows if month == known[-1][0])),
        }
        if known
        else _("No month of the period is over yet.")
    )
    spec = line_by_month({_("Left"): real, _("At an even pace"): even}, unit=_("dollars"))
    return chart_svg(spec, title=title, description=description)


def cliff_chart(posts: Sequence[Post], *, on: date) -> SafeString:
    """Posts and who pays them, from a year back to three years ahead."""
    first, last = date(on.year - 1, 1, 1), date(on.year + 2, 12, 31)
    gap = _("Not paid in full")
    rows = [
        (
            post.position.title,
            gap if not span.is_whole else " + ".join(span.sources),
            span.start,
            span.end,
        )
        for post in posts
        for span in post.spans
        if span.end >= first and span.start <= last
    ]
    title = _("Who pays which post, and until when")
    secured = sum(post.cliff.secured_to is not None for post in posts)
    description = _("%(secured)s of %(all)s posts are paid in full today. The table says until when.") % {
        "secured": secured,
        "all": len(posts),
    }
    spec = spans_by_row(rows, today=on, first=first, last=last, nothing=gap)
    return chart_svg(spec, title=title, description=description)


def _last_day(month: date) -> date:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return following - timedelta(days=1)
