"""Writing contact cards, and the numbers at which agencies take alarms."""

from schoolward.domains.people.actions.contacts import keep_contact
from schoolward.domains.people.actions.numbers import (
    Kept,
    UnfitNumber,
    change_number,
    keep_number,
    remove_number,
)

__all__ = ["Kept", "UnfitNumber", "change_number", "keep_contact", "keep_number", "remove_number"]
