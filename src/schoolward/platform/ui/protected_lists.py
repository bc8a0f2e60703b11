"""The list page for protected tables: inside the wall, and with each shown row's disclosure on the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import django_tables2
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from schoolward.platform.access.disclosing import disclosed
from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.policy import blank
from schoolward.platform.access.wall import within
from schoolward.platform.ui.lists import ListPage
from schoolward.platform.ui.table_values import table_values


class ProtectedListPage(ListPage):
    """As :class:`ListPage`; ``shown_fields`` are the fields that the table can show of a row."""

    shown_fields: frozenset[str]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with within(self.viewer):
            return super().get(request, *args, **kwargs)

    def _page(self, request: HttpRequest, table: django_tables2.Table) -> HttpResponse:
        """The page; the rows that stand on it are disclosed, and emptied of what the mask does not open."""
        self._open([row.record for row in table.paginated_rows])
        return super()._page(request, table)

    def _table_rows(self, queryset: QuerySet[Any]) -> Iterator[Sequence[object]]:
        """All at once: a stream would be read after the wall has closed behind it."""
        rows = list(queryset)
        self._open(rows)
        table = self.table_class(rows, orderable=False)
        table.request = self.request
        return iter(list(table_values(table)))

    def _open(self, rows: Sequence[ProtectedRecord]) -> None:
        disclosed(rows, self.viewer, fields=self.shown_fields)
        for row in rows:
            blank(row, self.viewer)
