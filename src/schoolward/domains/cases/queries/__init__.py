"""Reads of young people and referrals. Ask them inside ``within(viewer)``, or through ``disclosing.read``."""

from schoolward.domains.cases.queries.caseload import (
    RELATED,
    contacts_due,
    look_alikes,
    may_keep,
    mine,
    open_for,
    own_referrals,
    referrals,
    reviews_due,
    seen_referral,
    seen_youth,
    stalled,
    waiting_for,
    youths,
)
from schoolward.domains.cases.queries.programs import candidates

__all__ = [
    "RELATED",
    "candidates",
    "contacts_due",
    "look_alikes",
    "may_keep",
    "mine",
    "open_for",
    "own_referrals",
    "referrals",
    "reviews_due",
    "seen_referral",
    "seen_youth",
    "stalled",
    "waiting_for",
    "youths",
]
