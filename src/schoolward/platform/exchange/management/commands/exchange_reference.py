"""``schoolward manage exchange_reference [FILE]``: write the reference page of tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from schoolward.platform.exchange.reference import tables_page


class Command(BaseCommand):
    """Writes ``docs/reference/tables.md``."""

    help = "Write the reference page of tables that come in and go out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="docs/reference/tables.md", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        options["file"].write_text(tables_page(), encoding="utf-8")
