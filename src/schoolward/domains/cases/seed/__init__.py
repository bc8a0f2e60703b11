"""The demonstration's young people: all of them invented, and marked so."""

from schoolward.domains.cases.seed import centre_and_diversion, program_work, referrals

__all__ = ["centre_and_diversion", "program_work", "referrals"]
