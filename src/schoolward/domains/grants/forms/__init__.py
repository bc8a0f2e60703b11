"""Forms of grants. Each says what happens next."""

from schoolward.domains.grants.forms.awards import (
    AmendmentForm,
    AwardForm,
    ChangeTermsForm,
    LineForm,
    SentForm,
    UntilForm,
)
from schoolward.domains.grants.forms.feeds import FeedForm
from schoolward.domains.grants.forms.ledger import (
    CorrectBudgetForm,
    DecisionForm,
    EntryForm,
    EvidenceForm,
    PurposeForm,
    ReasonForm,
    ReleaseForm,
    TransferForm,
    entry_label,
)
from schoolward.domains.grants.forms.positions import FundingForm, PositionForm
from schoolward.domains.grants.forms.seeking import (
    AnswerForm,
    ApplicationForm,
    ChoiceForm,
    OpportunityForm,
    PartForm,
    SubmitForm,
)

__all__ = [
    "AmendmentForm",
    "AnswerForm",
    "ApplicationForm",
    "AwardForm",
    "ChangeTermsForm",
    "ChoiceForm",
    "CorrectBudgetForm",
    "DecisionForm",
    "EntryForm",
    "EvidenceForm",
    "FeedForm",
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
