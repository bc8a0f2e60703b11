"""Pages of the reports."""

from schoolward.reports.views.reading import changes, download, edition, number, reports
from schoolward.reports.views.signing import correction, sign, sign_number, sign_unjudged, take_step
from schoolward.reports.views.writing import discard, form, minutes, new, section, section_preview

__all__ = [
    "changes",
    "correction",
    "discard",
    "download",
    "edition",
    "form",
    "minutes",
    "new",
    "number",
    "reports",
    "section",
    "section_preview",
    "sign",
    "sign_number",
    "sign_unjudged",
    "take_step",
]
