"""The one router of goals and initiatives; addresses are tried in the order in which they were added."""

from ninja import Router

router = Router()
