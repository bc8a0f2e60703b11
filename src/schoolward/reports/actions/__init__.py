"""Writes to editions: drafting, writing, signing, publishing, correcting."""

from schoolward.reports.actions.drafting import (
    EditionExists,
    StaleText,
    UnfitDate,
    draft_edition,
    edit_form,
    edit_section,
    preview,
)
from schoolward.reports.actions.errors import ReportError, WrongState
from schoolward.reports.actions.signing import (
    NotPublishable,
    SamePerson,
    approve,
    correct,
    publish,
    return_to_draft,
    sign_anomaly,
    submit,
)

__all__ = [
    "EditionExists",
    "NotPublishable",
    "ReportError",
    "SamePerson",
    "StaleText",
    "UnfitDate",
    "WrongState",
    "approve",
    "correct",
    "draft_edition",
    "edit_form",
    "edit_section",
    "preview",
    "publish",
    "return_to_draft",
    "sign_anomaly",
    "submit",
]
