"""What can go wrong in a report's life, in words that name the mend."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from schoolward.reports.models import Edition, State


class ReportError(Exception):
    """An anticipated refusal; its text is meant for the person who asked."""


class WrongState(ReportError):
    """The edition is not where this step starts."""

    def __init__(self, edition: Edition, wanted: Iterable[State]) -> None:
        names = " / ".join(str(state.label) for state in wanted)
        super().__init__(
            _("This edition is “%(is)s”; this step starts from “%(wanted)s”.")
            % {"is": edition.get_state_display(), "wanted": names}
        )


class UnfitDate(ReportError):
    """No figures can stand at this date: it is still to come, or no year of a school."""


class CannotPrint(ReportError):
    """The paper cannot be set: a text holds a character that its typefaces lack."""


def require_state(edition: Edition, *wanted: State) -> None:
    """Raise :class:`WrongState` unless the edition stands in one of these states."""
    if edition.state not in wanted:
        raise WrongState(edition, wanted)
