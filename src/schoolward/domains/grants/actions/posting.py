"""Entering in ledgers: each entry judged by the rules, written with its sums and one audit event."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.grants.balances import MOST_CENTS, Balances, Kind, of_posting
from schoolward.analysis.grants.checking import Category, Draft, Fault, Terms, faults
from schoolward.analysis.grants.match import MatchKind
from schoolward.domains.grants.actions.new_entry import NewEntry
from schoolward.domains.grants.actions.purposes_back import take_purposes_back
from schoolward.domains.grants.actions.recording import audit, happened, open_award
from schoolward.domains.grants.actions.refusals import GrantRefused, RuleBlocks
from schoolward.domains.grants.actions.storable import check_storable
from schoolward.domains.grants.actions.sums import as_posting, keep_sums
from schoolward.domains.grants.models import WITH_LINE, Award, BudgetLine, Entry, OverrideRequest
from schoolward.domains.grants.queries import award_balances, line_balances, reports_late
from schoolward.platform.access.viewer import Viewer


@dataclass
class _Book:
    """One award while entries are made in it: its terms, lines and balances as they stand by now."""

    award: Award
    terms: Terms
    lines: dict[int, BudgetLine]
    late: int
    whole: Balances
    by_line: dict[int, Balances]
    made: list[Entry] = field(default_factory=list)


class Ledgers:
    """Takes entries one by one, judges each by the rules, and writes them together.

    Only within a transaction; an award is locked from its first entry on. Call :meth:`write` at the end.
    """

    def __init__(
        self, *, by: Viewer, at: datetime, invented: bool = False, override: OverrideRequest | None = None
    ) -> None:
        self.by, self.at, self.invented, self.override = by, at, invented, override
        self.today = timezone.localdate(at)
        self._books: dict[int, _Book] = {}
        self._open: dict[int, int] = {}

    def book(self, award_id: int) -> _Book:
        """The award's book. Raises ``AccessDenied`` and ``AwardClosed``."""
        if award_id not in self._books:
            # Who lets something by need not keep ledgers: the one who asked for it does.
            permission = "grants.post" if self.override is None else "grants.approve"
            award = open_award(award_id, by=self.by, permission=permission)
            self._books[award_id] = _Book(
                award,
                award.as_terms(),
                {line.pk: line for line in award.lines.all()},
                reports_late(award, on=self.today),
                award_balances([award_id]).get(award_id, Balances()),
                dict(line_balances(award_id)),
            )
        return self._books[award_id]

    def add(self, new: NewEntry) -> Entry:
        """Judge one entry and take it. Raises ``RuleBlocks`` and ``GrantRefused``.

        Where a second person let it by (``override``), what that person was not asked about still blocks.
        """
        if new.kind not in set(Kind):
            raise GrantRefused(_("This is no kind of entry."), field="kind")
        check_storable(new)
        book = self.book(new.award_id)
        line = self._line(book, new)
        obligation = self._obligation(new)
        self._check_plainly(new, obligation)
        incurred = new.incurred_on or (
            obligation.on if obligation and new.kind == Kind.EXPENDITURE else new.on
        )
        if incurred > new.on:
            raise GrantRefused(_("The cost belongs to a day after the transaction."), field="incurred_on")
        if new.amount_cents > 0:
            draft = Draft(
                Kind(new.kind),
                new.amount_cents,
                new.on,
                incurred,
                Category(line.category) if line else None,
                self.left_of(obligation) if obligation else None,
                new.adds_to_local_money,
                bool(new.agreement),
                MatchKind(new.match_kind) if new.match_kind else None,
                is_given_by_other=bool(new.given_by.strip()),
                names_document=bool(new.document.strip()),
            )
            at_line = None if line is None else book.by_line.get(line.pk, Balances())
            then = self._until(book, new.on) if new.kind == Kind.DRAW else None
            found = faults(
                book.terms,
                draft,
                line=at_line,
                award=book.whole,
                late_reports=book.late,
                award_then=then,
            )
            blocking = still_blocking(found, self.override)
            if blocking:
                raise RuleBlocks(blocking)
        return self.take(
            Entry(
                award=book.award,
                line=line,
                kind=new.kind,
                amount_cents=new.amount_cents,
                on=new.on,
                incurred_on=incurred,
                document=new.document.strip(),
                payee=new.payee.strip(),
                description=new.description.strip(),
                external_id=new.external_id.strip(),
                gl_account=new.gl_account or None,
                match_kind=new.match_kind,
                given_by=new.given_by.strip() or None,
                adds_to_local_money=new.adds_to_local_money,
                agreement=new.agreement.strip(),
                obligation=obligation,
                override=self.override,
            )
        )

    def take(self, entry: Entry) -> Entry:
        """Take an entry that needs no judging, such as a counter-entry. It counts for the next at once."""
        book = self.book(entry.award_id)
        entry.invented = self.invented
        for name, value in happened(by=self.by, at=self.at).items():
            setattr(entry, name, value)
        added = of_posting(as_posting(entry))
        book.whole += added
        key = entry.line_id or 0
        book.by_line[key] = book.by_line.get(key, Balances()) + added
        if entry.obligation_id is not None:
            sign = -1 if entry.kind == Kind.EXPENDITURE else 1
            self._open[entry.obligation_id] = self.left_of(entry.obligation) + sign * entry.amount_cents
        book.made.append(entry)
        return entry

    def write(self, action: str = "grants.posted", **detail: Any) -> list[Entry]:
        """Write what was taken, its sums, and one audit event an award."""
        written: list[Entry] = []
        for book in self._books.values():
            if not book.made:
                continue
            Entry.objects.bulk_create(book.made, batch_size=500)
            keep_sums(book.made)
            take_purposes_back(book.made, by=self.by, at=self.at)
            told: dict[str, Any] = {
                "entries": len(book.made),
                "cents": sum(entry.amount_cents for entry in book.made),
            }
            if len(book.made) == 1:
                told = {"entry": book.made[0].pk, "kind": book.made[0].kind, "cents": told["cents"]}
            audit(action, book.award, by=self.by, **told, **detail)
            written += book.made
            book.made = []
        return written

    def _until(self, book: _Book, day: date) -> Balances:
        """The award's balances at the end of a day, with what was taken and not written yet."""
        then = award_balances([book.award.pk], until=day).get(book.award.pk, Balances())
        for entry in book.made:
            if entry.on <= day:
                then += of_posting(as_posting(entry))
        return then

    def _line(self, book: _Book, new: NewEntry) -> BudgetLine | None:
        if Kind(new.kind) not in WITH_LINE:
            return None
        if new.line_id is None:
            raise GrantRefused(_("Choose the budget line."), field="line_id")
        line = book.lines.get(new.line_id)
        if line is None:
            raise GrantRefused(_("This budget line is of another award."), field="line_id")
        return line

    def _obligation(self, new: NewEntry) -> Entry | None:
        if new.obligation_id is None:
            return None
        if new.kind not in (Kind.EXPENDITURE, Kind.OBLIGATION):
            raise GrantRefused(_("Only an expenditure pays an obligation."), field="obligation_id")
        rows = Entry.objects.filter(kind=Kind.OBLIGATION, obligation__isnull=True, reverses__isnull=True)
        found = rows.filter(pk=new.obligation_id, award=new.award_id).first()
        if found is None:
            raise GrantRefused(_("This award has no such obligation."), field="obligation_id")
        if new.line_id is not None and found.line_id != new.line_id:
            raise GrantRefused(_("The obligation is of another budget line."), field="obligation_id")
        return found

    def left_of(self, obligation: Entry | None) -> int:
        """What is left of an obligation, with what was taken and not written yet."""
        assert obligation is not None  # noqa: S101 - asked only where there is one
        if obligation.pk not in self._open:
            self._open[obligation.pk] = left_of_obligation(obligation)
        return self._open[obligation.pk]

    def _check_plainly(self, new: NewEntry, obligation: Entry | None) -> None:
        """What no rule of grants has to say: amounts, days and words."""
        if new.amount_cents == 0:
            raise GrantRefused(_("An entry of nothing says nothing. Write an amount."), field="amount_cents")
        is_release = obligation is not None and new.kind == Kind.OBLIGATION
        if abs(new.amount_cents) > MOST_CENTS:
            raise GrantRefused(_("More than ten thousand million dollars is a slip."), field="amount_cents")
        if new.amount_cents < 0 and not is_release:
            raise GrantRefused(
                _("Write a positive amount. What was wrong is taken back on the page of the entry."),
                field="amount_cents",
            )
        if is_release and new.amount_cents > 0:
            raise GrantRefused(_("A release lowers the obligation."), field="amount_cents")
        if is_release and -new.amount_cents > self.left_of(obligation):
            raise GrantRefused(_("More is released than is left of the obligation."), field="amount_cents")
        if new.on > self.today:
            raise GrantRefused(_("The day lies in the future."), field="on")
        if not new.description.strip():
            raise GrantRefused(_("Say in a few words what it is."), field="description")
        if (new.kind == Kind.MATCH) != bool(new.match_kind):
            raise GrantRefused(
                _("Say of a match, and of nothing else, whether it is cash."), field="match_kind"
            )
        if new.given_by.strip() and new.kind != Kind.MATCH:
            raise GrantRefused(_("Only a match is given by a third party."), field="given_by")


def still_blocking(found: list[Fault], override: OverrideRequest | None) -> list[Fault]:
    """What a decision does not let by: what nobody may, and what came to be after it was asked for."""
    if override is None:
        return found
    return [fault for fault in found if not fault.may_override or fault.why not in override.lets_by]


def left_of_obligation(obligation: Entry) -> int:
    """What is left of an obligation, in cents: less what was paid and released, nothing once taken back."""
    rest = obligation.amount_cents
    for kind, cents in obligation.payments.values_list("kind", "amount_cents"):
        rest += cents if kind == Kind.OBLIGATION else -cents
    reversal = Entry.objects.filter(reverses=obligation).values_list("amount_cents", flat=True).first()
    return rest + (reversal or 0)
