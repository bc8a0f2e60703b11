"""The sums that are kept of the ledger, and which account of the general ledger stands for which line."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from schoolward.analysis.grants.balances import Kind
from schoolward.domains.grants.models.awards import Award, BudgetLine
from schoolward.domains.grants.models.ledger import KINDS, WITH_LINE


class MonthSum(models.Model):
    """The sums of one line in one month; of one award's draws and match where ``line_key`` is 0.

    Kept in the transaction of every entry, so that the balances of a million entries are read in a moment;
    ``schoolward doctor`` and ``schoolward grants check`` prove them against the ledger.
    """

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="+")
    line_key = models.BigIntegerField()
    month = models.DateField()
    budgeted = models.BigIntegerField(default=0)
    obligated = models.BigIntegerField(default=0)
    liquidated = models.BigIntegerField(default=0)
    expended = models.BigIntegerField(default=0)
    drawn = models.BigIntegerField(default=0)
    matched = models.BigIntegerField(default=0)
    entries = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "line_key", "month"], name="month_sum_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_sum_of_a_month"),
        ]


class LedgerAccount(models.Model):
    """An account of the district's general ledger, and what its rows are in an award's ledger."""

    account = models.CharField(max_length=60, unique=True)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="accounts")
    line = models.ForeignKey(
        BudgetLine, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )
    kind = models.CharField(max_length=11, choices=KINDS)
    credit_is_positive = models.BooleanField(default=False)

    class Meta:
        ordering = ["account"]
        constraints = [
            models.CheckConstraint(condition=~Q(account=""), name="ledger_account_is_named"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in WITH_LINE], line__isnull=False)
                | Q(kind=Kind.DRAW.value, line__isnull=True),
                name="ledger_account_line_where_it_belongs",
            ),
        ]

    def __str__(self) -> str:
        return self.account
