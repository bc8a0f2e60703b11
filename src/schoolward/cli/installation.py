"""Bringing the installation up for a command: data folder, Django, and the database if there is none."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Set
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.cli.terminal import say

if TYPE_CHECKING:
    from schoolward.platform.access.viewer import Viewer

DATA_FOLDER = "SCHOOLWARD_DATA_DIR"
_NO_COMPILER = "SCHOOLWARD_NO_NUMBA"


def start(*, database: bool = True, compiled: bool = True) -> None:
    """Set Django up; with ``database`` make the tables where there are none, and refuse ones out of date.

    Without ``compiled`` loops over street networks run as plain Python in this process: the few plans of the
    demonstration take less than compiling for the first time. Raises :class:`CommandError`.
    """
    _check_data_folder()
    if not compiled:
        _leave_loops_uncompiled()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
    import django

    django.setup()
    _look_for_garbage_less_often()
    if database:
        check_tables()


def _leave_loops_uncompiled() -> None:
    """Let this process, and none that it starts, do without the compiler."""
    before = os.environ.get(_NO_COMPILER)
    os.environ[_NO_COMPILER] = "1"
    from schoolward.analysis.routing import compiling  # noqa: F401 - asks once, when it is imported

    if before is None:
        del os.environ[_NO_COMPILER]
    else:
        os.environ[_NO_COMPILER] = before


def _look_for_garbage_less_often() -> None:
    """Leave out what was read in, which stays until the end, and look through the rest more rarely.

    Migrating and loading the demonstration make so many objects that last, that looking through them is a
    third of the processor's time otherwise.
    """
    if not gc.get_freeze_count():  # once a process
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)


def read_settings() -> None:
    """Read the settings and set up the log, and nothing else: no models, no tables.

    For a process that must be there within a second of its start; `start` reads every domain, which takes
    several times as long. Raises :class:`CommandError`.
    """
    _check_data_folder()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
    from logging.config import dictConfig

    from django.conf import settings

    # Without Django's own defaults, which concern requests and read half of Django.
    dictConfig(settings.LOGGING)


def has_own_tables(applied: Set[tuple[str, str]]) -> bool:
    """Whether these changes to the tables (app, name) are those of this version, as far as they are ours.

    It compares names with files and reads no models. Where it says no, `check_tables` says what is wrong.
    """
    import schoolward

    own = {
        (file.parents[1].name, file.stem)
        for depth in ("*", "*/*")
        for file in Path(schoolward.__path__[0]).glob(f"{depth}/migrations/[0-9]*.py")
    }
    labels = {label for label, _name in own}
    return own == {(label, name) for label, name in applied if label in labels}


def now() -> datetime:
    """The time, read here at the edge and handed on."""
    from django.utils import timezone

    return timezone.now()


def today() -> date:
    """The day that commands reckon from: that of the pages which `run` serves from this database.

    A database with the demonstration stands still at its day, unless the settings say otherwise.
    """
    from schoolward.platform.demo import clock
    from schoolward.platform.demo.actions import is_loaded
    from schoolward.platform.demo.clock import DEMONSTRATION_DAY

    if "SCHOOLWARD_DEMO" not in os.environ and is_loaded():
        return DEMONSTRATION_DAY
    return clock.today(now())


def operator() -> Viewer:
    """Whoever runs a command on the machine acts as the system itself."""
    from schoolward.platform.access.viewer import Viewer

    return Viewer.system(at=now())


def moment() -> datetime:
    """The moment at which a command acts: now, or in the demonstration the one that its pages act at.

    With another time of day, what a command did in the demonstration would lie after what is done on a page
    later on.
    """
    from datetime import datetime

    from django.utils import timezone

    from schoolward.platform.access.clock import MORNING

    local, day = timezone.localtime(now()), today()
    if day == local.date():
        return local
    return datetime.combine(day, MORNING, tzinfo=timezone.get_default_timezone())


def person(email: str) -> Viewer:
    """Somebody with an account, in whose name a command acts: two persons stand behind some decisions.

    The name that is kept says that it was done by a command. Raises :class:`CommandError`.
    """
    from dataclasses import replace

    from schoolward.platform.access.models import Membership
    from schoolward.platform.access.queries import viewer_for

    at = now()
    rows = Membership.objects.live(at).filter(account__email__iexact=email, account__is_active=True)
    membership = rows.select_related("account", "agency").order_by("pk").first()
    if membership is None:
        raise CommandError(
            f"No live membership belongs to {email}; see `schoolward accounts list`.", ExitCode.NOT_FOUND
        )
    found = viewer_for(membership, at=at)
    return replace(found, account_name=f"{found.account_name} (by a command)")


def migrate() -> int:
    """Make or change the tables to those of this version, and return how many changes were made."""
    from django.core.management import call_command

    from schoolward.platform.health import database

    _check_version()
    with _one_at_a_time():
        pending = database.pending_migrations()
        if pending:
            call_command("migrate", verbosity=0, interactive=False)
    return len(pending)


def _check_data_folder() -> None:
    """Refuse a data folder that cannot be made or written to, before the settings trip over it."""
    folder = Path(os.environ.get(DATA_FOLDER) or "var").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"The data folder {folder} cannot be made ({error.strerror}); set {DATA_FOLDER} to another.",
            ExitCode.NOT_READY,
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CommandError(
            f"The data folder {folder} cannot be written to; set {DATA_FOLDER} to another.",
            ExitCode.NOT_READY,
        )


def check_tables() -> None:
    """Make the tables where there are none, and refuse ones out of date. Raises :class:`CommandError`."""
    from schoolward.platform.health import database
    from schoolward.platform.health.wording import counted

    _check_version()
    if not database.is_made():
        say("Making the database …")
        migrate()
        return
    if pending := database.pending_migrations():
        raise CommandError(
            f"The database is {counted(len(pending), 'change')} behind this version; make a backup, then run "
            "`schoolward manage migrate`.",
            ExitCode.NOT_READY,
        )
    _warn_of_a_lost_tail()


def _check_version() -> None:
    """Refuse a database that a newer version has changed, and one that is to be made where one was lost."""
    from schoolward.platform.audit import guard
    from schoolward.platform.health import database

    if not database.is_made():
        if lost := guard.lost_database():
            raise CommandError(lost, ExitCode.NOT_READY)
    elif unknown := database.unknown_migrations():
        raise CommandError(
            f"The database is of a newer version; this one does not know {', '.join(unknown[:3])}. Run the "
            "newer version, or put back the backup from before it.",
            ExitCode.NOT_READY,
        )


def _warn_of_a_lost_tail() -> None:
    from schoolward.platform.audit import guard

    if lost := guard.lost_tail():
        say(f"warning: {lost}")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two commands that find no database at the same moment must not both make it."""
    import fcntl

    from django.conf import settings

    with (Path(settings.DATA_DIR) / "migrate.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
