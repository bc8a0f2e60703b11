"""Table columns that look and export the same in every list."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

TABLE_CLASS = "usa-table usa-table--borderless list-table"


class Table(tables.Table):
    """The base of every list: dense rows on a wide screen, labelled cards on a narrow one."""

    class Meta:
        empty_text = _("Nothing matches.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Here and not in Meta: a subclass that forgets to inherit Meta would lose its looks.
        self.attrs.setdefault("class", TABLE_CLASS)


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
    """An amount kept in integer cents, shown in whole dollars. Exports dollars with cents."""

    def render(self, value: float) -> str:
        return f"${number_format(round(value / 100), force_grouping=True)}"

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
