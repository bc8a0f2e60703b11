"""The demonstration's young people, and incidents in which none is: all invented, and marked so."""

from schoolward.domains.cases.seed import centre_and_diversion, discipline, program_work, referrals

__all__ = ["centre_and_diversion", "discipline", "program_work", "referrals"]
