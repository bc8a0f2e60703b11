"""Young people over HTTP: referrals, the center, truancy, diversion, class days, months and academies."""

from ninja import Router

from schoolward.domains.cases.api import (
    academies,
    centre,
    dashboards,
    discipline,
    diversion,
    identity,
    keeping,
    outreach,
    performance,
    referrals,
    results,
    roster,
    seats,
    truancy,
)

router = Router()
router.add_router("", referrals.router)
router.add_router("/who-is-who", identity.router)
router.add_router("/discipline", discipline.router)
router.add_router("/roster", roster.router)
router.add_router("", keeping.router)
router.add_router("", performance.router)
router.add_router("", dashboards.router)
router.add_router("/centre", centre.router)
router.add_router("/centre", results.router)
router.add_router("/classes", seats.router)
router.add_router("/outreach", outreach.router)
router.add_router("/academies", academies.router)
router.add_router("/truancy", truancy.router)
router.add_router("/diversion", diversion.router)

__all__ = ["router"]
