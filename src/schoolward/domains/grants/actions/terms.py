"""What is said of an award: its names freely, what the rules read of it only with the funder's letter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.analysis.grants.balances import Kind
from schoolward.analysis.grants.rules import RuleKey
from schoolward.domains.grants.actions.recording import audit, happened, open_award
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.actions.reporting import plan_reports
from schoolward.domains.grants.models import Amendment, AmendmentKind, Award, categories_in_words
from schoolward.platform.access.viewer import Viewer

#: What rules read of an award, and what it is called in the record of a change.
TERMS_OF_RULES: dict[str, str | Promise] = {
    "allowed": gettext_lazy("What it pays for"),
    "transfer_percent": gettext_lazy("Limit of transfers in percent"),
    "counts_match_of_others": gettext_lazy("Counts match that third parties give"),
    "forbids_supplanting": gettext_lazy("May not replace local money"),
    "may_subaward": gettext_lazy("May be passed on"),
    "is_reimbursed": gettext_lazy("Pays only what was spent before"),
    "holds_draws_when_late": gettext_lazy("Payments are held while reports are late"),
    "final_days": gettext_lazy("Days for the final reports"),
}
#: What may be said of an award on its page. Amount, period and match are changed by an amendment.
DESCRIPTIVE = frozenset({"title", "funder_name", "number", "aln", "terms", *TERMS_OF_RULES})


def check_rules(award: Award) -> None:
    """An award that no rule judges, or that allows what is no category, is refused here and not later."""
    try:
        award.as_terms().rule(RuleKey.CLOSEOUT)
    except LookupError:
        raise GrantRefused(
            _("No rule of grants is on record for an award of that day."), field="awarded_on"
        ) from None
    except ValueError:
        raise GrantRefused(_("These are no categories of cost."), field="allowed") from None


def is_under_way(award: Award) -> bool:
    """Whether rules have judged anything of this award yet: an entry besides its first budget, a request."""
    return (
        award.entries.exclude(kind=Kind.BUDGET).exists()
        or award.transfers.exists()
        or award.overrides.exists()
    )


@transaction.atomic
def describe_award(
    *,
    award_id: int,
    changes: dict[str, Any],
    by: Viewer,
    at: datetime,
    approval: str = "",
    approved_on: date | None = None,
    reason: str = "",
) -> Award:
    """Change what is said about an award. Unaudited and unchanged when nothing differs.

    Once rules have judged something of it, what they read changes only with the funder's approval, and an
    amendment keeps what it was and what it is: nobody switches a rule off for a while.

    Raises ``GrantRefused``.
    """
    foreign = set(changes) - DESCRIPTIVE
    if foreign:
        raise ValueError(f"not descriptive: {', '.join(sorted(foreign))}")
    award = open_award(award_id, by=by, permission="grants.manage")
    before = {name: getattr(award, name) for name in changes}
    different = sorted(name for name, value in changes.items() if _differs(name, before[name], value))
    if not different:
        return award
    for name in different:
        setattr(award, name, changes[name])
    check_rules(award)
    ruled = [name for name in TERMS_OF_RULES if name in different]
    amended: dict[str, Any] = {}
    if ruled and is_under_way(award):
        day = approved_on or timezone.localdate(at)
        _check_approval(ruled, approval, day, reason, today=timezone.localdate(at))
        made = Amendment.objects.create(
            award=award,
            kind=AmendmentKind.TERMS,
            approval=approval.strip(),
            approved_on=day,
            text=f"{reason.strip()} {_in_words(ruled, before, award)}".strip(),
            **happened(by=by, at=at),
        )
        amended = {"amendment": made.pk}
    award.save(update_fields=different)
    if "final_days" in different:
        plan_reports(award)
    told = {name: [_plain(before[name]), _plain(getattr(award, name))] for name in ruled}
    audit("grants.award_described", award, by=by, fields=different, terms=told, **amended)
    return award


def _differs(name: str, was: Any, value: Any) -> bool:
    """Whether a term is another. The same categories in another order are the same."""
    return set(was.split(",")) != set(value.split(",")) if name == "allowed" else was != value


def _check_approval(ruled: Iterable[str], approval: str, day: date, reason: str, *, today: date) -> None:
    if not approval.strip():
        raise GrantRefused(
            _("Rules read this, and money has moved by them: %(terms)s. Write the number or the date of the ")
            % {"terms": ", ".join(str(TERMS_OF_RULES[name]) for name in ruled)}
            + _("funder's letter that changes it."),
            field="approval",
        )
    if not reason.strip():
        raise GrantRefused(_("Say why it changes."), field="reason")
    if day > today:
        raise GrantRefused(_("The day lies in the future."), field="approved_on")


def _in_words(names: Iterable[str], before: dict[str, Any], award: Award) -> str:
    """What was and what is, as the amendment and the audit pack tell it."""
    return " ".join(
        _("%(term)s: %(before)s → %(after)s.")
        % {
            "term": TERMS_OF_RULES[name],
            "before": _shown(name, before[name]),
            "after": _shown(name, getattr(award, name)),
        }
        for name in names
    )


def _shown(name: str, value: Any) -> str:
    if name == "allowed":
        return categories_in_words(value) or _("not said")
    if value is None:
        return _("not said")
    return (_("yes") if value else _("no")) if isinstance(value, bool) else str(value)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int) else str(value)
