"""Permits: the list, and the form that enters or changes one."""

from __future__ import annotations

import django_tables2
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolward.domains.alarms import queries
from schoolward.domains.alarms.actions.permits import keep_permit
from schoolward.domains.alarms.actions.refusals import AlarmRefused
from schoolward.domains.alarms.forms.reduction import PermitForm
from schoolward.domains.alarms.models import Permit
from schoolward.domains.alarms.ordinances import title_of
from schoolward.domains.alarms.queries.fees import permits
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo import clock
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent
from schoolward.platform.ui.lists import Action, Empty, ListPage
from schoolward.platform.ui.tables import DayColumn, Table


class PermitTable(Table):
    """One row a permit."""

    number = django_tables2.Column(verbose_name=gettext_lazy("Number"), attrs={"td": {"class": "code"}})
    system = django_tables2.Column(
        verbose_name=gettext_lazy("Site"), accessor="system__campus", order_by="system__campus__name"
    )
    account = django_tables2.Column(
        verbose_name=gettext_lazy("Account"), accessor="system__account", attrs={"td": {"class": "code"}}
    )
    ordinance = django_tables2.Column(verbose_name=gettext_lazy("Ordinance"))
    issued_on = DayColumn(verbose_name=gettext_lazy("Issued"))
    ends_on = DayColumn(verbose_name=gettext_lazy("Ends"), default="")
    cancelled_on = DayColumn(verbose_name=gettext_lazy("Cancelled"), default="")

    class Meta(Table.Meta):
        model = Permit
        fields: tuple[str, ...] = ()

    def render_ordinance(self, value: str) -> str:
        """Its title, as long as its file is there."""
        return title_of(value)

    def value_ordinance(self, value: str) -> str:
        """Exports carry the key."""
        return value

    def render_number(self, record: Permit) -> str:
        """The number; for whoever keeps permits, the way to change it."""
        if not may(viewer_of(self.request), "alarms.keep"):
            return record.number
        return format_html(
            '<a href="{}">{}</a>', reverse("alarms:permit_edit", args=[record.pk]), record.number
        )

    def value_number(self, value: str) -> str:
        """Exports carry the words, not the link."""
        return str(value)


class PermitList(ListPage):
    """The permits of alarm systems."""

    title = gettext_lazy("Alarm permits")
    permission = "alarms.view"
    table_class = PermitTable

    def queryset(self, viewer: Viewer) -> QuerySet[Permit]:
        return permits(viewer)

    def lead(self) -> str:
        today = clock.today(self.viewer.at)
        held = set(
            permits(self.viewer)
            .filter(issued_on__lte=today, cancelled_on__isnull=True)
            .exclude(ends_on__lt=today)
            .values_list("system_id", flat=True)
        )
        without = queries.systems(self.viewer).exclude(pk__in=held).count()
        if not without:
            return _("Every alarm system has a permit.")
        told = ngettext(
            "%(count)d alarm system has no permit in force.",
            "%(count)d alarm systems have no permit in force.",
            without,
        )
        return told % {"count": without}

    def actions(self) -> list[Action]:
        found = [Action(_("What alarms cost"), reverse("alarms:fees"), primary=False)]
        if may(self.viewer, "alarms.keep"):
            found.append(Action(_("Enter a permit"), reverse("alarms:permit_new")))
        return found

    def empty(self) -> Empty:
        return Empty(
            _("No permits yet"),
            _(
                "A permit says which ordinance a system falls under. Enter one here, or many with "
                "“schoolward import alarm-permits permits.csv”."
            ),
            Action(_("Enter a permit"), reverse("alarms:permit_new"))
            if may(self.viewer, "alarms.keep")
            else None,
        )


@FORM
@requires("alarms.keep")
def permit_new(request: HttpRequest) -> HttpResponse:
    """Enter a permit."""
    viewer = viewer_of(request)
    form = PermitForm(sent(request), viewer=viewer, initial={"system_id": request.GET.get("system")})
    return _permit(request, form, _("Enter a permit"), None)


@FORM
@requires("alarms.keep")
def permit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a permit."""
    viewer = viewer_of(request)
    row: Permit = get_object_or_404(permits(viewer), pk=pk)
    names = ("system_id", "ordinance", "number", "issued_on", "ends_on", "cancelled_on")
    form = PermitForm(sent(request), viewer=viewer, initial={name: getattr(row, name) for name in names})
    form.fields["system_id"].disabled = True
    return _permit(request, form, _("Change the permit"), pk)


def _permit(request: HttpRequest, form: PermitForm, title: str, pk: int | None) -> HttpResponse:
    viewer = viewer_of(request)

    def write() -> object:
        return keep_permit(permit_id=pk, by=viewer, at=viewer.at, **form.cleaned_data)

    back = reverse("alarms:permits")
    if is_done(form, write, AlarmRefused):
        messages.success(request, _("Saved."))
        return redirect(back)
    return form_page(
        request,
        form,
        title=title,
        button=_("Save"),
        back=back,
        what_next=_("Fees are reckoned anew from it at once."),
    )
