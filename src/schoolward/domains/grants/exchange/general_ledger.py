"""The district's general ledger, read through a mapping of its accounts; and that mapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.exchange.cells import MOST_DOLLARS, exact, short_name, signed_money
from schoolward.domains.grants.exchange.ledgers import Bringing
from schoolward.domains.grants.models import KINDS, LedgerAccount
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, money, one_of, text_up_to, yes_no
from schoolward.platform.exchange.registry import Choice, Exchange, ImportContext, Row, register


@register
class LedgerAccounts(Exchange):
    """Which account of the general ledger stands for which line of an award."""

    key = "ledger-accounts"
    title = gettext_lazy("Accounts of the general ledger")
    description = gettext_lazy(
        "Says of each account which award and line it is, so that the ledger can be read."
    )
    columns = (
        Column(
            "account",
            gettext_lazy("The account as the ledger writes it."),
            required=True,
            parse=text_up_to(60),
            example="01-5810-0-4400-520",
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
            gettext_lazy("Code of the budget line; blank for draws."),
            parse=text_up_to(20),
            example="E",
        ),
        Column(
            "kind",
            gettext_lazy("What its rows are."),
            required=True,
            parse=one_of(KINDS),
            example="expenditure",
        ),
        Column(
            "credit_is_positive",
            gettext_lazy("Yes where the ledger credits what is meant, as with receipts."),
            parse=yes_no,
        ),
    )
    permission = "grants.import"
    export_permission = "grants.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        awards = {award.key: award for award in queries.awards(context.by)}
        lines = {(line.award_id, line.code): line for line in queries.lines(context.by)}
        for row in rows:
            award = awards.get(row.values["award"])
            if award is None:
                context.reject(row, "award", _("is not a known award"), _("Bring the award in first."))
                continue
            code = row.values.get("line")
            line = lines.get((award.pk, code)) if code else None
            if code and line is None:
                context.reject(row, "line", _("is not a line of this award"), _("Bring the line in first."))
                continue
            try:
                _made, became = actions.map_account(
                    account=row.values["account"],
                    award=award,
                    line=line,
                    kind=row.values["kind"],
                    credit_is_positive=bool(row.values.get("credit_is_positive")),
                    by=context.by,
                    at=context.at,
                )
            except actions.GrantRefused as refusal:
                context.reject(row, refusal.field or "account", str(refusal))
                continue
            context.report.created += became == "new"
            context.report.updated += became == "changed"
            context.report.unchanged += became == "same"

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for one in queries.accounts(viewer):
            yield account_row(one)


def account_row(one: LedgerAccount) -> list[object]:
    """The values of one account in the order of the columns."""
    code = one.line.code if one.line else ""
    return [one.account, one.award.key, code, one.kind, "yes" if one.credit_is_positive else "no"]


_CALLED = {
    "id": "transaction",
    "on": "posted",
    "incurred_on": "posted",
    "payee": "vendor",
    "line": "account",
    "kind": "account",
    "obligation": "purchase_order",
}


@register
class GeneralLedger(Exchange):
    """Rows of the general ledger, as far as their accounts are mapped."""

    key = "general-ledger"
    title = gettext_lazy("General ledger")
    description = gettext_lazy(
        "The district's own ledger. Each account says which award and line a row is of."
    )
    columns = (
        Column(
            "transaction",
            gettext_lazy("The ledger's number of the row. It is brought in once an account."),
            required=True,
            parse=text_up_to(80),
            aliases=("transaction number", "journal entry", "journal id", "reference number", "trans no"),
            example="GL-104422",
        ),
        Column(
            "posted",
            gettext_lazy("Day of posting."),
            required=True,
            parse=day,
            aliases=("post date", "posting date", "transaction date", "date"),
            example="2012-08-20",
        ),
        Column(
            "account",
            gettext_lazy("The account; unmapped ones are rejected."),
            required=True,
            parse=text_up_to(60),
            aliases=("account string", "account number", "account code", "fully qualified account"),
            example="01-5810-0-4400-520",
        ),
        Column(
            "amount",
            gettext_lazy("Debits positive, credits negative or in brackets; or use debit and credit."),
            parse=signed_money,
            aliases=("net amount", "transaction amount"),
            example="1200.50",
        ),
        Column(
            "debit", gettext_lazy("Instead of amount."), parse=money(MOST_DOLLARS), aliases=("debit amount",)
        ),
        Column(
            "credit",
            gettext_lazy("Instead of amount."),
            parse=money(MOST_DOLLARS),
            aliases=("credit amount",),
        ),
        Column(
            "description",
            gettext_lazy("What it is."),
            required=True,
            parse=text_up_to(300),
            aliases=("line description", "transaction description", "memo"),
            example="Forty locks",
        ),
        Column(
            "document",
            gettext_lazy("Voucher or invoice."),
            parse=text_up_to(80),
            aliases=("invoice", "voucher"),
        ),
        Column(
            "vendor",
            gettext_lazy("Who was paid. No names of persons."),
            parse=text_up_to(200),
            aliases=("payee",),
        ),
        Column(
            "purchase_order", gettext_lazy("Number of the obligation that it pays."), parse=text_up_to(80)
        ),
        Column("reverses", gettext_lazy("Number of the row that it takes back."), parse=text_up_to(80)),
    )
    permission = "grants.import"
    export_permission = "grants.view"
    choices = (
        Choice(
            "local_money",
            gettext_lazy("Do these costs replace local money?"),
            (
                ("unsaid", gettext_lazy("Nobody has checked: let the rule block them")),
                ("adds", gettext_lazy("No, they add to it")),
            ),
        ),
    )

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        accounts = {one.account: one for one in queries.accounts(context.by)}
        adds = context.options.get("local_money", self.choices[0].default) == "adds"
        bringing = Bringing(context)
        for row in rows:
            one = accounts.get(row.values["account"])
            if one is None:
                context.reject(
                    row,
                    "account",
                    _("is not mapped to an award"),
                    _("Map it under accounts of the general ledger, or leave its rows out."),
                )
                continue
            cents = self._cents(row, context)
            if cents is None:
                continue
            bringing.bring(
                row,
                actions.NewEntry(
                    one.award_id,
                    one.kind,
                    -cents if one.credit_is_positive else cents,
                    row.values["posted"],
                    row.values["description"],
                    line_id=one.line_id,
                    document=row.values.get("document") or "",
                    payee=row.values.get("vendor") or "",
                    external_id=row.values["transaction"],
                    gl_account=one.account,
                    adds_to_local_money=adds,
                ),
                obligation=row.values.get("purchase_order") or "",
                reverses=row.values.get("reverses") or "",
                called=_CALLED,
            )
        bringing.finish()

    @staticmethod
    def _cents(row: Row, context: ImportContext) -> int | None:
        """The signed amount; ``None`` where it was rejected because it is not told, or told twice."""
        amount, debit, credit = (row.values.get(name) for name in ("amount", "debit", "credit"))
        told = (debit or 0) - (credit or 0) if debit is not None or credit is not None else None
        if amount is not None and told is not None and amount != told:
            context.reject(row, "amount", _("differs from debit less credit"), _("Leave one of them out."))
            return None
        if amount is None and told is None:
            context.reject(row, "amount", _("is blank"), _("Write an amount, or a debit or a credit."))
            return None
        return amount if amount is not None else told

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        """The rows that came from the general ledger, in its own columns."""
        accounts = list(queries.accounts(viewer))
        by_account = {one.account: one for one in accounts}
        by_place = {(one.award_id, one.line_id, one.kind): one for one in accounts}
        rows = queries.entries(viewer).exclude(external_id="").order_by("award__key", "pk")
        for entry in rows.iterator(chunk_size=1000):
            place = (entry.award_id, entry.line_id, entry.kind)
            one = by_account.get(entry.gl_account) if entry.gl_account else by_place.get(place)
            if one is None:
                continue
            cents = -entry.amount_cents if one.credit_is_positive else entry.amount_cents
            yield [
                entry.external_id,
                entry.on,
                one.account,
                exact(cents),
                "",
                "",
                entry.description,
                entry.document,
                entry.payee,
                entry.obligation.external_id if entry.obligation else "",
                entry.reverses.external_id if entry.reverses else "",
            ]
