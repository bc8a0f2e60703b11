"""Which programs there are, and everything that is said about one."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from schoolward.domains.programs.models import (
    CapacityReport,
    Contest,
    DosagePlan,
    EligibilityRule,
    Equipment,
    EvidenceRating,
    InstrumentResult,
    Oversight,
    Program,
    ProgramState,
    Proposal,
    Provider,
    Waiver,
)
from schoolward.domains.programs.queries.numbers import shown_reports
from schoolward.platform.access.permissions import AccessDenied, may
from schoolward.platform.access.policy import visible
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer


def providers(viewer: Viewer) -> QuerySet[Provider]:
    """The providers that the viewer may see, with their agencies."""
    return visible(Provider.objects.select_related("agency"), viewer)


def programs(viewer: Viewer) -> QuerySet[Program]:
    """The programs that the viewer may see, with their providers."""
    return visible(Program.objects.select_related("provider__agency"), viewer)


def program_titles() -> dict[str, str]:
    """Every program's title by its key. The catalogue is open to every member of the partnership."""
    return dict(Program.objects.order_by("title").values_list("key", "title"))


FIGURES = "programs.figures"


def with_figures(viewer: Viewer) -> QuerySet[Program]:
    """The programs whose figures are the viewer's to see: of a provider those that its agency delivers."""
    rows = programs(viewer)
    if not may(viewer, FIGURES):
        return rows.none()
    own_alone = viewer.role == Role.PROVIDER and not viewer.is_system
    return rows.filter(provider__agency=viewer.agency_id or 0) if own_alone else rows


def check_figures(viewer: Viewer, key: str) -> None:
    """Raise ``AccessDenied`` where the figures of this program are not the viewer's to see."""
    if not with_figures(viewer).filter(key=key).exists():
        raise AccessDenied(FIGURES, f"programs.Program:{key}")


def with_state(rows: QuerySet[Program], state: str, *, on: date) -> QuerySet[Program]:
    """Those of this state on `on`, as ``Program.state_on`` gives it for each."""
    over = Q(ended_on__lte=on) | Q(pilot_until__lt=on)
    if state == ProgramState.ENDED:
        return rows.filter(over)
    begun = Q(starts_on__lte=on)
    rest = rows.exclude(ended_on__lte=on, ended_on__isnull=False).exclude(
        pilot_until__lt=on, pilot_until__isnull=False
    )
    if state == ProgramState.PLANNED:
        return rest.filter(Q(starts_on__isnull=True) | Q(starts_on__gt=on))
    return rest.filter(begun, pilot_until__isnull=state == ProgramState.RUNNING)


def plans(viewer: Viewer) -> QuerySet[DosagePlan]:
    """The dosage plans that the viewer may see."""
    return visible(DosagePlan.objects.select_related("program"), viewer)


def plan_on(program: Program, day: date) -> DosagePlan | None:
    """How much of a program there should be on a day; ``None`` where nobody has said."""
    held = [
        plan
        for plan in program.plans.all()
        if plan.valid_from <= day and (plan.valid_to is None or day <= plan.valid_to)
    ]
    return max(held, key=lambda plan: plan.valid_from, default=None)


def ratings(viewer: Viewer) -> QuerySet[EvidenceRating]:
    """What sources say of programs, the newest first."""
    return visible(EvidenceRating.objects.select_related("program"), viewer)


def disagree(rated: list[EvidenceRating]) -> bool:
    """Whether the latest words of two sources differ, or one source changed its own."""
    return len({rating.rating.casefold() for rating in rated}) > 1


def oversight(viewer: Viewer) -> QuerySet[Oversight]:
    """Which bodies look after which programs."""
    return visible(Oversight.objects.select_related("program"), viewer)


def overseen_by(viewer: Viewer, body_key: str) -> QuerySet[Program]:
    """The programs that a body looks after."""
    return programs(viewer).filter(oversight__body_key=body_key)


def rules(viewer: Viewer) -> QuerySet[EligibilityRule]:
    """Every version of every eligibility rule."""
    return visible(EligibilityRule.objects.select_related("program"), viewer)


def rule_on(program: Program, day: date) -> EligibilityRule | None:
    """The version that holds on a day; a record of that day is judged by it."""
    held = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return program.rules.filter(held, valid_from__lte=day).order_by("-version").first()


def contests(viewer: Viewer) -> QuerySet[Contest]:
    """What was said against rules, with the answers, the newest first."""
    rows = Contest.objects.select_related("rule__program", "answer")
    return visible(rows, viewer).order_by("-on", "-pk")


def unanswered(viewer: Viewer) -> QuerySet[Contest]:
    """Contests that wait for an answer, the oldest first."""
    return contests(viewer).filter(answer__isnull=True).order_by("on", "pk")


def capacity(viewer: Viewer) -> QuerySet[CapacityReport]:
    """Every report of places."""
    return visible(CapacityReport.objects.select_related("program"), viewer)


def latest_capacity(viewer: Viewer, *, on: date) -> dict[int, CapacityReport]:
    """The last report of places up to `on`, by program, with its numbers where the viewer may have them."""
    found: dict[int, CapacityReport] = {}
    for report in capacity(viewer).filter(on__lte=on).order_by("on", "pk"):
        found[report.program_id] = report
    shown_reports(viewer, found.values())
    return found


def results(viewer: Viewer) -> QuerySet[InstrumentResult]:
    """Means of instruments, before and after."""
    return visible(InstrumentResult.objects.select_related("program"), viewer)


def waivers(viewer: Viewer) -> QuerySet[Waiver]:
    """Which papers parents sign."""
    return visible(Waiver.objects.select_related("program"), viewer)


def equipment(viewer: Viewer) -> QuerySet[Equipment]:
    """What programs own and lend, as numbers."""
    return visible(Equipment.objects.select_related("program"), viewer)


def proposals(viewer: Viewer) -> QuerySet[Proposal]:
    """Proposals for new programs, the newest first."""
    return visible(Proposal.objects.select_related("provider", "program"), viewer)
