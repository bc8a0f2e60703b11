"""What a kind of defect asks for."""

from __future__ import annotations

from schoolward.domains.assessments.models import DefectKind

#: By the kind of defect: trade, severity.
MENDING: dict[str, tuple[str, str]] = {
    DefectKind.LOCK: ("locks", "high"),
    DefectKind.BROKEN: ("other", "medium"),
    DefectKind.LIGHT: ("lighting", "medium"),
    DefectKind.GLASS: ("glazing", "high"),
    DefectKind.GRAFFITI: ("paint", "low"),
    DefectKind.OVERGROWN: ("landscape", "low"),
    DefectKind.HAZARD: ("other", "urgent"),
    DefectKind.OTHER: ("other", "medium"),
}
