"""Which account of the general ledger stands for which line of an award."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.grants.balances import Kind
from schoolward.domains.grants.actions.recording import audit, locked
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.models import WITH_LINE, Award, BudgetLine, LedgerAccount
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def map_account(
    *,
    account: str,
    award: Award,
    line: BudgetLine | None,
    kind: str,
    credit_is_positive: bool,
    by: Viewer,
    at: datetime,
) -> tuple[LedgerAccount, str]:
    """Say what an account's rows are. Gives the row, and ``new``, ``changed`` or ``same``."""
    check(by, "grants.import")
    if not account.strip():
        raise GrantRefused(_("Write the account."), field="account")
    if kind not in (*WITH_LINE, Kind.DRAW):
        raise GrantRefused(_("An account holds costs, obligations, budget or draw-downs."), field="kind")
    if (kind in WITH_LINE) != (line is not None):
        raise GrantRefused(_("Name the line of a cost or budget; a draw-down has none."), field="line")
    if line is not None and line.award_id != award.pk:
        raise GrantRefused(_("This budget line is of another award."), field="line")
    wanted = {"award": award, "line": line, "kind": kind, "credit_is_positive": credit_is_positive}
    known = LedgerAccount.objects.filter(account=account.strip()).first()
    if known is None:
        made = LedgerAccount.objects.create(account=account.strip(), **wanted)
        audit("grants.account_mapped", made, by=by, account=made.account, award=award.key)
        return made, "new"
    if all(getattr(known, name) == value for name, value in wanted.items()):
        return known, "same"
    for name, value in wanted.items():
        setattr(known, name, value)
    known.save()
    audit("grants.account_mapped", known, by=by, account=known.account, award=award.key)
    return known, "changed"


@transaction.atomic
def unmap_account(*, account_id: int, by: Viewer, at: datetime) -> None:
    """Forget what an account stood for. Entries that came by it stay."""
    known = locked(LedgerAccount, account_id, by=by, permission="grants.import")
    audit("grants.account_unmapped", known, by=by, account=known.account)
    known.delete()
