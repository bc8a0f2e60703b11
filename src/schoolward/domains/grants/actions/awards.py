"""Awards: entering, changing while they are young, amending, closing; and the reports that they owe."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.grants.balances import MOST_CENTS, Kind
from schoolward.domains.grants.actions.keys import RESERVED, key_for
from schoolward.domains.grants.actions.posting import Ledgers
from schoolward.domains.grants.actions.recording import audit, happened, open_award
from schoolward.domains.grants.actions.refusals import GrantRefused
from schoolward.domains.grants.actions.reporting import plan_reports
from schoolward.domains.grants.actions.terms import check_rules
from schoolward.domains.grants.models import Amendment, AmendmentKind, Application, Award, Entry, Outcome
from schoolward.domains.grants.queries import NONE, award_balances
from schoolward.domains.grants.wording import dollars
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer


@transaction.atomic
def add_award(
    *,
    title: str,
    amount_cents: int,
    awarded_on: date,
    start: date,
    end: date,
    by: Viewer,
    at: datetime,
    key: str = "",
    application_id: int | None = None,
    **fields: Any,
) -> Award:
    """Enter an award, and plan the reports that it owes. Raises ``GrantRefused``."""
    check(by, "grants.manage")
    if not key:
        key = key_for(title, Award.objects.all(), otherwise="award")
    elif key in RESERVED or Award.objects.filter(key=key).exists():
        raise GrantRefused(_("Another page or award has this short name."), field="key")
    _check_terms(amount_cents, awarded_on, start, end, fields)
    award = Award(
        key=key,
        title=title.strip(),
        amount_cents=amount_cents,
        awarded_on=awarded_on,
        start=start,
        end=end,
        application=_application(application_id),
        **fields,
    )
    check_rules(award)
    award.save()
    plan_reports(award)
    audit("grants.award_added", award, by=by, key=award.key, cents=amount_cents)
    return award


def _application(application_id: int | None) -> Application | None:
    if application_id is None:
        return None
    found = Application.objects.filter(pk=application_id, outcome=Outcome.AWARDED).first()
    if found is None:
        raise GrantRefused(
            _("Say first that the funder has awarded this application."), field="application_id"
        )
    if Award.objects.filter(application=found).exists():
        raise GrantRefused(_("This application has its award already."), field="application_id")
    return found


def _check_terms(amount: int, awarded_on: date, start: date, end: date, fields: dict[str, Any]) -> None:
    if amount <= 0:
        raise GrantRefused(_("Write what was awarded."), field="amount_cents")
    if amount > MOST_CENTS:
        raise GrantRefused(_("More than ten thousand million dollars is a slip."), field="amount_cents")
    if end < start:
        raise GrantRefused(_("The period ends before it starts."), field="end")
    if awarded_on > end:
        raise GrantRefused(_("It was awarded after its period ended."), field="awarded_on")
    percent = Decimal(fields.get("match_percent") or 0)
    waived = Decimal(fields.get("match_waived_percent") or 0)
    if not 0 <= percent < 100:
        raise GrantRefused(_("A match is from 0 to below 100 percent of the whole."), field="match_percent")
    if not 0 <= waived <= percent:
        raise GrantRefused(_("No more than the match can be waived."), field="match_waived_percent")
    if waived and not fields.get("match_waiver"):
        raise GrantRefused(_("Name the letter in which the funder waived it."), field="match_waiver")


@transaction.atomic
def amend(
    *,
    award_id: int,
    kind: str,
    approval: str,
    approved_on: date,
    text: str,
    by: Viewer,
    at: datetime,
    new_end: date | None = None,
    new_amount_cents: int | None = None,
    line_id: int | None = None,
    new_match_percent: Decimal | None = None,
    new_waived_percent: Decimal | None = None,
) -> Amendment:
    """Enter a change that the funder approved, and change the award with it. Raises ``GrantRefused``.

    Where the new amount is less than what is budgeted, the line ``line_id`` gives up the difference. A match
    or a waiver that is not given stays as it is.
    """
    award = open_award(award_id, by=by, permission="grants.manage")
    if not approval.strip():
        raise GrantRefused(_("Write the number or the date of the funder's approval."), field="approval")
    if not text.strip():
        raise GrantRefused(_("Say what changes."), field="text")
    if approved_on > timezone.localdate(at):
        raise GrantRefused(_("The day lies in the future."), field="approved_on")
    changed: dict[str, Any] = {}
    if kind == AmendmentKind.EXTENSION:
        if new_end is None or new_end <= award.end:
            raise GrantRefused(_("Write the new end, later than the present one."), field="new_end")
        changed = {"end_before": award.end, "end_after": new_end}
        award.end = new_end
    elif kind == AmendmentKind.AMOUNT:
        changed = _new_amount(award, new_amount_cents, line_id, text, approval, by=by, at=at)
    elif kind == AmendmentKind.MATCH:
        changed = _new_match(award, new_match_percent, new_waived_percent, approval)
    award.save()
    if kind == AmendmentKind.EXTENSION:
        plan_reports(award)
    made = Amendment.objects.create(
        award=award,
        kind=kind,
        approval=approval.strip(),
        approved_on=approved_on,
        text=text.strip(),
        **changed,
        **happened(by=by, at=at),
    )
    audit("grants.amended", award, by=by, amendment=made.pk, kind=kind)
    return made


def _new_amount(
    award: Award,
    cents: int | None,
    line_id: int | None,
    text: str,
    approval: str,
    *,
    by: Viewer,
    at: datetime,
) -> dict[str, Any]:
    balance = award_balances([award.pk]).get(award.pk, NONE)
    least = max(balance.drawn, balance.committed, 1)
    if cents is None or not least <= cents <= MOST_CENTS:
        raise GrantRefused(
            _("Write the new amount; %(least)s is spent, obligated or drawn already.")
            % {"least": dollars(least)},
            field="new_amount_cents",
        )
    if cents < balance.budgeted:
        _give_up(award, balance.budgeted - cents, line_id, text, approval, by=by, at=at)
    before, award.amount_cents = award.amount_cents, cents
    return {"cents_before": before, "cents_after": cents}


def _give_up(
    award: Award, cents: int, line_id: int | None, text: str, approval: str, *, by: Viewer, at: datetime
) -> None:
    """Enter in the ledger what a line's budget loses with the award."""
    ledgers = Ledgers(by=by, at=at)
    book = ledgers.book(award.pk)
    line = book.lines.get(line_id or 0)
    left = book.by_line[line.pk].available if line is not None and line.pk in book.by_line else 0
    if line is None or left < cents:
        raise GrantRefused(
            _("Choose the line that gives up %(cents)s; %(line)s. Move money into one line first if need be.")
            % {
                "cents": dollars(cents),
                "line": _("%(line)s has %(left)s left") % {"line": line, "left": dollars(left)}
                if line is not None
                else _("more than that is budgeted"),
            },
            field="line_id",
        )
    ledgers.take(
        Entry(
            award=award,
            line=line,
            kind=Kind.BUDGET,
            amount_cents=-cents,
            on=ledgers.today,
            incurred_on=ledgers.today,
            description=text.strip()[:300],
            document=approval.strip()[:80],
        )
    )
    ledgers.write("grants.budget_given_up")


