"""Fixtures that every part's tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import settings as hypothesis_settings

from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit import wall

# A property is true or false; how long a busy machine takes over an example is neither.
hypothesis_settings.register_profile(
    "schoolward", parent=hypothesis_settings.get_profile("default"), deadline=None
)
hypothesis_settings.load_profile("schoolward")

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2012, 9, 6, 19, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files that are not committed; tests that need it are skipped without it."""
    folder = Path(os.environ.get("SCHOOLWARD_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "SacramentocrimeJanuary2006.csv").exists():
        pytest.skip("the real data files are not on this machine")
    return folder


@pytest.fixture
def at() -> datetime:
    """The moment at which tests act: noon in Sacramento on the day of the board meeting."""
    return NOW


@pytest.fixture
def by(at: datetime) -> Viewer:
    """The system as actor."""
    return Viewer.system(at=at, name="test")


@pytest.fixture
def viewer(at: datetime) -> Callable[..., Viewer]:
    """Make a viewer of any role: ``viewer("lead")``, ``viewer("site_lead", campus_ids={3})``."""

    def make(
        role: str = Role.LEAD,
        *,
        campus_ids: set[int] | None = None,
        agency_id: int = 1,
        agency_kind: str = "district",
        purpose: str = "school_safety",
    ) -> Viewer:
        scope = None if campus_ids is None else frozenset(campus_ids)
        return Viewer(1, f"Test {role}", 1, agency_id, agency_kind, role, scope, purpose, at)

    return make


@pytest.fixture
def client_of(db: None, at: datetime) -> Callable[..., Client]:
    """Sign in as a new person: ``client_of("lead")``, ``client_of("site_lead", campuses=[campus])``."""

    def sign_in(role: str, *, campuses: list[Any] | None = None, agency_kind: str = "district") -> Client:
        agency, _made = Agency.objects.get_or_create(
            key=agency_kind, defaults={"name": agency_kind, "kind": agency_kind, "created_at": at}
        )
        number = Account.objects.count()
        # None of the people whom ``viewer`` makes up: these act as well.
        account = Account.objects.create_user(
            f"{role}-{number}@example.org", name=f"Test {role}", pk=101 + number
        )
        membership = Membership.objects.create(
            account=account, agency=agency, role=role, valid_from=date(2010, 9, 1), all_sites=campuses is None
        )
        membership.campuses.set(campuses or [])
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _own_data_folder(settings: LazySettings, tmp_path: Path) -> None:
    """No test writes into an installation's folder: files and the audit anchor go to ``tmp_path``."""
    settings.DATA_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path  # WhiteNoise warns of a folder that is not there
    settings.AUDIT_ANCHOR = tmp_path / "audit-anchor"
    # `force_login` stands for a whole sign-in; tests of the second factor turn it on again.
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture(scope="session", autouse=True)
def _wall_opens_for_emptying() -> Iterator[None]:
    """Emptying the test database after a transactional test is the one deletion that the audit lets by."""
    empty = TransactionTestCase._fixture_teardown

    def empty_with_the_wall_down(case: TransactionTestCase) -> None:
        wall.tear_down(connection)
        try:
            empty(case)
        finally:
            wall.build(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_with_the_wall_down)
        yield
