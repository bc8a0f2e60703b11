"""A system and a zone: what they are, how they are heard, and what came from them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.forms import TestForm
from schoolward.domains.alarms.forms.keeping import WEEKDAYS
from schoolward.domains.alarms.models import AlarmSystem, OnTest, Zone
from schoolward.domains.alarms.ordinances import title_of
from schoolward.domains.alarms.tables import link_words
from schoolward.domains.alarms.views.keeping import system_or_404
from schoolward.domains.alarms.views.reduction import zone_context
from schoolward.domains.places.panels import campus_of_panel
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent

SIGNALS_SHOWN = CASES_SHOWN = 20
TESTS_SHOWN = 10
PANEL_CASES = 5


@require_safe
@requires("alarms.view")
def system_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One system."""
    viewer = viewer_of(request)
    system = system_or_404(request, pk)
    zones = queries.zones(viewer).filter(system=system)
    history = queries.zone_history([zone.pk for zone in zones])
    words, tone = link_words(system)
    days = dict(WEEKDAYS)
    context: dict[str, Any] = {
        "system": system,
        "breadcrumbs": [(_("Alarm systems"), reverse("alarms:systems")), (system.account, "")],
        "has_key": _has_key(system),
        "link_words": words,
        "link_tone": tone,
        "link": getattr(system, "link", None),
        "zones": [(zone, *history.get(zone.pk, (0, 0))) for zone in _in_order(zones)],
        "running": queries.running_tests(viewer, at=viewer.at).filter(system=system),
        "tests": queries.tests(viewer).filter(system=system)[:TESTS_SHOWN],
        "schedules": [(row, days[row.weekday]) for row in queries.schedules(viewer).filter(system=system)],
        "permits": [(permit, title_of(permit.ordinance)) for permit in system.permits.order_by("-issued_on")],
        "contacts": queries.contacts(viewer).filter(campus_id=system.campus_id),
        "signals": queries.signals(viewer).filter(system=system)[:SIGNALS_SHOWN],
        "cases": queries.cases(viewer).filter(system=system)[:CASES_SHOWN],
        "may_keep": may(viewer, "alarms.keep"),
        "may_test": may(viewer, "alarms.test"),
        "now": viewer.at,
    }
    return render(request, "alarms/system.html", context)


def _has_key(system: AlarmSystem) -> bool:
    return AlarmSystem.objects.filter(pk=system.pk).exclude(sealed_key="").exists()


def _in_order(zones: Any) -> list[Zone]:
    """By number as numbers go: 2 before 10."""
    return sorted(zones, key=lambda zone: (not zone.number.isdecimal(), zone.number.zfill(8)))


@FORM
@requires("alarms.test")
def test_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a system on test."""
    viewer = viewer_of(request)
    system = system_or_404(request, pk)
    form = TestForm(sent(request))

    def write() -> OnTest:
        return actions.put_on_test(
            system_id=pk,
            ends=form.ends(viewer.at),
            reason=form.cleaned_data["reason"],
            by=viewer,
            at=viewer.at,
        )

    back = reverse("alarms:system", args=[pk])
    if is_done(form, write, actions.AlarmRefused):
        messages.success(request, _("On test. Its signals are kept, and open no case until the test ends."))
        return redirect(back)
    return form_page(
        request,
        form,
        title=_("Put the system on test"),
        lead=f"{system.campus.name}, {system.account}",
        button=_("Begin the test"),
        back=back,
        what_next=_("While it runs, nobody answers its alarms. It ends by itself."),
    )


@require_POST
@requires("alarms.test")
def test_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a test now."""
    viewer = viewer_of(request)
    test: OnTest = get_object_or_404(queries.tests(viewer), pk=pk)
    actions.end_test(test_id=pk, by=viewer, at=viewer.at)
    messages.success(request, _("The test is over: its alarms are answered again."))
    return redirect("alarms:system", pk=test.system_id)


@require_safe
@requires("alarms.view")
def zone_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One zone: when it was set off, and by what."""
    viewer = viewer_of(request)
    zone: Zone = get_object_or_404(queries.zones(viewer), pk=pk)
    owned = queries.cases(viewer).filter(zone=zone, signal_kind__in=queries.ACTIVATIONS, is_test=False)
    hours = Counter(
        timezone.localtime(moment).hour for moment in owned.order_by().values_list("opened_at", flat=True)
    )
    most = max(hours.values(), default=0)
    causes = queries.causes_of(owned)
    closed, false = queries.zone_history([zone.pk]).get(zone.pk, (0, 0))
    context = {
        "zone": zone,
        "breadcrumbs": [
            (_("Alarm systems"), reverse("alarms:systems")),
            (
                f"{zone.system.campus.name} {zone.system.account}",
                reverse("alarms:system", args=[zone.system_id]),
            ),
            (str(zone), ""),
        ],
        "total": sum(hours.values()),
        "hours": [
            {"hour": hour, "count": hours[hour], "share": round(100 * hours[hour] / most) if most else 0}
            for hour in range(24)
        ],
        "worst": hours.most_common(1)[0] if hours else None,
        "causes": causes,
        "closed": closed,
        "false": false,
        "cases": owned[:CASES_SHOWN],
        "signals": queries.signals(viewer).filter(zone=zone)[:SIGNALS_SHOWN],
        "may_keep": may(viewer, "alarms.keep"),
    }
    return render(request, "alarms/zone.html", context | zone_context(zone, viewer))


@require_safe
@requires("alarms.view")
def site_panel(request: HttpRequest, campus_id: int) -> HttpResponse:
    """The site profile's panel about alarms: what is open, what came in the last year, which systems."""
    viewer = viewer_of(request)
    campus_of_panel(viewer, campus_id)
    owned = queries.cases(viewer).filter(campus_id=campus_id)
    systems = queries.systems(viewer).filter(campus_id=campus_id)
    context = {
        "campus_id": campus_id,
        "open_count": queries.open_cases(viewer).filter(campus_id=campus_id).count(),
        "cases": owned[:PANEL_CASES],
        "systems": [(system, *link_words(system)) for system in systems],
        "since": timezone.localdate(viewer.at) - timedelta(days=365),
    }
    return render(request, "alarms/site_panel.html", context)
