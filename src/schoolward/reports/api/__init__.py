"""Reports over HTTP: papers about sites, editions and their files, writing one, and taking it through its
signatures."""

from ninja import Router

from schoolward.reports.api import papers, plan_papers, reading, route_applications, signing, writing
from schoolward.reports.api.shapes import EditionRow

router = Router()
router.get("", url_name="reports", response=list[EditionRow])(reading.reports)
# First those whose names are fixed: an edition's report is asked for by any name.
for part in (papers, plan_papers, route_applications, reading, writing, signing):
    router.add_router("", part.router)
