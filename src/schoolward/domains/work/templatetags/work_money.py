"""Money on the page of one piece of work, to the cent: it is the record, not a figure."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def exact_dollars(cents: int | None) -> str:
    """Integer cents as dollars, with the cents where there are any; nothing becomes a dash."""
    if cents is None:
        return "\N{EN DASH}"
    whole, rest = divmod(cents, 100)
    dollars = number_format(whole, force_grouping=True)
    return f"${dollars}.{rest:02d}" if rest else f"${dollars}"
