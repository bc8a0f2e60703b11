"""Assessments over HTTP: the register, instruments, walks with their answers and disputes, and findings."""

from schoolward.domains.assessments.api import disputes, findings, instruments, walks
from schoolward.domains.assessments.api.register import router

for part in (instruments, findings, walks, disputes):
    router.add_router("", part.router)

__all__ = ["router"]
