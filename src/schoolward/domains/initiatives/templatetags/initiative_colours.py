"""Colors as chips, readings as words, and the way from a number to its records."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from schoolward.domains.initiatives import tables
from schoolward.platform.measures.display import shown
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import Reading

register = template.Library()


@register.filter
def colour_chip(colour: str) -> SafeString:
    """The color as a chip."""
    return tables.colour_chip(colour)


@register.filter
def reading_text(reading: Reading) -> str:
    """The reading as people read it."""
    return shown(reading)


@register.simple_tag
def trace_url(key: str, on: date) -> str:
    """The page that opens the records behind a measure, for the school year up to ``on``."""
    period = Period.school_year(on)
    return f"{reverse('home:trace', args=[key])}?{urlencode({'from': period.start, 'to': period.end})}"
