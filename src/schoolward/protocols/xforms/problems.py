"""What is wrong with a form, or worth knowing about it, in words for the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class FormProblem:
    """One reason why a form cannot be used: what is wrong, where, and how to mend it.

    ``where`` is e.g. ``/data/x (constraint)``, ``line 3, column 7`` or ``survey, row 12, column type``.
    """

    what: str
    where: str = ""
    mend: str = ""

    def __str__(self) -> str:
        """One line: where, what, mend."""
        told = f"{self.where}: {self.what}" if self.where else self.what
        return f"{told} {self.mend}".rstrip()

    def as_json(self) -> dict[str, str]:
        """The three texts by name."""
        return asdict(self)


class FormRefused(Exception):
    """A form that cannot be used. ``problems`` has at least one, in the order of the form."""

    def __init__(self, problems: Iterable[FormProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class FormWarning:
    """Something that works here and may not elsewhere, or that the writer may not have meant."""

    code: str
    where: str
    text: str

    def as_json(self) -> dict[str, str]:
        """The three texts by name."""
        return asdict(self)
