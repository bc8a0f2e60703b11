"""What the board paper's money sections tell of approved plans."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from schoolward.domains.funding import actions
from schoolward.domains.funding.models import Approval
from schoolward.platform.access.viewer import Viewer
from schoolward.reports.board_summary.report import BOARD_SUMMARY
from schoolward.reports.composing import Composer

from .standing import DAY, allocation

pytestmark = pytest.mark.django_db


def words_of(name: str, on: date) -> str:
    composer = Composer(on, blocks=BOARD_SUMMARY.blocks)
    return json.dumps(composer.compose_one("budget", "Budget", f"[[show: {name}]]"))


def test_the_board_paper_names_what_was_approved(approved: Approval, lead: Viewer, at: datetime) -> None:
    for name in ("grants", "grants-lapsing"):
        told = words_of(name, DAY)
        assert "Plans that were approved this school year keep " in told
        assert "$135,000" in told
        assert f"plan {approved.scenario.plan_id}, September 6." in told
        assert "What is left in fall" not in told  # a title is what somebody typed
        assert "were approved this school year" not in words_of(name, DAY - timedelta(days=1))
    for reference in ("W-GATE", "W-DOORS", "W-LIGHTS"):
        actions.withdraw(allocation_id=allocation(reference).pk, reason="No bids", by=lead, at=at)
    assert "were approved this school year" not in words_of("grants", DAY)
