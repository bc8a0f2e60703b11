"""One page with every rule of one award."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.grants import queries
from schoolward.domains.grants.views.finding import award_or_404
from schoolward.platform.access.views import requires, viewer_of


@require_safe
@requires("grants.view")
def rules(request: HttpRequest, key: str) -> HttpResponse:
    """Each rule: where it is written, since when, how it is set for this award, and what was let by."""
    viewer = viewer_of(request)
    award = award_or_404(viewer, key)
    found = queries.rules_of(viewer, award)
    count = sum(one.was_let_by for one in found)
    lead = (
        ngettext(
            "Something was let by against %(count)s of its %(all)s rules.",
            "Something was let by against %(count)s of its %(all)s rules.",
            count,
        )
        if count
        else _("Nothing was let by against any of its %(all)s rules.")
    ) % {"count": count, "all": len(found)}
    return render(request, "grants/rules.html", {"award": award, "rules": found, "lead": lead})
