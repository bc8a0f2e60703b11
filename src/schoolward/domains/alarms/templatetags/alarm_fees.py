"""How the statement of fees sets a state and an ordinal."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from schoolward.analysis.alarm_fees import State
from schoolward.analysis.alarm_fees.sentences import ordinal_word
from schoolward.platform.ui.tables import chip

register = template.Library()
STATES: dict[State, tuple[Any, str]] = {
    State.NOT_COUNTED: (gettext_lazy("Not counted"), "plain"),
    State.FREE: (gettext_lazy("Free"), "good"),
    State.DUE: (gettext_lazy("Due"), "watch"),
    State.OVERDUE: (gettext_lazy("Overdue"), "bad"),
    State.PERMIT_CANCELLED: (gettext_lazy("Overdue, permit cancelled"), "bad"),
    State.PAID: (gettext_lazy("Paid"), "good"),
    State.APPEALED: (gettext_lazy("Appealed"), "info"),
    State.WAIVED: (gettext_lazy("Waived"), "good"),
    State.VOID_ON_APPEAL: (gettext_lazy("Struck out on appeal"), "good"),
    State.AMOUNT_UNKNOWN: (gettext_lazy("Amount not known"), "stale"),
    State.NOT_ASSESSED: (gettext_lazy("Not assessed"), "stale"),
}


@register.filter
def ordinal(number: int) -> str:
    """1st, 2nd, 3rd; nothing for an alarm that does not count."""
    return ordinal_word(number) if number else ""


@register.filter
def state_chip(state: State) -> SafeString:
    """The state of a fee as a chip."""
    label, tone = STATES[state]
    return chip(str(label), tone)
