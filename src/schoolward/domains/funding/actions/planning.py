"""Making a plan of a day, and asking scenarios of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.portfolio import as_json
from schoolward.domains.funding.actions.questions import Question, check_question
from schoolward.domains.funding.actions.recording import audit, happened, locked, of_every_site
from schoolward.domains.funding.actions.refusals import FundingRefused
from schoolward.domains.funding.models import Plan, Scenario
from schoolward.domains.funding.queries import snapshot_now
from schoolward.platform.access.viewer import Viewer

LONGEST_TITLE = 200


@transaction.atomic
def make_plan(*, title: str, by: Viewer, at: datetime, invented: bool = False) -> Plan:
    """Freeze what could be bought with what on the day. Raises ``FundingRefused`` where there is no fund or
    no candidate: the pages of both say why."""
    of_every_site(by, "funding.plan")
    title = _title(title)
    now = snapshot_now(by, on=timezone.localdate(at))
    if not now.instance.funds:
        raise FundingRefused(_("No award takes part in plans. Say first what an award may buy."))
    if not now.instance.candidates:
        raise FundingRefused(_("No accepted work waits for money. Accept work with an estimate first."))
    plan = Plan.objects.create(
        title=title,
        on=now.on,
        instance=as_json(now.instance),
        references=now.references(),
        invented=invented,
        **happened(by=by, at=at),
    )
    audit(
        "funding.plan_made",
        plan,
        by=by,
        funds=len(now.instance.funds),
        candidates=len(now.instance.candidates),
        cents=sum(fund.amount for fund in now.instance.funds),
    )
    return plan


@transaction.atomic
def add_scenario(
    *,
    plan_id: int,
    title: str,
    by: Viewer,
    at: datetime,
    question: Question | None = None,
    copied_from_id: int | None = None,
    invented: bool = False,
) -> Scenario:
    """Ask a question of a plan. It is not computed yet. Raises ``FundingRefused``."""
    plan = locked(Plan, plan_id, by=by, permission="funding.plan")
    asked = question or Question()
    check_question(asked, plan)
    title = _title(title)
    if plan.scenarios.filter(title=title).exists():
        raise FundingRefused(_("The plan has a scenario of this title. Choose another."), field="title")
    made = Scenario.objects.create(
        plan=plan,
        title=title,
        copied_from_id=copied_from_id,
        invented=invented,
        **asked.as_fields(),
        **happened(by=by, at=at),
    )
    audit("funding.scenario_asked", made, by=by, plan=plan.pk)
    return made


@transaction.atomic
def copy_scenario(
    *,
    scenario_id: int,
    by: Viewer,
    at: datetime,
    title: str = "",
    lock_in: Iterable[str] = (),
    lock_out: Iterable[str] = (),
    **changes: Any,
) -> Scenario:
    """Ask a scenario's question again with a change: works locked in or out, or any field of ``Question``.

    A work that is locked in is no longer locked out, and the other way round. Without a title it gets one
    that tells the change. Raises ``FundingRefused``.
    """
    scenario = locked(Scenario, scenario_id, by=by, permission="funding.plan")
    inside, outside = tuple(lock_in), tuple(lock_out)
    before = Question.of(scenario)
    question = replace(
        before,
        locked_in=tuple(one for one in (*before.locked_in, *inside) if one not in outside),
        locked_out=tuple(one for one in (*before.locked_out, *outside) if one not in inside),
    )
    return add_scenario(
        plan_id=scenario.plan_id,
        title=title.strip() or _free_title(scenario, inside, outside),
        question=replace(question, **changes),
        copied_from_id=scenario.pk,
        by=by,
        at=at,
    )


def _title(title: str) -> str:
    title = title.strip()
    if not title:
        raise FundingRefused(_("Give it a title."), field="title")
    if len(title) > LONGEST_TITLE:
        raise FundingRefused(
            _("Give it a title of at most %(most)s letters.") % {"most": LONGEST_TITLE}, field="title"
        )
    return title


def _free_title(scenario: Scenario, inside: tuple[str, ...], outside: tuple[str, ...]) -> str:
    changes = [_("with %(work)s") % {"work": one} for one in inside]
    changes += [_("without %(work)s") % {"work": one} for one in outside]
    base = ", ".join([scenario.title, *(changes or [_("again")])])[: LONGEST_TITLE - 6]
    taken = set(scenario.plan.scenarios.values_list("title", flat=True))
    titles = (base if number == 1 else f"{base} ({number})" for number in count(1))
    return next(one for one in titles if one not in taken)
