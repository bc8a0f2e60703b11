"""Assessments over HTTP: the register, instruments, walks with their answers, and findings."""

from schoolward.domains.assessments.api import findings, instruments, journals, walks
from schoolward.domains.assessments.api.register import router

for part in (instruments, findings, walks, journals):
    router.add_router("", part.router)

__all__ = ["router"]
