"""The figures of a Federal Financial Report (SF-425), line by line, from the balances.

Lines are named as on the form: 10a to 10c cash, 10d to 10h expenditures and the unobligated balance,
10i to 10k the recipient's share. Program income (10l to 10o) and indirect expense (11) are not kept here.
"""

from __future__ import annotations

from dataclasses import dataclass

from schoolward.analysis.grants.balances import Balances


@dataclass(frozen=True)
class Line:
    """One line of the form, in cents."""

    code: str
    title: str
    cents: int


def lines(balance: Balances, *, authorized: int, required_match: int) -> list[Line]:
    """The lines of section 10, of an award of ``authorized`` cents whose whole match is ``required_match``.

    The recipient's remaining share is never below zero: who brought more owes nothing.
    """
    total = balance.expended + balance.unliquidated
    return [
        Line("10a", "Cash receipts", balance.drawn),
        Line("10b", "Cash disbursements", balance.expended),
        Line("10c", "Cash on hand", balance.drawn - balance.expended),
        Line("10d", "Total Federal funds authorized", authorized),
        Line("10e", "Federal share of expenditures", balance.expended),
        Line("10f", "Federal share of unliquidated obligations", balance.unliquidated),
        Line("10g", "Total Federal share", total),
        Line("10h", "Unobligated balance of Federal funds", authorized - total),
        Line("10i", "Total recipient share required", required_match),
        Line("10j", "Recipient share of expenditures", balance.matched),
        Line("10k", "Remaining recipient share to be provided", max(0, required_match - balance.matched)),
    ]
