"""Forms of grants. Each says what happens next."""

from schoolward.domains.grants.forms.awards import (
    AmendmentForm,
    AwardForm,
    ChangeTermsForm,
    LineForm,
    SentForm,
    UntilForm,
)
from schoolward.domains.grants.forms.ledger import (
    DecisionForm,
    EntryForm,
    EvidenceForm,
    PurposeForm,
    ReasonForm,
    ReleaseForm,
    TransferForm,
    entry_label,
)
from schoolward.domains.grants.forms.seeking import (
    AnswerForm,
    ApplicationForm,
    ChoiceForm,
    FundingForm,
    OpportunityForm,
    PartForm,
    PositionForm,
    SubmitForm,
)

__all__ = [
    "AmendmentForm",
    "AnswerForm",
    "ApplicationForm",
    "AwardForm",
    "ChangeTermsForm",
    "ChoiceForm",
    "DecisionForm",
    "EntryForm",
    "EvidenceForm",
    "FundingForm",
    "LineForm",
    "OpportunityForm",
    "PartForm",
    "PositionForm",
    "PurposeForm",
    "ReasonForm",
    "ReleaseForm",
    "SentForm",
    "SubmitForm",
    "TransferForm",
    "UntilForm",
    "entry_label",
]
