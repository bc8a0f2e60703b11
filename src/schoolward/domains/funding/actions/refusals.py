"""Why something of funding cannot be done that way, each with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from schoolward.domains.funding.wording import obstacles_in_words

if TYPE_CHECKING:
    from schoolward.domains.funding.queries import Obstacle


class FundingRefused(Exception):
    """The base of every refusal that the person can mend. ``field`` names the form field that it is about."""

    field = ""

    def __init__(self, message: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class ReasonMissing(FundingRefused):
    """What is said by a person instead of a default needs a reason."""

    def __init__(self) -> None:
        super().__init__(_("Give a reason: whoever reads this later needs to know why."), field="reason")


class PersonMissing(FundingRefused):
    """Two persons stand behind an approval; the system itself is none."""

    def __init__(self) -> None:
        super().__init__(_("This needs a person's own account. Sign in, or name the account."))


class SamePerson(FundingRefused):
    """Whoever asked for a scenario may not approve it."""

    def __init__(self) -> None:
        super().__init__(_("You asked for this scenario yourself, so somebody else has to approve it."))


class NotTrueAnyMore(FundingRefused):
    """The ledger or the work has overtaken a scenario. ``obstacles`` holds everything that has."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        self.obstacles = tuple(obstacles)
        told = " ".join(obstacles_in_words(self.obstacles))
        super().__init__(
            _("This scenario is not true any more. %(told)s Make a new plan, and ask again.") % {"told": told}
        )
