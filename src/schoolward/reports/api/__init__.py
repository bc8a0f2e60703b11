"""Reports over HTTP: editions and their files, writing one, and taking it through its signatures."""

from schoolward.reports.api import reading, signing, writing

router = reading.router
router.add_router("", writing.router)
router.add_router("", signing.router)
