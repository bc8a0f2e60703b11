"""Whether an entry may stand: each rule that speaks against it, and whether a second person may let it by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schoolward.analysis.grants.balances import Balances, Kind
from schoolward.analysis.grants.clocks import liquidation_due
from schoolward.analysis.grants.match import MatchKind, MatchTerms
from schoolward.analysis.grants.rules import Funder, Rule, RuleKey, cited_for, rule_for


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
    DRAW_BEFORE_PERIOD = "draw_before_period"
    DRAW_TOO_LATE = "draw_too_late"
    REPORT_LATE = "report_late"
    MATCH_KIND = "match_kind"
    MATCH_OF_OTHERS = "match_of_others"
    MATCH_UNPROVED = "match_unproved"
    SUPPLANTING_UNSAID = "supplanting_unsaid"
    NO_SUBAWARDS = "no_subawards"
    SUBAWARD_UNNAMED = "subaward_unnamed"
    TRANSFERS_ABOVE = "transfers_above"
    PARTICIPANT_SUPPORT = "participant_support"
    INDIRECT = "indirect"
    NOT_APPROVED = "not_approved"
    BUDGET_ABOVE_AWARD = "budget_above_award"
    CLOSED = "closed"


#: Which rule each of them is about.
RULE_OF: dict[Why, RuleKey] = {
    Why.BEFORE_PERIOD: RuleKey.PERIOD,
    Why.AFTER_PERIOD: RuleKey.PERIOD,
    Why.AFTER_LIQUIDATION: RuleKey.LIQUIDATION,
    Why.CATEGORY: RuleKey.ALLOWABLE,
    Why.LINE_EXCEEDED: RuleKey.LINE_BUDGET,
    Why.AWARD_EXCEEDED: RuleKey.AWARD_AMOUNT,
    Why.OBLIGATION_EXCEEDED: RuleKey.LINE_BUDGET,
    Why.DRAWN_AHEAD: RuleKey.CASH,
    Why.DRAW_EXCEEDS_AWARD: RuleKey.CASH,
    Why.DRAW_BEFORE_PERIOD: RuleKey.PERIOD,
    Why.DRAW_TOO_LATE: RuleKey.LIQUIDATION,
    Why.REPORT_LATE: RuleKey.REPORTS,
    Why.MATCH_KIND: RuleKey.MATCH,
    Why.MATCH_OF_OTHERS: RuleKey.MATCH,
    Why.MATCH_UNPROVED: RuleKey.MATCH,
    Why.SUPPLANTING_UNSAID: RuleKey.SUPPLANTING,
    Why.NO_SUBAWARDS: RuleKey.SUBRECIPIENT,
    Why.SUBAWARD_UNNAMED: RuleKey.SUBRECIPIENT,
    Why.TRANSFERS_ABOVE: RuleKey.TRANSFERS,
    Why.PARTICIPANT_SUPPORT: RuleKey.PRIOR_APPROVAL,
    Why.INDIRECT: RuleKey.PRIOR_APPROVAL,
    Why.NOT_APPROVED: RuleKey.PRIOR_APPROVAL,
    Why.BUDGET_ABOVE_AWARD: RuleKey.AWARD_AMOUNT,
    Why.CLOSED: RuleKey.CLOSEOUT,
}


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
    award says nothing of transfers; ``aln`` is its assistance listing number, where it has one."""

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
    counts_match_of_others: bool = True
    aln: str = ""

    def rule(self, key: RuleKey) -> Rule:
        """The rule of this kind that the award answers to. Raises ``NoRule``."""
        return cited_for(rule_for(key, awarded_on=self.awarded_on, funder=self.funder), self.aln)

    @property
    def last_payment(self) -> date | None:
        """The last day on which an obligation of the period may be paid; ``None`` where nobody says one."""
        return liquidation_due(
            self.end, awarded_on=self.awarded_on, funder=self.funder, agreed=self.agreed_days
        )


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
    is_given_by_other: bool = False
    names_document: bool = False


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
    terms: Terms,
    draft: Draft,
    *,
    line: Balances | None,
    award: Balances,
    late_reports: int = 0,
    award_then: Balances | None = None,
) -> list[Fault]:
    """Every rule that speaks against the entry, given the balances of its line and of its award.

    ``award_then``: the award's balances at the end of the entry's own day, where later ones are known.
    """
    match draft.kind:
        case Kind.EXPENDITURE | Kind.OBLIGATION:
            found = [
                *_of_time(terms, draft),
                *_of_purpose(terms, draft),
                *_of_sums(terms, draft, line, award),
            ]
        case Kind.DRAW:
            found = _of_draw(terms, draft, award, award if award_then is None else award_then, late_reports)
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
    last = terms.last_payment
    if last is not None and draft.on > last:
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


