"""Faults of a set of several files, each by its file, row and column."""

from __future__ import annotations

from dataclasses import dataclass, field

from schoolward.protocols.delimited import Problem

MOST_FAULTS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Fault(Problem):
    """What is wrong in a file of the set. ``kept`` tells that its row was read all the same.

    ``value`` is blank wherever it might be of a child or a family.
    """

    file: str = ""
    kept: bool = False

    @property
    def place(self) -> str:
        """The file with the column, as people say it."""
        return f"{self.file} {self.column}".strip()


@dataclass(slots=True)
class Faults:
    """The faults of a set: the first 10,000 in words, and how many there are in all."""

    kept: list[Fault] = field(default_factory=list)
    total: int = 0

    def add(self, fault: Fault) -> None:
        """Note a fault."""
        self.total += 1
        if len(self.kept) < MOST_FAULTS_KEPT:
            self.kept.append(fault)
