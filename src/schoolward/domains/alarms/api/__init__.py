"""Alarms over HTTP: the same rows as on the pages, and every answer that the desk can give."""

from ninja import Router

from schoolward.domains.alarms.api import answers, cases, fees, hand_overs, reduction, systems

router = Router()
for part in (cases, answers, hand_overs, systems, reduction, fees):
    router.add_router("", part.router)
