"""Ledgers of awards in their own columns, in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.grants import actions, hooks, queries
from schoolward.domains.grants.actions.taking_back import take_back
from schoolward.domains.grants.exchange.cells import exact, short_name, signed_money
from schoolward.domains.grants.exchange.known import NONE_SHARED, Known, own_number, shared_numbers
from schoolward.domains.grants.models import KINDS, MATCH_KINDS, Entry
from schoolward.domains.grants.wording import line_lacks
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, one_of, text_up_to, yes_no
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register

_COLUMNS = (
    Column(
        "id",
        gettext_lazy("The entry's own number in the general ledger. It is brought in once."),
        required=True,
        parse=text_up_to(80),
        example="JE-2012-0417",
    ),
    Column(
        "award",
        gettext_lazy("Short name of the award."),
        required=True,
        parse=short_name,
        example="safer-doors",
    ),
    Column(
        "line",
        gettext_lazy("Code of the budget line; blank for draws and match."),
        parse=text_up_to(20),
        example="E",
    ),
    Column("kind", gettext_lazy("What it is."), required=True, parse=one_of(KINDS), example="expenditure"),
    Column(
        "amount",
        gettext_lazy("Positive; negative only where it takes something back or releases an obligation."),
        required=True,
        parse=signed_money,
        example="1200.50",
    ),
    Column("on", gettext_lazy("Day of the transaction."), required=True, parse=day, example="2012-08-20"),
    Column("incurred_on", gettext_lazy("Day that the cost belongs to, if another."), parse=day),
    Column("document", gettext_lazy("Voucher or invoice."), parse=text_up_to(80)),
    Column("payee", gettext_lazy("Who was paid. No names of persons."), parse=text_up_to(200)),
    Column(
        "description",
        gettext_lazy("In a few words, what it is."),
        required=True,
        parse=text_up_to(300),
        example="Forty locks",
    ),
    Column("match_kind", gettext_lazy("Of a match: cash or in kind."), parse=one_of(MATCH_KINDS)),
    Column("given_by", gettext_lazy("Of a match: the third party that gave it."), parse=text_up_to(200)),
    Column(
        "adds_to_local_money",
        gettext_lazy("Yes where it does not replace local money."),
        parse=yes_no,
        example="yes",
    ),
    Column("agreement", gettext_lazy("Of a subaward: its agreement."), parse=text_up_to(120)),
    Column("obligation", gettext_lazy("Number of the obligation that it pays."), parse=text_up_to(80)),
    Column("reverses", gettext_lazy("Number of the entry that it takes back."), parse=text_up_to(80)),
)
LEDGER_COLUMN_NAMES = [column.name for column in _COLUMNS]

#: What a field of a refusal is called in the file.
_CALLED = {"line_id": "line", "amount_cents": "amount", "obligation_id": "obligation"}


class Bringing:
    """One import: entries gathered and written together, earlier ones when a later row names them."""

    def __init__(self, context: ImportContext) -> None:
        self.context = context
        self.known = Known()
        self.ledgers = actions.Ledgers(by=context.by, at=context.at)
        self._numbers: set[tuple[int, str, str]] = set()
        self._lines: set[int] = set()

    def finish(self) -> None:
        """Write the last entries, and warn of lines that now have less than plans have set aside on them."""
        self.flush()
        if not self._lines:
            return
        held = hooks.set_aside(self.context.by, on=timezone.localdate(self.context.at))
        short = {one.line_id: one.lacks for one in held if one.lacks and one.line_id in self._lines}
        for line in queries.lines(self.context.by).filter(pk__in=short).select_related("award"):
            self.context.report.warn(f"{line.award.key}: {line_lacks(line, short[line.pk])}")

    def flush(self) -> None:
        """Write what was gathered."""
        self.known.add(self.ledgers.write("grants.imported"))

    def bring(
        self, row: Row, new: actions.NewEntry, *, obligation: str, reverses: str, called: dict[str, str]
    ) -> None:
        """Take one row, or reject it. ``called`` says what the file calls a field."""
        number = (new.award_id, new.external_id, new.gl_account)
        if number in self._numbers:
            self._reject(
                row, "id", _("comes twice in this file"), _("Give each entry a number of its own."), called
            )
            return
        there = self.known.find(new.award_id, new.external_id, new.gl_account)
        if there is not None:
            self._compare(row, there, new, called)
            return
        if obligation or reverses:
            self.flush()
        try:
            if reverses:
                self._take_back(row, new, reverses, called)
                return
            if new.amount_cents < 0 and not obligation:
                self._reject(
                    row,
                    "amount",
                    _("is a credit that takes nothing back"),
                    _("Name the entry that it takes back in the column “reverses”."),
                    called,
                )
                return
            if obligation:
                found = self._named(new, obligation)
                if found is None:
                    self._reject(
                        row, "obligation", _("is not in this ledger"), _("Bring it in first."), called
                    )
                    return
                new = actions.NewEntry(**{**new.__dict__, "obligation_id": found.pk})
            self.ledgers.add(new)
        except actions.GrantRefused as refusal:
            self._reject(row, _CALLED.get(refusal.field, refusal.field), str(refusal), "", called)
            return
        except AccessDenied:
            self._reject(row, "award", _("is not yours to post to"), _("Leave the row out."), called)
            return
        self._numbers.add(number)
        if new.line_id is not None:
            self._lines.add(new.line_id)
        self.context.report.created += 1

    def _named(self, new: actions.NewEntry, number: str) -> Entry | None:
        return self.known.named(new.award_id, number, account=new.gl_account, line_id=new.line_id)

    def _take_back(self, row: Row, new: actions.NewEntry, reverses: str, called: dict[str, str]) -> None:
        entry = self._named(new, reverses)
        if entry is None:
            self._reject(row, "reverses", _("is not in this ledger"), _("Bring it in first."), called)
            return
        if entry.amount_cents != -new.amount_cents:
            self._reject(
                row,
                "amount",
                _("is not the negative of what it takes back"),
                _("An entry is taken back as a whole; enter the rest anew."),
                called,
            )
            return
        if new.on < entry.on:
            self._reject(
                row,
                "on",
                _("lies before the day of what it takes back"),
                _("Write %(day)s or a later day: nothing is taken back before it is there.")
                % {"day": entry.on.isoformat()},
                called,
            )
            return
        take_back(
            self.ledgers,
            entry,
            description=new.description,
            on=new.on,
            document=new.document,
            external_id=new.external_id,
            gl_account=new.gl_account,
        )
        self._numbers.add((new.award_id, new.external_id, new.gl_account))
        self.flush()
        self.context.report.created += 1

    def _compare(self, row: Row, there: Entry, new: actions.NewEntry, called: dict[str, str]) -> None:
        for name, column in (("amount_cents", "amount"), ("kind", "kind"), ("on", "on"), ("line_id", "line")):
            if getattr(there, name) != getattr(new, name):
                self._reject(
                    row,
                    column,
                    _("differs from the entry of this number, which is in the ledger"),
                    _("Entries are not changed: take it back on its page; a new one has another number."),
                    called,
                )
                return
        self.context.report.unchanged += 1

    def _reject(self, row: Row, column: str, error: str, mend: str, called: dict[str, str]) -> None:
        name = called.get(column, column)
        self.context.reject(row, name if name in row.cells else called.get("id", "id"), error, mend)


@register
class GrantLedger(Exchange):
    """Every entry of the ledgers of awards."""

    key = "grant-ledger"
    title = gettext_lazy("Grant ledgers")
    description = gettext_lazy(
        "Budget, obligations, expenditures, draws and match, each once. Rules judge each row."
    )
    columns = _COLUMNS
    permission = "grants.import"
    export_permission = "grants.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        awards = {award.key: award.pk for award in queries.awards(context.by)}
        lines = {(line.award_id, line.code): line.pk for line in queries.lines(context.by)}
        bringing = Bringing(context)
        for row in rows:
            award = awards.get(row.values["award"])
            if award is None:
                context.reject(row, "award", _("is not a known award"), _("Bring the award in first."))
                continue
            code = row.values.get("line")
            if code and (award, code) not in lines:
                context.reject(row, "line", _("is not a line of this award"), _("Bring the line in first."))
                continue
            bringing.bring(
                row,
                actions.NewEntry(
                    award,
                    row.values["kind"],
                    row.values["amount"],
                    row.values["on"],
                    row.values["description"],
                    line_id=lines[award, code] if code else None,
                    incurred_on=row.values.get("incurred_on"),
                    external_id=row.values["id"],
                    adds_to_local_money=bool(row.values.get("adds_to_local_money")),
                    document=row.values.get("document") or "",
                    payee=row.values.get("payee") or "",
                    match_kind=row.values.get("match_kind") or "",
                    given_by=row.values.get("given_by") or "",
                    agreement=row.values.get("agreement") or "",
                ),
                obligation=row.values.get("obligation") or "",
                reverses=row.values.get("reverses") or "",
                called={},
            )
        bringing.finish()

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        # In the order in which they were entered: what is named stands above what names it.
        rows = queries.entries(viewer)
        shared = shared_numbers(rows)
        for entry in rows.order_by("award__key", "pk").iterator(chunk_size=1000):
            yield ledger_row(entry, shared)


def ledger_row(entry: Entry, shared: frozenset[tuple[int, str]] = NONE_SHARED) -> list[Any]:
    """The values of one entry in the order of the columns. ``shared``: numbers that several entries have."""
    return [
        own_number(entry, shared),
        entry.award.key,
        entry.line.code if entry.line else "",
        entry.kind,
        exact(entry.amount_cents),
        entry.on,
        entry.incurred_on,
        entry.document,
        entry.payee,
        entry.description,
        entry.match_kind,
        entry.given_by or "",
        "yes" if entry.adds_to_local_money else "no",
        entry.agreement,
        own_number(entry.obligation, shared) if entry.obligation else "",
        own_number(entry.reverses, shared) if entry.reverses else "",
    ]
