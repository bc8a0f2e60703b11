"""How the board is narrowed."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models import Referral
from schoolward.domains.cases.queries import stalled, without_yes
from schoolward.domains.cases.states import OPEN, State
from schoolward.domains.programs.queries import programs
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import today


def program_choices() -> list[tuple[str, str]]:
    """The programs that a referral can be to: the catalogue is public."""
    system = Viewer.system(at=timezone.now(), name="choices")
    return list(programs(system).exclude(kind="event").order_by("title").values_list("key", "title"))


class BoardFilter(django_filters.FilterSet):
    """By whose it is, how it stands and whether it is late. Never by a name: none belongs into an address."""

    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        choices=[("mine", _("Mine")), ("intake", _("Nobody's yet")), ("colleagues", _("A colleague's"))],
        method="by_whose",
    )
    state = django_filters.ChoiceFilter(label=_("Stands"), choices=State.choices)
    program = django_filters.ChoiceFilter(
        label=_("Program"), field_name="program__key", choices=lambda: program_choices()
    )
    late = django_filters.ChoiceFilter(
        label=_("Clock"),
        choices=[("late", _("Late")), ("yes", _("The family's yes is gone"))],
        method="by_clock",
    )

    class Meta:
        model = Referral
        fields: list[str] = []

    def by_whose(self, queryset: QuerySet[Referral], name: str, value: str) -> QuerySet[Referral]:
        """Mine, the intake, or a colleague's."""
        account = viewer_of(self.request).account_id
        own = Q(coordinator=account)
        nobody = Q(coordinator__isnull=True)
        chosen = {"mine": own, "intake": nobody, "colleagues": ~own & ~nobody}[value]
        # Whose it is at another agency is none of the viewer's business.
        return queryset.filter(chosen, agency=viewer_of(self.request).agency_id)

    def by_clock(self, queryset: QuerySet[Referral], name: str, value: str) -> QuerySet[Referral]:
        """Those whose next step is past its day, or those of one's own whose family has to be asked again."""
        viewer = viewer_of(self.request)
        if value == "yes":
            own = Q(coordinator=viewer.account_id) | Q(coordinator__isnull=True)
            return without_yes(queryset.filter(own, agency=viewer.agency_id), on=today(viewer.at))
        return stalled(queryset, on=today(viewer.at))

    def filter_queryset(self, queryset: QuerySet[Referral]) -> QuerySet[Referral]:
        """Open ones, unless a state is asked for."""
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.filter(state__in=OPEN)
        found: QuerySet[Referral] = super().filter_queryset(queryset)
        return found
