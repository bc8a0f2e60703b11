"""Ledgers from files: mapping, errors by row, once only, and out again."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from schoolward.domains.grants import queries
from schoolward.domains.grants.exchange.cells import signed_money
from schoolward.domains.grants.models import Award, Entry, LedgerAccount
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import CellError
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv

pytestmark = pytest.mark.django_db
Bring = Callable[..., Report]

ACCOUNTS = """account,award,line,kind,credit_is_positive
01-5810-4400,safer-doors,E,expenditure,
01-5810-9500,safer-doors,E,obligation,
01-5810-8290,safer-doors,,draw,yes
"""
HEAD = "Transaction Number,Post Date,Account String,Amount,Line Description,Vendor,purchase_order,reverses\n"


@pytest.fixture
def bring(analyst: Viewer, at: datetime) -> Bring:
    """Bring a file in: ``bring("general-ledger", text)``."""

    def go(key: str, text: str, **options: Any) -> Report:
        return run(key, io.BytesIO(text.encode()), by=analyst, at=at, **options)

    return go


@pytest.fixture
def mapped(award: Award, bring: Bring) -> None:
    """Three accounts of the general ledger."""
    assert bring("ledger-accounts", ACCOUNTS).rejected == []


def out(key: str, viewer: Viewer) -> str:
    exchange = get(key)
    return b"".join(write_csv(exchange.column_names, exchange.export_rows(viewer))).decode()


@pytest.mark.parametrize(
    ("cell", "cents"),
    [("12", 1200), ("$1,200.50", 120050), ("(1,200.50)", -120050), ("-3.07", -307), ("3.07-", -307)],
)
def test_amounts_as_ledgers_print_them(cell: str, cents: int) -> None:
    assert signed_money(cell) == cents


@pytest.mark.parametrize("cell", ["(12", "12,50", "1.005", "--3", "twelve", "()"])
def test_what_is_no_amount(cell: str) -> None:
    with pytest.raises(CellError):
        signed_money(cell)


def test_a_general_ledger_comes_in_by_its_accounts_and_only_once(
    mapped: None, award: Award, bring: Bring, analyst: Viewer
) -> None:
    text = (
        HEAD + "PO-1,8/1/2012,01-5810-9500,5000,Locks ordered,Acme,,\n"
        "GL-1,8/20/2012,01-5810-4400,2000.50,Forty locks,Acme,PO-1,\n"
        "GL-2,8/21/2012,01-5810-4400,300,Wrong account,Acme,,\n"
        "GL-3,8/22/2012,01-5810-4400,(300.00),Taken back,Acme,,GL-2\n"
        'GL-4,8/30/2012,01-5810-8290,"-2,000.00",Reimbursed,,,\n'
    )
    report = bring("general-ledger", text)
    assert report.rejected == []
    assert (report.created, report.unchanged) == (5, 0)
    balance = queries.award_balances([award.pk])[award.pk]
    assert (balance.obligated, balance.liquidated, balance.expended, balance.drawn) == (
        5_000_00,
        2_000_50,
        2_000_50,
        2_000_00,
    )
    assert queries.differences() == []
    again = bring("general-ledger", text)
    assert (again.created, again.unchanged, again.rejected) == (0, 5, [])
    exported = bring("general-ledger", out("general-ledger", analyst))
    assert (exported.created, exported.unchanged, exported.rejected) == (0, 5, [])


def test_debit_and_credit_instead_of_an_amount(mapped: None, bring: Bring) -> None:
    head = "transaction,date,account,debit,credit,description\n"
    report = bring("general-ledger", head + "A,2012-08-20,01-5810-4400,12.50,,Locks\n")
    assert (report.created, Entry.objects.get(external_id="A").amount_cents) == (1, 1250)


def test_each_bad_row_is_named_and_nothing_else_is_lost(mapped: None, award: Award, bring: Bring) -> None:
    text = (
        HEAD + "A,2012-08-20,01-5810-4400,10,Good,,,\n"
        "B,2012-08-20,99-0000,10,Unmapped,,,\n"
        "C,2012-08-20,01-5810-4400,,No amount,,,\n"
        "D,2012-08-20,01-5810-4400,-10,A credit,,,\n"
        "E,2009-08-20,01-5810-4400,10,Before the period,,,\n"
        "F,2012-08-20,01-5810-4400,10,Pays nothing known,,PO-9,\n"
        "G,2012-08-20,01-5810-4400,-11,Takes back another sum,,,A\n"
        "A,2012-08-20,01-5810-4400,10,Twice,,,\n"
        "H,2012-08-20,01-5810-4400,999999999,Too much,,,\n"
        "I,2013-08-20,01-5810-4400,10,In the future,,,\n"
        "J,2012-08-20,01-5810-4400,10,Good too,,,\n"
    )
    report = bring("general-ledger", text)
    told = {(one.row, one.column) for one in report.rejected}
    assert told == {
        (3, "account"),
        (4, "amount"),
        (5, "amount"),
        (6, "posted"),
        (7, "purchase_order"),
        (8, "amount"),
        (9, "transaction"),
        (10, "amount"),
        (11, "posted"),
    }
    assert report.created == 2
    before = next(one for one in report.rejected if one.row == 6)
    assert "28 CFR 66.23(a)" in str(before.error)
    assert queries.differences() == []


def test_a_preview_writes_nothing(mapped: None, bring: Bring) -> None:
    count = Entry.objects.count()
    report = bring("general-ledger", HEAD + "A,2012-08-20,01-5810-4400,10,Good,,,\n", dry_run=True)
    assert report.created == 1
    assert Entry.objects.count() == count
    assert queries.differences() == []


def test_a_row_that_differs_from_its_entry_is_told(mapped: None, bring: Bring) -> None:
    bring("general-ledger", HEAD + "A,2012-08-20,01-5810-4400,10,Good,,,\n")
    report = bring("general-ledger", HEAD + "A,2012-08-20,01-5810-4400,11,Good,,,\n")
    assert [(one.row, one.column) for one in report.rejected] == [(2, "amount")]


def test_supplanting_is_checked_before_it_is_let_in(award: Award, mapped: None, bring: Bring) -> None:
    Award.objects.update(forbids_supplanting=True)
    row = HEAD + "A,2012-08-20,01-5810-4400,10,Good,,,\n"
    assert len(bring("general-ledger", row).rejected) == 1
    assert bring("general-ledger", row, options={"local_money": "adds"}).created == 1


def test_ledgers_go_out_and_come_in_unchanged(
    award: Award, post: Callable[..., Entry], bring: Bring, analyst: Viewer
) -> None:
    bound = post("obligation", 500, external_id="PO-7")
    post("expenditure", 200, obligation_id=bound.pk, payee="=HYPERLINK()", incurred_on=date(2012, 9, 1))
    post("match", 300)
    report = bring("grant-ledger", out("grant-ledger", analyst))
    assert (report.created, report.updated, report.unchanged, report.rejected) == (0, 0, 5, [])
    for key, rows in (("awards", 1), ("budget-lines", 2)):
        report = bring(key, out(key, analyst))
        assert (report.created, report.updated, report.unchanged, report.rejected) == (0, 0, rows, [])


def test_a_ledger_comes_into_an_installation_that_has_none(
    award: Award, post: Callable[..., Entry], bring: Bring, analyst: Viewer
) -> None:
    bound = post("obligation", 500)
    post("expenditure", 200, obligation_id=bound.pk)
    tables = {key: out(key, analyst) for key in ("awards", "budget-lines", "grant-ledger")}
    whole = queries.award_balances([award.pk])[award.pk]
    for rows in (Entry.objects.filter(obligation__isnull=False), Entry.objects.all()):
        rows.delete()
    award.reports.all().delete()
    award.lines.all().delete()
    Award.objects.all().delete()
    assert bring("awards", tables["awards"]).created == 1
    assert bring("budget-lines", tables["budget-lines"]).created == 2
    ledger = [line for line in tables["grant-ledger"].splitlines() if ",budget," not in line]
    report = bring("grant-ledger", "\n".join(ledger))
    assert (report.created, report.rejected) == (2, [])
    assert queries.award_balances()[Award.objects.get().pk] == whole


def test_an_award_that_differs_in_what_is_amended_is_told(
    award: Award, bring: Bring, analyst: Viewer
) -> None:
    text = out("awards", analyst)
    report = bring("awards", text.replace("2012-09-30", "2013-09-30"))
    assert [one.column for one in report.rejected] == ["end"]
    report = bring("awards", text.replace("Safer doors", "Safest doors"))
    assert (report.updated, Award.objects.get().title) == (1, "Safest doors")


def test_a_mapping_can_be_changed(mapped: None, award: Award, bring: Bring, analyst: Viewer) -> None:
    report = bring("ledger-accounts", ACCOUNTS.replace("4400,safer-doors,E", "4400,safer-doors,C"))
    assert (report.updated, report.unchanged) == (1, 2)
    assert LedgerAccount.objects.get(account="01-5810-4400").line == award.lines.get(code="C")
    assert bring("ledger-accounts", out("ledger-accounts", analyst)).unchanged == 3
    report = bring(
        "ledger-accounts", "account,award,line,kind\nX,safer-doors,,expenditure\nY,nobody,E,budget\n"
    )
    assert [(one.row, one.column) for one in report.rejected] == [(2, "line"), (3, "award")]


def test_a_file_switches_no_rule_off_once_money_moved(
    award: Award, post: Callable[..., Entry], bring: Bring, analyst: Viewer
) -> None:
    post("expenditure", 100)
    rows = [line.split(",") for line in out("awards", analyst).splitlines()]
    place = rows[0].index("transfer_percent")
    rows[1][place] = "100"
    report = bring("awards", "\n".join(",".join(row) for row in rows))
    (told,) = report.rejected
    assert "funder's letter" in str(told.error)
    assert "Limit of transfers in percent" in str(told.error)
    assert Award.objects.get().transfer_percent == 10


JOURNAL = (
    HEAD + "JE-7,8/20/2012,01-5810-9500,500,Locks ordered,Acme,,\n"
    "JE-7,8/20/2012,01-5810-4400,200,Forty locks,Acme,,\n"
    "JE-7,8/20/2012,01-5810-4410,30,Screws,Acme,,\n"
    "JE-8,8/21/2012,01-5810-4400,(200.00),Taken back,Acme,,JE-7\n"
)


def test_one_journal_has_lines_on_several_accounts(
    mapped: None, award: Award, bring: Bring, analyst: Viewer
) -> None:
    bring("ledger-accounts", ACCOUNTS + "01-5810-4410,safer-doors,E,expenditure,\n")
    report = bring("general-ledger", JOURNAL)
    assert (report.created, report.rejected) == (4, [])
    assert Entry.objects.get(reverses__isnull=False).reverses.amount_cents == 200_00  # type: ignore[union-attr]
    assert queries.award_balances([award.pk])[award.pk].expended == 30_00
    backwards = HEAD + "".join(reversed(JOURNAL.removeprefix(HEAD).splitlines(keepends=True)))
    for text in (JOURNAL, backwards, out("general-ledger", analyst)):
        again = bring("general-ledger", text)
        assert (again.created, again.unchanged, again.rejected) == (0, 4, [])
    own = bring("grant-ledger", out("grant-ledger", analyst))
    assert (own.created, own.unchanged, own.rejected) == (0, 6, [])


def test_the_same_number_and_account_twice_is_told(mapped: None, bring: Bring) -> None:
    row = "A,2012-08-20,01-5810-4400,10,Good,,,\n"
    report = bring("general-ledger", HEAD + row + row)
    assert [(one.row, one.column) for one in report.rejected] == [(3, "transaction")]


def test_an_account_that_is_mapped_anew_brings_nothing_in_twice(mapped: None, bring: Bring) -> None:
    row = HEAD + "A,2012-08-20,01-5810-4400,10,Good,,,\n"
    assert bring("general-ledger", row).created == 1
    bring("ledger-accounts", ACCOUNTS.replace("4400,safer-doors,E", "4400,safer-doors,C"))
    report = bring("general-ledger", row)
    assert (report.created, [one.column for one in report.rejected]) == (0, ["account"])


def test_nothing_is_taken_back_before_it_is_there(mapped: None, bring: Bring) -> None:
    text = (
        HEAD + "GL-2,2012-08-21,01-5810-4400,300,Wrong account,Acme,,\n"
        "GL-9,2012-08-20,01-5810-4400,-300,Taken back,Acme,,GL-2\n"
    )
    for created, unchanged in ((1, 0), (0, 1)):
        report = bring("general-ledger", text)
        assert (report.created, report.unchanged) == (created, unchanged)
        (told,) = report.rejected
        assert (told.row, told.column) == (3, "posted")
        assert "2012-08-21" in told.mend
    assert bring("general-ledger", text.replace("GL-9,2012-08-20", "GL-9,2012-08-21")).rejected == []
