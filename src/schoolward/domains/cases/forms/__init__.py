"""Forms of cases."""

from schoolward.domains.cases.forms.keeping import (
    FollowUpForm,
    GoalForm,
    GuardianForm,
    ReviewForm,
    ServiceForm,
    SessionsForm,
    YouthForm,
)
from schoolward.domains.cases.forms.referring import (
    ConsentForm,
    ContactForm,
    DayForm,
    EndForm,
    MatchForm,
    PassOnForm,
    ProgramForm,
    ReasonForm,
    ReferForm,
)

__all__ = [
    "ConsentForm",
    "ContactForm",
    "DayForm",
    "EndForm",
    "FollowUpForm",
    "GoalForm",
    "GuardianForm",
    "MatchForm",
    "PassOnForm",
    "ProgramForm",
    "ReasonForm",
    "ReferForm",
    "ReviewForm",
    "ServiceForm",
    "SessionsForm",
    "YouthForm",
]
