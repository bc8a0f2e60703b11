"""The letter to a funder about what an approved plan changes in its award, or why nothing is asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.grants.wording import dollars
from schoolward.platform.access.viewer import Viewer
from schoolward.reports.content import long_date
from schoolward.reports.districts import district_name
from schoolward.reports.plan_papers.approved import Approved
from schoolward.reports.plan_papers.asking import Asking, asking
from schoolward.reports.plan_papers.letter_tables import budget, rules, transfers, works
from schoolward.reports.plan_papers.scope import scope
from schoolward.reports.plan_papers.told import approval_url, cents, draft, prose, signature
from schoolward.reports.sheets.shape import Column, Part, Sheet, Value
from schoolward.reports.sheets.values import day, sentence, words


def letter(made: Approved, award: Any, *, by: Viewer) -> Sheet:
    """The letter about one award, by the day's ledger; where nothing is to be asked, a note that says why."""
    asked = asking(award, made.needs_of(award))
    return Sheet(
        report="amendment-letter",
        title=_("Amendment letter") if asked.is_needed else _("No amendment is needed"),
        subject=award.title,
        copy=f"plan-{made.plan.pk}-{award.key}",
        copy_name="",
        notice=draft(),
        as_of=made.on,
        district=district_name(),
        invented=made.approval.invented or award.invented_ledger or award.invented_terms,
        parts=tuple(
            part
            for part in (
                _head(made, award, asked),
                _terms(award, asked),
                _request(made, award, asked),
                transfers(made, award, asked),
                _limit(asked),
                budget(award, asked),
                scope(made, award, by=by),
                _justification(made, award),
                _period(made, award),
                rules(asked),
                signature(asked.is_needed),
                works(made, award),
            )
            if part is not None
        ),
        about={"award": award.key, "plan": str(made.plan.pk)},
    )


def in_a_sentence(made: Approved, award: Any) -> str:
    """What the letter about an award comes to."""
    asked = asking(award, made.needs_of(award))
    if asked.is_needed:
        return _("Asks the funder to approve transfers of %(sum)s.") % {"sum": dollars(asked.open)}
    return _("Nothing has to be asked for; the paper says why.")


def _head(made: Approved, award: Any, asked: Asking) -> Part:
    number = f", {award.number}" if award.number else ""
    about = (
        _("About: approval of budget transfers under %(award)s%(number)s")
        if asked.is_needed
        else _("About: the budget of %(award)s%(number)s, for the file")
    )
    return prose(
        "letter",
        _("Letter") if asked.is_needed else _("Note"),
        _("Date: %(day)s") % {"day": long_date(made.on)},
        _("To: %(funder)s") % {"funder": award.funder_name},
        _("From: %(district)s") % {"district": district_name()},
        about % {"award": award.title, "number": number},
    )


def _terms(award: Any, asked: Asking) -> Part:
    percent = f"{award.match_terms.percent - award.match_terms.waived_percent:f}".rstrip("0").rstrip(".")
    told: tuple[tuple[str, str, Value], ...] = (
        ("number", _("Award number"), words(award.number)),
        ("aln", _("Assistance listing number"), words(award.aln)),
        ("amount_cents", _("Awarded"), cents(award.amount_cents, reverse("grants:award", args=[award.key]))),
        ("awarded_on", _("Awarded on"), day(award.awarded_on)),
        ("start", _("First day"), day(award.start)),
        ("end", _("Last day"), day(award.end)),
        ("match", _("Match, percent of the whole"), words(percent or "0")),
        ("transfers", _("May move in sum without approval"), _may_move(asked)),
    )
    columns = tuple(Column(name, label) for name, label, _value in told)
    return Part(
        "award", _("The award"), columns, ({name: value for name, _l, value in told},), layout="facts"
    )


def _may_move(asked: Asking) -> Value:
    if asked.limit is None:
        return words(_("no limit"))
    return Value(
        asked.limit[0],
        _("%(limit)s, %(percent)s percent") % {"limit": dollars(asked.limit[0]), "percent": asked.limit[1]},
    )


