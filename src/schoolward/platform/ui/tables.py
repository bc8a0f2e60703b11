"""Table columns that look and export the same in every list."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django.utils.formats import date_format, localize, number_format
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]  # the stubs lack it
from django.utils.translation import gettext_lazy as _

from schoolward.platform.measures import display

TABLE_CLASS = "usa-table usa-table--borderless list-table"


class Table(tables.Table):
    """The base of every list: dense rows on a wide screen, labelled cards on a narrow one."""

    class Meta:
        empty_text = _("Nothing matches.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Here and not in Meta: a subclass that forgets to inherit Meta would lose its looks.
        self.attrs.setdefault("class", TABLE_CLASS)


def rows_html(table: tables.Table) -> SafeString:
    """The rows of the table's page as HTML, each cell labelled with its column; empty without rows.

    Not in the template: with a million incidents behind it, a list of fifty spent most of its time on asking
    for every cell anew what is the same in the whole column. Attributes of cells are therefore those of the
    column, not computed from the record.
    """
    columns = list(table.columns)
    for column in columns:
        column.render = _signed(column.render)
    heads = {
        column.name: format_html(
            '<td {} data-label="{}"><div class="cell">',
            column.attrs["td"].as_html(),
            strip_tags(str(column.header)),
        )
        for column in columns
    }
    parts: list[str] = []
    for row in table.paginated_rows:
        attrs = row.attrs.as_html() if table.row_attrs else f'class="{row.get_even_odd_css_class()}"'
        parts.append(f"<tr {attrs}>")
        for column in columns:
            text = _cell_text(row.get_cell(column.name), column.localize)
            parts.append(f"{heads[column.name]}{text}</div></td>")
        parts.append("</tr>")
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


def _signed(render: Callable[..., Any]) -> Callable[..., Any]:
    """The same function with its signature at hand: the library asks for it at every cell."""

    def call(**values: Any) -> Any:
        return render(**values)

    call.__signature__ = inspect.signature(render)  # type: ignore[attr-defined]  # as `inspect` documents it
    return call


def _cell_text(cell: Any, is_localized: bool | None) -> str:
    """A cell as a template would set it: its numbers and times as the reader writes them, escaped."""
    if is_localized is None:
        cell = template_localtime(cell)
    return conditional_escape(localize(cell, use_l10n=is_localized))


class NumberColumn(tables.Column):
    """A number, set in tabular figures at the right, with thousands separated. Exports the bare number."""

    def __init__(self, *args: Any, decimals: int = 0, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "num"}, "th": {"class": "num"}})
        super().__init__(*args, **kwargs)
        self.decimals = decimals

    def render(self, value: float) -> str:
        # Django cuts off the decimals that it does not show; a figure is rounded.
        rounded = round(value, self.decimals)
        return number_format(rounded, decimal_pos=self.decimals, force_grouping=True)

    def value(self, value: Any) -> Any:
        return value


class MoneyColumn(NumberColumn):
    """An amount kept in integer cents, shown to the cent where it has any. Exports dollars with cents."""

    def render(self, value: float) -> str:
        return display.amount(round(value), "cents")

    def value(self, value: int) -> str:
        return f"{value / 100:.2f}"


class DayColumn(tables.Column):
    """A date in the reader's format, that never wraps. Exports ISO 8601."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "day"}})
        super().__init__(*args, **kwargs)

    def render(self, value: Any) -> str:
        return date_format(value, "j M Y") if value else str(self.default)

    def value(self, value: Any) -> str:
        return value.isoformat() if value else ""


class ChipColumn(tables.Column):
    """A state as a chip. ``tones`` maps the stored value to a tone (see the ``chip`` component)."""

    def __init__(self, *args: Any, tones: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tones = tones

    def render(self, value: Any, record: Any, bound_column: Any) -> SafeString:
        stored = bound_column.accessor.resolve(record)
        return chip(str(value), self.tones.get(str(stored), "plain"))

    def value(self, value: Any) -> str:
        return str(value)


TONES: tuple[str, ...] = ("good", "watch", "bad", "stale", "plain", "info")


def chip(label: str, tone: str = "plain") -> SafeString:
    """A status chip: a word and a shape of its own for each tone, so that colour is never alone."""
    if tone not in TONES:
        raise ValueError(f"{tone!r} is not a tone; use one of {', '.join(TONES)}")
    return format_html('<span class="chip chip--{}">{}</span>', tone, label)
