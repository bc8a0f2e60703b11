"""Start-up of the reports: each report's folder registers its kind."""

from importlib import import_module

from django.apps import AppConfig

REPORTS: tuple[str, ...] = ("board_summary", "midyear")
"""The folders of reports. A new report is one folder and one name here."""


class ReportsConfig(AppConfig):
    """Fills the registry of reports."""

    name = "schoolward.reports"
    label = "reports"

    def ready(self) -> None:
        import_module("schoolward.reports.policy")
        import_module("schoolward.reports.panels")
        for folder in REPORTS:
            import_module(f"schoolward.reports.{folder}.report")
