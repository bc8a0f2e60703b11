"""The invented ledger of one award: budget, obligations, spending by month, draws and match."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from schoolward.analysis.grants.balances import Kind
from schoolward.analysis.grants.checking import Category
from schoolward.domains.grants.models import Award, BudgetLine, Entry, Purpose, PurposeKind

#: Share of the costs other than pay that nobody has said the purpose of yet.
WITHOUT_PURPOSE = 0.05
_STAFF = (Category.PERSONNEL.value, Category.FRINGE.value)
_BOUND = (Category.EQUIPMENT.value, Category.CONTRACTUAL.value, Category.SUBAWARD.value)


@dataclass
class Ledger:
    """Entries that belong together until they are written."""

    award: Award
    today: date
    random: Random
    writer: dict[str, Any]
    entries: list[Entry] = field(default_factory=list)
    purposes: list[Purpose] = field(default_factory=list)

    def enter(self, kind: Kind, cents: int, on: date, description: str, **fields: Any) -> Entry:
        """Add an entry of noon of its day."""
        at = datetime.combine(on, time(12), tzinfo=timezone.get_default_timezone())
        made = Entry(
            award=self.award,
            kind=kind.value,
            amount_cents=cents,
            on=on,
            description=description,
            adds_to_local_money=True,
            invented=True,
            **{"incurred_on": on, "at": at, **self.writer, **fields},
        )
        self.entries.append(made)
        return made

    def link(self, entry: Entry, kind: PurposeKind, target: str, title: str) -> None:
        """Say what an entry was for."""
        self.purposes.append(
            Purpose(
                entry=entry,
                kind=kind.value,
                target=target,
                title=title[:200],
                amount_cents=entry.amount_cents,
                invented=True,
                at=entry.at,
                **self.writer,
            )
        )


@dataclass(frozen=True)
class Work:
    """Work that the award paid for: its record, and what it cost when."""

    target: str
    title: str
    trade: str
    cents: int
    on: date


def months(start: date, end: date) -> list[date]:
    """A day in the middle of each month from the start to the end."""
    month, made = start.replace(day=1), []
    while month <= end:
        day = month + timedelta(days=14)
        if start <= day <= end:
            made.append(day)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return made


def tell_line(
    ledger: Ledger,
    line: BudgetLine,
    told: dict[str, Any],
    *,
    share: float,
    position: tuple[str, str] | None,
    initiative: tuple[str, str] | None,
    works: list[Work],
) -> None:
    """Enter a line's budget and what was spent of it so far: ``share`` of it, over the months until today."""
    award, random = ledger.award, ledger.random
    budget = told["dollars"] * 100
    ledger.enter(Kind.BUDGET, budget, award.start, "Approved budget", line=line)
    left = round(budget * share * random.uniform(0.94, 1.04))
    left = min(left, round(budget * 0.985))
    agreement = {"agreement": told["agreement"]} if "agreement" in told else {}
    firms = told.get("firms", ())
    for work in works:
        if work.cents > left:
            break
        entry = ledger.enter(
            Kind.EXPENDITURE,
            work.cents,
            work.on,
            work.title[:300],
            line=line,
            payee=_firm(random, firms),
            document=_document(random, "INV"),
        )
        ledger.link(entry, PurposeKind.WORK, work.target, work.title)
        left -= work.cents
    days = months(award.start, min(award.end, ledger.today))
    is_staff = line.category in _STAFF
    weights = [random.uniform(0.95, 1.05) if is_staff else random.choice((0, 0.4, 1, 1.6)) for _day in days]
    if not any(weights):
        weights[-1] = 1
    for day, weight in zip(days, weights, strict=True):
        cents = round(left * weight / sum(weights))
        if not cents:
            continue
        bound, words = None, random.choice(told["words"])
        payee = "" if is_staff else _firm(random, firms)
        if line.category in _BOUND and day + timedelta(days=31) <= ledger.today:
            bound = ledger.enter(
                Kind.OBLIGATION,
                cents,
                max(award.start, day - timedelta(days=20)),
                f"Ordered: {words}",
                line=line,
                payee=payee,
                document=_document(random, "PO"),
                **agreement,
            )
        entry = ledger.enter(
            Kind.EXPENDITURE,
            cents,
            day,
            words,
            line=line,
            payee=payee,
            document=_document(random, "PAY" if is_staff else "INV"),
            obligation=bound,
            **agreement,
        )
        if is_staff and position is not None:
            ledger.link(entry, PurposeKind.POSITION, *position)
        elif initiative is not None and random.random() > WITHOUT_PURPOSE:
            ledger.link(entry, PurposeKind.INITIATIVE, *initiative)
    if line.category in _BOUND and ledger.today <= award.end:
        rest = round((budget - sum_of(ledger, line)) * 0.25 / 100) * 100
        if rest > 0:
            ledger.enter(
                Kind.OBLIGATION,
                rest,
                ledger.today - timedelta(days=16),
                f"Ordered: {random.choice(told['words'])}",
                line=line,
                payee=_firm(random, firms),
                document=_document(random, "PO"),
                **agreement,
            )


def sum_of(ledger: Ledger, line: BudgetLine) -> int:
    """What was spent of a line so far, in cents."""
    return sum(e.amount_cents for e in ledger.entries if e.line_id == line.pk and e.kind == Kind.EXPENDITURE)


def tell_draws_and_match(ledger: Ledger) -> None:
    """Draw each quarter what was spent in it, a month later; bring the match along, a little behind."""
    award = ledger.award
    spent = sorted((e for e in ledger.entries if e.kind == Kind.EXPENDITURE), key=lambda e: e.on)
    drawn = 0
    for day in months(award.start, ledger.today)[3::3]:
        closed = day.replace(day=1)
        due = sum(e.amount_cents for e in spent if e.on < closed) - drawn
        if due > 0:
            ledger.enter(
                Kind.DRAW, due, day, "Reimbursed for the quarter", document=_document(ledger.random, "DR")
            )
            drawn += due
    if not award.match_percent:
        return
    required = award.match_terms.required_cents(sum(e.amount_cents for e in spent))
    days = months(award.start, ledger.today)
    for number, day in enumerate(days):
        cents = round(required * 0.93 / len(days))
        kind = "in_kind" if number % 3 == 2 and not award.match_in_cash_only else "cash"
        words = "Hours of maintenance staff" if kind == "in_kind" else "District's part of the purchases"
        ledger.enter(Kind.MATCH, cents, day, words, match_kind=kind, document=_document(ledger.random, "M"))


def _firm(random: Random, firms: Sequence[str]) -> str:
    """A firm that does not exist, of the trade of the line: an order and its invoice are of the same one."""
    return f"{random.choice(firms)} (invented)"


def _document(random: Random, kind: str) -> str:
    return f"{kind}-{random.randint(10_000, 99_999)}"
