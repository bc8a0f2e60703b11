"""The pages of grants know what approved plans have set aside, and say where a line has too little for it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.funding import queries
from schoolward.domains.funding.models import Approval
from schoolward.domains.grants import hooks
from schoolward.domains.grants.models import Award, Entry
from schoolward.domains.grants.queries import standing
from schoolward.domains.grants.views.awards import lapse_sentence
from schoolward.domains.grants.wording import set_aside_of, whole
from schoolward.home.morning.blocks import Morning
from schoolward.home.morning.grants import grant_money
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.running import run
from schoolward.reports.plan_papers.approved import approved as approved_plan

from .standing import DAY

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: object) -> None:
    """Pages stand at September 6, 2012."""
    settings.DEMO = True  # type: ignore[attr-defined]


def test_a_forecast_says_what_of_it_is_set_aside(
    approved: Approval, award: Award, lead: Viewer, client_of: ClientOf, person: Callable[..., Viewer]
) -> None:
    """The same money as the board item of that day."""
    held = sum(one.cents for one in hooks.set_aside(lead, on=DAY) if one.award_id == award.pk)
    assert held == approved_plan(lead, DAY, pk=approved.pk).amount > 0
    told = set_aside_of(held, award.amount_cents)
    assert told == f"Of it {whole(held)} is set aside by an approved plan."
    assert "Of what is not spent" in set_aside_of(held, held - 1)
    stood = standing(award, on=DAY)
    assert lapse_sentence(stood, held=held) == f"{lapse_sentence(stood)} {told}"
    page = client_of("lead").get(reverse("grants:award", args=[award.key])).content.decode()
    assert told in page
    assert hooks.set_aside(person("evaluator", 7), on=DAY) == []
    late = date(2013, 9, 1)
    block = grant_money(Morning(viewer=lead, today=late, now=lead.at))
    assert block is not None
    assert any(told in line.detail for line in block.lines)


def test_an_entry_that_takes_set_aside_money_says_so(
    approved: Approval,
    post: Callable[..., Entry],
    award: Award,
    analyst: Viewer,
    lead: Viewer,
    client_of: ClientOf,
) -> None:
    free = {fund.key: fund.amount for fund in queries.funds_now(analyst, on=DAY).funds}["doors/E"]
    path, client = reverse("grants:entry_new", args=[award.key]), client_of("grants_analyst")
    page = reverse("grants:award", args=[award.key])
    assert "Set aside by approved plans: " in client.get(path).content.decode()
    post("obligation", free)
    assert "lack" not in client.get(page).content.decode()
    fields = {"kind": "obligation", "on": "2012-09-03", "description": "Recorders"}
    line = award.lines.get(code="E")
    made = client.post(path, {**fields, "line_id": line.pk, "amount_cents": "864.60"}, follow=True)
    assert "Line E now has $864.60 less than an approved plan" in made.content.decode()
    sent = client.post(
        f"/api/v1/grants/{award.key}/entries",
        {**fields, "line": "E", "amount_cents": 1_00},
        content_type="application/json",
    )
    assert (sent.status_code, "$865.60 less" in sent.json()["warning"]) == (201, True)
    assert "Its lines lack $865.60" in client.get(page).content.decode()
    block = grant_money(Morning(viewer=lead, today=DAY, now=lead.at))
    assert block is not None
    (lacking,) = [line for line in block.lines if line.label == "Lacks money"]
    assert (lacking.text, "doors/E" in lacking.detail) == ("Approved works lack $865.60", True)


def test_an_entry_that_leaves_enough_says_nothing(
    approved: Approval, award: Award, client_of: ClientOf
) -> None:
    sent = client_of("grants_analyst").post(
        f"/api/v1/grants/{award.key}/entries",
        {"kind": "obligation", "on": "2012-09-03", "description": "X", "line": "E", "amount_cents": 1_00},
        content_type="application/json",
    )
    assert (sent.status_code, sent.json()["warning"]) == (201, "")


def test_a_file_that_takes_set_aside_money_says_so(approved: Approval, award: Award, analyst: Viewer) -> None:
    free = {fund.key: fund.amount for fund in queries.funds_now(analyst, on=DAY).funds}["doors/E"]
    head = "id,award,line,kind,amount,on,description\n"

    def warnings(*cents: int) -> list[str]:
        rows = "".join(
            f"{one}-{number},{award.key},E,obligation,{one / 100:.2f},2012-09-03,Recorders\n"
            for number, one in enumerate(cents)
        )
        file = io.BytesIO((head + rows).encode())
        report = run("grant-ledger", file, by=analyst, at=analyst.at, dry_run=True)
        assert report.rejected == []
        return report.warnings

    assert warnings(free) == []
    (told,) = warnings(free, 4_00, 2_50)
    assert told.startswith(f"{award.key}: Line E now has $6.50 less than an approved plan")
