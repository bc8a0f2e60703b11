"""How hours of service are written."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """Minutes as hours, with as many decimals as there are.

    >>> hours(90), hours(120), hours(15)
    ('1.5', '2', '0.25')
    """
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
