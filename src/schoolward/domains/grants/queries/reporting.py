"""The figures of an award's financial report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from schoolward.analysis.grants.match import MatchTerms
from schoolward.analysis.grants.standard_form import Line, lines
from schoolward.domains.grants.models import Award
from schoolward.domains.grants.queries.sums import NONE, award_balances


def financial_report(award: Award, *, until: date) -> list[Line]:
    """Section 10 of the SF-425, cumulative to the end of the day ``until``, of the award as it stood then."""
    balance = award_balances([award.pk], until=until).get(award.pk, NONE)
    cents, match = terms_then(award, on=until)
    return lines(balance, authorized=cents, required_match=match.required_cents(cents))


def terms_then(award: Award, *, on: date) -> tuple[int, MatchTerms]:
    """Amount and match of an award at the end of a day: today's, less what was approved since."""
    cents, match = award.amount_cents, award.match_terms
    for amendment in award.amendments.filter(approved_on__gt=on).order_by("-approved_on", "-pk"):
        if amendment.cents_before is not None:
            cents = amendment.cents_before
        if amendment.match_before is not None and amendment.waived_before is not None:
            match = replace(match, percent=amendment.match_before, waived_percent=amendment.waived_before)
    return cents, match
