"""The Budget section and the Financial Considerations: what grants come to, by live numbers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from schoolward.domains.funding.queries import approved_for_public
from schoolward.domains.grants.queries import awards_for_public, standings
from schoolward.platform.measures.display import display
from schoolward.reports.asking import named_period
from schoolward.reports.composing import Composer
from schoolward.reports.content import Block, Run, column


def grants(composer: Composer) -> list[Block]:
    """What is awarded, spent, bound and left, each a number with its records; then award by award."""
    awarded = composer.number("grants.awarded")
    if not composer.cell(awarded).is_collected:
        return [composer.note(_("No ledger of an award is kept in this system yet."))]
    return [
        _paragraph(
            composer.text(_("The grants that were running on that day bring the partnership ")),
            awarded,
            composer.text(_(" in all. Of this, ")),
            composer.number("grants.spent"),
            composer.text(_(" has been spent, and ")),
            composer.number("grants.obligated"),
            composer.text(_(" is ordered or under contract and not paid yet. ")),
            composer.number("grants.remaining"),
            composer.text(_(" is still free to use.")),
        ),
        *_by_award(composer),
        *_judged(composer),
        *_planned(composer),
    ]


def _by_award(composer: Composer) -> list[Block]:
    """One row an award under way. Its amounts are parts of the sums above, which open them."""
    day = composer.as_of
    rows: list[list[list[Run]]] = []
    invented = False
    for stood in standings(awards_for_public(on=day), on=day):
        award, balance = stood.award, stood.balances
        invented |= award.invented_ledger
        amount = [composer.text(display(award.amount_cents, "cents"))]
        if award.source:
            amount.append(composer.cite(f"{award.source}{f', award {award.number}' if award.number else ''}"))
        left = award.amount_cents - balance.committed
        rows.append(
            [
                [composer.text(award.title)],
                [composer.text(f"{award.end:%B %Y}")],
                amount,
                [composer.text(display(balance.expended, "cents"))],
                [composer.text(display(balance.unliquidated, "cents"))],
                [composer.text(display(left, "cents"))],
            ]
        )
    table: Block = {
        "kind": "table",
        "caption": _("What each running grant has spent, owes and has left"),
        "columns": [
            column(_("Grant"), 2.4),
            column(_("Ends"), 1.1),
            column(_("Awarded"), align="right"),
            column(_("Spent"), align="right"),
            column(_("Ordered"), align="right"),
            column(_("Free"), align="right"),
        ],
        "rows": rows,
    }
    if not invented:
        return [table]
    words = _("Amounts awarded are public. Periods and every entry behind the other amounts are invented.")
    return [table, composer.note(words)]


def _judged(composer: Composer) -> list[Block]:
    """How far spending lies behind time, and how much of it is tied to what it was for."""
    gap = composer.number("grants.burn_gap")
    traced = composer.number("grants.traceability", period="to-date")
    runs: list[Run] = []
    if composer.cell(gap).is_collected:
        lags = (composer.cell(gap).reading.value or 0) > 0
        before = (
            _("Spending lags behind the calendar: the part of the money that is spent is ")
            if lags
            else _("Spending keeps up with the calendar: the time that is over less the money spent is ")
        )
        after = _(" smaller than the part of the time that is over. ") if lags else ". "
        runs += [composer.text(before), gap, composer.text(after)]
    if composer.cell(traced).is_collected:
        runs += [
            composer.text(_("Of what was spent in the school year to date, ")),
            traced,
            composer.text(_(" can be followed to the repair, finding, program or post that it paid for.")),
        ]
    return [_paragraph(*runs)] if runs else []


def lapsing(composer: Composer) -> list[Block]:
    """What is left of grants, and which of them end within half a year."""
    left = composer.number("grants.remaining")
    if not composer.cell(left).is_collected:
        return []
    day = composer.as_of
    ending = [
        stood
        for stood in standings(awards_for_public(on=day), on=day)
        if 0 <= stood.days_left <= 180 and stood.unspent > 0
    ]
    runs = [
        composer.text(_("Of the grants that are running, ")),
        left,
        composer.text(_(" is neither spent nor ordered. What is not used by a grant's last day is lost.")),
    ]
    if ending:
        named = "; ".join(
            f"{stood.award.title}, {stood.award.end:%B} {stood.award.end.day}" for stood in ending
        )
        runs.append(
            composer.text(
                _(" These grants end within half a year and have money left: %(awards)s.") % {"awards": named}
            )
        )
    return [_paragraph(*runs), *_planned(composer)]


def _planned(composer: Composer) -> list[Block]:
    """What plans that were approved in the school year set aside of grants; nothing where there is none.

    By number: a title is what somebody typed, and could name a weak spot in a public paper.
    """
    day = composer.as_of
    found = approved_for_public(start=named_period("", day).start, on=day)
    named = "; ".join(
        _("plan %(number)d, %(day)s") % {"number": one.plan.pk, "day": f"{one.on:%B} {one.on.day}"}
        for one in found
    )
    if not named:
        return []
    return [
        _paragraph(
            composer.text(_("Plans that were approved this school year keep ")),
            composer.number("funding.set_aside"),
            composer.text(_(" of this for work on sites: %(plans)s.") % {"plans": named}),
        )
    ]


def _paragraph(*runs: Run) -> Block:
    return {"kind": "paragraph", "runs": list(runs)}
