"""Each rule that can speak against an entry, in words: what is wrong, and the way out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.analysis.grants.checking import Fault, Why
from schoolward.analysis.grants.rules import RuleKey
from schoolward.domains.grants.hooks import SetAside
from schoolward.domains.grants.models import CATEGORIES, Amendment, BudgetLine

Text = str | Promise

_WORDS: dict[Why, tuple[Text, Text]] = {
    Why.BEFORE_PERIOD: (
        gettext_lazy("The cost is of %(day)s, and the award's period begins on %(start)s."),
        gettext_lazy(
            "Charge it to another source; or ask for it to be let by, if the funder approved earlier costs."
        ),
    ),
    Why.AFTER_PERIOD: (
        gettext_lazy("The cost is of %(day)s, and the award's period ended on %(end)s."),
        gettext_lazy("Charge it to another source, or enter an extension if the funder has given one."),
    ),
    Why.AFTER_LIQUIDATION: (
        gettext_lazy("It is paid on %(day)s, and obligations could be paid until %(last)s."),
        gettext_lazy("Ask the funder for more time to pay, and enter its answer under terms."),
    ),
    Why.CATEGORY: (
        gettext_lazy("The award does not pay for this category of cost."),
        gettext_lazy("Choose a line that the award allows, or charge it to another source."),
    ),
    Why.LINE_EXCEEDED: (
        gettext_lazy("%(cents)s is more than the %(left)s that this line has left."),
        gettext_lazy("Transfer money into the line first, or split the cost."),
    ),
    Why.AWARD_EXCEEDED: (
        gettext_lazy("%(cents)s is more than the %(left)s that the award has left."),
        gettext_lazy("Charge the rest to another source. Nobody can let this by."),
    ),
    Why.OBLIGATION_EXCEEDED: (
        gettext_lazy("%(cents)s is more than the %(left)s that is left of the obligation."),
        gettext_lazy("Enter the part above it as a cost of its own. Nobody can let this by."),
    ),
    Why.DRAWN_AHEAD: (
        gettext_lazy("%(cents)s is more than the %(left)s that was spent by %(day)s and is not drawn yet."),
        gettext_lazy("Draw no more than that: the award is paid as a reimbursement."),
    ),
    Why.DRAW_EXCEEDS_AWARD: (
        gettext_lazy("%(cents)s is more than the %(left)s of the award that is not drawn yet."),
        gettext_lazy("Draw no more than that. Nobody can let this by."),
    ),
    Why.DRAW_BEFORE_PERIOD: (
        gettext_lazy("It is drawn on %(day)s, and the award's period begins on %(start)s."),
        gettext_lazy("Check the day; or ask for it to be let by, if the funder paid in advance."),
    ),
    Why.DRAW_TOO_LATE: (
        gettext_lazy("It is drawn on %(day)s, and what is owed could be paid until %(last)s."),
        gettext_lazy("Ask the funder for more time, and enter its answer under terms."),
    ),
    Why.REPORT_LATE: (
        gettext_lazy("The funder holds payments while reports are late; %(count)s of this award are."),
        gettext_lazy("Send them first, and mark them as sent."),
    ),
    Why.MATCH_KIND: (
        gettext_lazy("The award takes a match in cash only."),
        gettext_lazy("Enter what was paid in cash, or a waiver if the funder has given one."),
    ),
    Why.MATCH_OF_OTHERS: (
        gettext_lazy("The award does not count as match what a third party gives."),
        gettext_lazy("Enter what the partnership itself gave; or enter the funder's letter under terms."),
    ),
    Why.MATCH_UNPROVED: (
        gettext_lazy("A third party's match needs the record that proves it and its value."),
        gettext_lazy("Write the number of the letter, receipt or time sheet. Nobody can let this by."),
    ),
    Why.SUPPLANTING_UNSAID: (
        gettext_lazy("The award may not replace local money, and nobody says that this cost does not."),
        gettext_lazy("Confirm that it adds to local money, or charge it to the local budget."),
    ),
    Why.NO_SUBAWARDS: (
        gettext_lazy("The award's terms do not let its money be passed on."),
        gettext_lazy("Ask the funder for approval of the subaward, and enter it under terms."),
    ),
    Why.SUBAWARD_UNNAMED: (
        gettext_lazy("Money is passed on without the agreement under which it is."),
        gettext_lazy("Write the number of the agreement with the subrecipient."),
    ),
    Why.TRANSFERS_ABOVE: (
        gettext_lazy(
            "With this, %(sum)s would have moved between categories without the funder's approval; the award "
            "allows %(limit)s, which is %(percent)s percent of it."
        ),
        gettext_lazy("Get the funder's approval and write its number here, or move less."),
    ),
    Why.PARTICIPANT_SUPPORT: (
        gettext_lazy("Money for participants may not be moved to other costs by the recipient alone."),
        gettext_lazy("Get the funder's approval and write its number here."),
    ),
    Why.INDIRECT: (
        gettext_lazy("Money between indirect and direct costs may not be moved by the recipient alone."),
        gettext_lazy("Get the funder's approval and write its number here."),
    ),
    Why.NOT_APPROVED: (
        gettext_lazy("This change needs the funder's approval in writing."),
        gettext_lazy("Write the number or the date of the approval."),
    ),
    Why.BUDGET_ABOVE_AWARD: (
        gettext_lazy("%(cents)s is more than the %(left)s of the award that has no line yet."),
        gettext_lazy("Budget no more than was awarded. Nobody can let this by."),
    ),
    Why.CLOSED: (
        gettext_lazy("The award was closed on %(day)s."),
        gettext_lazy("It is opened again where a second person agrees that there is a reason."),
    ),
}


_RULES: dict[RuleKey, Text] = {
    RuleKey.PERIOD: gettext_lazy("Period"),
    RuleKey.ALLOWABLE: gettext_lazy("What it may pay for"),
    RuleKey.LINE_BUDGET: gettext_lazy("Budget lines"),
    RuleKey.AWARD_AMOUNT: gettext_lazy("Amount of the award"),
    RuleKey.MATCH: gettext_lazy("Match"),
    RuleKey.TRANSFERS: gettext_lazy("Transfers between categories"),
    RuleKey.PRIOR_APPROVAL: gettext_lazy("What the funder approves first"),
    RuleKey.CASH: gettext_lazy("When money is drawn"),
    RuleKey.CLOSEOUT: gettext_lazy("Closing"),
    RuleKey.LIQUIDATION: gettext_lazy("Last payments"),
    RuleKey.REPORTS: gettext_lazy("Reports"),
    RuleKey.SUPPLANTING: gettext_lazy("Local money stays"),
    RuleKey.SUBRECIPIENT: gettext_lazy("Passing it on"),
}


def rule_title(key: RuleKey) -> str:
    """What a rule is about, in two or three words."""
    return str(_RULES[key])


def dollars(cents: int) -> str:
    """An amount with its cents, as people write it: $1,234.50, -$3.00."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}${number_format(whole, force_grouping=True)}.{rest:02d}"


