"""How programs, offerings and sessions are found, and put into words behind a number."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.models import CapacityReport, FidelityCheck, Offering, Program, Session
from schoolward.domains.programs.queries import programs
from schoolward.platform.access.policy import readable
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.search import Hit, RecordKind, holds_words, register


def describe_program(program: Program, viewer: Viewer) -> Hit:
    """Title, kind and provider."""
    detail = f"{program.get_kind_display()} · {program.provider.name}"
    return Hit(program.title, reverse("programs:detail", args=[program.key]), detail)


def find_programs(viewer: Viewer, text: str, limit: int) -> Iterable[Model]:
    """Programs whose title, summary or provider holds the words."""
    return programs(viewer).filter(holds_words(text, "title", "summary", "provider__name"))[:limit]


def describe_offering(offering: Offering, viewer: Viewer) -> Hit:
    """Program, days and place."""
    days = f"{date_format(offering.starts_on, 'M j, Y')} – {date_format(offering.ends_on, 'M j, Y')}"  # noqa: RUF001
    return Hit(
        f"{offering.program.title} {offering.number}",
        reverse("programs:offering", args=[offering.pk]),
        " · ".join(part for part in (days, offering.where) if part),
    )


def describe_session(session: Session, viewer: Viewer) -> Hit:
    """Program, day and what became of it; heads only for those who may read them."""
    told = str(session.get_state_display())
    if session.attended is not None and readable(session, "attended", viewer):
        told = _t("%(state)s, %(heads)d came") % {"state": told, "heads": session.attended}
    return Hit(
        f"{session.offering.program.title}, {date_format(session.on, 'M j, Y')}",
        reverse("programs:session", args=[session.pk]),
        " · ".join(part for part in (told, session.offering.where) if part),
    )


def describe_check(check: FidelityCheck, viewer: Viewer) -> Hit:
    """Program, checklist and result."""
    told = _t("%(met)d of %(all)d items") % {"met": check.items_met, "all": check.items_observed}
    return Hit(
        f"{check.offering.program.title}: {check.instrument}",
        reverse("programs:offering", args=[check.offering_id]),
        f"{date_format(check.on, 'M j, Y')} · {check.get_observer_display()} · {told}",
    )


def describe_report(report: CapacityReport, viewer: Viewer) -> Hit:
    """Program, day and how many places there are; not how many are taken."""
    return Hit(
        f"{report.program.title}, {date_format(report.on, 'M j, Y')}",
        reverse("programs:detail", args=[report.program.key]),
        f"{report.maximum} {report.get_unit_display()}",
    )


register(
    RecordKind(
        "programs.Program", _("Programs"), describe_program, find_programs, related=("provider",), order=45
    )
)
register(
    RecordKind(
        "programs.Offering", _("Offerings of programs"), describe_offering, related=("program", "campus")
    )
)
register(
    RecordKind(
        "programs.Session",
        _("Sessions"),
        describe_session,
        related=("offering__program", "offering__campus"),
    )
)
register(
    RecordKind("programs.FidelityCheck", _("Fidelity checks"), describe_check, related=("offering__program",))
)
register(RecordKind("programs.CapacityReport", _("Reports of places"), describe_report, related=("program",)))
