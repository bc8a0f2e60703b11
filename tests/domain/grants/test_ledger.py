"""The ledger: what it takes, what it refuses, and that nothing in it is changed."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from schoolward.analysis.grants.balances import Balances
from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.actions import GrantRefused, NewEntry, RuleBlocks
from schoolward.domains.grants.models import Award, BudgetLine, Entry, Evidence, MonthSum, Purpose
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
Post = Callable[..., Entry]


def balance(award: Award, until: date | None = None) -> Balances:
    return queries.award_balances([award.pk], until=until)[award.pk]


def test_the_four_balances(award: Award, post: Post) -> None:
    bound = post("obligation", 10_000_00)
    post("expenditure", 4_000_00, obligation_id=bound.pk)
    post("expenditure", 1_500_50)
    post("draw", 5_000_00)
    post("match", 3_000_00)
    assert balance(award) == Balances(
        budgeted=200_000_00,
        obligated=10_000_00,
        liquidated=4_000_00,
        expended=5_500_50,
        drawn=5_000_00,
        matched=3_000_00,
    )
    assert actions.left_of_obligation(bound) == 6_000_00
    assert queries.differences() == []


def test_balances_of_a_day_within_a_month(award: Award, post: Post) -> None:
    post("expenditure", 1_00, on=date(2012, 8, 31))
    post("expenditure", 2_00, on=date(2012, 9, 1))
    post("expenditure", 4_00, on=date(2012, 9, 4))
    days = (date(2012, 8, 30), date(2012, 8, 31), date(2012, 9, 1), date(2012, 9, 3), date(2012, 9, 4))
    assert [balance(award, day).expended for day in days] == [0, 100, 300, 300, 700]
    by_line = queries.line_balances(award.pk, until=date(2012, 9, 3))
    assert sum(one.expended for one in by_line.values()) == 300


def test_a_blocked_entry_names_the_rule_and_the_way_out(post: Post) -> None:
    with pytest.raises(RuleBlocks) as blocked:
        post("expenditure", 100, on=date(2009, 9, 30))
    said = str(blocked.value)
    assert "28 CFR 66.23(a)" in said
    assert "September 30, 2009" in said
    assert "Charge it to another source" in said
    assert blocked.value.field == "incurred_on"
    assert Entry.objects.filter(kind="expenditure").count() == 0


@pytest.mark.parametrize(
    ("kind", "cents", "fields", "field"),
    [
        ("expenditure", 0, {}, "amount_cents"),
        ("expenditure", -5, {}, "amount_cents"),
        ("expenditure", 5, {"on": date(2012, 9, 7)}, "on"),
        ("expenditure", 5, {"description": "  "}, "description"),
        ("expenditure", 5, {"line_id": None}, "line_id"),
        ("expenditure", 5, {"line_id": 10**9}, "line_id"),
        ("expenditure", 5, {"obligation_id": 10**9}, "obligation_id"),
        ("expenditure", 5, {"match_kind": "cash"}, "match_kind"),
        ("expenditure", 5, {"incurred_on": date(2012, 9, 4)}, "incurred_on"),
        ("match", 5, {"match_kind": ""}, "match_kind"),
        ("draw", 5, {"obligation_id": 1}, "obligation_id"),
        ("gift", 5, {"line_id": None}, "kind"),
    ],
)
def test_what_no_entry_can_be(post: Post, kind: str, cents: int, fields: dict, field: str) -> None:
    with pytest.raises(GrantRefused) as refused:
        post(kind, cents, **fields)
    assert refused.value.field == field
    assert queries.differences() == []


def test_only_the_analyst_posts(award: Award, line: BudgetLine, lead: Viewer, at: datetime) -> None:
    new = NewEntry(award.pk, "expenditure", 100, date(2012, 9, 3), "Locks", line_id=line.pk)
    with pytest.raises(AccessDenied):
        actions.post(new=new, by=lead, at=at)


def test_a_counter_entry_takes_back_the_money_and_its_purpose(
    award: Award, post: Post, analyst: Viewer, at: datetime
) -> None:
    before = balance(award)
    entry = post("expenditure", 900_00)
    actions.link_purpose(
        entry_id=entry.pk,
        kind="work",
        target="work.WorkItem:1",
        title="A lock",
        amount_cents=500_00,
        by=analyst,
        at=at,
    )
    counter = actions.reverse(entry_id=entry.pk, reason="Charged twice", by=analyst, at=at)
    assert balance(award) == before
    assert (counter.amount_cents, counter.reverses_id, counter.on) == (-900_00, entry.pk, date(2012, 9, 6))
    assert sum(Purpose.objects.values_list("amount_cents", flat=True)) == 0
    for taken in (entry, counter):
        with pytest.raises(GrantRefused, match="taken back already"):
            actions.reverse(entry_id=taken.pk, reason="Again", by=analyst, at=at)


def test_an_obligation_that_is_paid_is_released_and_not_taken_back(
    post: Post, analyst: Viewer, at: datetime
) -> None:
    bound = post("obligation", 1_000_00)
    paid = post("expenditure", 600_00, obligation_id=bound.pk)
    with pytest.raises(GrantRefused, match="paid or released"):
        actions.reverse(entry_id=bound.pk, reason="No longer", by=analyst, at=at)
    with pytest.raises(GrantRefused, match="More is released"):
        actions.release(obligation_id=bound.pk, amount_cents=400_01, reason="No", by=analyst, at=at)
    actions.release(obligation_id=bound.pk, amount_cents=400_00, reason="Cheaper", by=analyst, at=at)
    assert actions.left_of_obligation(bound) == 0
    actions.reverse(entry_id=paid.pk, reason="Wrong vendor", by=analyst, at=at)
    assert actions.left_of_obligation(bound) == 600_00


def test_transfers_count_up_to_the_limit_of_the_award(
    award: Award, line: BudgetLine, analyst: Viewer, at: datetime
) -> None:
    other = award.lines.get(code="C")
    asked = {"award_id": award.pk, "from_line_id": line.pk, "to_line_id": other.pk, "by": analyst, "at": at}
    # A tenth of the approved budget, of which half is the award and half its match: $40,000.
    actions.transfer(amount_cents=35_000_00, reason="Dearer", **asked)
    with pytest.raises(RuleBlocks, match=r"66\.30\(c\)\(1\)\(ii\)"):
        actions.transfer(amount_cents=5_000_01, reason="Dearer", **asked)
    actions.transfer(amount_cents=9_000_00, reason="Dearer", approval="GAN 7", **asked)
    actions.transfer(amount_cents=5_000_00, reason="Dearer", **asked)
    by_line = queries.line_balances(award.pk)
    assert (by_line[line.pk].budgeted, by_line[other.pk].budgeted) == (101_000_00, 99_000_00)
    assert balance(award).budgeted == 200_000_00
    moved = Entry.objects.filter(transfer__isnull=False).first()
    assert moved is not None
    with pytest.raises(GrantRefused, match="Take that back on the page of the award"):
        actions.reverse(entry_id=moved.pk, reason="No", by=analyst, at=at)


def test_purposes_come_to_no_more_than_the_expenditure(post: Post, analyst: Viewer, at: datetime) -> None:
    entry = post("expenditure", 100)
    told = {"entry_id": entry.pk, "kind": "finding", "target": "assessments.Finding:1", "title": "A door"}
    first = actions.link_purpose(**told, amount_cents=60, by=analyst, at=at)
    with pytest.raises(GrantRefused):
        actions.link_purpose(**told, amount_cents=41, by=analyst, at=at)
    actions.take_purpose_back(purpose_id=first.pk, by=analyst, at=at)
    actions.link_purpose(**told, amount_cents=100, by=analyst, at=at)
    with pytest.raises(GrantRefused, match="taken back already"):
        actions.take_purpose_back(purpose_id=first.pk, by=analyst, at=at)
    with pytest.raises(GrantRefused, match="Only an expenditure"):
        actions.link_purpose(**{**told, "entry_id": post("draw", 50).pk}, amount_cents=1, by=analyst, at=at)


def test_every_write_is_one_event_without_names(post: Post) -> None:
    count = Event.objects.count()
    post("expenditure", 100, payee="Acme Hardware", description="For the gym")
    event = Event.objects.order_by("-sequence")[0]
    assert Event.objects.count() == count + 1
    assert event.action == "grants.posted"
    assert "Acme" not in str(event.detail)


def test_the_database_changes_no_row_of_the_ledger(post: Post, analyst: Viewer, at: datetime) -> None:
    entry = post("expenditure", 100)
    proof = actions.add_evidence(entry_id=entry.pk, text="Invoice 7", by=analyst, at=at)
    purpose = actions.link_purpose(
        entry_id=entry.pk, kind="work", target="work.WorkItem:1", title="A", amount_cents=1, by=analyst, at=at
    )
    for rows, change in (
        (Entry.objects.filter(pk=entry.pk), {"amount_cents": 1}),
        (Evidence.objects.filter(pk=proof.pk), {"text": "x"}),
        (Purpose.objects.filter(pk=purpose.pk), {"amount_cents": 5}),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.update(**change)


def test_the_database_refuses_what_makes_no_sense(award: Award, post: Post, at: datetime) -> None:
    entry = post("expenditure", 100)
    wrong = {
        "award": award,
        "at": at,
        "by_name": "x",
        "on": date(2012, 9, 3),
        "incurred_on": date(2012, 9, 3),
    }
    for fields in (
        {"kind": "expenditure", "amount_cents": 5, "description": "no line"},
        {"kind": "draw", "amount_cents": 5, "line": entry.line, "description": "a line"},
        {"kind": "draw", "amount_cents": 0, "description": "nothing"},
        {"kind": "match", "amount_cents": 5, "description": "of no kind"},
        {"kind": "draw", "amount_cents": 5, "description": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.create(**wrong, **fields)


def test_random_ledgers_reconcile_to_the_cent(
    award: Award, post: Post, analyst: Viewer, at: datetime
) -> None:
    """Whatever is tried, refused or taken back: kept sums are the ledger's, and no balance breaks."""
    drawn = random.Random(7)
    for _turn in range(120):
        kind = drawn.choice(["obligation", "expenditure", "draw", "match", "pay", "reverse", "release"])
        cents, day = drawn.randint(1, 30_000_00), date(2012, drawn.randint(1, 8), drawn.randint(1, 28))
        open_ones = [
            row
            for row in Entry.objects.filter(kind="obligation", obligation=None, reverses=None)
            if actions.left_of_obligation(row) > 0
        ]
        try:
            if kind == "pay" and open_ones:
                post("expenditure", cents, on=date(2012, 9, 1), obligation_id=drawn.choice(open_ones).pk)
            elif kind == "release" and open_ones:
                actions.release(
                    obligation_id=drawn.choice(open_ones).pk,
                    amount_cents=cents,
                    reason="r",
                    by=analyst,
                    at=at,
                )
            elif kind == "reverse":
                entry = drawn.choice(list(Entry.objects.exclude(kind="budget")) or [None])
                if entry is not None:
                    actions.reverse(entry_id=entry.pk, reason="r", by=analyst, at=at)
            elif kind in ("obligation", "expenditure", "draw", "match"):
                post(kind, cents, on=day)
        except GrantRefused:
            pass
        now = balance(award)
        assert now.unliquidated >= 0
        assert now.committed <= now.budgeted == award.amount_cents
    assert queries.differences() == []
    assert Entry.objects.count() > 40
    kept = list(MonthSum.objects.order_by("pk").values_list("award", "line_key", "month", *queries.SUMS))
    actions.rebuild_sums()
    rebuilt = MonthSum.objects.values_list("award", "line_key", "month", *queries.SUMS)
    assert sorted(map(str, kept)) == sorted(map(str, rebuilt))


def test_a_sum_that_is_wrong_is_found(award: Award, post: Post) -> None:
    post("expenditure", 100)
    MonthSum.objects.filter(expended=100).update(expended=101)
    (told,) = queries.differences()
    assert "safer-doors" in told
    assert "2012-09" in told


def test_a_draw_is_held_against_what_was_spent_by_its_own_day(post: Post) -> None:
    post("expenditure", 1_000_00, on=date(2012, 8, 20))
    with pytest.raises(RuleBlocks, match=r"more than the \$0\.00 that was spent by August 1, 2012"):
        post("draw", 400_00, on=date(2012, 8, 1))
    post("draw", 400_00, on=date(2012, 8, 20))
    # What was drawn later is gone as well, whatever day the next one has.
    post("draw", 500_00, on=date(2012, 9, 3))
    with pytest.raises(RuleBlocks, match=r"\$100\.00 that was spent by August 21, 2012"):
        post("draw", 200_00, on=date(2012, 8, 21))
