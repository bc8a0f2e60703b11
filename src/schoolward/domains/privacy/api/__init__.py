"""Agreements, consents, seals, emergency looks, the disclosure log, retention and disposal, over HTTP."""

from ninja import Router

from schoolward.domains.privacy.api import (
    agreements,
    consents,
    disclosures,
    disposals,
    emergencies,
    persons,
    retention,
    sealings,
)

router = Router()
for part in (agreements, consents, sealings, emergencies, persons, disclosures, retention, disposals):
    router.add_router("", part.router)

__all__ = ["router"]
