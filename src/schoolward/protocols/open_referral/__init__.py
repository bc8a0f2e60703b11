"""Open Referral's Human Services Data Specification 3 (HSDS): a directory of services as JSON, in and out.

Only what a directory of programs has is read and written: services with their organization, places,
schedules, capacities (since HSDS 3.1), languages, cost and classifications. Contacts are persons and are
neither read nor written. Names of fields, required fields and lists of values are those of the
specification's schemas (github.com/openreferral/specification, versions 3.0 and 3.1).
"""

from schoolward.protocols.open_referral.reading import read
from schoolward.protocols.open_referral.values import (
    VERSION,
    BadDirectory,
    BadService,
    Capacity,
    Organization,
    Place,
    Schedule,
    Service,
)
from schoolward.protocols.open_referral.writing import document, part_id

__all__ = [
    "VERSION",
    "BadDirectory",
    "BadService",
    "Capacity",
    "Organization",
    "Place",
    "Schedule",
    "Service",
    "document",
    "part_id",
    "read",
]
