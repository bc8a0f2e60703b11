"""Accounts, agencies, and what decides about protected records: agreements, consents, seals, emergencies."""

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
from schoolward.platform.access.models.protected import ProtectedRecord as ProtectedRecord
from schoolward.platform.access.models.sealings import Sealing as Sealing
