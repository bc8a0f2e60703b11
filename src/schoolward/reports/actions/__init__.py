"""Writes to editions: drafting, writing, signing, publishing, correcting."""

from schoolward.reports.actions.drafting import (
    EditionExists,
    StaleText,
    discard,
    draft_edition,
    edit_form,
    edit_section,
    preview,
)
from schoolward.reports.actions.following import correct, write_minutes
from schoolward.reports.actions.looking import sign_anomaly, sign_unjudged
from schoolward.reports.actions.signing import (
    NotPublishable,
    SamePerson,
    approve,
    publish,
    return_to_draft,
    submit,
)
from schoolward.reports.errors import CannotPrint, ReportError, UnfitDate, WrongState

__all__ = [
    "CannotPrint",
    "EditionExists",
    "NotPublishable",
    "ReportError",
    "SamePerson",
    "StaleText",
    "UnfitDate",
    "WrongState",
    "approve",
    "correct",
    "discard",
    "draft_edition",
    "edit_form",
    "edit_section",
    "preview",
    "publish",
    "return_to_draft",
    "sign_anomaly",
    "sign_unjudged",
    "submit",
    "write_minutes",
]
