"""How the board, and incidents of discipline, are narrowed."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models import DisciplineAbout, DisciplineIncident, DisciplineLine, Referral
from schoolward.domains.cases.queries import stalled, without_yes
from schoolward.domains.cases.queries.discipline import schools_told, years_told
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


class DisciplineFilter(django_filters.FilterSet):
    """By school year, school, and the code of an offense, a weapon or what followed."""

    year = django_filters.ChoiceFilter(
        label=_("School year"),
        field_name="school_year",
        choices=lambda: [(year, f"{year}-{(year + 1) % 100:02}") for year in years_told()],
    )
    school = django_filters.ChoiceFilter(
        label=_("School"), field_name="school__cds_code", choices=lambda: schools_told()
    )
    about = django_filters.ChoiceFilter(
        label=_("The code is of"), choices=DisciplineAbout.choices, method="by_code"
    )
    code = django_filters.CharFilter(label=_("Code"), method="by_code")
    statutory = django_filters.ChoiceFilter(
        label=_("Statutory offense"), choices=[("true", _("Yes")), ("false", _("No"))], method="by_statutory"
    )

    def by_code(
        self, queryset: QuerySet[DisciplineIncident], name: str, value: str
    ) -> QuerySet[DisciplineIncident]:
        """Those with the code; with a kind alone, those with any code of it. Both stand in one line."""
        told = self.form.cleaned_data
        wanted = {name: told[name].strip() for name in ("about", "code") if told.get(name)}
        return queryset.filter(pk__in=DisciplineLine.objects.filter(**wanted).values("incident"))

    def by_statutory(
        self, queryset: QuerySet[DisciplineIncident], name: str, value: str
    ) -> QuerySet[DisciplineIncident]:
        """Those of the law's own list, or the others."""
        return queryset.filter(statutory=value == "true")
