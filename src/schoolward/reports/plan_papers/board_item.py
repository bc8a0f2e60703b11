"""The board item about an approved plan: what is recommended, what else was considered, and what it costs."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.analysis.portfolio import quality
from schoolward.domains.funding.telling import in_names, in_points
from schoolward.platform.access.viewer import Viewer
from schoolward.reports.content import long_date
from schoolward.reports.districts import district_name
from schoolward.reports.plan_papers.approved import Approved
from schoolward.reports.plan_papers.asking import Asking, asking
from schoolward.reports.plan_papers.board_tables import (
    alternatives,
    by_award_and_site,
    fiscal_impact,
    left_out,
)
from schoolward.reports.plan_papers.told import approval_url, cents, draft, prose, signature
from schoolward.reports.sheets.shape import Column, Part, Sheet, Value
from schoolward.reports.sheets.values import count, sentence, words


def board_item(made: Approved, *, by: Viewer) -> Sheet:
    """The item, by the records of the day."""
    askings = {award: asking(award, made.needs_of(award)) for award in made.awards}
    return Sheet(
        report="board-item",
        title=_("Board item"),
        subject=_("Use of what remains in the safety grants: the plan of %(day)s")
        % {"day": long_date(made.plan.on)},
        copy=f"plan-{made.plan.pk}",
        copy_name="",
        notice=draft(),
        as_of=made.on,
        district=district_name(),
        invented=made.approval.invented or any(award.invented_ledger for award in askings),
        parts=(
            _form(),
            _recommendation(made, list(askings.values())),
            _background(made),
            by_award_and_site(made),
            _goodness(made),
            alternatives(made, by),
            _fiscal(made, list(askings.values())),
            fiscal_impact(made),
            left_out(made),
            signature(True),
        ),
        about={"plan": str(made.plan.pk)},
    )


def _form() -> Part:
    told = (
        ("number", _("Agenda item"), words("________")),
        ("meeting", _("Meeting date"), words("________")),
        ("division", _("Division"), words(_("Accountability"))),
        ("kind", _("Type of item"), words(_("Action"))),
        ("submitted", _("Submitted by"), words(_("Safe-schools lead"))),
        ("approved", _("Approved by"), words(_("Superintendent"))),
    )
    columns = tuple(Column(name, label) for name, label, _value in told)
    return Part("form", _("The item"), columns, ({name: value for name, _l, value in told},), layout="facts")


def _sum(made: Approved, amount: int) -> Value:
    return cents(amount, approval_url(made))


def _works(made: Approved) -> Value:
    return count(made.works, approval_url(made))


def _recommendation(made: Approved, askings: list[Asking]) -> Part:
    sites = len({row.allocation.work.campus_id for row in made.rows})
    pieces: list[str | Value] = [_("Approve the use of "), _sum(made, made.amount), _(" of grants for ")]
    pieces += [_works(made), ngettext(" work", " works", made.works), _(" at ")]
    pieces += [count(sites, approval_url(made)), ngettext(" site", " sites", sites)]
    if made.match:
        pieces += [_(", with "), _sum(made, made.match), _(" of the district's match")]
    moved = sum(one.open for one in askings)
    if moved:
        pieces += [_(", and the transfer of "), _sum(made, moved), _(" between budget lines")]
        if any(one.is_needed for one in askings):
            pieces.append(_(", as far as the funders approve it"))
    return prose("recommendation", _("Recommendation"), sentence(*pieces, "."))


def _background(made: Approved) -> Part:
    told, url = made.plan.references, reverse("funding:plan", args=[made.plan.pk])
    waiting = list(told["candidates"].values())
    held = sum(fund["amount"] for fund in told["funds"].values() if not fund["no_part"])
    more = ""
    if made.withdrawn:
        more = ngettext(
            "%(count)s work was withdrawn since and is left out of the figures here.",
            "%(count)s works were withdrawn since and are left out of the figures here.",
            made.withdrawn,
        ) % {"count": made.withdrawn}
    return prose(
        "background",
        _("Background"),
        sentence(
            _("On %(day)s, ") % {"day": long_date(made.plan.on)},
            count(len(waiting), url),
            _(" accepted works waited for money. They would cost "),
            cents(sum(one["cost"] for one in waiting), url),
            _(" together. The grants under way had "),
            cents(held, url),
            _(" left that may pay such works."),
        ),
        _(
            "What brings most within the rules of the awards was computed: what each award may buy and "
            "where, how long a work takes against the award's last day, the match, what may move between "
            "lines, and what the scenario asked for. The lead approved it on %(day)s; another person had "
            "asked for it."
        )
        % {"day": long_date(made.approval.on)},
        more,
    )


def _goodness(made: Approved) -> Part:
    url = reverse("funding:scenario", args=[made.approval.scenario_id])
    answer, told = made.result.answer, made.plan.references
    return prose(
        "quality",
        _("How good it is, for certain"),
        sentence(
            _("The works above bring "),
            Value(made.points, f"{made.points:,.6g}", url),
            _(" points of risk that they stand against. As approved: "),
            Value(answer.objective, in_names(in_points(quality(answer)), told), url),
        ),
        _(
            "A point is one of FEMA's product of asset value, threat and vulnerability, each from 1 to 10. "
            "It ranks works; it is no probability. Two works against the same risk count it twice."
        ),
    )


def _fiscal(made: Approved, askings: list[Asking]) -> Part:
    needed = sum(one.open for one in askings if one.is_needed)
    pieces: list[str | Value] = [
        _("The grants pay "),
        _sum(made, made.amount),
        _(", and the district's match is "),
        _sum(made, made.match),
        _(". The item asks for nothing else of the general fund. Without the plan, "),
        _sum(made, made.amount),
        _(" would stay without a purpose, and what an award has not used by its last day lapses."),
    ]
    asked = (
        sentence(
            _("Transfers of "),
            _sum(made, needed),
            _(" need the funders' approval first; letters are drafted."),
        )
        if needed
        else _("No transfer needs a funder's approval.")
    )
    return prose("fiscal", _("Financial considerations"), sentence(*pieces), asked)
