"""Young people over HTTP: referrals, the attendance center, truancy and diversion."""

from ninja import Router

from schoolward.domains.cases.api import centre, diversion, keeping, performance, referrals, results, truancy

router = Router()
router.add_router("", referrals.router)
router.add_router("", keeping.router)
router.add_router("", performance.router)
router.add_router("/centre", centre.router)
router.add_router("/centre", results.router)
router.add_router("/truancy", truancy.router)
router.add_router("/diversion", diversion.router)

__all__ = ["router"]
