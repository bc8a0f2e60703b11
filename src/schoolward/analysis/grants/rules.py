"""The rules of grants as dated data, each with where it is written.

An award is judged by the rules that held on the day it was made: a recipient in 2012 answers to the common
rule for state and local governments, which each department printed as a part of its own (28 CFR 66 is that of
Justice), one of 2015 to 2 CFR part 200. Money that is not federal has no such text; there the award's own
agreement is the rule, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum


class RuleKey(StrEnum):
    """What a rule is about."""

    PERIOD = "period-of-performance"
    ALLOWABLE = "allowable-category"
    LINE_BUDGET = "line-budget"
    AWARD_AMOUNT = "award-amount"
    MATCH = "match"
    TRANSFERS = "budget-transfers"
    PRIOR_APPROVAL = "prior-approval"
    CASH = "cash-management"
    CLOSEOUT = "closeout"
    LIQUIDATION = "liquidation"
    REPORTS = "reporting"
    SUPPLANTING = "supplement-not-supplant"
    SUBRECIPIENT = "subrecipient"


class Funder(StrEnum):
    """Whose money it is: federal rules bind federal money, also where a state passes it on.

    Who has it passed on is a subrecipient, whose final reports and payments are due earlier.
    """

    FEDERAL = "federal"
    PASSED_ON = "passed"
    OTHER = "other"


@dataclass(frozen=True)
class Rule:
    """One rule as it held from one day to another (both included; ``None`` is open).

    ``days`` is a clock's length. ``percent`` of the approved budget is what budget transfers are held against
    where the award says nothing of its own, and ``above_cents`` the federal share up to which they are not.
    """

    key: RuleKey
    funder: Funder
    citation: str
    says: str
    valid_from: date | None = None
    valid_to: date | None = None
    days: int | None = None
    percent: int | None = None
    above_cents: int | None = None


COMMON_RULE = date(1988, 10, 1)
UNIFORM_GUIDANCE = date(2014, 12, 26)
REVISED_2020 = date(2020, 11, 12)
REVISED_2024 = date(2024, 10, 1)
_BEFORE_2014, _BEFORE_2020, _BEFORE_2024 = date(2014, 12, 25), date(2020, 11, 11), date(2024, 9, 30)

_SAYS: dict[RuleKey, str] = {
    RuleKey.PERIOD: "Only costs of the award's period may be charged to it.",
    RuleKey.ALLOWABLE: "Only what the approved budget and the cost principles allow may be charged.",
    RuleKey.LINE_BUDGET: "A budget line pays for no more than was budgeted for it.",
    RuleKey.AWARD_AMOUNT: "An award pays for no more than was awarded.",
    RuleKey.MATCH: "The recipient's share must be met, and shown by records of its own.",
    RuleKey.TRANSFERS: "Transfers among direct cost categories above the limit in sum need prior approval.",
    RuleKey.PRIOR_APPROVAL: "This change needs the funder's approval in writing before it is made.",
    RuleKey.CASH: "Money is drawn only for what was spent, or is about to be.",
    RuleKey.CLOSEOUT: "Final reports are due a fixed time after the period ends.",
    RuleKey.LIQUIDATION: "What was obligated in the period must be paid a fixed time after it ends.",
    RuleKey.REPORTS: "Reports are due a fixed time after each reporting period.",
    RuleKey.SUPPLANTING: "Grant money adds to local money and does not replace it.",
    RuleKey.SUBRECIPIENT: "Money is passed on only under an agreement with terms, and is monitored.",
}

#: For each rule the section in 28 CFR 66, then in 2 CFR 200 as of 2014, 2020 and 2024.
_SECTIONS: dict[RuleKey, tuple[str, str, str, str]] = {
    RuleKey.PERIOD: ("28 CFR 66.23(a)", "2 CFR 200.309", "2 CFR 200.403(h)", "2 CFR 200.403(h)"),
    RuleKey.ALLOWABLE: ("28 CFR 66.22; 2 CFR 225", "2 CFR 200.403", "2 CFR 200.403", "2 CFR 200.403"),
    RuleKey.LINE_BUDGET: ("28 CFR 66.20(b)(4)", "2 CFR 200.308", "2 CFR 200.308", "2 CFR 200.308"),
    RuleKey.AWARD_AMOUNT: (
        "28 CFR 66.30(c)(1)(i)",
        "2 CFR 200.308(c)(1)(viii)",
        "2 CFR 200.308(c)(8)",
        "2 CFR 200.308(f)",
    ),
    RuleKey.MATCH: ("28 CFR 66.24", "2 CFR 200.306", "2 CFR 200.306", "2 CFR 200.306"),
    RuleKey.TRANSFERS: ("28 CFR 66.30(c)(1)(ii)", "2 CFR 200.308(e)", "2 CFR 200.308(f)", "2 CFR 200.308(i)"),
    RuleKey.PRIOR_APPROVAL: ("28 CFR 66.30(d)", "2 CFR 200.308(c)", "2 CFR 200.308(c)", "2 CFR 200.308(f)"),
    RuleKey.CASH: ("28 CFR 66.21", "2 CFR 200.305(b)", "2 CFR 200.305(b)", "2 CFR 200.305(b)"),
    RuleKey.CLOSEOUT: ("28 CFR 66.50(b)", "2 CFR 200.343(a)", "2 CFR 200.344(a)", "2 CFR 200.344(b)"),
    RuleKey.LIQUIDATION: ("28 CFR 66.23(b)", "2 CFR 200.343(b)", "2 CFR 200.344(b)", "2 CFR 200.344(c)"),
    RuleKey.REPORTS: (
        "28 CFR 66.40, 66.41",
        "2 CFR 200.327, 200.328(b)",
        "2 CFR 200.328, 200.329(c)",
        "2 CFR 200.328, 200.329(c)",
    ),
    RuleKey.SUPPLANTING: ("terms of the award",) * 4,
    RuleKey.SUBRECIPIENT: ("28 CFR 66.37", "2 CFR 200.331", "2 CFR 200.332", "2 CFR 200.332"),
}
_SPANS: tuple[tuple[date | None, date | None], ...] = (
    (COMMON_RULE, _BEFORE_2014),
    (UNIFORM_GUIDANCE, _BEFORE_2020),
    (REVISED_2020, _BEFORE_2024),
    (REVISED_2024, None),
)
#: Days after the period's end, by span, of who got the money and of who has it passed on: 2 CFR 200.344(a) of
#: 2020 and (b), (c) of 2024 give a subrecipient 90 for its reports, and since 2024 for its payments as well.
_FINAL_DAYS = {
    (RuleKey.CLOSEOUT, Funder.FEDERAL): (90, 90, 120, 120),
    (RuleKey.CLOSEOUT, Funder.PASSED_ON): (90, 90, 90, 90),
    (RuleKey.LIQUIDATION, Funder.FEDERAL): (90, 90, 120, 120),
    (RuleKey.LIQUIDATION, Funder.PASSED_ON): (90, 90, 120, 90),
}
_REPORT_DAYS = (30, 30, 30, 30)
#: Until when a simplified acquisition threshold held, which 2 CFR 200.308 names (48 CFR 2.101; OMB M-18-18;
#: raised for inflation on October 1, 2025).
_THRESHOLDS: tuple[tuple[date | None, int], ...] = (
    (date(2018, 6, 19), 150_000_00),
    (date(2025, 9, 30), 250_000_00),
    (None, 350_000_00),
)
#: The common rule asks for approval above ten percent itself, unless the agency waives that; 2 CFR 200.308
#: lets the agency ask for it, so that there the award has to say so.
_COMMON_PERCENT, _COMMON_ABOVE = 10, 100_000_00


def _federal(key: RuleKey, funder: Funder) -> list[Rule]:
    made = []
    for index, (citation, (first, last)) in enumerate(zip(_SECTIONS[key], _SPANS, strict=True)):
        clock = _REPORT_DAYS if key is RuleKey.REPORTS else _FINAL_DAYS.get((key, funder))
        days = clock[index] if clock else None
        rule = Rule(key, funder, citation, _SAYS[key], first, last, days=days)
        made += _of_transfers(rule) if key is RuleKey.TRANSFERS else [rule]
    return made


def _of_transfers(rule: Rule) -> list[Rule]:
    """The rule of budget transfers, one for each threshold that held in its span."""
    if rule.valid_from == COMMON_RULE:
        return [replace(rule, percent=_COMMON_PERCENT, above_cents=_COMMON_ABOVE)]
    made, begun = [], rule.valid_from
    for until, above in _THRESHOLDS:
        is_last = until is None or (rule.valid_to is not None and rule.valid_to <= until)
        if begun is not None and (until is None or begun <= until):
            ends = rule.valid_to if is_last else until
            made.append(replace(rule, valid_from=begun, valid_to=ends, above_cents=above))
            begun = None if is_last or until is None else until + timedelta(days=1)
    return made


RULES: tuple[Rule, ...] = tuple(
    rule for funder in (Funder.FEDERAL, Funder.PASSED_ON) for key in RuleKey for rule in _federal(key, funder)
) + tuple(Rule(key, Funder.OTHER, "agreement of the award", says) for key, says in _SAYS.items())

#: Where each department printed the common rule, by the first two digits of the assistance listing number.
_PARTS = {
    "10": "7 CFR 3016",
    "14": "24 CFR 85",
    "16": "28 CFR 66",
    "17": "29 CFR 97",
    "20": "49 CFR 18",
    "84": "34 CFR 80",
    "93": "45 CFR 92",
    "97": "44 CFR 13",
}
_JUSTICE = "28 CFR 66"


def cited_for(rule: Rule, aln: str) -> Rule:
    """The rule with its citation in the words of the department whose money it is, by its listing number."""
    whole = _PARTS.get(aln[:2], _JUSTICE)
    citation = rule.citation.replace(_JUSTICE, whole)
    if whole != _JUSTICE:
        part = whole.rpartition(" ")[2]
        citation = citation.replace(", 66.", f", {part}.")
    return replace(rule, citation=citation)


class NoRule(LookupError):
    """No rule of this kind held on the day: awards before 1988 are not judged."""


def rule_for(key: RuleKey, *, awarded_on: date, funder: Funder) -> Rule:
    """The rule that an award made on that day answers to. Raises :class:`NoRule`."""
    for rule in RULES:
        if rule.key is not key or rule.funder is not funder:
            continue
        begun = rule.valid_from is None or rule.valid_from <= awarded_on
        if begun and (rule.valid_to is None or awarded_on <= rule.valid_to):
            return rule
    raise NoRule(f"no rule of {key} for {funder} money held on {awarded_on}")
