"""Where a receiver keeps what it received: a durable append, and the few rows that it shares with others."""

from schoolward.domains.alarms.receiver.storing.address import DatabaseAddress, open_store
from schoolward.domains.alarms.receiver.storing.store import Segment, Store, StoreDown, StoreTables, SystemRow

__all__ = ["DatabaseAddress", "Segment", "Store", "StoreDown", "StoreTables", "SystemRow", "open_store"]
