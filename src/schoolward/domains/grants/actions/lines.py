"""Budget lines, and the budget that was approved for them first."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.grants.balances import Kind
from schoolward.analysis.grants.checking import Category
from schoolward.domains.grants.actions.new_entry import NewEntry
from schoolward.domains.grants.actions.posting import Ledgers
from schoolward.domains.grants.actions.recording import audit, open_award
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.models import BudgetLine
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def add_line(*, award_id: int, code: str, title: str, category: str, by: Viewer, at: datetime) -> BudgetLine:
    """Add a budget line. Its money is entered in the ledger."""
    award = open_award(award_id, by=by, permission="grants.manage")
    if award.lines.filter(code=code.strip()).exists():
        raise GrantRefused(_("This award has a line of that code already."), field="code")
    if award.categories and Category(category) not in award.categories:
        raise GrantRefused(_("The award does not pay for this category of cost."), field="category")
    line = BudgetLine.objects.create(award=award, code=code.strip(), title=title.strip(), category=category)
    audit("grants.line_added", award, by=by, line=line.pk, category=category)
    return line


@transaction.atomic
def add_line_with_budget(
    *,
    award_id: int,
    code: str,
    title: str,
    category: str,
    amount_cents: int | None,
    by: Viewer,
    at: datetime,
) -> BudgetLine:
    """Add a line, and enter its approved budget as of the period's first day. Raises ``RuleBlocks``."""
    line = add_line(award_id=award_id, code=code, title=title, category=category, by=by, at=at)
    if amount_cents:
        ledgers = Ledgers(by=by, at=at)
        ledgers.add(
            NewEntry(
                award_id,
                Kind.BUDGET,
                amount_cents,
                min(line.award.start, ledgers.today),
                _("Approved budget"),
                line_id=line.pk,
            )
        )
        ledgers.write()
    return line
