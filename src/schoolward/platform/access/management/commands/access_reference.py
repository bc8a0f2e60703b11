"""``schoolward manage access_reference [FILE]``: write the reference page of permissions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from schoolward.platform.access.reference import permissions_page


class Command(BaseCommand):
    """Writes ``docs/reference/permissions.md``."""

    help = "Write the reference page of permissions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="docs/reference/permissions.md", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        options["file"].write_text(permissions_page())