def whole(cents: int) -> str:
    """An amount in whole dollars."""
    return dollars(round(cents / 100) * 100).removesuffix(".00")


def set_aside_of(held: int, lapses: int) -> str:
    """What plans have set aside of what is said to lapse; where it is more, of what is not spent."""
    words = (
        _("Of it %(held)s is set aside by an approved plan.")
        if held <= lapses
        else _("Of what is not spent %(held)s is set aside by an approved plan.")
    )
    return words % {"held": whole(held)}


def set_aside_by_line(lines: Iterable[BudgetLine], held: Iterable[SetAside]) -> str:
    """What approved plans have set aside of an award's lines, as a sentence; empty where it is nothing."""
    cents = {one.line_id: one.cents for one in held if one.cents}
    told = [f"{line.code} {dollars(cents[line.pk])}" for line in lines if line.pk in cents]
    return _("Set aside by approved plans: %(lines)s.") % {"lines": ", ".join(told)} if told else ""


def line_lacks(line: BudgetLine | None, cents: int) -> str:
    """That a line has less left than approved plans have set aside on it, and what mends it."""
    return _(
        "Line %(line)s now has %(cents)s less than an approved plan has set aside on it. If this was for a "
        "work of that plan, say so; else take it back, or move money into the line."
    ) % {"line": line.code if line else "", "cents": dollars(cents)}


def change_in_words(amendment: Amendment) -> str:
    """What an amendment changed, from what to what; empty where only its text says it."""
    told = []
    if amendment.end_before is not None and amendment.end_after is not None:
        told.append((date_format(amendment.end_before, "F j, Y"), date_format(amendment.end_after, "F j, Y")))
    if amendment.cents_before is not None and amendment.cents_after is not None:
        told.append((dollars(amendment.cents_before), dollars(amendment.cents_after)))
    if amendment.match_before is not None and amendment.match_after is not None:
        told.append(
            (
                _match_in_words(amendment.match_before, amendment.waived_before),
                _match_in_words(amendment.match_after, amendment.waived_after),
            )
        )
    return " ".join(f"{before} → {after}." for before, after in told)


def _match_in_words(percent: Decimal, waived: Decimal | None) -> str:
    if not waived:
        return _("match of %(percent)s percent") % {"percent": f"{percent:f}"}
    return _("match of %(percent)s percent, of which %(waived)s waived") % {
        "percent": f"{percent:f}",
        "waived": f"{waived:f}",
    }


def category_label(key: str) -> str:
    """A category of cost as people call it."""
    return str(dict(CATEGORIES).get(key, key))


def _shown(name: str, value: int | str | date) -> str:
    if isinstance(value, date):
        return date_format(value, "F j, Y")
    if isinstance(value, int) and name not in ("percent", "count"):
        return dollars(value)
    return str(value)


def what_is_wrong(fault: Fault) -> str:
    """What the rule finds, in a sentence."""
    values = {name: _shown(name, value) for name, value in fault.values.items()}
    return str(_WORDS[fault.why][0]) % values


def way_out(fault: Fault) -> str:
    """What can be done about it."""
    return str(_WORDS[fault.why][1])


def in_words(fault: Fault) -> str:
    """The fault, the rule that it is against and the way out."""
    return _("%(wrong)s Rule: %(says)s (%(citation)s) %(mend)s") % {
        "wrong": what_is_wrong(fault),
        "says": fault.rule.says,
        "citation": fault.rule.citation,
        "mend": way_out(fault),
    }
