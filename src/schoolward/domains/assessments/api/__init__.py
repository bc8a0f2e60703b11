"""Assessments over HTTP: the register, instruments, walks with answers and disputes, findings, reports."""

from schoolward.domains.assessments.api import defects, disputes, findings, instruments, journals, walks
from schoolward.domains.assessments.api.register import router

for part in (instruments, findings, walks, journals, disputes, defects):
    router.add_router("", part.router)

__all__ = ["router"]
