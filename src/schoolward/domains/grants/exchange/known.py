"""Entries of ledgers by the numbers under which files name them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from schoolward.domains.grants.models import Entry

_OWN = re.compile(r"entry-(\d{1,18})")
NONE_SHARED: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True)
class _There:
    pk: int
    account: str | None
    line_id: int | None


def shared_numbers(entries: QuerySet[Entry]) -> frozenset[tuple[int, str]]:
    """Numbers of the general ledger that several entries of an award have: one journal, several accounts."""
    rows = entries.exclude(external_id="").order_by().values_list("award_id", "external_id")
    found = rows.annotate(how_many=Count("pk")).filter(how_many__gt=1)
    return frozenset((award, number) for award, number, _many in found)


def own_number(entry: Entry, shared: frozenset[tuple[int, str]] = NONE_SHARED) -> str:
    """The number under which an entry is exported: the general ledger's where no other has it, or ours."""
    is_shared = (entry.award_id, entry.external_id) in shared
    return f"entry-{entry.pk}" if is_shared or not entry.external_id else entry.external_id


class Known:
    """Entries of ledgers by the number and the account of the general ledger under which files name them."""

    def __init__(self) -> None:
        self._by_award: dict[int, dict[str, list[_There]]] = {}

    def find(self, award_id: int, number: str, account: str = "") -> Entry | None:
        """The entry that a row of this number is; of a row of an account, the one of that account.

        What came in before accounts were kept is the row's whichever account it is of: what differs is then
        told, and nothing comes in twice.
        """
        there = self._there(award_id, number)
        if account:
            there = [one for one in there if one.account == account] or [
                one for one in there if one.account is None
            ]
        return self._entry(award_id, number, there[:1])

    def named(self, award_id: int, number: str, *, account: str, line_id: int | None) -> Entry | None:
        """The entry that another row names: of its own account, else of its line, else the only one."""
        there = self._there(award_id, number)
        for chosen in (
            [one for one in there if account and one.account == account],
            [one for one in there if one.line_id == line_id],
            there,
        ):
            if len(chosen) == 1:
                return self._entry(award_id, number, chosen)
        return self._entry(award_id, number, []) if not there else None

    def add(self, entries: Iterable[Entry]) -> None:
        """Know entries that were just written."""
        for entry in entries:
            numbers = self._by_award.setdefault(entry.award_id, {})
            numbers.setdefault(entry.external_id, []).append(
                _There(entry.pk, entry.gl_account, entry.line_id)
            )

    def _there(self, award_id: int, number: str) -> list[_There]:
        if award_id not in self._by_award:
            made: dict[str, list[_There]] = {}
            rows = Entry.objects.filter(award=award_id).exclude(external_id="").order_by("pk")
            for external, pk, account, line in rows.values_list("external_id", "pk", "gl_account", "line_id"):
                made.setdefault(external, []).append(_There(pk, account, line))
            self._by_award[award_id] = made
        return self._by_award[award_id].get(number, [])

    def _entry(self, award_id: int, number: str, chosen: list[_There]) -> Entry | None:
        own = _OWN.fullmatch(number)
        pk = chosen[0].pk if chosen else int(own[1]) if own else None
        return None if pk is None else Entry.objects.filter(award=award_id, pk=pk).first()