def _new_match(
    award: Award, percent: Decimal | None, waived: Decimal | None, approval: str
) -> dict[str, Any]:
    new = percent if percent is not None else award.match_percent
    less = waived if waived is not None else min(award.match_waived_percent, new)
    if not 0 <= new < 100 or not 0 <= less <= new:
        raise GrantRefused(
            _("A match is from 0 to below 100 percent, and no more of it can be waived."),
            field="new_match_percent",
        )
    before = {"match_before": award.match_percent, "waived_before": award.match_waived_percent}
    award.match_percent, award.match_waived_percent = new, less
    if waived is not None or not less:
        award.match_waiver = approval.strip() if less else ""
    return {**before, "match_after": new, "waived_after": less}


def what_closing_lacks(award: Award, *, on: date) -> list[str]:
    """What has to be done before an award can be closed, in sentences; empty when nothing has."""
    balance = award_balances([award.pk]).get(award.pk, NONE)
    lacks = []
    if on <= award.end:
        lacks.append(_("Its period has not ended."))
    if balance.unliquidated:
        lacks.append(
            _("%(amount)s is obligated and neither paid nor released.")
            % {"amount": dollars(balance.unliquidated)}
        )
    if balance.expended != balance.drawn:
        lacks.append(
            _("Spent and drawn differ by %(amount)s.") % {"amount": dollars(balance.expended - balance.drawn)}
        )
    required = award.match_terms.required_cents(max(0, balance.expended))
    if balance.matched < required:
        lacks.append(_("The match lacks %(amount)s.") % {"amount": dollars(required - balance.matched)})
    open_reports = award.reports.filter(submitted_on__isnull=True).count()
    if open_reports:
        lacks.append(_("%(count)s reports are not sent.") % {"count": open_reports})
    if award.overrides.filter(state="asked").exists():
        lacks.append(_("A request to let something by waits for a decision."))
    return lacks


@transaction.atomic
def close_award(*, award_id: int, by: Viewer, at: datetime) -> Award:
    """Close an award: everything is paid, drawn, matched and reported. What is left has lapsed."""
    award = open_award(award_id, by=by, permission="grants.manage")
    lacks = what_closing_lacks(award, on=timezone.localdate(at))
    if lacks:
        raise GrantRefused(" ".join(lacks))
    balance = award_balances([award.pk]).get(award.pk, NONE)
    award.closed_on, award.closed_by_name = timezone.localdate(at), by.account_name
    award.save(update_fields=["closed_on", "closed_by_name"])
    audit("grants.closed", award, by=by, lapsed_cents=award.amount_cents - balance.expended)
    return award
