"""Reads of young people and referrals. Ask them inside ``within(viewer)``, or through ``disclosing.read``."""

from schoolward.domains.cases.queries.attendance import last_days
from schoolward.domains.cases.queries.caseload import (
    RELATED,
    ahead_of,
    look_alikes,
    may_keep,
    mine,
    own_referrals,
    referrals,
    reviews_due,
    seen_referral,
    seen_youth,
    stalled,
)
from schoolward.domains.cases.queries.consents import (
    GONE,
    Yes,
    held_on,
    standing_of,
    without_yes,
    yes_is_gone,
    yes_of,
)
from schoolward.domains.cases.queries.programs import candidates

__all__ = [
    "GONE",
    "RELATED",
    "Yes",
    "ahead_of",
    "candidates",
    "held_on",
    "last_days",
    "look_alikes",
    "may_keep",
    "mine",
    "own_referrals",
    "referrals",
    "reviews_due",
    "seen_referral",
    "seen_youth",
    "stalled",
    "standing_of",
    "without_yes",
    "yes_is_gone",
    "yes_of",
]
