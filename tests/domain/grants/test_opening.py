"""A first budget that was mistyped is set right by a counter-entry, also once money is spent of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.actions import GrantRefused
from schoolward.domains.grants.models import Award, BudgetLine, Entry
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(line: BudgetLine, post: Callable[..., Entry]) -> Entry:
    """The budget of $150,000, of which $90,000 is spent or obligated."""
    post("expenditure", 60_000_00)
    post("obligation", 30_000_00)
    return Entry.objects.get(line=line, kind="budget")


def test_it_is_set_right_though_money_is_spent(
    first: Entry, line: BudgetLine, analyst: Viewer, at: datetime
) -> None:
    with pytest.raises(GrantRefused, match="spent or obligated this money already"):
        actions.reverse(entry_id=first.pk, reason="Mistyped", by=analyst, at=at)
    correct: dict[str, Any] = {"entry_id": first.pk, "by": analyst, "at": at}
    for cents, reason, field in (
        (89_999_99, "Mistyped", "amount_cents"),
        (150_000_00, "Mistyped", "amount_cents"),
        (0, "Mistyped", "amount_cents"),
        (150_000_01, "Mistyped", "amount_cents"),
        (105_000_00, " ", "reason"),
    ):
        with pytest.raises(GrantRefused) as refused:
            actions.correct_budget(**correct, amount_cents=cents, reason=reason)
        assert refused.value.field == field, cents
    right = actions.correct_budget(**correct, amount_cents=105_000_00, reason="Digits swapped")
    assert (right.description, right.on) == ("Set right: Digits swapped", date(2012, 9, 6))
    balance = queries.line_balances(first.award_id)[line.pk]
    assert (balance.budgeted, balance.available) == (105_000_00, 15_000_00)
    assert queries.differences() == []
    told = Event.objects.get(action="grants.budget_corrected").detail
    assert (told["corrects"], told["was"], told["became"]) == (first.pk, 150_000_00, 105_000_00)
    with pytest.raises(GrantRefused, match="taken back already"):
        actions.correct_budget(**correct, amount_cents=106_000_00, reason="Again")
    actions.correct_budget(
        entry_id=right.pk, amount_cents=150_000_00, reason="It was right", by=analyst, at=at
    )


def test_only_a_first_budget_and_only_by_who_keeps_the_ledger(
    first: Entry, award: Award, lead: Viewer, analyst: Viewer, at: datetime
) -> None:
    with pytest.raises(AccessDenied):
        actions.correct_budget(entry_id=first.pk, amount_cents=1, reason="x", by=lead, at=at)
    spent = Entry.objects.get(kind="expenditure")
    codes = {one.code: one.pk for one in award.lines.all()}
    actions.transfer(
        award_id=award.pk,
        from_line_id=codes["E"],
        to_line_id=codes["C"],
        amount_cents=1_00,
        reason="More fitting",
        by=analyst,
        at=at,
    )
    moved = Entry.objects.filter(transfer__isnull=False, amount_cents__gt=0).get()
    for other in (spent, moved):
        with pytest.raises(GrantRefused, match="entered by itself"):
            actions.correct_budget(entry_id=other.pk, amount_cents=2, reason="x", by=analyst, at=at)


def test_by_the_page(first: Entry, client_of: Callable[..., Client], settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    client, home = client_of("grants_analyst"), reverse("grants:entry", args=[first.pk])
    path = reverse("grants:budget_correct", args=[first.pk])
    assert path in client.get(home).content.decode()
    assert 'value="150000.00"' in client.get(path).content.decode()
    low = client.post(path, {"amount_cents": "1", "reason": "Mistyped"})
    assert (low.status_code, "at least $90,000.00" in low.content.decode()) == (422, True)
    said = client.post(path, {"amount_cents": "105,000", "reason": "Mistyped"}, follow=True).content.decode()
    assert "Both entries stay in the ledger" in said
    assert path not in client.get(home).content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"document": ""}, "document"),
        ({"kind": "expenditure", "match_kind": ""}, "given_by"),
        ({"given_by": "x" * 201}, "given_by"),
        ({}, ""),
    ],
    ids=str,
)
def test_what_a_third_party_gives_counts_with_its_record(
    award: Award, post: Callable[..., Entry], changed: dict[str, Any], field: str
) -> None:
    given = {"kind": "match", "match_kind": "in_kind", "given_by": "A hardware shop", "document": "Letter 7"}
    fields = {**given, **changed}
    if not field:
        made = post(fields.pop("kind"), 5_000_00, **fields)
        assert (made.given_by, queries.award_balances([award.pk])[award.pk].matched) == (
            "A hardware shop",
            5_000_00,
        )
        return
    with pytest.raises(GrantRefused) as refused:
        post(fields.pop("kind"), 5_000_00, **fields)
    assert refused.value.field == field


def test_an_award_may_not_count_it(
    award: Award, post: Callable[..., Entry], analyst: Viewer, lead: Viewer, at: datetime
) -> None:
    change: dict[str, Any] = {"award_id": award.pk, "changes": {"counts_match_of_others": False}, "at": at}
    actions.describe_award(**change, by=analyst)
    with pytest.raises(actions.RuleBlocks, match=r"28 CFR 66\.24") as blocked:
        post("match", 1_00, match_kind="cash", given_by="A club", document="Letter 8")
    assert (blocked.value.field, blocked.value.may_override) == ("given_by", True)
    post("match", 1_00, match_kind="cash")
