"""What amendments changed stands in columns, which the migration filled from the words."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from schoolward.domains.grants import actions
from schoolward.domains.grants.models import Award
from schoolward.domains.grants.queries.reporting import terms_then
from schoolward.domains.grants.wording import change_in_words
from schoolward.platform.access.viewer import Viewer

MIGRATION = import_module("schoolward.domains.grants.migrations.0005_amendment_columns")
NAMES = (*MIGRATION._DATES, *MIGRATION._CENTS, *MIGRATION._PERCENTS)


@pytest.mark.parametrize(
    ("kind", "before", "after", "columns"),
    [
        (
            "extension",
            "2012-09-30",
            "2013-03-31",
            {"end_before": date(2012, 9, 30), "end_after": date(2013, 3, 31)},
        ),
        ("amount", "$1,200,000.05", "$900.00", {"cents_before": 120_000_005, "cents_after": 90_000}),
        (
            "match",
            "50.00 - 0.00 %",
            "25 - 12.5 %",
            {
                "match_before": Decimal(50),
                "match_after": Decimal(25),
                "waived_before": Decimal(0),
                "waived_after": Decimal("12.5"),
            },
        ),
    ],
)
def test_words_become_columns_and_come_back(
    kind: str, before: str, after: str, columns: dict[str, Any]
) -> None:
    assert MIGRATION.columns_of(kind, before, after) == columns
    row = SimpleNamespace(**{**dict.fromkeys(NAMES), **columns})
    assert MIGRATION.columns_of(kind, *MIGRATION.words_of(row)) == columns


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [("extension", "soon", "later"), ("amount", "100", "200"), ("match", "50", "25"), ("scope", "a", "b")],
)
def test_words_that_no_version_wrote_are_not_guessed(kind: str, before: str, after: str) -> None:
    with pytest.raises(ValueError, match=r"words|isoformat"):
        MIGRATION.columns_of(kind, before, after)


@pytest.mark.django_db
def test_terms_of_an_earlier_day_are_read_from_the_columns(
    award: Award, analyst: Viewer, at: datetime
) -> None:
    given: dict[str, Any] = {"award_id": award.pk, "approval": "GAN", "text": "t", "by": analyst, "at": at}
    actions.amend(**given, kind="amount", approved_on=date(2012, 3, 1), new_amount_cents=250_000_00)
    actions.amend(
        **given,
        kind="match",
        approved_on=date(2012, 6, 1),
        new_match_percent=Decimal(40),
        new_waived_percent=Decimal(15),
    )
    actions.amend(**given, kind="extension", approved_on=date(2012, 7, 1), new_end=date(2013, 3, 31))
    award.refresh_from_db()
    told = {
        day: (cents, match.percent, match.waived_percent)
        for day, (cents, match) in (
            (day, terms_then(award, on=day))
            for day in (date(2012, 2, 29), date(2012, 5, 31), date(2012, 6, 1))
        )
    }
    assert list(told.values()) == [(200_000_00, 50, 0), (250_000_00, 50, 0), (250_000_00, 40, 15)]
    assert [change_in_words(one) for one in award.amendments.all()] == [
        "$200,000.00 → $250,000.00.",
        "match of 50.00 percent → match of 40.00 percent, of which 15.00 waived.",
        "September 30, 2012 → March 31, 2013.",
    ]
