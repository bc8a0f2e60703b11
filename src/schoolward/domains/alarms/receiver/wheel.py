"""Deadlines of a million systems: a wheel of short slots, each looked at once, when its time has come.

A link test does not touch the wheel. When a slot comes up, each system in it is asked how late it really is,
and put into the slot of its new deadline: once in an interval, not once a test.
"""

from __future__ import annotations

from collections.abc import Iterator

from schoolward.domains.alarms.receiver.accounts import System

SLOTS_A_SECOND = 4


class Wheel:
    """Systems by the slot of their deadline."""

    def __init__(self) -> None:
        self._slots: dict[int, list[System]] = {}
        self._next = 0

    def arm(self, system: System, deadline: float) -> None:
        """Look at a system when its deadline (seconds since 1970) has passed. Only the last call counts."""
        slot = max(int(deadline * SLOTS_A_SECOND) + 1, self._next)
        system.slot = slot
        found = self._slots.get(slot)
        if found is None:
            self._slots[slot] = [system]
        else:
            found.append(system)

    def due(self, now: float) -> Iterator[System]:
        """The systems whose deadline has passed, each at most once; each must be armed again."""
        last = int(now * SLOTS_A_SECOND)
        if not self._next:
            self._next = min(self._slots, default=last)
        # After a long pause the empty slots in between are many, and those that hold something are few.
        slots = range(self._next, last + 1)
        passed = slots if len(slots) < 1000 else sorted(slot for slot in self._slots if slot <= last)
        self._next = last + 1
        for slot in passed:
            for system in self._slots.pop(slot, ()):
                if system.slot == slot and system.supervision:
                    system.slot = 0
                    yield system

    def __len__(self) -> int:
        return sum(system.slot == slot for slot, systems in self._slots.items() for system in systems)
