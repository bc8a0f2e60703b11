"""Why something cannot be entered that way, each with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.analysis.grants.checking import Fault, Why
from schoolward.domains.grants.wording import in_words


class GrantRefused(Exception):
    """The base of every refusal that the person can mend. ``field`` names the form field that it is about."""

    field = ""

    def __init__(self, message: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(message)


class AwardClosed(GrantRefused):
    """What is closed takes no entry."""

    def __init__(self, closed_on: date) -> None:
        super().__init__(
            _(
                "This award was closed on %(day)s. Nothing is entered in its ledger any more, unless a "
                "second person agrees to open it again: ask for that on its page."
            )
            % {"day": date_format(closed_on, "F j, Y")}
        )


_FIELDS: dict[Why, str] = {
    Why.BEFORE_PERIOD: "incurred_on",
    Why.AFTER_PERIOD: "incurred_on",
    Why.AFTER_LIQUIDATION: "on",
    Why.DRAW_BEFORE_PERIOD: "on",
    Why.DRAW_TOO_LATE: "on",
    Why.CATEGORY: "line_id",
    Why.SUPPLANTING_UNSAID: "adds_to_local_money",
    Why.NO_SUBAWARDS: "line_id",
    Why.SUBAWARD_UNNAMED: "agreement",
    Why.MATCH_KIND: "match_kind",
    Why.MATCH_OF_OTHERS: "given_by",
    Why.MATCH_UNPROVED: "document",
    Why.TRANSFERS_ABOVE: "approval",
    Why.PARTICIPANT_SUPPORT: "approval",
    Why.INDIRECT: "approval",
    Why.NOT_APPROVED: "approval",
    Why.REPORT_LATE: "kind",
}


class RuleBlocks(GrantRefused):
    """One or more rules speak against it. The message names each rule, where it is written and the way out.

    ``may_override``: somebody may ask a second person to let it by.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        self.may_override = all(fault.may_override for fault in faults)
        field = _FIELDS.get(faults[0].why, "amount_cents")
        super().__init__(" ".join(in_words(fault) for fault in faults), field=field)
