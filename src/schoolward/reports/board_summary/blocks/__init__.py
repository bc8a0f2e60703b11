"""The board summary's tables and charts, by name. Each number in them is asked through the composer."""

from schoolward.reports.board_summary.blocks.alarms import (
    alarm_causes,
    alarm_corrections,
    alarm_months,
    alarm_note,
    alarm_rates,
)
from schoolward.reports.board_summary.blocks.annex import data_quality, invented, method, small_counts
from schoolward.reports.board_summary.blocks.environment import environment
from schoolward.reports.board_summary.blocks.money import grants, lapsing
from schoolward.reports.board_summary.blocks.plans import goals, initiatives, next_steps, programs
from schoolward.reports.board_summary.blocks.results import budget, incident_note, monthly, results
from schoolward.reports.board_summary.blocks.youth import youth_services, youth_summary

__all__ = [
    "alarm_causes",
    "alarm_corrections",
    "alarm_months",
    "alarm_note",
    "alarm_rates",
    "budget",
    "data_quality",
    "environment",
    "goals",
    "grants",
    "incident_note",
    "initiatives",
    "invented",
    "lapsing",
    "method",
    "monthly",
    "next_steps",
    "programs",
    "results",
    "small_counts",
    "youth_services",
    "youth_summary",
]
