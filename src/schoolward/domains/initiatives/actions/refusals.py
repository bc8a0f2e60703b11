"""Why an initiative cannot be changed that way, each with what to do about it."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.domains.initiatives.models import Initiative


class InitiativeRefused(Exception):
    """The base of every refusal that the person can mend. ``field`` names the form field that it is about."""

    field = ""

    def __init__(self, message: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class OverrideUnjustified(InitiativeRefused):
    """A color other than the rule's needs a reason and evidence."""

    def __init__(self, *, field: str) -> None:
        super().__init__(
            _("The rule gives another color. To override it, give a reason and name the evidence."),
            field=field,
        )


class NotUnderWay(InitiativeRefused):
    """Only what is under way can be reported on."""

    def __init__(self, initiative: Initiative) -> None:
        super().__init__(
            _("“%(title)s” is not under way on that day. Start it first, or report on what it is part of.")
            % {"title": initiative.title}
        )


class InitiativeClosed(InitiativeRefused):
    """What is closed is not changed any more."""

    def __init__(self, closed_on: date) -> None:
        super().__init__(
            _("This was closed on %(day)s. Re-open it with a reason before you change it.")
            % {"day": date_format(closed_on, "F j, Y")}
        )


class NothingSaid(InitiativeRefused):
    """A text is missing."""

    def __init__(self, *, field: str) -> None:
        super().__init__(_("Say it in at least one sentence."), field=field)


class DateWrong(InitiativeRefused):
    """A date lies where it cannot."""
