"""Youths, who stands for them, and what becomes of a referral. Every table here is protected."""

from schoolward.domains.cases.models.youth import Guardian, Language, ReachBy, Relation, Youth, of_youth

__all__ = ["Guardian", "Language", "ReachBy", "Relation", "Youth", "of_youth"]
