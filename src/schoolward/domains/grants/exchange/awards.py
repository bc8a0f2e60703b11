"""Awards and their budget lines, in and out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.analysis.grants.checking import Category
from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.exchange.cells import MOST_DOLLARS, exact, short_name
from schoolward.domains.grants.models import CATEGORIES, FUNDERS, INTERVALS, Award, Entry
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import (
    CellError,
    Column,
    day,
    money,
    number,
    one_of,
    text_up_to,
    whole_number,
    yes_no,
)
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register

_category = one_of(CATEGORIES)


def _categories(cell: str) -> str:
    """Read the categories that an award allows, with commas between."""
    found = [_category(part.strip()) for part in cell.split(",") if part.strip()]
    if not found:
        raise CellError(_("names no category"), _("Write categories with commas between, or leave it blank."))
    return ",".join(dict.fromkeys(found))


#: Only on the way in of a new award; afterwards an amendment changes them.
_FIXED = ("amount", "awarded_on", "start", "end", "match_percent")
_COLUMNS = (
    Column(
        "key",
        gettext_lazy("Short name; the same name updates the same award."),
        required=True,
        parse=short_name,
        example="safer-doors",
    ),
    Column(
        "title",
        gettext_lazy("What it is called."),
        required=True,
        parse=text_up_to(200),
        example="Safer doors",
    ),
    Column(
        "funder_name",
        gettext_lazy("Who gave it."),
        required=True,
        parse=text_up_to(200),
        example="An office of the state",
    ),
    Column(
        "funder",
        gettext_lazy("Whose money it is: federal, passed (federal, passed on to us) or other."),
        parse=one_of(FUNDERS),
    ),
    Column("number", gettext_lazy("The funder's number."), parse=text_up_to(60)),
    Column("aln", gettext_lazy("Assistance listing number, as 16.710."), parse=text_up_to(6)),
    Column(
        "amount",
        gettext_lazy("What was awarded."),
        required=True,
        parse=money(MOST_DOLLARS),
        example="250000",
    ),
    Column(
        "awarded_on", gettext_lazy("The day of the award."), required=True, parse=day, example="2012-03-27"
    ),
    Column("start", gettext_lazy("First day of the period."), required=True, parse=day, example="2012-04-01"),
    Column("end", gettext_lazy("Last day of the period."), required=True, parse=day, example="2014-03-31"),
    Column(
        "match_percent",
        gettext_lazy("The recipient's share of the whole, in percent."),
        parse=number(0, 99.99, decimals=2),
    ),
    Column("allowed", gettext_lazy("Categories that it pays for; blank for any."), parse=_categories),
    Column(
        "transfer_percent",
        gettext_lazy("Limit of transfers between categories, in percent; blank for none."),
        parse=whole_number(0, 100),
    ),
    Column(
        "counts_match_of_others",
        gettext_lazy("Whether it counts match that third parties give."),
        parse=yes_no,
    ),
    Column(
        "forbids_supplanting",
        gettext_lazy("Whether it may not replace local money."),
        parse=yes_no,
        example="no",
    ),
    Column("may_subaward", gettext_lazy("Whether it may be passed on."), parse=yes_no),
    Column("is_reimbursed", gettext_lazy("Whether it pays only what was spent."), parse=yes_no),
    Column(
        "final_days",
        gettext_lazy("Days for final reports, if it says so itself."),
        parse=whole_number(1, 999),
    ),
    Column("financial_every", gettext_lazy("How often financial reports are due."), parse=one_of(INTERVALS)),
    Column("progress_every", gettext_lazy("How often progress reports are due."), parse=one_of(INTERVALS)),
    Column("terms", gettext_lazy("Other terms, in words."), parse=text_up_to(5000)),
    Column("closed_on", gettext_lazy("Written out, not read in.")),
)
_DEFAULTS: dict[str, Any] = {
    "funder": "federal",
    "counts_match_of_others": True,
    "forbids_supplanting": True,
    "may_subaward": False,
    "is_reimbursed": True,
    "financial_every": "quarter",
    "progress_every": "half_year",
    "transfer_percent": None,
    "final_days": None,
    "match_percent": 0,
}


@register
class Awards(Exchange):
    """The register of awards."""

    key = "awards"
    title = gettext_lazy("Awards")
    description = gettext_lazy(
        "Awards and their terms. Amount, period and match of one that is there are amended."
    )
    columns = _COLUMNS
    permission = "grants.import"
    export_permission = "grants.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        known = {award.key: award for award in queries.awards(context.by)}
        for row in rows:
            try:
                self._apply(row, known, context)
            except actions.GrantRefused as refusal:
                names = {"amount_cents": "amount"}
                column = names.get(refusal.field, refusal.field)
                context.reject(row, column if column in self.column_names else "key", str(refusal))

    def _apply(self, row: Row, known: dict[str, Award], context: ImportContext) -> None:
        values = {name: value for name, value in row.values.items() if name != "closed_on"}
        said = {
            name: _DEFAULTS.get(name, "") if value is None else value
            for name, value in values.items()
            if name not in ("key", "amount")
        }
        award = known.get(values["key"])
        if award is None:
            made = actions.add_award(
                key=values["key"], amount_cents=values["amount"], by=context.by, at=context.at, **said
            )
            known[made.key] = made
            context.report.created += 1
            return
        for name in _FIXED:
            wanted = values["amount"] if name == "amount" else said.get(name, getattr(award, name, None))
            stands = award.amount_cents if name == "amount" else getattr(award, name)
            if wanted != stands:
                context.reject(
                    row,
                    name,
                    _("differs from what the award says"),
                    _("Enter an amendment on the award's page, or write what it says."),
                )
                return
        changes = {
            name: value
            for name, value in said.items()
            if name in actions.DESCRIPTIVE and getattr(award, name) != value
        }
        if not changes:
            context.report.unchanged += 1
            return
        known[award.key] = actions.describe_award(
            award_id=award.pk, changes=changes, by=context.by, at=context.at
        )
        context.report.updated += 1

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for award in queries.awards(viewer):
            yield award_row(award)


def award_row(award: Award) -> list[object]:
    """The values of one award in the order of the columns."""

    def value(name: str) -> object:
        found = getattr(award, name)
        return ("yes" if found else "no") if isinstance(found, bool) else found

    return [exact(award.amount_cents) if c.name == "amount" else value(c.name) for c in _COLUMNS]


AWARD_COLUMN_NAMES = [column.name for column in _COLUMNS]


@register
class BudgetLines(Exchange):
    """Budget lines with the budget that was approved first."""

    key = "budget-lines"
    title = gettext_lazy("Budget lines")
    description = gettext_lazy("Lines of awards with their first budget. What moved later is in the ledger.")
    columns = (
        Column(
            "award",
            gettext_lazy("Short name of the award."),
            required=True,
            parse=short_name,
            example="safer-doors",
        ),
        Column("code", gettext_lazy("The line's code."), required=True, parse=text_up_to(20), example="E"),
        Column(
            "title", gettext_lazy("What it pays for."), required=True, parse=text_up_to(200), example="Locks"
        ),
        Column(
            "category", gettext_lazy("Category of cost."), required=True, parse=_category, example="equipment"
        ),
        Column(
            "budget",
            gettext_lazy("The budget that was approved first."),
            required=True,
            parse=money(MOST_DOLLARS),
            example="200000",
        ),
    )
    permission = "grants.import"
    export_permission = "grants.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        awards = {award.key: award for award in queries.awards(context.by)}
        for row in rows:
            award = awards.get(row.values["award"])
            if award is None:
                context.reject(row, "award", _("is not a known award"), _("Bring the award in first."))
                continue
            try:
                self._apply(row, award, context)
            except actions.GrantRefused as refusal:
                names = {"amount_cents": "budget"}
                column = names.get(refusal.field, refusal.field)
                context.reject(row, column if column in self.column_names else "code", str(refusal))

    def _apply(self, row: Row, award: Award, context: ImportContext) -> None:
        who: dict[str, Any] = {"by": context.by, "at": context.at}
        values = row.values
        line = award.lines.filter(code=values["code"]).first()
        if line is None:
            actions.add_line_with_budget(
                award_id=award.pk,
                code=values["code"],
                title=values["title"],
                category=values["category"],
                amount_cents=values["budget"],
                **who,
            )
            context.report.created += 1
            return
        for name in ("title", "category", "budget"):
            stands = first_budget(line.pk) if name == "budget" else getattr(line, name)
            if values[name] != stands:
                context.reject(
                    row,
                    name,
                    _("differs from what the line says"),
                    _("Move money on the award's page; a line keeps its name and category."),
                )
                return
        context.report.unchanged += 1

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for line in queries.lines(viewer).order_by("award__key", "code"):
            yield [
                line.award.key,
                line.code,
                line.title,
                Category(line.category).value,
                exact(first_budget(line.pk)),
            ]


def first_budget(line_id: int) -> int:
    """What was budgeted for a line without transfers, in cents."""
    rows = Entry.objects.filter(line=line_id, kind="budget", transfer__isnull=True)
    return sum(rows.values_list("amount_cents", flat=True))
