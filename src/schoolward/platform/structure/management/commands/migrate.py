"""``migrate``, which makes an empty SQLite database from the structure file and then adds what is missing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from schoolward.platform.structure.making import make

_NARROWED = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune")
"""Options by which something else is asked than to have all tables."""


class Command(migrate.Command):
    """Django's command, which finds nothing to do where the file has made everything."""

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
        super().handle(*args, **options)
