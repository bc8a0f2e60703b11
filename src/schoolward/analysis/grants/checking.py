"""Whether an entry may stand: each rule that speaks against it, and whether a second person may let it by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schoolward.analysis.grants.balances import Balances, Kind
from schoolward.analysis.grants.clocks import liquidation_due
from schoolward.analysis.grants.match import MatchKind, MatchTerms
from schoolward.analysis.grants.rules import Funder, Rule, RuleKey, rule_for


class Why(StrEnum):
    """What exactly is wrong, for the words in which it is told."""

    BEFORE_PERIOD = "before_period"
    AFTER_PERIOD = "after_period"
    AFTER_LIQUIDATION = "after_liquidation"
    CATEGORY = "category"
    LINE_EXCEEDED = "line_exceeded"
    AWARD_EXCEEDED = "award_exceeded"
    OBLIGATION_EXCEEDED = "obligation_exceeded"
    DRAWN_AHEAD = "drawn_ahead"
    DRAW_EXCEEDS_AWARD = "draw_exceeds_award"
    REPORT_LATE = "report_late"
    MATCH_KIND = "match_kind"
    SUPPLANTING_UNSAID = "supplanting_unsaid"
    NO_SUBAWARDS = "no_subawards"
    SUBAWARD_UNNAMED = "subaward_unnamed"
    TRANSFERS_ABOVE = "transfers_above"
    PARTICIPANT_SUPPORT = "participant_support"
    INDIRECT = "indirect"
    NOT_APPROVED = "not_approved"
    BUDGET_ABOVE_AWARD = "budget_above_award"


class Category(StrEnum):
    """The object classes of a federal budget (SF-424A), and those that rules treat apart."""

    PERSONNEL = "personnel"
    FRINGE = "fringe"
    TRAVEL = "travel"
    EQUIPMENT = "equipment"
    SUPPLIES = "supplies"
    CONTRACTUAL = "contractual"
    CONSTRUCTION = "construction"
    PARTICIPANT = "participant"
    SUBAWARD = "subaward"
    OTHER = "other"
    INDIRECT = "indirect"


@dataclass(frozen=True)
class Terms:
    """What an award says of itself. ``categories`` empty: any. ``transfer_percent`` is ``None`` where the
    award does not restrict transfers."""

    awarded_on: date
    start: date
    end: date
    amount: int
    funder: Funder = Funder.FEDERAL
    match: MatchTerms = field(default_factory=MatchTerms)
    categories: frozenset[Category] = frozenset()
    transfer_percent: int | None = None
    forbids_supplanting: bool = False
    may_subaward: bool = False
    is_reimbursed: bool = True
    holds_draws_when_late: bool = False
    agreed_days: int | None = None

    def rule(self, key: RuleKey) -> Rule:
        """The rule of this kind that the award answers to. Raises ``NoRule``."""
        return rule_for(key, awarded_on=self.awarded_on, funder=self.funder)


@dataclass(frozen=True)
class Draft:
    """An entry that is about to be made. ``open_obligation``: what is left of the obligation that it pays."""

    kind: Kind
    cents: int
    on: date
    incurred_on: date | None = None
    category: Category | None = None
    open_obligation: int | None = None
    adds_to_local_money: bool = False
    names_agreement: bool = False
    match_kind: MatchKind | None = None


@dataclass(frozen=True)
class Fault:
    """A rule that speaks against an entry; ``values`` fill the words of it. Amounts are in cents.

    ``may_override``: a second person may let it by with a reason. Sums that would not be true, such as more
    drawn than awarded, nobody may.
    """

    rule: Rule
    why: Why
    values: dict[str, int | str | date]
    may_override: bool = True


def faults(
    terms: Terms, draft: Draft, *, line: Balances | None, award: Balances, late_reports: int = 0
) -> list[Fault]:
    """Every rule that speaks against the entry, given the balances of its line and of its award."""
    match draft.kind:
        case Kind.EXPENDITURE | Kind.OBLIGATION:
            found = [
                *_of_time(terms, draft),
                *_of_purpose(terms, draft),
                *_of_sums(terms, draft, line, award),
            ]
        case Kind.DRAW:
            found = _of_draw(terms, draft, award, late_reports)
        case Kind.MATCH:
            found = [*_of_time(terms, draft), *_of_match(terms, draft)]
        case Kind.BUDGET:
            found = _of_budget(terms, draft, award)
    return found


def _of_time(terms: Terms, draft: Draft) -> list[Fault]:
    rule = terms.rule(RuleKey.PERIOD)
    incurred = draft.incurred_on or draft.on
    if incurred < terms.start:
        return [Fault(rule, Why.BEFORE_PERIOD, {"day": incurred, "start": terms.start})]
    if incurred > terms.end:
        return [Fault(rule, Why.AFTER_PERIOD, {"day": incurred, "end": terms.end})]
    last = liquidation_due(
        terms.end, awarded_on=terms.awarded_on, funder=terms.funder, agreed=terms.agreed_days
    )
    if draft.on > last:
        return [
            Fault(terms.rule(RuleKey.LIQUIDATION), Why.AFTER_LIQUIDATION, {"day": draft.on, "last": last})
        ]
    return []


def _of_purpose(terms: Terms, draft: Draft) -> list[Fault]:
    if draft.cents <= 0:
        return []
    found = []
    if terms.categories and draft.category not in terms.categories:
        found.append(
            Fault(terms.rule(RuleKey.ALLOWABLE), Why.CATEGORY, {"category": str(draft.category or "")})
        )
    if terms.forbids_supplanting and not draft.adds_to_local_money:
        found.append(Fault(terms.rule(RuleKey.SUPPLANTING), Why.SUPPLANTING_UNSAID, {}))
    if draft.category is Category.SUBAWARD:
        rule = terms.rule(RuleKey.SUBRECIPIENT)
        if not terms.may_subaward:
            found.append(Fault(rule, Why.NO_SUBAWARDS, {}))
        elif not draft.names_agreement:
            found.append(Fault(rule, Why.SUBAWARD_UNNAMED, {}))
    return found


def _of_sums(terms: Terms, draft: Draft, line: Balances | None, award: Balances) -> list[Fault]:
    """What is paid against an obligation was counted when it was obligated."""
    left = draft.open_obligation
    if left is not None:
        if draft.cents > left:
            rule = terms.rule(RuleKey.LINE_BUDGET)
            values: dict[str, int | str | date] = {"cents": draft.cents, "left": left}
            return [Fault(rule, Why.OBLIGATION_EXCEEDED, values, may_override=False)]
        return []
    if award.committed + draft.cents > terms.amount:
        rest = terms.amount - award.committed
        values = {"cents": draft.cents, "left": rest}
        return [Fault(terms.rule(RuleKey.AWARD_AMOUNT), Why.AWARD_EXCEEDED, values, may_override=False)]
    if line is not None and draft.cents > 0 and draft.cents > line.available:
        values = {"cents": draft.cents, "left": line.available}
        return [Fault(terms.rule(RuleKey.LINE_BUDGET), Why.LINE_EXCEEDED, values)]
    return []


def _of_draw(terms: Terms, draft: Draft, award: Balances, late_reports: int) -> list[Fault]:
    found = []
    rule = terms.rule(RuleKey.CASH)
    if award.drawn + draft.cents > terms.amount:
        values: dict[str, int | str | date] = {"cents": draft.cents, "left": terms.amount - award.drawn}
        found.append(Fault(rule, Why.DRAW_EXCEEDS_AWARD, values, may_override=False))
    elif terms.is_reimbursed and draft.cents > 0 and award.drawn + draft.cents > award.expended:
        values = {"cents": draft.cents, "left": max(0, award.undrawn)}
        found.append(Fault(rule, Why.DRAWN_AHEAD, values))
    if terms.holds_draws_when_late and late_reports and draft.cents > 0:
        found.append(Fault(terms.rule(RuleKey.REPORTS), Why.REPORT_LATE, {"count": late_reports}))
    return found


def _of_match(terms: Terms, draft: Draft) -> list[Fault]:
    if draft.match_kind is None or terms.match.accepts(draft.match_kind):
        return []
    return [Fault(terms.rule(RuleKey.MATCH), Why.MATCH_KIND, {"kind": str(draft.match_kind)})]


def _of_budget(terms: Terms, draft: Draft, award: Balances) -> list[Fault]:
    if award.budgeted + draft.cents <= terms.amount:
        return []
    values: dict[str, int | str | date] = {"cents": draft.cents, "left": terms.amount - award.budgeted}
    rule = terms.rule(RuleKey.AWARD_AMOUNT)
    return [Fault(rule, Why.BUDGET_ABOVE_AWARD, values, may_override=False)]


def transfer_limit(terms: Terms) -> int | None:
    """The most cents that may move among direct categories, in sum, without the funder's approval.

    ``None`` where nothing restricts it: the award says nothing of it, or is too small for the rule.
    """
    rule = terms.rule(RuleKey.TRANSFERS)
    is_small = rule.above_cents is not None and terms.amount <= rule.above_cents
    if terms.transfer_percent is None or is_small:
        return None
    return terms.amount * terms.transfer_percent // 100


def transfer_faults(
    terms: Terms,
    *,
    cents: int,
    from_category: Category,
    to_category: Category,
    from_available: int,
    transferred_before: int,
    is_approved: bool,
) -> list[Fault]:
    """Every rule that speaks against moving money between two lines.

    ``transferred_before``: cents moved among direct categories without the funder's approval so far.
    ``is_approved``: the funder approved this one in writing, which answers every rule but the sum.
    """
    if cents > from_available:
        values: dict[str, int | str | date] = {"cents": cents, "left": from_available}
        return [Fault(terms.rule(RuleKey.LINE_BUDGET), Why.LINE_EXCEEDED, values, may_override=False)]
    if is_approved or from_category is to_category:
        return []
    found = []
    prior = terms.rule(RuleKey.PRIOR_APPROVAL)
    if from_category is Category.PARTICIPANT:
        found.append(Fault(prior, Why.PARTICIPANT_SUPPORT, {}))
    if Category.INDIRECT in (from_category, to_category):
        found.append(Fault(prior, Why.INDIRECT, {}))
        return found
    limit = transfer_limit(terms)
    if limit is not None and transferred_before + cents > limit:
        values = {
            "sum": transferred_before + cents,
            "limit": limit,
            "percent": terms.transfer_percent or 0,
        }
        found.append(Fault(terms.rule(RuleKey.TRANSFERS), Why.TRANSFERS_ABOVE, values))
    return found
