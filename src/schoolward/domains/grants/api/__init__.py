"""Grants over HTTP: how money is sought, awards, their ledgers, reports, posts, and what is decided."""

from schoolward.domains.grants.api import awards, ledger, positions, reporting, seeking

router = awards.root
# What is no award's short name stands first (``actions.keys.RESERVED``).
for part in (seeking, reporting, positions, ledger, awards):
    router.add_router("", part.router)
