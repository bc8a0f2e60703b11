"""Assessments over HTTP: the register, instruments, walks with their answers and disputes, and findings."""

from schoolward.domains.assessments.api import disputes, findings, instruments, journals, walks
from schoolward.domains.assessments.api.register import router

for part in (instruments, findings, walks, journals, disputes):
    router.add_router("", part.router)

__all__ = ["router"]
