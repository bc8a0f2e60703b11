"""The figures of an award's financial report."""

from __future__ import annotations

from datetime import date

from schoolward.analysis.grants.standard_form import Line, lines
from schoolward.domains.grants.models import Award
from schoolward.domains.grants.queries.sums import NONE, award_balances


def financial_report(award: Award, *, until: date) -> list[Line]:
    """Section 10 of the SF-425, cumulative to the end of the day ``until``."""
    balance = award_balances([award.pk], until=until).get(award.pk, NONE)
    return lines(balance, authorized=award.amount_cents, required_match=award.match_required_cents)
