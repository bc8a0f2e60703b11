"""Which remedy is proposed for which cause, detector and window."""

from __future__ import annotations

import pytest

from schoolward.analysis.false_alarms import (
    REMEDIES,
    Action,
    Cause,
    Concentration,
    Days,
    DeviceKind,
    Outcome,
    Window,
    proposal,
    remedy_for,
)

EVENING = Window(18, 1)


@pytest.mark.parametrize(
    ("cause", "device", "window", "action", "words"),
    [
        (
            Cause.HVAC,
            DeviceKind.MOTION,
            EVENING,
            Action.CHANGE_SCHEDULE_OR_DETECTOR,
            "change schedule or detector",
        ),
        (Cause.HVAC, DeviceKind.CONTACT, EVENING, Action.SEAL, "close the gap"),
        (Cause.HANGING_DECORATION, DeviceKind.MOTION, None, Action.TAKE_DOWN_AND_NOTIFY, "notice to staff"),
        (Cause.USER_ENTRY_EXIT, DeviceKind.CONTACT, Window(6, 2), Action.TRAIN, "those who open"),
        (Cause.USER_ENTRY_EXIT, DeviceKind.CONTACT, Window(21, 2), Action.TRAIN, "those who close"),
        (Cause.USER_ENTRY_EXIT, DeviceKind.CONTACT, Window(22, 2), Action.TRAIN, "the role that enters"),
        (Cause.USER_ENTRY_EXIT, DeviceKind.CONTACT, None, Action.TRAIN, "the role that enters"),
        (
            Cause.STAFF_ON_ARMED_SITE,
            DeviceKind.MOTION,
            Window(9, 3, Days.WEEKENDS),
            Action.CHANGE_SCHEDULE_OR_CODE,
            "work weekends",
        ),
        (
            Cause.STAFF_ON_ARMED_SITE,
            DeviceKind.MOTION,
            Window(6, 1),
            Action.CHANGE_SCHEDULE_OR_CODE,
            "give a code",
        ),
        (Cause.WEATHER, DeviceKind.GLASS_BREAK, None, Action.SEAL, "fasten"),
        (Cause.WEATHER, DeviceKind.BEAM, None, Action.SEAL_OR_REPLACE_DETECTOR, "dual-technology"),
        (Cause.ANIMAL, DeviceKind.MOTION, None, Action.SEAL_OR_REPLACE_DETECTOR, "dual-technology"),
        (Cause.ANIMAL, DeviceKind.DUAL_TECHNOLOGY, None, Action.SEAL, "aim the detector"),
        (Cause.EQUIPMENT, DeviceKind.PANEL, None, Action.REPAIR_OR_REPLACE, "repair or replace"),
        (Cause.LINE, DeviceKind.PANEL, None, Action.CHECK_COMMUNICATION_PATH, "communication path"),
    ],
)
def test_the_remedy(
    cause: Cause, device: DeviceKind, window: Window | None, action: Action, words: str
) -> None:
    remedy = remedy_for(cause, device, window)

    assert remedy is not None
    assert remedy.action is action
    assert words in remedy.words


@pytest.mark.parametrize("cause", list(Cause))
@pytest.mark.parametrize("device", list(DeviceKind))
@pytest.mark.parametrize("window", [None, EVENING, Window(6, 1), Window(2, 4), Window(9, 1, Days.WEEKENDS)])
def test_every_known_cause_has_a_remedy_for_every_device_and_hour(
    cause: Cause, device: DeviceKind, window: Window | None
) -> None:
    assert (remedy_for(cause, device, window) is None) == (cause is Cause.UNKNOWN)


def test_every_row_can_be_reached() -> None:
    windows = [
        None,
        *(Window(start, hours, days) for start in range(24) for hours in (1, 2) for days in Days),
    ]
    reached = {
        id(remedy_for(cause, device, window))
        for cause in Cause
        for device in DeviceKind
        for window in windows
    }

    assert all(id(row) in reached for row in REMEDIES)


def found(
    *, share: float | None = 0.71, window: Window | None = EVENING, cause: Cause | None = Cause.HVAC
) -> Concentration:
    outcome = Outcome.NONE if window is None else Outcome.FOUND
    return Concentration(outcome, 100, 71, share, 0.07, window, cause, 0.8, 1e-9)


@pytest.mark.parametrize(
    ("concentration", "sentence"),
    [
        (found(), "71 % between 18:00 and 19:00, HVAC: change schedule or detector"),
        (
            found(share=0.996, window=Window(23, 2, Days.WEEKDAYS), cause=Cause.LINE),
            "99.6 % between 23:00 and 01:00 on weekdays, line: mend the communication path, or add a second",
        ),
        (
            found(share=1.0, cause=Cause.HANGING_DECORATION),
            "100 % between 18:00 and 19:00, hanging decoration: take down, and notice to staff",
        ),
        (
            found(share=None, window=None, cause=Cause.EQUIPMENT),
            "80 % equipment at no particular hour: repair or replace the device",
        ),
    ],
)
def test_the_sentence(concentration: Concentration, sentence: str) -> None:
    proposed = proposal(concentration, DeviceKind.MOTION)

    assert proposed is not None
    assert proposed.sentence == sentence


@pytest.mark.parametrize(
    "concentration",
    [
        found(cause=None),
        found(cause=Cause.UNKNOWN),
        found(window=None, share=None, cause=None),
        Concentration(Outcome.TOO_FEW, 3, 3, None, None, None, Cause.HVAC, 1.0, None),
    ],
)
def test_nothing_is_proposed_where_nothing_stands_out(concentration: Concentration) -> None:
    assert proposal(concentration, DeviceKind.MOTION) is None
