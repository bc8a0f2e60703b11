"""Agreements, consents, seals, emergency looks and the disclosure log, over HTTP."""

from ninja import Router

from schoolward.domains.privacy.api import agreements, consents, disclosures, emergencies, sealings

router = Router()
for part in (agreements, consents, sealings, emergencies, disclosures):
    router.add_router("", part.router)

__all__ = ["router"]
