"""Writes of work. Each is one transaction and one audit event; higher domains import from here."""

from schoolward.domains.work.actions.moves import (
    accept,
    complete,
    decline,
    fund,
    reopen,
    schedule,
    verify,
)
from schoolward.domains.work.actions.refusals import (
    AmountWrong,
    DateWrong,
    EvidenceMissing,
    FileMissing,
    MoneySourceMissing,
    NothingSaid,
    PersonMissing,
    ReasonMissing,
    ReferenceTaken,
    SamePerson,
    WorkClosed,
    WorkRefused,
)
from schoolward.domains.work.actions.upkeep import (
    add_evidence,
    assign,
    change_due,
    describe,
    open_work,
    propose,
)
from schoolward.domains.work.states import IllegalMove

__all__ = [
    "AmountWrong",
    "DateWrong",
    "EvidenceMissing",
    "FileMissing",
    "IllegalMove",
    "MoneySourceMissing",
    "NothingSaid",
    "PersonMissing",
    "ReasonMissing",
    "ReferenceTaken",
    "SamePerson",
    "WorkClosed",
    "WorkRefused",
    "accept",
    "add_evidence",
    "assign",
    "change_due",
    "complete",
    "decline",
    "describe",
    "fund",
    "open_work",
    "propose",
    "reopen",
    "schedule",
    "verify",
]
