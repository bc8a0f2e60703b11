"""Diversion: who may be offered it by rules that people wrote, what a contract asks, and when it is sealed.

Pure: facts, days and files of rules in; answers with reasons and clocks out. No answer weighs anything: each
rule says yes, no or not known by itself, and a person who reads it can contest it.
"""

from schoolward.analysis.diversion.contract import (
    ContractStanding,
    PlannedTerm,
    Proof,
    Term,
    TermKind,
    TermStanding,
    TermState,
    contract_standing,
    terms_of,
)
from schoolward.analysis.diversion.eligibility import (
    Answer,
    Eligibility,
    Facts,
    Level,
    RuleAnswer,
    eligibility,
)
from schoolward.analysis.diversion.rules import (
    Edition,
    EligibilityRule,
    RuleSet,
    RulesFault,
    Test,
    read_rules,
)
from schoolward.analysis.diversion.sealing import (
    Clock,
    SealingPath,
    Step,
    confidential_since,
    sealing_clocks,
    sealing_law,
)

__all__ = [
    "Answer",
    "Clock",
    "ContractStanding",
    "Edition",
    "Eligibility",
    "EligibilityRule",
    "Facts",
    "Level",
    "PlannedTerm",
    "Proof",
    "RuleAnswer",
    "RuleSet",
    "RulesFault",
    "SealingPath",
    "Step",
    "Term",
    "TermKind",
    "TermStanding",
    "TermState",
    "Test",
    "confidential_since",
    "contract_standing",
    "eligibility",
    "read_rules",
    "sealing_clocks",
    "sealing_law",
    "terms_of",
]
