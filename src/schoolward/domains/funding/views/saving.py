"""What the pages with a form share: saving, and the parts of the funding plan above them."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.funding.actions import FundingRefused
from schoolward.platform.ui import form_pages

kept = partial(form_pages.kept, refused=FundingRefused)


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """The parts of the funding plan: label, address, and whether it is the one that is open."""
    parts = (
        ("funds", _("What is left")),
        ("candidates", _("What could be bought")),
        ("plans", _("Plans")),
        ("allocations", _("What was approved")),
    )
    return [(label, reverse(f"funding:{name}"), name == here) for name, label in parts]
