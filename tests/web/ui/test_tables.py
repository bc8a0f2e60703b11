"""The rows of a table are built in Python for speed: they must be what the template language would set."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import django_tables2
import pytest
from django.template import engines
from django.utils.html import format_html

from schoolward.platform.ui.tables import NumberColumn, Table, rows_html

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
