"""Tables of grants, in and out: awards, budget lines, ledgers, and the general ledger by its accounts."""

from schoolward.domains.grants.exchange.awards import AWARD_COLUMN_NAMES, award_row
from schoolward.domains.grants.exchange.general_ledger import account_row
from schoolward.domains.grants.exchange.known import own_number, shared_numbers
from schoolward.domains.grants.exchange.ledgers import LEDGER_COLUMN_NAMES, ledger_row

__all__ = [
    "AWARD_COLUMN_NAMES",
    "LEDGER_COLUMN_NAMES",
    "account_row",
    "award_row",
    "ledger_row",
    "own_number",
    "shared_numbers",
]
