"""Every rule that one award answers to: where it is written, how it is set here, and what was let by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.analysis.grants.checking import RULE_OF, Why, transfer_limit
from schoolward.analysis.grants.clocks import closeout_due, is_said
from schoolward.analysis.grants.rules import Funder, Rule, RuleKey
from schoolward.domains.grants.models import Amendment, AmendmentKind, Award, OverrideRequest, OverrideState
from schoolward.domains.grants.queries.listing import overrides
from schoolward.domains.grants.queries.remaining import transferred_unapproved
from schoolward.domains.grants.queries.sums import NONE, award_balances
from schoolward.domains.grants.wording import dollars, rule_title
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer

#: Which rules a change of this kind bears on.
_BEARS_ON: dict[str, tuple[RuleKey, ...]] = {
    AmendmentKind.EXTENSION: (RuleKey.PERIOD, RuleKey.CLOSEOUT, RuleKey.LIQUIDATION, RuleKey.REPORTS),
    AmendmentKind.AMOUNT: (RuleKey.AWARD_AMOUNT, RuleKey.TRANSFERS),
    AmendmentKind.MATCH: (RuleKey.MATCH, RuleKey.TRANSFERS),
    AmendmentKind.SCOPE: (RuleKey.PRIOR_APPROVAL,),
    AmendmentKind.KEY_PERSON: (RuleKey.PRIOR_APPROVAL,),
    # What of the terms changed stands in its words only: any of these.
    AmendmentKind.TERMS: (
        RuleKey.ALLOWABLE,
        RuleKey.TRANSFERS,
        RuleKey.MATCH,
        RuleKey.SUPPLANTING,
        RuleKey.SUBRECIPIENT,
        RuleKey.CASH,
        RuleKey.REPORTS,
        RuleKey.CLOSEOUT,
        RuleKey.LIQUIDATION,
    ),
}


@dataclass(frozen=True)
class RuleOfAward:
    """A rule as it holds for one award.

    ``setting`` says how it is set for this award, in words. ``amendments`` are the funder's letters that
    changed what it reads; ``let_by`` what was asked to be let by against it, with who decided.
    """

    rule: Rule
    setting: str
    amendments: tuple[Amendment, ...]
    let_by: tuple[OverrideRequest, ...]

    @property
    def title(self) -> str:
        """What the rule is about."""
        return rule_title(self.rule.key)

    @property
    def was_let_by(self) -> bool:
        """Whether somebody ever let something by against it."""
        return any(asked.state == OverrideState.LET_BY for asked in self.let_by)


def rules_of(viewer: Viewer, award: Award) -> list[RuleOfAward]:
    """Every rule of an award as the viewer may see it, in the order of the rules."""
    terms = award.as_terms()
    asked: dict[RuleKey, list[OverrideRequest]] = defaultdict(list)
    for request in overrides(viewer).filter(award=award).order_by("asked_at", "pk"):
        for key in {RULE_OF[Why(why)] for why in request.lets_by}:
            asked[key].append(request)
    changed: dict[RuleKey, list[Amendment]] = defaultdict(list)
    for amendment in visible(Amendment.objects.filter(award=award), viewer):
        for key in _BEARS_ON[amendment.kind]:
            changed[key].append(amendment)
    return [
        RuleOfAward(terms.rule(key), _SETTINGS[key](award), tuple(changed[key]), tuple(asked[key]))
        for key in RuleKey
    ]


def _period(award: Award) -> str:
    return _("Costs from %(start)s to %(end)s.") % {"start": _day(award.start), "end": _day(award.end)}


def _allowable(award: Award) -> str:
    if not award.allowed:
        return _("The award names no categories: each that has a budget line.")
    return _("It pays for: %(categories)s.") % {"categories": award.allowed_in_words}


def _line_budget(award: Award) -> str:
    count = award.lines.count()
    budgeted = award_balances([award.pk]).get(award.pk, NONE).budgeted
    return _("%(budgeted)s is budgeted in %(count)s lines.") % {"budgeted": dollars(budgeted), "count": count}


def _award_amount(award: Award) -> str:
    return _("%(amount)s, awarded on %(day)s.") % {
        "amount": dollars(award.amount_cents),
        "day": _day(award.awarded_on),
    }


def _match(award: Award) -> str:
    match = award.match_terms
    if not match.percent:
        return _("None is asked.")
    told = [
        _("%(percent)s percent of the whole, %(cents)s beside the whole award.")
        % {
            "percent": f"{(match.percent - match.waived_percent).normalize():f}",
            "cents": dollars(award.match_required_cents),
        }
    ]
    if match.waived_percent:
        told.append(
            _("%(waived)s points were waived (%(letter)s).")
            % {"waived": f"{match.waived_percent.normalize():f}", "letter": award.match_waiver}
        )
    told.append(_("In cash only.") if award.match_in_cash_only else _("In cash or in kind."))
    told.append(
        _("What third parties give counts, with the record that proves it.")
        if award.counts_match_of_others
        else _("What third parties give does not count.")
    )
    return " ".join(told)


def _transfers(award: Award) -> str:
    limit = transfer_limit(award.as_terms())
    if limit is None:
        return _("Nothing restricts them at this amount, and the award says nothing.")
    moved = transferred_unapproved(award)
    who = _("the award says so") if award.transfer_percent is not None else _("the law of its day says so")
    return _(
        "%(limit)s in sum, %(percent)s percent of the approved budget (%(who)s); %(moved)s moved so far."
    ) % {
        "limit": dollars(limit[0]),
        "percent": limit[1],
        "who": who,
        "moved": dollars(moved),
    }


def _prior_approval(award: Award) -> str:
    return _("Scope, key persons, money for participants, and money between direct and indirect costs.")


def _cash(award: Award) -> str:
    return _("Pays only what was spent before.") if award.is_reimbursed else _("Pays in advance as well.")


def _closeout(award: Award) -> str:
    given = {"awarded_on": award.awarded_on, "funder": Funder(award.funder), "agreed": award.final_days}
    due = _day(closeout_due(award.end, **given))  # type: ignore[arg-type]
    if award.final_days is not None:
        return _("Final reports by %(due)s: the award names %(days)s days.") % {
            "due": due,
            "days": award.final_days,
        }
    if is_said(**given):  # type: ignore[arg-type]
        return _("Final reports by %(due)s.") % {"due": due}
    return _("Nobody says when; %(due)s is assumed.") % {"due": due}


def _liquidation(award: Award) -> str:
    last = award.as_terms().last_payment
    return _("Not said.") if last is None else _("Paid by %(day)s.") % {"day": _day(last)}


def _reports(award: Award) -> str:
    held = _("Payments are held while one is late.") if award.holds_draws_when_late else ""
    told = _("Financial reports: %(financial)s. Progress reports: %(progress)s.") % {
        "financial": str(award.get_financial_every_display()).lower(),
        "progress": str(award.get_progress_every_display()).lower(),
    }
    return f"{told} {held}".strip()


def _supplanting(award: Award) -> str:
    if award.forbids_supplanting:
        return _("Each cost has to be said to add to local money.")
    return _("The award does not ask for it.")


def _subrecipient(award: Award) -> str:
    if not award.may_subaward:
        return _("It may not be passed on.")
    return _("It may be passed on, each time under a named agreement.")


def _day(day: object) -> str:
    return date_format(day, "F j, Y")  # type: ignore[arg-type]


_SETTINGS: dict[RuleKey, Callable[[Award], str]] = {
    RuleKey.PERIOD: _period,
    RuleKey.ALLOWABLE: _allowable,
    RuleKey.LINE_BUDGET: _line_budget,
    RuleKey.AWARD_AMOUNT: _award_amount,
    RuleKey.MATCH: _match,
    RuleKey.TRANSFERS: _transfers,
    RuleKey.PRIOR_APPROVAL: _prior_approval,
    RuleKey.CASH: _cash,
    RuleKey.CLOSEOUT: _closeout,
    RuleKey.LIQUIDATION: _liquidation,
    RuleKey.REPORTS: _reports,
    RuleKey.SUPPLANTING: _supplanting,
    RuleKey.SUBRECIPIENT: _subrecipient,
}
