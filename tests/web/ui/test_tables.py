"""The rows of a table are built in Python for speed: they must be what the template language would set."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import django_tables2
import pytest
from django.contrib.contenttypes.models import ContentType
from django.template import engines
from django.utils.html import format_html

from schoolward.domains.alarms.models import AlarmSystem, Case, Line
from schoolward.platform.ui.table_values import table_values
from schoolward.platform.ui.tables import ChipColumn, NumberColumn, Table, rows_html

BY_TEMPLATE = (
    "{% load l10n %}{% for row in table.paginated_rows %}<tr {{ row.attrs.as_html }}>"
    "{% for column, cell in row.items %}"
    '<td {{ column.attrs.td.as_html }} data-label="{{ column.header|striptags }}"><div class="cell">'
    "{% if column.localize == None %}{{ cell }}{% elif column.localize %}{{ cell|localize }}"
    "{% else %}{{ cell|unlocalize }}{% endif %}</div></td>{% endfor %}</tr>{% endfor %}"
)


class Kinds(Table):
    """One column a way of setting a value."""

    words = django_tables2.Column(verbose_name='What "it" <b>says</b> & means')
    number = NumberColumn(decimals=1)
    plain = django_tables2.Column()
    localized = django_tables2.Column(localize=True)
    unlocalized = django_tables2.Column(localize=False)
    marked = django_tables2.Column(orderable=False)

    def render_marked(self, value: str) -> str:
        return format_html("<b>{}</b>", value)


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "<script>alert(1)</script> & \"quoted\" 'words'",
        1234567,
        1234567.25,
        Decimal("1234.50"),
        True,
        None,
        "",
        dt.date(2012, 9, 6),
        dt.datetime(2012, 9, 6, 15, 30, tzinfo=dt.UTC),
    ],
)
def test_a_cell_is_set_as_the_template_would_set_it(value: object) -> None:
    row = {"words": value, "plain": value, "localized": value, "unlocalized": value, "marked": value}
    made = Kinds([row | {"number": 1234.56}, row | {"number": None}])
    again = Kinds([row | {"number": 1234.56}, row | {"number": None}])
    by_template = engines["django"].from_string(BY_TEMPLATE).render({"table": again})
    assert rows_html(made) == by_template
    assert "<script>" not in rows_html(Kinds([row]))


def test_a_table_without_rows_has_none() -> None:
    assert rows_html(Kinds([])) == ""


class Kept(Table):
    """One column a way of giving a value to an export."""

    app_label = django_tables2.Column()
    also = django_tables2.Column(accessor="app_label", empty_values=())
    nothing = django_tables2.Column(accessor="no_such_thing", default="none")
    made = django_tables2.Column(accessor="natural_key")
    deep = django_tables2.Column(accessor="app_label__upper")
    shown = django_tables2.Column(accessor="model")
    told = django_tables2.Column(accessor="model", linkify=lambda record: f"/there/{record.pk}/")
    odd = django_tables2.Column(accessor="model")
    number = NumberColumn(accessor="pk")
    linked = django_tables2.LinkColumn("home:morning", accessor="model")
    templated = django_tables2.TemplateColumn("<b>{{ value }}</b>", accessor="model")
    left_out = django_tables2.Column(accessor="model", exclude_from_export=True)

    def render_shown(self, value: str, record: ContentType, bound_column: object) -> str:
        return f"{value} of {record.app_label} in {bound_column}"

    def value_told(self, record: ContentType) -> str:
        return record.model.title()

    def value_odd(self, value: str, weather: str) -> str:
        return f"{value} {weather}"


@pytest.mark.django_db
def test_an_export_gives_what_the_library_gives() -> None:
    rows = list(ContentType.objects.order_by("pk")[:20])
    assert list(table_values(Kept(rows))) == list(Kept(rows).as_values())[1:]
    plain = [{"app_label": "a", "model": "", "pk": 4}, {"app_label": None, "model": "m", "pk": None}]
    assert list(table_values(Plain(plain))) == list(Plain(plain).as_values())[1:]


class Plain(Table):
    """Over dictionaries, which some lists are made of."""

    app_label = django_tables2.Column()
    model = django_tables2.Column()
    number = NumberColumn(accessor="pk")


class Told(Table):
    """Fields with choices, own and of a related record."""

    kind = django_tables2.Column()
    state = ChipColumn(tones={})
    disposition = django_tables2.Column(default="")
    system_kind = django_tables2.Column(accessor="system__line__outage_policy")
    site = django_tables2.Column(accessor="campus__name")


def test_an_export_gives_the_words_of_choices() -> None:
    line = Line(name="main")
    whole = Case(kind="alarm", state="closed", disposition="false", system=AlarmSystem(line=line))
    bare = Case(kind="of_old", state="waiting")
    told = list(table_values(Told([whole, bare])))
    assert told == list(Told([whole, bare]).as_values())[1:]
    assert told[0][:3] == ["Alarm", "Closed", "False alarm"]
    assert told[1] == ["of_old", "Waiting", None, None, None]
