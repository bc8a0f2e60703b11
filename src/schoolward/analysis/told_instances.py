"""Instances as JSON tells them: what solvers of the way to school share in reading one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any


class BadInstance(ValueError):
    """The instance cannot be used. `where` names the entry, the message says what is wrong and the mend."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}")
        self.where = where


def entries(told: object, known: Collection[str], needed: str) -> Mapping[str, Any]:
    """The entries of an instance, of which none is unknown. Raises BadInstance; `needed` says what it must
    hold."""
    if not isinstance(told, Mapping):
        raise BadInstance("file", f"must hold one object with {needed}.")
    unknown = sorted(set(map(str, told)) - set(known))
    if unknown:
        raise BadInstance(unknown[0], f"is not known. Known are {', '.join(sorted(known))}.")
    return told
