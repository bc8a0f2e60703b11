"""``schoolward manage measure_reference FOLDER [--check]``: write the reference pages of measures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from schoolward.platform.measures import reference


class Command(BaseCommand):
    """Writes docs/reference/measures from the registry, or says what is out of date."""

    help = "Write one reference page for each measure, or check that the pages are current."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/reference/measures"))
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")

    def handle(self, *args: Any, folder: Path, check: bool, **options: Any) -> None:
        if check:
            if names := reference.stale(folder):
                raise CommandError(f"out of date: {', '.join(names)}; run without --check")
            self.stdout.write("The reference pages are current.")
            return
        for path in reference.write(folder):
            self.stdout.write(str(path))
