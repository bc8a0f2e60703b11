"""Why something cannot be done that way, each with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_MOST_TOLD = 8
"""So many faults are told at once."""


class AssessmentRefused(Exception):
    """Something that the person can mend. ``field`` names the form field that it is about."""

    def __init__(self, message: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class WalkClosed(AssessmentRefused):
    """The walk was submitted: its answers do not change any more."""

    def __init__(self) -> None:
        super().__init__(
            _("This walk was submitted already. What it found is on the page of the assessment.")
        )


class NotTheAssessor(AssessmentRefused):
    """Only the one who walks answers."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else walks this one. Each assessor answers for the own walk alone."))


class AnswerConflict(AssessmentRefused):
    """The same number came with another content."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _(
                "The answer to %(code)s carries the number of another answer. Load the page anew and answer "
                "it again."
            )
            % {"code": code}
        )


class DevicesDiffer(AssessmentRefused):
    """Devices say different things of one walk, and nobody has decided yet."""

    def __init__(self, count: int) -> None:
        super().__init__(
            ngettext(
                "Two devices say different things of %(n)d question. Decide it, then hand the walk in.",
                "Two devices say different things of %(n)d questions. Decide them, then hand the walk in.",
                count,
            )
            % {"n": count}
        )
        self.count = count


class FillingConflict(AssessmentRefused):
    """The walk has another filled form, or the form's number stands for another content."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This walk has another filled form already, and it stays. Ask for a re-inspection where "
                "something has to be looked at again."
            )
        )


class FormNotFinished(AssessmentRefused):
    """The walk's own form has questions whose answer is missing or not allowed. ``faults`` are in words."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        told = "\n".join(faults[:_MOST_TOLD])
        more = len(faults) - _MOST_TOLD
        if more > 0:
            told += "\n" + ngettext("… and %(n)d more.", "… and %(n)d more.", more) % {"n": more}
        super().__init__(_("The form is not finished. Mend this first:") + "\n" + told)
