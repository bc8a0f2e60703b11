"""Every role, relation, purpose, field, agreement, seal, consent and emergency, against the oracle."""

from __future__ import annotations

import pytest
from django.db import connection

from domain.access.protected.comparing import (
    Count,
    Stage,
    begin,
    differences,
    differences_of_the_wall,
)
from domain.access.protected.oracle import FIELDS, World
from domain.access.protected.worlds import EVERYBODY, ROWS, WORLDS

GOAL = 10_000


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_nobody_sees_more_or_less_than_the_rules_say(world: World, stage: Stage) -> None:
    begin(world, stage)
    count = Count()
    assert list(differences(world, stage, count)) == []
    assert count.decisions * len(WORLDS) >= GOAL


def test_the_cases_are_as_many_as_they_should_be() -> None:
    assert len(WORLDS) * len(EVERYBODY) * len(ROWS) * len(FIELDS) >= GOAL


@pytest.mark.postgresql
@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_the_database_itself_lets_by_what_the_rules_say(world: World, stage: Stage) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no row-level security")
    begin(world, stage)
    assert list(differences_of_the_wall(world, stage)) == []
