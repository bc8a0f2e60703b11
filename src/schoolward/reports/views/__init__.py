"""Pages of the reports."""

from schoolward.reports.views.award_packs import award_pack, award_pack_file
from schoolward.reports.views.batches import batch, batch_file, batch_new
from schoolward.reports.views.corrective import corrective_actions, corrective_actions_file
from schoolward.reports.views.disclosures import disclosure_log_file
from schoolward.reports.views.plan_papers import (
    plan_board_item,
    plan_board_item_file,
    plan_letter,
    plan_letter_file,
    plan_letters,
)
from schoolward.reports.views.profiles import (
    profile_file,
    profile_page,
    profile_photo,
    profile_plan,
    profiles,
    site_panel,
)
from schoolward.reports.views.reading import changes, download, edition, number, reports
from schoolward.reports.views.route_applications import route_application_file
from schoolward.reports.views.signing import correction, sign, sign_number, sign_unjudged, take_step
from schoolward.reports.views.writing import discard, form, minutes, new, section, section_preview

__all__ = [
    "award_pack",
    "award_pack_file",
    "batch",
    "batch_file",
    "batch_new",
    "changes",
    "correction",
    "corrective_actions",
    "corrective_actions_file",
    "discard",
    "disclosure_log_file",
    "download",
    "edition",
    "form",
    "minutes",
    "new",
    "number",
    "plan_board_item",
    "plan_board_item_file",
    "plan_letter",
    "plan_letter_file",
    "plan_letters",
    "profile_file",
    "profile_page",
    "profile_photo",
    "profile_plan",
    "profiles",
    "reports",
    "route_application_file",
    "section",
    "section_preview",
    "sign",
    "sign_number",
    "sign_unjudged",
    "site_panel",
    "take_step",
]
