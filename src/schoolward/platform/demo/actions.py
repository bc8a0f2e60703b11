"""Loading the demonstration district, and clearing an installation that holds nothing else."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from schoolward.platform.access.clock import DEMONSTRATION_DAY
from schoolward.platform.access.models import Account
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit import anchor
from schoolward.platform.audit.actions import record
from schoolward.platform.demo import contents
from schoolward.platform.demo.registry import SeedContext, all_seeds


class NotADemonstration(Exception):
    """The installation holds what the demonstration did not make: it is not ours to clear. Says what."""


def load(*, by: Viewer, at: datetime, told: Callable[[str], None], set_aside: Sequence[str] = ()) -> None:
    """Run every seed in one transaction; ``told`` hears one sentence a seed. All of it or nothing.

    ``set_aside`` names what was there before, for whoever looks for it in the audit.
    """
    with transaction.atomic():
        for title, run in all_seeds():
            context = SeedContext(by, at, DEMONSTRATION_DAY, zlib.crc32(title.encode()))
            told(f"{title}: {run(context)}")
        record(
            contents.LOADED,
            by=by,
            at=at,
            subject="demo:district",
            detail={"seeds": len(all_seeds()), "set_aside": list(set_aside)},
        )


def is_loaded() -> bool:
    """Whether somebody can sign in as one of the demonstration's accounts."""
    return Account.objects.filter(is_demonstration=True).exists()


def clear() -> None:
    """Remove a demonstration's database, anchor and stored files, and make the database anew.

    Raises :class:`NotADemonstration` where anything else is there. The database is dropped rather than
    emptied, because the audit's triggers refuse deletion.
    """
    found = contents.of_others()
    if found:
        raise NotADemonstration(found)
    if connection.vendor == "sqlite":
        for file in _files_of_sqlite():
            file.unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    anchor.path().unlink(missing_ok=True)
    for folder in (settings.FILES_DIR, settings.NETWORKS_DIR):
        shutil.rmtree(folder, ignore_errors=True)
    call_command("migrate", verbosity=0, interactive=False)


def set_aside(*, at: datetime) -> list[str]:
    """Give database, anchor and stored files another name, make the database anew, and return the new names.

    Nothing is read and nothing is deleted: what is there may be of another version, or damaged.
    """
    mark = f"until-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    kept = [_set_database_aside(mark)]
    for path in (anchor.path(), Path(settings.FILES_DIR), Path(settings.NETWORKS_DIR)):
        if path.exists():
            kept.append(str(path.rename(path.with_name(f"{path.name}.{mark}"))))
    call_command("migrate", verbosity=0, interactive=False)
    return [name for name in kept if name]


def _set_database_aside(mark: str) -> str:
    if connection.vendor == "sqlite":
        database, *beside = _files_of_sqlite()
        if not database.exists():
            return ""
        aside = database.with_name(f"{database.name}.{mark}")
        for file in beside:  # what is not in the database's own file yet is found again by its name
            if file.exists():
                file.rename(f"{aside}{file.name.removeprefix(database.name)}")
        return str(database.rename(aside))
    schema = mark.replace("-", "_").lower()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {connection.ops.quote_name(schema)}")
        cursor.execute("CREATE SCHEMA public")
    return f"schema {schema}"


def _files_of_sqlite() -> list[Path]:
    """The database's file and those beside it, with nobody of this process holding them open."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    return [Path(name + suffix) for suffix in ("", "-wal", "-shm")]
