"""Writes of grants: each one transaction and one audit event an award."""

from schoolward.domains.grants.actions.accounts import map_account, unmap_account
from schoolward.domains.grants.actions.alerting import AHEAD, raise_alerts, see_alert
from schoolward.domains.grants.actions.awards import (
    add_award,
    amend,
    close_award,
    what_closing_lacks,
)
from schoolward.domains.grants.actions.correcting import (
    change_application,
    change_opportunity,
    remove_part,
    take_up_again,
)
from schoolward.domains.grants.actions.feeds import TooManyReads, make_feed, revoke_feed, viewer_of_feed
from schoolward.domains.grants.actions.ledger import post, release, reverse
from schoolward.domains.grants.actions.lines import add_line, add_line_with_budget
from schoolward.domains.grants.actions.new_entry import NewEntry
from schoolward.domains.grants.actions.opening import correct_budget
from schoolward.domains.grants.actions.overriding import ask_to_post, ask_to_transfer, let_by, refuse
from schoolward.domains.grants.actions.positions import (
    add_position,
    change_funding,
    change_position,
    fund_position,
    remove_funding,
)
from schoolward.domains.grants.actions.posting import Ledgers, left_of_obligation
from schoolward.domains.grants.actions.proving import add_evidence, link_purpose, take_purpose_back
from schoolward.domains.grants.actions.refusals import AwardClosed, GrantRefused, RuleBlocks
from schoolward.domains.grants.actions.reopening import ask_to_reopen
from schoolward.domains.grants.actions.reporting import mark_sent, plan_reports, unmark_sent
from schoolward.domains.grants.actions.seeking import (
    add_opportunity,
    add_part,
    answer,
    begin_application,
    choose,
    sign,
    submit,
    what_submitting_lacks,
)
from schoolward.domains.grants.actions.sums import keep_sums, rebuild_sums
from schoolward.domains.grants.actions.terms import DESCRIPTIVE, describe_award, is_under_way
from schoolward.domains.grants.actions.transferring import (
    take_transfer_back,
    transfer,
)

__all__ = [
    "AHEAD",
    "DESCRIPTIVE",
    "AwardClosed",
    "GrantRefused",
    "Ledgers",
    "NewEntry",
    "RuleBlocks",
    "TooManyReads",
    "add_award",
    "add_evidence",
    "add_line",
    "add_line_with_budget",
    "add_opportunity",
    "add_part",
    "add_position",
    "amend",
    "answer",
    "ask_to_post",
    "ask_to_reopen",
    "ask_to_transfer",
    "begin_application",
    "change_application",
    "change_funding",
    "change_opportunity",
    "change_position",
    "choose",
    "close_award",
    "correct_budget",
    "describe_award",
    "fund_position",
    "is_under_way",
    "keep_sums",
    "left_of_obligation",
    "let_by",
    "link_purpose",
    "make_feed",
    "map_account",
    "mark_sent",
    "plan_reports",
    "post",
    "raise_alerts",
    "rebuild_sums",
    "refuse",
    "release",
    "remove_funding",
    "remove_part",
    "reverse",
    "revoke_feed",
    "see_alert",
    "sign",
    "submit",
    "take_purpose_back",
    "take_transfer_back",
    "take_up_again",
    "transfer",
    "unmap_account",
    "unmark_sent",
    "viewer_of_feed",
    "what_closing_lacks",
    "what_submitting_lacks",
]
