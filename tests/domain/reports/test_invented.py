"""What a paper says of invented data: records are listed, and what is counted from them is not."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.apps import apps

from schoolward.domains.incidents.models import MonthTally
from schoolward.reports.invented import MARKS, invented_rows


@pytest.mark.django_db
def test_what_is_counted_from_records_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    MonthTally.objects.create(
        month=date(2012, 9, 1),
        site=0,
        category="vandalism",
        at_campus=False,
        near_campus=False,
        in_school_hours=False,
        generated=True,
        incidents=3,
    )
    assert invented_rows() == []

    monkeypatch.setattr(MonthTally, "is_derived", False)
    assert [count for _what, count in invented_rows()] == [1]


def test_what_may_be_listed_has_a_proper_plural() -> None:
    listed = [
        str(model._meta.verbose_name_plural)
        for model in apps.get_models()
        if {field.name for field in model._meta.get_fields()} & set(MARKS)
        and not getattr(model, "is_derived", False)
    ]
    assert len(listed) > 5
    assert [name for name in listed if re.search("[^aeo]ys$|ss$", name)] == []
