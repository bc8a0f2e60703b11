"""Loading the demonstration district, and clearing an installation that holds nothing else."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit import anchor
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.registry import SeedContext, all_seeds

DEMONSTRATION_DAY = date(2012, 9, 6)  # the day of the board meeting that the partnership's paper is for


class HoldsRealAccounts(Exception):
    """The installation has accounts that are not the demonstration's: it is not ours to clear."""


def is_empty() -> bool:
    """Whether nobody has an account yet."""
    return not Account.objects.exists()


def load(*, by: Viewer, at: datetime, told: Callable[[str], None]) -> None:
    """Run every seed in one transaction; ``told`` hears one sentence a seed. All of it or nothing."""
    with transaction.atomic():
        for title, run in all_seeds():
            context = SeedContext(by, at, DEMONSTRATION_DAY, zlib.crc32(title.encode()))
            told(f"{title}: {run(context)}")
        record("demo.loaded", by=by, at=at, subject="demo:district", detail={"seeds": len(all_seeds())})


def is_loaded() -> bool:
    """Whether somebody can sign in as one of the demonstration's accounts."""
    return Account.objects.filter(is_demonstration=True).exists()


def clear() -> None:
    """Remove the whole database, its anchor and stored files, and make the database anew.

    Raises :class:`HoldsRealAccounts` when an account exists that the demonstration did not make. The
    database is dropped rather than emptied, because the audit's triggers refuse deletion.
    """
    has_accounts = "access_account" in connection.introspection.table_names()
    if has_accounts and Account.objects.filter(is_demonstration=False).exists():
        raise HoldsRealAccounts
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    anchor.path().unlink(missing_ok=True)
    shutil.rmtree(settings.FILES_DIR, ignore_errors=True)
    call_command("migrate", verbosity=0, interactive=False)
