"""Funding over HTTP: what is left, what could be bought, plans and scenarios, and what was approved."""

from ninja import Router

from schoolward.domains.funding.api import approving, describing, planning, reading

router = Router()
for part in (reading, describing, planning, approving):
    router.add_router("", part.router)
