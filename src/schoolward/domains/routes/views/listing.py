"""Lists whose rows go out as they come in: by the columns of their exchange."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet

from schoolward.platform.exchange.records import RecordTable
from schoolward.platform.ui.lists import EXPORT_CHUNK, ListPage


class ExchangedList(ListPage):
    """A list page that sets ``exchange_class``, the table by which its records are imported too."""

    exchange_class: ClassVar[type[RecordTable]]

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        """The columns of the exchange, and the rows by them."""
        table = self.exchange_class()
        return table.column_names, (table.row_of(row) for row in queryset.iterator(chunk_size=EXPORT_CHUNK))

    def as_filtered(self, url: str) -> str:
        """Another page about the same rows: the address with the filters of this one."""
        kept = self.request.GET.urlencode()
        return f"{url}?{kept}" if kept else url
