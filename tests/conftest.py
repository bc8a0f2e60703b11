"""Fixtures that every part's tests share."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, global_settings
from django.db import connection, transaction
from django.test import Client, SimpleTestCase, TransactionTestCase, override_settings
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from tests import migrated

from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import deletion, standing
from schoolward.platform.audit import wall
from schoolward.platform.demo.clock import DEMONSTRATION_DAY
from schoolward.platform.demo.registry import SeedContext

# A property is true or false; how long a busy machine takes over an example is neither.
hypothesis_settings.register_profile(
    "schoolward", parent=hypothesis_settings.get_profile("default"), deadline=None
)
hypothesis_settings.load_profile("schoolward")

# Thousands of tests and all modules are there until the end: to look through them for garbage at every turn
# takes a fifth of the processor's time.
gc.set_threshold(100_000, 20, 100)

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_PROCESSES = ("tests/unit/", "tests/property/", "tests/contract/test_import_contracts.py")
QUICK_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"
NOW = datetime(2012, 9, 6, 19, 0, tzinfo=UTC)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests in which no database has a part: a second database gives them nothing new to prove.

    Of the folders named; elsewhere a test may start a process that opens one. In these, pytest-django refuses
    the database to whoever has not asked for it.
    """
    for item in items:
        if item.nodeid.startswith(WITHOUT_PROCESSES) and not _asks_for_a_database(item):
            item.add_marker("no_database")


def pytest_collection_finish() -> None:
    """From here on, what was collected is not looked through for garbage."""
    gc.collect()
    gc.freeze()


def _asks_for_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    is_of_django = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    return bool(fixtures) or is_of_django or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Let the test database begin as a copy of the migrated one; Django finds no migration to run."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated.postgresql_template(
            os.environ["DATABASE_URL"]
        )
        yield
        return
    # A database in memory lasts as long as somebody is connected.
    name = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(name, uri=True)) as in_memory:
        with closing(sqlite3.connect(migrated.sqlite_file())) as file:
            file.backup(in_memory)
        yield


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave nothing on the server, whose it may be."""
    server = os.environ.get("DATABASE_URL", "")
    if server.startswith("postgres") and not hasattr(session.config, "workerinput"):
        migrated.drop_postgresql_template(server)


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


def settings_of_tests(folder: Path) -> dict[str, Any]:
    """What differs from an installation's settings: no test writes into an installation's folder."""
    return {
        "DATA_DIR": folder,
        "FILES_DIR": folder / "files",
        "NETWORKS_DIR": folder / "networks",
        "STATIC_ROOT": folder,  # WhiteNoise warns of a folder that is not there
        "AUDIT_ANCHOR": folder / "audit-anchor",
        # `force_login` stands for a whole sign-in; tests of the second factor turn it on again.
        "SECOND_FACTOR_REQUIRED": False,
        # That a password takes long to try is Django's to prove. The slow way is still known, to read by.
        "PASSWORD_HASHERS": [QUICK_HASHER, *global_settings.PASSWORD_HASHERS],
    }


@pytest.fixture(autouse=True)
def _own_data_folder(settings: LazySettings, tmp_path: Path) -> None:
    """Files and the audit anchor of a test go to ``tmp_path``."""
    for name, value in settings_of_tests(tmp_path).items():
        setattr(settings, name, value)


@pytest.fixture(scope="module")
def shared_rows(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Let fixtures of a module write once what all its tests find; gone after the last of them.

    Each test's own transaction (``db``, never ``transactional_db``) is a savepoint within this one.
    """
    within = transaction.atomic()
    within._from_testcase = True  # type: ignore[attr-defined]  # as Django's own TestCase marks its transaction
    with override_settings(**settings_of_tests(tmp_path_factory.mktemp("shared-rows"))):
        with django_db_blocker.unblock():
            within.__enter__()
        yield
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            within.__exit__(None, None, None)


@pytest.fixture(scope="module")
def seeding() -> SeedContext:
    """What seeds are given that fill ``shared_rows``: who acts, when, and the demonstration's day."""
    return SeedContext(Viewer.system(at=NOW, name="test"), NOW, DEMONSTRATION_DAY)


@pytest.fixture(scope="session", autouse=True)
def _wall_opens_for_emptying() -> Iterator[None]:
    """Emptying the test database after a transactional test is the one deletion that the walls let by."""
    empty = TransactionTestCase._fixture_teardown

    def empty_with_the_wall_down(case: TransactionTestCase) -> None:
        wall.tear_down(connection)
        protected = standing.protected()
        for model in protected:
            deletion.tear_down(connection, model._meta.db_table)
        try:
            empty(case)
        finally:
            wall.build(connection)
            for model in protected:
                standing.guard_deletion(connection, model._meta.db_table, model._meta.label)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_with_the_wall_down)
        yield
