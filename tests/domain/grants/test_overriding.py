"""What a rule blocks is let by with a reason and a second person, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.actions import GrantRefused, NewEntry, RuleBlocks
from schoolward.domains.grants.models import Award, BudgetLine, Entry, OverrideRequest
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def early(award: Award, line: BudgetLine) -> NewEntry:
    """A cost of the day before the period begins."""
    return NewEntry(award.pk, "expenditure", 500_00, date(2009, 9, 30), "First locks", line_id=line.pk)


def blocked_by(new: NewEntry, by: Viewer, at: datetime) -> RuleBlocks:
    with pytest.raises(RuleBlocks) as blocked:
        actions.post(new=new, by=by, at=at)
    return blocked.value


@pytest.fixture
def asked(early: NewEntry, analyst: Viewer, at: datetime) -> OverrideRequest:
    """A request for it."""
    blocked = blocked_by(early, analyst, at)
    return actions.ask_to_post(new=early, blocked=blocked, reason="Letter of March 3", by=analyst, at=at)


def test_a_second_person_lets_it_by(asked: OverrideRequest, lead: Viewer, at: datetime) -> None:
    entry = actions.let_by(request_id=asked.pk, reason="The letter allows it", by=lead, at=at)
    assert isinstance(entry, Entry)
    assert (entry.amount_cents, entry.override_id, entry.on) == (500_00, asked.pk, date(2009, 9, 30))
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by_id, asked.citation) == (
        "let_by",
        lead.account_id,
        "28 CFR 66.23(a)",
    )
    assert queries.differences() == []


def test_not_the_same_person_whatever_the_role(
    asked: OverrideRequest, person: Callable[..., Viewer], at: datetime
) -> None:
    for role in ("grants_analyst", "lead"):
        with pytest.raises(GrantRefused, match="Somebody other"):
            actions.let_by(request_id=asked.pk, reason="Fine", by=person(role, 1), at=at)
    assert not Entry.objects.filter(kind="expenditure").exists()


def test_nor_a_role_without_the_right(
    asked: OverrideRequest, person: Callable[..., Viewer], at: datetime
) -> None:
    with pytest.raises(AccessDenied):
        actions.let_by(request_id=asked.pk, reason="Fine", by=person("facilities", 3), at=at)


def test_the_database_asks_for_two_persons_too(asked: OverrideRequest, at: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OverrideRequest.objects.filter(pk=asked.pk).update(
            state="let_by", decided_by=asked.asked_by_id, decided_at=at
        )


def test_it_is_refused_with_a_reason_and_decided_once(
    asked: OverrideRequest, lead: Viewer, at: datetime
) -> None:
    with pytest.raises(GrantRefused, match="Say why"):
        actions.refuse(request_id=asked.pk, reason=" ", by=lead, at=at)
    actions.refuse(request_id=asked.pk, reason="No letter is on file", by=lead, at=at)
    with pytest.raises(GrantRefused, match="decided already"):
        actions.let_by(request_id=asked.pk, reason="After all", by=lead, at=at)


def test_nobody_lets_by_a_sum_that_is_not_there(
    award: Award, line: BudgetLine, analyst: Viewer, at: datetime
) -> None:
    new = NewEntry(award.pk, "expenditure", 200_000_01, date(2012, 9, 3), "Too much", line_id=line.pk)
    blocked = blocked_by(new, analyst, at)
    assert not blocked.may_override
    with pytest.raises(GrantRefused, match="Nobody can let this by"):
        actions.ask_to_post(new=new, blocked=blocked, reason="Please", by=analyst, at=at)


def test_what_has_become_impossible_meanwhile_still_blocks(
    asked: OverrideRequest, post: Callable[..., Entry], award: Award, lead: Viewer, at: datetime
) -> None:
    post("expenditure", 150_000_00)
    post("expenditure", 49_999_00, line_id=award.lines.get(code="C").pk)
    with pytest.raises(RuleBlocks, match="Nobody can let this by"):
        actions.let_by(request_id=asked.pk, reason="Fine", by=lead, at=at)
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_a_transfer_is_let_by(
    award: Award, line: BudgetLine, analyst: Viewer, lead: Viewer, at: datetime
) -> None:
    arguments: dict[str, Any] = {
        "award_id": award.pk,
        "from_line_id": line.pk,
        "to_line_id": award.lines.get(code="C").pk,
        "amount_cents": 45_000_00,
        "reason": "Fitting costs more",
    }
    with pytest.raises(RuleBlocks) as blocked:
        actions.transfer(**arguments, by=analyst, at=at)
    asked = actions.ask_to_transfer(
        arguments=arguments, blocked=blocked.value, reason="The funder agreed by telephone", by=analyst, at=at
    )
    actions.let_by(request_id=asked.pk, reason="I was on the call", by=lead, at=at)
    assert queries.line_balances(award.pk)[line.pk].budgeted == 105_000_00


def test_a_decision_lets_by_only_what_was_asked_about(
    award: Award, line: BudgetLine, analyst: Viewer, lead: Viewer, at: datetime
) -> None:
    new = NewEntry(award.pk, "expenditure", 150_000_01, date(2012, 9, 3), "Locks", line_id=line.pk)
    blocked = blocked_by(new, analyst, at)
    asked = actions.ask_to_post(new=new, blocked=blocked, reason="The bid is dearer", by=analyst, at=at)
    assert asked.whys == ["line_exceeded"]
    Award.objects.filter(pk=award.pk).update(allowed="contractual")
    with pytest.raises(RuleBlocks, match="does not pay for this category") as further, transaction.atomic():
        actions.let_by(request_id=asked.pk, reason="Fine", by=lead, at=at)
    assert [fault.why for fault in further.value.faults] == ["category"]
    asked.refresh_from_db()
    assert asked.state == "asked"
    Award.objects.filter(pk=award.pk).update(allowed="")
    actions.let_by(request_id=asked.pk, reason="Fine", by=lead, at=at)
    assert Entry.objects.filter(override=asked).count() == 1
