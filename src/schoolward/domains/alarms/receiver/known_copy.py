"""The last-known copy of lines and accounts, for a receiver that starts while the database does not answer.

Panels' keys are in it, so it is sealed with the installation's secret, piece by piece: nobody reads it or
puts an account into it who could not do that in the database. It is written anew, whole, when something
changed, and replaces the old one in one step.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from schoolward.domains.alarms.keys import KeyNotUnsealed, seal, unseal
from schoolward.domains.alarms.receiver.storing.store import LineRow, SystemRow

FILE = "known-accounts"
_AT_ONCE = 1_000
_COLUMNS = 6
"""Of a system's row: all but the time of its change."""


class KnownCopy:
    """One file, shared by all receivers of a data folder."""

    def __init__(self, folder: Path, secret: str, name: str) -> None:
        self._path = folder / FILE
        self._new = folder / f"{FILE}.{name}"
        self._secret = secret

    def write(self, lines: Sequence[LineRow], systems: Sequence[SystemRow]) -> None:
        """Replace the copy. Raises ``OSError``, after which the old one holds."""
        self._new.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            pieces = -(-len(systems) // _AT_ONCE)
            self._put(file, 0, {"lines": [list(line) for line in lines], "pieces": pieces})
            for number in range(pieces):
                rows = systems[number * _AT_ONCE : (number + 1) * _AT_ONCE]
                self._put(file, number + 1, [row[:_COLUMNS] for row in rows])
                time.sleep(0.001)  # the loop's turn: frames are answered meanwhile
            file.flush()
            os.fsync(file.fileno())
        self._new.replace(self._path)

    def read(self) -> tuple[list[LineRow], list[SystemRow]] | None:
        """What was known; ``None`` where there is no copy that this installation has made, whole."""
        try:
            pieces = list(self._pieces())
            head = pieces[0]
            rows = [row for piece in pieces[1:] for row in piece]
            if head["pieces"] != len(pieces) - 1:
                return None
            return [LineRow(*line) for line in head["lines"]], [SystemRow._make((*row, None)) for row in rows]
        except (OSError, KeyNotUnsealed, ValueError, TypeError, LookupError):
            return None

    def _put(self, file: Any, number: int, content: Any) -> None:
        file.write(seal(json.dumps([number, content], separators=(",", ":")), self._secret) + "\n")

    def _pieces(self) -> Iterator[Any]:
        with self._path.open(encoding="ascii") as file:
            for expected, line in enumerate(file):
                number, content = json.loads(unseal(line.rstrip("\n"), self._secret))
                if number != expected:
                    raise ValueError("a piece of the copy is not in its place")
                yield content
