"""How the charge for an alarm stands."""

from enum import IntEnum


class State(IntEnum):
    """What is to be done about an alarm's charge; see :class:`results.Assessment`."""

    NOT_COUNTED = 0
    FREE = 1
    DUE = 2
    OVERDUE = 3
    PERMIT_CANCELLED = 4
    """Not paid in time, for which the permit was cancelled; it is owed all the same."""
    PAID = 5
    APPEALED = 6
    """An appeal is not decided yet, and until then nothing is late."""
    WAIVED = 7
    VOID_ON_APPEAL = 8
    AMOUNT_UNKNOWN = 9
    """It counts and the ordinance has a fee for it, which our data lack."""
    NOT_ASSESSED = 10
    """No edition of the ordinance was in force on its day, so that nothing is known of it."""
