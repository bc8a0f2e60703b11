"""What an award may buy in a plan."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.funding.models.entered import Entered


class AwardScope(Entered):
    """Whether an award takes part in plans, and what of: some trades, some sites; empty is all.

    ``line_trades`` narrows single lines, by their codes: a line that was budgeted for cameras buys no locks,
    though the award may buy both and both are equipment. A line that is not named buys what the award may.

    An award without a row takes no part: that its terms allow works at all is for a person to say.
    """

    award = models.OneToOneField("grants.Award", on_delete=models.PROTECT, related_name="+")
    takes_part = models.BooleanField(default=True)
    trades = models.CharField(max_length=200, blank=True, help_text=_("With commas between; empty is all."))
    line_trades = models.JSONField(default=dict, blank=True)
    campuses = models.ManyToManyField("places.Campus", blank=True, related_name="+")
    reason = models.CharField(max_length=300, help_text=_("Where it is written, or why not."))

    class Meta:
        ordering = ["award"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="award_scope_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.award}"

    @property
    def trade_list(self) -> tuple[str, ...]:
        """The trades that it may pay; empty for all."""
        return tuple(part for part in self.trades.split(",") if part)

    def trades_of(self, code: str) -> tuple[str, ...]:
        """The trades that a line may pay, by its code; empty for all."""
        own = self.line_trades.get(code)
        return tuple(own) if own else self.trade_list
