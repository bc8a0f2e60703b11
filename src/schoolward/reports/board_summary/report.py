"""The board summary: its sections, its tables and its form."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from schoolward.reports.board_summary import blocks
from schoolward.reports.registry import ReportKind, SectionKind, register

ITEM_TYPES: tuple[tuple[str, str], ...] = (
    ("information", "Information Item Only"),
    ("consent", "Approval on Consent Agenda"),
    ("conference", "Conference (for discussion only)"),
    ("first_reading", "Conference/First Reading (Action Anticipated: ________)"),
    ("conference_action", "Conference/Action"),
    ("action", "Action"),
    ("public_hearing", "Public Hearing"),
)
"""The seven types of the district's form, in its order and words."""

BOARD_SUMMARY = register(
    ReportKind(
        key="board-summary",
        title=_("Board summary"),
        folder=Path(__file__).parent,
        sections=(
            SectionKind("recommendation", "Recommendation", on_form=True),
            SectionKind("background", "Background/Rationale", on_form=True),
            SectionKind("financial", "Financial Considerations", on_form=True),
            SectionKind("overview", "Overview/History", "I"),
            SectionKind("governance", "Driving Governance", "II"),
            SectionKind("budget", "Budget", "III"),
            SectionKind("goals", "Goals, Objectives and Measures", "IV"),
            SectionKind("initiatives", "Major Initiatives", "V"),
            SectionKind("results", "Results", "VI"),
            SectionKind("next-steps", "Lessons Learned/Next Steps", "VII"),
        ),
        blocks={
            "budget": blocks.budget,
            "grants": blocks.grants,
            "grants-lapsing": blocks.lapsing,
            "goals": blocks.goals,
            "initiatives": blocks.initiatives,
            "results": blocks.results,
            "environment": blocks.environment,
            "incident-note": blocks.incident_note,
            "monthly": blocks.monthly,
            "alarms": blocks.alarm_rates,
            "alarm-causes": blocks.alarm_causes,
            "alarm-corrections": blocks.alarm_corrections,
            "alarm-months": blocks.alarm_months,
            "alarm-note": blocks.alarm_note,
            "programs": blocks.programs,
            "youth-services": blocks.youth_services,
            "youth-summary": blocks.youth_summary,
            "next-steps": blocks.next_steps,
        },
        annex={
            "Method": blocks.method,
            "Data quality": blocks.data_quality,
            "Small counts": blocks.small_counts,
            "What is invented": blocks.invented,
        },
        form={
            "division": "Accountability",
            "subject": "Safe-schools partnership of the police department and the school district: update",
            "item_type": "information",
            "submitted_by_role": "Safe-schools lead",
            "approved_by_role": "Superintendent",
        },
        item_types=ITEM_TYPES,
        documents=("Executive Summary", "Data annex, with the measures and records behind every number"),
    )
)
