"""Why a piece of work cannot be changed that way, each with what to do about it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from schoolward.platform.measures.period import EARLIEST, LATEST


class WorkRefused(Exception):
    """The base of every refusal that the person can mend. ``field`` names the form field that it is about."""

    field = ""


class ReasonMissing(WorkRefused):
    """The move needs a reason."""

    field = "reason"

    def __init__(self) -> None:
        super().__init__(_("Give a reason: whoever reads this later needs to know why."))


class EvidenceMissing(WorkRefused):
    """Nothing is verified without evidence."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "There is no evidence since this work was last opened. Add a photograph, a document, a "
                "measurement or a note first."
            )
        )


class SamePerson(WorkRefused):
    """Whoever did the work may not verify it, in whatever role."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You did this work yourself, so somebody else has to verify it. Ask the site lead or "
                "the safe-schools lead."
            )
        )


class PersonMissing(WorkRefused):
    """The move must name a person; the system itself cannot make it."""

    def __init__(self) -> None:
        super().__init__(_("This needs a person's own account. Sign in and do it on the work's page."))


class AmountWrong(WorkRefused):
    """An amount of money is missing or negative."""

    field = "amount"

    def __init__(self) -> None:
        super().__init__(_("Give the amount in dollars, 0 or more."))


class MoneySourceMissing(WorkRefused):
    """Money must come from somewhere."""

    field = "money_source"

    def __init__(self) -> None:
        super().__init__(_("Say where the money comes from: a grant, the site's budget, or “no cost”."))


class DateWrong(WorkRefused):
    """A date lies where it cannot."""

    def __init__(self, message: str, *, field: str = "due") -> None:
        self.field = field
        super().__init__(message)


class ReferenceTaken(WorkRefused):
    """Another piece of work has this reference."""

    field = "reference"

    def __init__(self, reference: str) -> None:
        super().__init__(
            _("Another piece of work has the reference %(reference)s. Leave it empty to get a new one.")
            % {"reference": reference}
        )


class NothingSaid(WorkRefused):
    """A note or a measurement without words."""

    field = "text"

    def __init__(self) -> None:
        super().__init__(_("Write what you saw or measured."))


class FileMissing(WorkRefused):
    """A photograph or a document without its file."""

    field = "file"

    def __init__(self) -> None:
        super().__init__(_("Add the photograph or the document itself, or choose “note” for words alone."))


class WorkClosed(WorkRefused):
    """Work that is verified or declined is not changed any more."""

    def __init__(self, state: str) -> None:
        super().__init__(
            _("This work is %(state)s. Re-open it with a reason before you change it.") % {"state": state}
        )


def check_year(day: date) -> None:
    """Raise ``DateWrong`` for a year that is no plausible one."""
    if not EARLIEST <= day <= LATEST:
        raise DateWrong(
            _("Check the year: it lies outside of %(first)d to %(last)d.")
            % {"first": EARLIEST.year, "last": LATEST.year}
        )
