"""Money of ledgers, to the cent, and shares of a whole."""

from __future__ import annotations

from django import template

from schoolward.analysis.grants.parts import Part
from schoolward.analysis.grants.parts import percent as in_percent
from schoolward.domains.grants.wording import change_in_words, dollars

register = template.Library()
register.filter("change_in_words", change_in_words)


@register.filter
def to_the_cent(cents: int | None) -> str:
    """Integer cents as $1,234.50; nothing becomes a dash."""
    return "\N{EN DASH}" if cents is None else dollars(cents)


@register.filter
def whole_dollars(cents: int | None) -> str:
    """Integer cents in whole dollars, halves up."""
    if cents is None:
        return "\N{EN DASH}"
    return dollars((abs(cents) + 50) // 100 * 100 * (-1 if cents < 0 else 1)).removesuffix(".00")


@register.filter
def percent(share: float) -> str:
    """A share of 1 as whole percent."""
    return f"{round(100 * share)}%"


@register.filter
def hundredths(share: Part) -> str:
    """Hundredths of a percent as percent, exactly: 60%, 33.25%, 33 1/3%."""
    return in_percent(share)