def _of_draw(terms: Terms, draft: Draft, award: Balances, then: Balances, late_reports: int) -> list[Fault]:
    """A draw is held against what was spent by its own day: cash that came before its cost was an advance."""
    found = []
    rule = terms.rule(RuleKey.CASH)
    # The later of the two sums would be wrong at some time between; the smaller room decides.
    undrawn = min(award.expended - award.drawn, then.expended - then.drawn)
    if award.drawn + draft.cents > terms.amount:
        values: dict[str, int | str | date] = {"cents": draft.cents, "left": terms.amount - award.drawn}
        found.append(Fault(rule, Why.DRAW_EXCEEDS_AWARD, values, may_override=False))
    elif terms.is_reimbursed and draft.cents > 0 and draft.cents > undrawn:
        values = {"cents": draft.cents, "left": max(0, undrawn), "day": draft.on}
        found.append(Fault(rule, Why.DRAWN_AHEAD, values))
    last = terms.last_payment
    if draft.on < terms.start:
        values = {"day": draft.on, "start": terms.start}
        found.append(Fault(terms.rule(RuleKey.PERIOD), Why.DRAW_BEFORE_PERIOD, values))
    elif last is not None and draft.on > last and draft.cents > 0:
        values = {"day": draft.on, "last": last}
        found.append(Fault(terms.rule(RuleKey.LIQUIDATION), Why.DRAW_TOO_LATE, values))
    if terms.holds_draws_when_late and late_reports and draft.cents > 0:
        found.append(Fault(terms.rule(RuleKey.REPORTS), Why.REPORT_LATE, {"count": late_reports}))
    return found


def _of_match(terms: Terms, draft: Draft) -> list[Fault]:
    """What a third party gave counts as match where the award lets it, and where a record of it proves it."""
    rule = terms.rule(RuleKey.MATCH)
    found: list[Fault] = []
    if draft.match_kind is not None and not terms.match.accepts(draft.match_kind):
        found.append(Fault(rule, Why.MATCH_KIND, {"kind": str(draft.match_kind)}))
    if draft.is_given_by_other and not terms.counts_match_of_others:
        found.append(Fault(rule, Why.MATCH_OF_OTHERS, {}))
    if draft.is_given_by_other and not draft.names_document:
        found.append(Fault(rule, Why.MATCH_UNPROVED, {}, may_override=False))
    return found


def _of_budget(terms: Terms, draft: Draft, award: Balances) -> list[Fault]:
    if award.budgeted + draft.cents <= terms.amount:
        return []
    values: dict[str, int | str | date] = {"cents": draft.cents, "left": terms.amount - award.budgeted}
    rule = terms.rule(RuleKey.AWARD_AMOUNT)
    return [Fault(rule, Why.BUDGET_ABOVE_AWARD, values, may_override=False)]


def transfer_limit(terms: Terms) -> tuple[int, int] | None:
    """The most cents that may move among direct categories, in sum, without approval, and the percent it is.

    What the award itself says holds whatever its size; without it the law's percent does, above its
    threshold. It is a share of the approved budget, which holds the match as well (28 CFR 66.30(c)(1)(ii);
    2 CFR 200.308). ``None`` where nothing restricts transfers.
    """
    rule = terms.rule(RuleKey.TRANSFERS)
    percent = terms.transfer_percent
    if percent is None and (rule.above_cents is None or terms.amount > rule.above_cents):
        percent = rule.percent
    if percent is None:
        return None
    return (terms.amount + terms.match.required_cents(terms.amount)) * percent // 100, percent


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
    if limit is not None and transferred_before + cents > limit[0]:
        values = {"sum": transferred_before + cents, "limit": limit[0], "percent": limit[1]}
        found.append(Fault(terms.rule(RuleKey.TRANSFERS), Why.TRANSFERS_ABOVE, values))
    return found
