"""Accounts, agencies, and what decides about protected records: agreements, consents, seals, emergencies,
retention."""

from schoolward.platform.access.models.accounts import Account as Account
from schoolward.platform.access.models.accounts import AccountManager as AccountManager
from schoolward.platform.access.models.accounts import ApiToken as ApiToken
from schoolward.platform.access.models.accounts import Membership as Membership
from schoolward.platform.access.models.agencies import Agency as Agency
from schoolward.platform.access.models.agencies import AgencyKind as AgencyKind
from schoolward.platform.access.models.agencies import RecordClass as RecordClass
from schoolward.platform.access.models.agreements import Agreement as Agreement
from schoolward.platform.access.models.agreements import Signature as Signature
from schoolward.platform.access.models.consents import Consent as Consent
from schoolward.platform.access.models.consents import SpecialCategory as SpecialCategory
from schoolward.platform.access.models.emergencies import Emergency as Emergency
from schoolward.platform.access.models.merging import Merging as Merging
from schoolward.platform.access.models.protected import ProtectedRecord as ProtectedRecord
from schoolward.platform.access.models.retention import Certificate as Certificate
from schoolward.platform.access.models.retention import Disposal as Disposal
from schoolward.platform.access.models.retention import DisposalRow as DisposalRow
from schoolward.platform.access.models.retention import LitigationHold as LitigationHold
from schoolward.platform.access.models.retention import RetentionSchedule as RetentionSchedule
from schoolward.platform.access.models.sealings import Lifting as Lifting
from schoolward.platform.access.models.sealings import SealedPart as SealedPart
from schoolward.platform.access.models.sealings import Sealing as Sealing
