"""Who lives within walking distance, as the newest plan of each site tells it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.routes.queries import plans
from schoolward.domains.routes.queries.application.shapes import NOT_SHOWN, Asked, Cell, Table

MINUTES = (5, 10, 15, 20)


def walking(asked: Asked) -> Table:
    """Pupils within so many minutes on foot, those who can walk now, and the fix that frees most."""
    found = plans.with_best_fix(plans.newest_plans(asked.viewer)).filter(campus__in=asked.campus_ids)
    held = list(found)
    rows = []
    for plan in held:
        page = reverse("routes:plan", args=[plan.campus.slug])

        def shown(count: int | None, page: str = page) -> Cell:
            return NOT_SHOWN if count is None else Cell(count, page)

        within: dict[int, Any] = {one["minutes"]: one["pupils"] for one in plan.sheds}
        rows.append(
            [
                Cell(plan.campus.name, reverse("places:detail", args=[plan.campus.slug])),
                Cell(plans.season_name(plan)),
                shown(plan.pupils),
                *(shown(within.get(minutes)) for minutes in MINUTES),
                shown(plan.tolerable.get("can")),
                Cell(plan.best_where, page) if plan.best_frees else Cell(),
                shown(plan.best_frees) if plan.best_frees else Cell(),
            ]
        )
    return Table(
        "walking",
        _("Within walking distance"),
        _(
            "From the newest plan of each site. A pupil can walk now where no meter and no crossing of a way "
            "is too hard; what that means stands on the plan's page. Fewer than 11 are not shown."
        ),
        [
            ("site", _("Site")),
            ("half_year", _("Planned in")),
            ("pupils", _("Pupils planned for")),
            *(
                (f"within_{minutes}_minutes", _("Within %(minutes)d minutes") % {"minutes": minutes})
                for minutes in MINUTES
            ),
            ("can_walk", _("Can walk now")),
            ("best_fix", _("The fix that lets most walk")),
            ("freed", _("Pupils it lets walk")),
        ],
        rows,
        invented=any(plan.invented for plan in held),
        source=_("Plans of the ways to school, made of pupils' addresses, which are not kept"),
        as_of=max((timezone.localdate(plan.made_at) for plan in held), default=None),
    )