def _request(made: Approved, award: Any, asked: Asking) -> Part:
    approved_on = long_date(made.approval.on)
    paid = sum(one.amount_cents for one in made.of_award(award))
    count = len({one.work_id for one in made.of_award(award)})
    background = sentence(
        _("On %(day)s the district approved a plan for what is left in its grants. It sets aside ")
        % {"day": approved_on},
        cents(paid, approval_url(made)),
        ngettext(
            " of this award for %(count)s work on a school site.",
            " of this award for %(count)s works on school sites.",
            count,
        )
        % {"count": count},
    )
    if asked.is_needed:
        return prose(
            "request",
            _("What we ask for"),
            background,
            sentence(
                _("We ask for your approval in writing, before it is made, of moving "),
                cents(asked.open, approval_url(made)),
                _(" between the lines of the approved budget, as set out below. No other term changes."),
            ),
        )
    return prose("request", _("Why nothing has to be asked for"), background, _why_not(asked))


def _why_not(asked: Asking) -> str:
    if not asked.judged:
        return _(
            "Every work is paid by a line of its own cost category. No money moves between lines, so that "
            "the approved budget stays as it is (%(citation)s). Before this is signed, hold the works "
            "against what each line was budgeted for."
        ) % {"citation": asked.rules[0].citation}
    if asked.is_short:
        return _("A line has less left than the plan counts on moving out of it. Clear that up first.")
    if not asked.open:
        return _("The transfers that the plan counts on are entered in the ledger, or not needed any more.")
    return _("The transfers below stay within what the district may move by itself (%(citation)s).") % {
        "citation": asked.rules[1].citation
    }


def _limit(asked: Asking) -> Part | None:
    if not asked.open:
        return None
    rule = asked.rules[1]
    if asked.limit is None:
        text = _(
            "Neither the award's terms nor the rule (%(citation)s) limit what moves among the direct "
            "categories of this award in sum. With these transfers it would be %(after)s."
        ) % {"citation": rule.citation, "after": dollars(asked.after)}
        return prose("limit", _("Cumulative transfers"), text)
    limit, percent = asked.limit
    stays = asked.after <= limit
    told = {
        "before": dollars(asked.before),
        "after": dollars(asked.after),
        "limit": dollars(limit),
        "percent": percent,
        "apart": dollars(abs(limit - asked.after)),
        "citation": rule.citation,
    }
    text = (
        _(
            "So far %(before)s has moved among direct categories without approval. With these transfers "
            "it would be %(after)s. The award allows %(limit)s, which is %(percent)s percent of the "
            "approved budget (%(citation)s): it stays below by %(apart)s."
        )
        if stays
        else _(
            "So far %(before)s has moved among direct categories without approval. With these transfers "
            "it would be %(after)s. The award allows %(limit)s, which is %(percent)s percent of the "
            "approved budget (%(citation)s): it is above by %(apart)s."
        )
    )
    return prose("limit", _("Cumulative transfers"), text % told)


def _justification(made: Approved, award: Any) -> Part:
    references = {one.work.reference for one in made.of_award(award)}
    brings = sum(made.chosen[name].benefit for name in references if name in made.chosen)
    return prose(
        "justification",
        _("Why"),
        sentence(
            _("By the findings of the district's assessments the works stand against "),
            Value(brings, f"{brings:,.6g}", reverse("funding:scenario", args=[made.approval.scenario_id])),
            _(
                " points of risk (FEMA's product of asset value, threat and vulnerability, from 1 to "
                "1,000 a risk). Where no finding is behind a work its own severity counts."
            ),
        ),
        _(
            "They were chosen among all works that wait for money, so that what is left brings as much "
            "safety as the rules of the awards allow. Without the transfers the receiving lines could "
            "not pay all of these works, and what is not used by the award's last day lapses."
        )
        if made.needs_of(award)
        else _(
            "They were chosen among all works that wait for money, so that what is left brings as much "
            "safety as the rules of the awards allow."
        ),
    )


def _period(made: Approved, award: Any) -> Part:
    days = [
        made.chosen[one.work.reference].told["lead_days"]
        for one in made.of_award(award)
        if one.work.reference in made.chosen
    ]
    if not days:
        return prose("period", _("Period"), _("No work of this award stands any more."))
    last: date = made.plan.on + timedelta(days=max(days))
    told = {"last": long_date(last), "end": long_date(award.end), "days": max(days)}
    return prose(
        "period",
        _("Period"),
        _(
            "The longest of the works takes %(days)s days from the plan's day, until %(last)s. The award "
            "ends on %(end)s. No more time is asked for."
        )
        % told
        if last <= award.end
        else _(
            "The longest of the works takes %(days)s days from the plan's day, until %(last)s, and the "
            "award ends on %(end)s: more time has to be asked for as well."
        )
        % told,
    )
