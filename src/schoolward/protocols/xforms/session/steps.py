"""Paths of the steps of a filling session, and why a step is refused."""

from __future__ import annotations

import re

_STEP = re.compile(r"(?P<name>[^\[\]/]+)(?:\[(?P<position>\d+)\])?\Z")


class StepRefused(Exception):
    """A step that cannot be done; the message says why and what to do."""


def parse_path(path: str) -> list[tuple[str, int | None]]:
    """``/data/rep[2]/x`` as names with positions from 1. Raises :class:`StepRefused`."""
    if not path.startswith("/"):
        raise StepRefused(f"The path {path} does not begin with /; write it from the root on.")
    found = []
    for part in path[1:].split("/"):
        match = _STEP.match(part)
        if match is None:
            raise StepRefused(f"The path {path} cannot be read at '{part}'; positions look like rep[2].")
        position = match["position"]
        found.append((match["name"].rpartition(":")[2], None if position is None else int(position)))
    return found
