"""The table of wards, the rows and the people of the worlds; made once for a module."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from domain.access.protected.comparing import Stage, set_stage
from domain.access.protected.ward import POLICY, RETAINED, Ward, make_table
from schoolward.platform.access import policy, references
from schoolward.platform.access.retention import registry


@pytest.fixture(scope="session")
def ward_table(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Made outside of any test's transaction, as a migration makes one."""
    with django_db_blocker.unblock():
        make_table()


@pytest.fixture(scope="module")
def wards(ward_table: None, shared_rows: None, django_db_blocker: DjangoDbBlocker) -> Stage:
    with django_db_blocker.unblock():
        return set_stage()


@pytest.fixture
def stage(wards: Stage, db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The people and rows, with the table's policy registered."""
    known: dict[str, Any] = {**policy._policies, "access.Ward": POLICY}
    monkeypatch.setattr(policy, "_policies", known)
    monkeypatch.setitem(registry._retained, "access.Ward", RETAINED)
    models = {**references.protected_models(), "access.Ward": Ward}
    for module in (
        "references",
        "sealing",
        "sharing",
        "retention.due",
        "retention.disposals",
        "retention.carrying_out",
        "retention.holds",
    ):
        target = f"schoolward.platform.access.{module}.protected_models"
        monkeypatch.setattr(target, lambda: models, raising=False)
    return wards
