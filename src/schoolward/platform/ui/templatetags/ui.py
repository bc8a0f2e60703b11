"""Filters that set values as the interface shows them, and form controls in USWDS's classes."""

from __future__ import annotations

import hashlib
import re
from itertools import islice
from typing import Any

import django_tables2
from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django_vite.core.asset_loader import DjangoViteAssetLoader
from django_vite.core.exceptions import DjangoViteAssetNotFoundError

from schoolward.analysis.durations import duration_words
from schoolward.platform.measures import display
from schoolward.platform.measures.reading import Number
from schoolward.platform.ui.tables import rows_html

register = template.Library()
# A reading in the same words as in the paper and in the terminal.
register.filter("shown", display.shown)
register.filter("parts", display.parts)
register.filter("certainty", display.certainty)
register.filter("duration", duration_words)
COMBO_BOX_FROM = 15  # choices; below that a plain list is quicker

_SHEET = re.compile(r"<link\b[^>]*stylesheet[^>]*>\s*")
_NOTHING = "\N{EN DASH}"
_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "usa-checkbox__input"),
    (forms.CheckboxSelectMultiple, "usa-checkbox__input"),
    (forms.RadioSelect, "usa-radio__input"),
    (forms.Select, "usa-select"),
    (forms.Textarea, "usa-textarea"),
    (forms.FileInput, "file-control"),
    (forms.widgets.Input, "usa-input"),
)


@register.filter
def figure(value: Any, decimals: int | str = "") -> str:
    """A number with thousands separated; a ratio to one decimal; nothing becomes a dash."""
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, str):
        return value
    places = int(decimals) if decimals != "" else (0 if float(value).is_integer() else 1)
    # Django cuts off the decimals that it does not show; a figure is rounded.
    return number_format(round(value, places), decimal_pos=places, force_grouping=True)


@register.filter
def record_amount(value: Number, unit: str) -> str:
    """What one record adds to a sum."""
    return display.amount(value, unit)


@register.filter
def dollars(cents: int | None) -> str:
    """Integer cents as dollars, to the cent where there are any: $12,000, $12,000.50."""
    return _NOTHING if cents is None else display.amount(round(cents), "cents")


@register.filter
def control(bound: BoundField) -> SafeString:
    """The field's widget with its USWDS class; a date field gets the browser's own date picker."""
    widget = bound.field.widget
    css = next((name for kind, name in _CLASSES if isinstance(widget, kind)), "")
    attrs: dict[str, Any] = {"class": f"{widget.attrs.get('class', '')} {css}".strip()}
    if bound.errors:
        attrs["class"] += " usa-input--error"
        attrs["aria-invalid"] = "true"
    if isinstance(widget, forms.DateInput):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"
    if isinstance(widget, forms.TimeInput):
        widget.input_type = "time"
        widget.format = "%H:%M"
    if isinstance(widget, forms.MultiWidget):
        for part in widget.widgets:
            part.attrs["class"] = "usa-input"
            if isinstance(part, forms.DateInput):
                part.input_type = "date"
    return bound.as_widget(attrs=attrs)


@register.filter
def is_check(bound: BoundField) -> bool:
    """Whether the field is a single tick box, whose label stands behind it."""
    return isinstance(bound.field.widget, forms.CheckboxInput)


@register.filter
def is_group(bound: BoundField) -> bool:
    """Whether the field is a set of choices that needs a fieldset and a legend."""
    return bound.use_fieldset


@register.filter
def short_hash(text: Any) -> str:
    """A stable short id for an element, from its text."""
    return hashlib.sha256(str(text).encode()).hexdigest()[:8]


@register.simple_tag
def table_rows(table: django_tables2.Table) -> SafeString:
    """The rows of the table's page; nothing when it has none."""
    return rows_html(table)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small line icon, hidden from screen readers because the words beside it say the same."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" '
        'focusable="false">{}</svg>',
        mark_safe(_ICONS[name]),  # noqa: S308 - our own constant below
    )


_ICONS: dict[str, str] = {
    "search": '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 5 5"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "account": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c1-4 4-6 7.5-6s6.500 2 7.500 6"/>',
    "down": '<path d="m6 9 6 6 6-6"/>',
    "next": '<path d="m9 6 6 6-6 6"/>',
    "previous": '<path d="m15 6-6 6 6 6"/>',
    "download": '<path d="M12 4v11m0 0 4.500-4.500M12 15l-4.500-4.500M5 20h14"/>',
    "trace": '<circle cx="6" cy="6" r="2.500"/><circle cx="18" cy="12" r="2.500"/>'
    '<circle cx="6" cy="18" r="2.500"/>'
    '<path d="M8.300 7.100 15.700 11M8.300 16.900 15.700 13"/>',
    "filter": '<path d="M4 5h16l-6 8v6l-4-2v-4z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "place": '<path d="M12 21s7-6.200 7-11.500a7 7 0 0 0-14 0C5 14.800 12 21 12 21z"/>'
    '<circle cx="12" cy="9.500" r="2.500"/>',
    "clock": '<circle cx="12" cy="12" r="8.500"/><path d="M12 7v5l3.500 2"/>',
    "check": '<path d="m5 12.500 4.500 4.500L19 7.500"/>',
    "warning": '<path d="M12 4 2.800 20h18.400z"/><path d="M12 10v5m0 2.200v.1"/>',
}


@register.filter
def class_of(text: Any) -> str:
    """The text as part of a CSS class: lower case, words joined by hyphens."""
    return str(conditional_escape(str(text))).lower().replace("_", "-").replace(" ", "-")


@register.simple_block_tag(takes_context=True)
def capture(context: dict[str, Any], content: str) -> str:
    """What stands between the tags, for use twice: ``{% capture as title %}…{% endcapture %}``."""
    return mark_safe(content.strip())  # noqa: S308 - rendered by the template engine already


@register.simple_tag
def front_end(entry: str) -> SafeString:
    """The built script of this name with its styles. Without a build the page stands bare but works;
    ``schoolward doctor`` then says what to do."""
    try:
        return mark_safe(DjangoViteAssetLoader.instance().generate_vite_asset(entry))  # noqa: S308
    except DjangoViteAssetNotFoundError:
        return SafeString("")


@register.simple_tag
def front_end_script(entry: str) -> SafeString:
    """The same without its styles, for a page that has them in itself."""
    return mark_safe(_SHEET.sub("", front_end(entry)))  # noqa: S308 - made by django-vite


@register.simple_tag
def front_end_url(entry: str) -> str:
    """The address of a built file, or nothing without a build."""
    try:
        return str(DjangoViteAssetLoader.instance().generate_vite_asset_url(entry))
    except DjangoViteAssetNotFoundError:
        return ""


@register.filter
def is_long(bound: BoundField) -> bool:
    """Whether a list of choices is long enough to be searched by typing."""
    widget = bound.field.widget
    if not isinstance(widget, forms.Select) or isinstance(widget, forms.SelectMultiple | forms.RadioSelect):
        return False
    return len(list(islice(widget.choices, COMBO_BOX_FROM + 1))) > COMBO_BOX_FROM
