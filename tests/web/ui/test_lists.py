"""The list page: filters, sorting, paging, the part that htmx asks for, exports and refusals."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import django_filters
import django_tables2
import openpyxl
import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.ui.lists import Action, Empty, ListPage
from schoolward.platform.ui.tables import Table

pytestmark = pytest.mark.django_db
ViewerOf = Callable[..., Viewer]


class KindTable(Table):
    """Django's own table of models stands in for a domain's records: every database has rows of it."""

    app_label = django_tables2.Column(verbose_name="Part")
    model = django_tables2.Column()

    class Meta(Table.Meta):
        pass


class KindFilter(django_filters.FilterSet):
    """One text and one day, so that a filter can make no sense."""

    app_label = django_filters.CharFilter()
    since = django_filters.DateFilter(method="ignore", widget=forms.DateInput())

    def ignore(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return queryset


class KindPage(ListPage):
    """A list for the tests."""

    title = "Kinds of record"
    permission = "measures.view"
    table_class = KindTable
    filterset_class = KindFilter
    per_page = 5

    def queryset(self, viewer: Viewer) -> QuerySet[Any]:
        return ContentType.objects.order_by("app_label", "model")

    def lead(self) -> str:
        return "What is kept here."


class EmptyPage(KindPage):
    """A list in which nothing stands yet."""

    def queryset(self, viewer: Viewer) -> QuerySet[Any]:
        return ContentType.objects.none()

    def empty(self) -> Empty:
        return Empty("No kinds yet", "Migrate first.", Action("How to", "/help/"))


@pytest.fixture
def ask(rf: RequestFactory, viewer: ViewerOf) -> Callable[..., HttpResponseBase]:
    """Ask a list page as a lead: ``ask({"sort": "model"}, htmx=True)``."""

    def get(query: dict[str, str] | None = None, *, page: type[ListPage] = KindPage, **given: Any) -> Any:
        headers = {"HX-Request": "true"} if given.pop("htmx", False) else {}
        headers |= given.pop("headers", {})
        request: HttpRequest = rf.get("/kinds/", query or {}, headers=headers)
        request.user = AnonymousUser()
        request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
        request.viewer = given.pop("by", viewer())  # type: ignore[attr-defined]
        return page.as_view()(request)

    return get


def body(response: Any) -> str:
    """The whole answer as text."""
    return (response.getvalue() if response.streaming else response.content).decode()


def test_a_page_shows_its_title_lead_and_first_rows(ask: Any) -> None:
    shown = body(ask())
    assert "<title>Kinds of record" in shown
    assert shown.count("<h1>Kinds of record</h1>") == 1
    assert "What is kept here." in shown
    assert shown.count("<tr") == 1 + KindPage.per_page
    assert f"1 to 5 of {ContentType.objects.count()}" in shown
    assert 'data-label="Part"' in shown


def test_htmx_gets_the_results_alone_and_the_back_button_the_whole_page(ask: Any) -> None:
    part = ask({"app_label": "access"}, htmx=True)
    assert "<html" not in body(part)
    assert "<table" in body(part)
    assert "HX-Request" in part["Vary"]
    assert "<html" in body(ask(htmx=True, headers={"HX-History-Restore-Request": "true"}))


def test_sorting_turns_the_rows_and_says_so(ask: Any) -> None:
    shown = body(ask({"sort": "-model"}))
    last = ContentType.objects.order_by("-model").first()
    assert last is not None
    assert f">{last.model}</div></td>" in shown
    assert 'aria-sort="descending"' in shown


def test_a_filter_that_matches_nothing_differs_from_an_empty_list(ask: Any) -> None:
    assert "Nothing matches these filters" in body(ask({"app_label": "no-such-part"}))
    shown = body(ask(page=EmptyPage))
    assert "No kinds yet" in shown
    assert 'href="/help/"' in shown


def test_a_filter_that_makes_no_sense_is_named_and_shows_no_rows(ask: Any) -> None:
    response = ask({"since": "the day before"})
    assert response.status_code == 400
    assert "That filter does not make sense" in body(response)
    assert "<table" not in body(response)


def test_a_csv_export_holds_every_filtered_row_and_is_on_record(ask: Any) -> None:
    response = ask({"export": "csv", "app_label": "access"})
    rows = list(csv.reader(io.StringIO(body(response))))
    expected = ContentType.objects.filter(app_label="access").order_by("model")
    assert rows[0] == ["Part", "Model"]
    assert rows[1:] == [["access", kind.model] for kind in expected]
    assert response["Content-Disposition"] == 'attachment; filename="kinds-of-record.csv"'
    event = Event.objects.get(action="list.exported")
    assert event.detail == {"format": "csv", "filters": {"app_label": "access"}}


def test_an_excel_export_holds_the_same_rows(ask: Any) -> None:
    response = ask({"export": "xlsx", "app_label": "access", "sort": "-model"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
    models = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert models == sorted(models, reverse=True)
    assert len(models) == ContentType.objects.filter(app_label="access").count()


def test_a_count_that_is_known_is_not_counted_again(
    ask: Any, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KindPage, "count", lambda *_asked: 5)
    with django_assert_num_queries(1):
        assert "5 in all" in body(ask())


def test_nobody_known_is_sent_to_sign_in_and_a_narrow_role_is_refused(
    ask: Any, viewer: ViewerOf, at: Any
) -> None:
    sent = ask(by=Viewer.anonymous(at=at))
    assert sent.status_code == 302
    assert "/accounts/login/" in sent["Location"]

    class Closed(KindPage):
        permission = "measures.view"

    with pytest.raises(AccessDenied):
        ask(page=Closed, by=viewer("no-such-role"))


def test_the_links_of_an_export_keep_the_filters_and_leave_the_page(ask: Any) -> None:
    shown = body(ask({"app_label": "access", "page": "1"}))
    assert 'href="?app_label=access&amp;export=csv"' in shown
    assert 'href="?app_label=access&amp;export=xlsx"' in shown
