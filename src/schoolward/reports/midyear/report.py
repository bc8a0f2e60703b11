"""The mid-year report: its sections and its form. Its tables are those of the board summary, in full."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from schoolward.reports.board_summary.report import BOARD_SUMMARY
from schoolward.reports.registry import ReportKind, SectionKind, register

MIDYEAR = register(
    ReportKind(
        key="midyear",
        title=_("Comprehensive mid-year report"),
        folder=Path(__file__).parent,
        sections=(
            SectionKind("scope", "What this report covers", on_form=True),
            SectionKind("findings", "Findings and Improvements", "I"),
            SectionKind("projects", "Long-term Projects", "II"),
            SectionKind("alarms", "Alarms", "III"),
            SectionKind("incidents", "Incidents", "IV"),
            SectionKind("programs", "Programs and Youth Services", "V"),
            SectionKind("grants", "Grants and Budget", "VI"),
            SectionKind("objectives", "Objectives and their Measures", "VII"),
            SectionKind("decisions", "Risks and Decisions Needed", "VIII"),
        ),
        blocks=BOARD_SUMMARY.blocks,
        annex=BOARD_SUMMARY.annex,
        form={
            **BOARD_SUMMARY.form,
            "subject": "Safe-schools partnership of police department and school district: mid-year report",
        },
        item_types=BOARD_SUMMARY.item_types,
        documents=("Data annex, with the measures and records behind every number",),
        heading=_("Comprehensive mid-year report"),
        described=_("Mid-year report"),
    )
)
