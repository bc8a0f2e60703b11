"""The list page: one way to filter, sort, page and export every table of records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

import django_filters
import django_tables2
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise, cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import RequiresPermission, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.exchange.writers import write_csv, write_xlsx
from schoolward.platform.ui.table_values import table_values

Text = str | Promise
EXPORT_CHUNK = 1000
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Action:
    """A button at the head of a page: where it leads and whether it is the page's main one."""

    label: Text
    url: str
    primary: bool = True


@dataclass(frozen=True)
class Empty:
    """What a list says when it holds nothing at all: what will stand here, and how it gets here."""

    title: Text
    text: Text
    action: Action | None = None


class CountedPaginator(Paginator):
    """A paginator that is told the count, for tables where counting rows one by one is too slow."""

    def __init__(self, *args: Any, known_count: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_count = known_count

    @cached_property
    def count(self) -> int:
        """The number of rows over all pages."""
        if self.known_count is not None:
            return self.known_count
        return int(super().count)


class ListPage(RequiresPermission, View):
    """A table of records with filters, sorting, paging by 50 and export as CSV and XLSX.

    A subclass sets ``title``, ``permission``, ``table_class`` and, where the list can be narrowed,
    ``filterset_class``; it gives ``queryset(viewer)``, already narrowed to what the viewer may see.
    A request by htmx gets the results alone; the address in the browser always shows the whole state.
    """

    title: Text
    permission: str
    table_class: type[django_tables2.Table]
    filterset_class: type[django_filters.FilterSet] | None = None
    template_name = "ui/list.html"
    results_template_name = "ui/list_results.html"
    per_page: ClassVar[int] = 50
    exportable: ClassVar[bool] = True
    export_fields: ClassVar[tuple[str, ...]] = ()
    """All that the table's export reads of a row, ``case__number`` for a related one's; empty: whole rows.
    For long lists: most of an export's time goes into reading. What is left out costs a query a row."""
    http_method_names = ["get", "head", "options"]

    def queryset(self, viewer: Viewer) -> QuerySet[Any]:
        """The rows that the viewer may see, in the order in which they stand without a sort."""
        raise NotImplementedError

    def lead(self) -> Text:
        """The one sentence under the title that says what matters today."""
        return ""

    def actions(self) -> list[Action]:
        """The buttons at the head of the page."""
        return []

    def empty(self) -> Empty:
        """What the list says when there is nothing in it, whatever the filter."""
        return Empty(_("Nothing here yet"), _("Records appear here as soon as the first one is entered."))

    def count(self, queryset: QuerySet[Any]) -> int | None:
        """The number of rows of the filtered queryset when it is known more cheaply than by counting."""
        return None

    def extra_context(self) -> dict[str, Any]:
        """Further template variables for a page that shows more than its table."""
        return {}

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        """The columns and rows of an export: those of the table. A list whose records can be imported
        overrides this with the columns of its exchange, so that what goes out comes in again."""
        header = next(iter(self.table_class([]).as_values()))
        return [str(column) for column in header], self._table_rows(queryset)

    def _table_rows(self, queryset: QuerySet[Any]) -> Iterator[Sequence[object]]:
        if self.export_fields:
            related = {name.rpartition("__")[0] for name in self.export_fields if "__" in name}
            queryset = queryset.select_related(None).select_related(*related).only(*self.export_fields)
        rows = queryset.iterator(chunk_size=EXPORT_CHUNK)
        while chunk := list(islice(rows, EXPORT_CHUNK)):
            table = self.table_class(chunk, orderable=False)
            table.request = self.request
            yield from table_values(table)

    @cached_property
    def viewer(self) -> Viewer:
        """Who is looking."""
        return viewer_of(self.request)

    @cached_property
    def filterset(self) -> django_filters.FilterSet | None:
        """The filters as the request fills them, or ``None`` for a list that has none."""
        if self.filterset_class is None:
            return None
        return self.filterset_class(
            self.request.GET or None, queryset=self.queryset(self.viewer), request=self.request
        )

    @property
    def is_filtered(self) -> bool:
        """Whether any filter narrows the list."""
        if self.filterset is None:
            return False
        return any(self.request.GET.get(name) for name in self.filterset.form.fields)

    def rows(self) -> QuerySet[Any]:
        """The rows after the filters. Filters that do not make sense give no rows, and say why."""
        if self.filterset is None:
            return self.queryset(self.viewer)
        if self.filterset.is_bound and not self.filterset.is_valid():
            return self.filterset.queryset.none()
        return self.filterset.qs

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, its results alone for htmx, or the export."""
        rows = self.rows()
        table = self.table_class(rows)
        exported = request.GET.get("export")
        if exported in {"csv", "xlsx"} and self.exportable:
            django_tables2.RequestConfig(request, paginate=False).configure(table)
            return self._export(table.data.data, exported)
        paging = {
            "per_page": self.per_page,
            "paginator_class": CountedPaginator,
            "known_count": self.count(rows),
        }
        django_tables2.RequestConfig(request, paginate=paging).configure(table)
        return self._page(request, table)

    def _page(self, request: HttpRequest, table: django_tables2.Table) -> HttpResponse:
        htmx: Any = request.htmx  # type: ignore[attr-defined]
        partial = bool(htmx) and not htmx.history_restore_request
        template = self.results_template_name if partial else self.template_name
        invalid = self.filterset is not None and self.filterset.is_bound and not self.filterset.is_valid()
        context = {
            "title": self.title,
            "lead": self.lead(),
            "actions": self.actions(),
            "table": table,
            "filterset": self.filterset,
            "is_filtered": self.is_filtered,
            "empty": self.empty(),
            "exportable": self.exportable,
            **self.extra_context(),
        }
        response = render(request, template, context, status=400 if invalid else 200)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def _export(self, rows: QuerySet[Any], kind: str) -> StreamingHttpResponse:
        columns, values = self.export_table(rows)
        name = slugify(str(self.title)) or "list"
        filters = {key: value for key, value in self.request.GET.items() if key != "export" and value}
        record(
            "list.exported",
            by=self.viewer,
            at=self.viewer.at,
            subject=f"list:{self.request.resolver_match.view_name if self.request.resolver_match else name}",
            detail={"format": kind, "filters": filters},
        )
        if kind == "csv":
            response = StreamingHttpResponse(write_csv(columns, values), content_type=CSV_TYPE)
        else:
            response = StreamingHttpResponse(write_xlsx(columns, values), content_type=XLSX_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
        return response
