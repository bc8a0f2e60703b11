"""Cases are ended many at a time in the demonstration, and nowhere else."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.domain.alarms.conftest import Person

from schoolward.domains.alarms.models import Case, CaseState
from schoolward.domains.alarms.seed.disposing import Ending, NotInvented, dispose


def test_real_cases_are_never_ended_in_bulk(case: Case, person: Person, at: datetime) -> None:
    with pytest.raises(NotInvented):
        dispose([Ending(case.pk, "false", "hvac")], by=person("alarm_operator"), at=at)
    case.refresh_from_db()
    assert case.state == CaseState.WAITING
