"""Writing incidents: files, entries by hand, corrections, and attribution when the sites change."""

from schoolward.domains.incidents.actions.attributing import attribute_again
from schoolward.domains.incidents.actions.importing import import_stream
from schoolward.domains.incidents.actions.recording import (
    IncidentDraft,
    IncidentRefused,
    correct_incident,
    record_incident,
)

__all__ = [
    "IncidentDraft",
    "IncidentRefused",
    "attribute_again",
    "correct_incident",
    "import_stream",
    "record_incident",
]
