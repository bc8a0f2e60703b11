"""``migrate``, which makes an empty SQLite database from the structure file and then adds what is missing."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from schoolward.platform.structure.making import make

_NARROWED = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune")
"""Options by which something else is asked than to have all tables."""


class Command(migrate.Command):
    """Django's command; where there is nothing to change it does not work out how the tables came about."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--by-migrations",
            action="store_true",
            help="Make an empty database by the migrations alone, without the structure file.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by_migrations = options.pop("by_migrations", False)
        if not by_migrations and not any(options.get(name) for name in _NARROWED):
            made = make(connections[options["database"]], settings.STRUCTURE_FILE)
            if made and options["verbosity"] >= 1:
                self.stdout.write(f"Made the tables from {settings.STRUCTURE_FILE.name}.")
            # Who listens is also told by Django which models have changed since the last migration.
            if (made or options["verbosity"] == 0) and _is_complete(options):
                self._tell_all_is_there(options)
                return
        super().handle(*args, **options)

    def _tell_all_is_there(self, options: dict[str, Any]) -> None:
        """Tell those who wait for the end of a migration (permissions, names of the models).

        Django would first make every model anew, as it was before and as it is now: seconds for the same.
        """
        told = (options["verbosity"], options["interactive"], options["database"])
        emit_pre_migrate_signal(*told, stdout=self.stdout, apps=apps, plan=[])
        emit_post_migrate_signal(*told, stdout=self.stdout, apps=apps, plan=[])


def _is_complete(options: dict[str, Any]) -> bool:
    """Whether no migration is pending, nor an app without migrations to be made."""
    executor = MigrationExecutor(connections[options["database"]])
    if options["run_syncdb"] and executor.loader.unmigrated_apps:
        return False
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
