"""A sheet's values as HTML."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from schoolward.reports.sheets.shape import Column, Part, Value

register = template.Library()


@register.simple_tag
def sheet_value(value: Value) -> SafeString:
    """The value in words, as the way to its records where it has one."""
    if value.pieces:
        return format_html_join("", "{}", ((sheet_value(piece),) for piece in value.pieces))
    if value.url:
        return format_html('<a href="{}">{}</a>', value.url, value.shown)
    return format_html("{}", value.shown)


@register.filter
def sheet_rows(part: Part) -> list[list[tuple[Column, Value]]]:
    """The rows of a part, each value with its column."""
    return [[(column, row[column.key]) for column in part.columns] for row in part.rows]


@register.filter
def first_row(part: Part) -> list[tuple[Column, Value]]:
    """The only row of a part that tells facts."""
    return sheet_rows(part)[0]
