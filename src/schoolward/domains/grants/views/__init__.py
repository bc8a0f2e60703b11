"""Pages of grants: awards, ledgers, reports, posts, and how money is sought."""

from schoolward.domains.grants.views.accounts import AccountList, unmap
from schoolward.domains.grants.views.awards import AwardList, award
from schoolward.domains.grants.views.correcting import (
    application_edit,
    application_take_up,
    opportunity_edit,
    part_remove,
    transfer_take_back,
)
from schoolward.domains.grants.views.feeds import feed, feed_new, feed_revoke, feeds
from schoolward.domains.grants.views.ledger import LedgerPage, entry, evidence_file
from schoolward.domains.grants.views.managing import (
    alert_seen,
    amend,
    award_edit,
    award_new,
    close,
    line_new,
    reopen,
)
from schoolward.domains.grants.views.positions import (
    fund,
    funding_edit,
    funding_remove,
    position_edit,
    position_new,
    positions,
)
from schoolward.domains.grants.views.posting import (
    add_evidence,
    budget_correct,
    entry_new,
    link_purpose,
    release,
    reverse_entry,
    transfer,
    unlink_purpose,
)
from schoolward.domains.grants.views.reporting import (
    ReportList,
    calendar,
    financial_report,
    report_sent,
    report_unsent,
)
from schoolward.domains.grants.views.requests import decide, requests
from schoolward.domains.grants.views.rules import rules
from schoolward.domains.grants.views.seeking import (
    OpportunityList,
    answer,
    begin,
    choose,
    opportunity,
    opportunity_new,
    part_file,
    part_new,
    sign,
    submit,
)

__all__ = [
    "AccountList",
    "AwardList",
    "LedgerPage",
    "OpportunityList",
    "ReportList",
    "add_evidence",
    "alert_seen",
    "amend",
    "answer",
    "application_edit",
    "application_take_up",
    "award",
    "award_edit",
    "award_new",
    "begin",
    "budget_correct",
    "calendar",
    "choose",
    "close",
    "decide",
    "entry",
    "entry_new",
    "evidence_file",
    "feed",
    "feed_new",
    "feed_revoke",
    "feeds",
    "financial_report",
    "fund",
    "funding_edit",
    "funding_remove",
    "line_new",
    "link_purpose",
    "opportunity",
    "opportunity_edit",
    "opportunity_new",
    "part_file",
    "part_new",
    "part_remove",
    "position_edit",
    "position_new",
    "positions",
    "release",
    "reopen",
    "report_sent",
    "report_unsent",
    "requests",
    "reverse_entry",
    "rules",
    "sign",
    "submit",
    "transfer",
    "transfer_take_back",
    "unlink_purpose",
    "unmap",
]
