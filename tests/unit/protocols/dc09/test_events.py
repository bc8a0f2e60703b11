"""Event codes: the grammar of DC-03, DC-05 Contact ID, and the tables of both. All data are invented."""

from __future__ import annotations

import pytest

from schoolward.protocols.dc09 import ContentMalformed, Event, decode_events
from schoolward.protocols.dc09.codes import KINDS, dc03_codes, dc05_codes


def sia(data: bytes, charset: str = "utf-8") -> list[Event]:
    return decode_events(b"SIA-DCS", data, charset)


def where(event: Event) -> tuple[str, str | None, str | None, str | None, str | None]:
    return event.code, event.zone, event.partition, event.user, event.text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"NBA01", ("BA", "01", None, None, None)),
        (b"BA01", ("BA", "01", None, None, None)),  # without the letter for new events
        (b"NRP", ("RP", None, None, None, None)),
        (b"Nri1/BA01", ("BA", "01", "1", None, None)),
        (b"Nri01BA01", ("BA", "01", "01", None, None)),
        (b"Nti10:23/id501/ri2/CL501", ("CL", None, "2", "501", None)),
        (b"Nid005ri1ti10:00:00BA5", ("BA", "5", "1", "005", None)),  # dc09-spt parts no modifiers
        (b"Nri1/pi010/OP3", ("OP", None, "1", "3", None)),
        (b"Nri1/id7/CL", ("CL", None, "1", "7", None)),
        (b"NCA4", ("CA", None, "4", None, None)),  # the address of this code is an area
        (b"NBA0F", ("BA", "0F", None, None, None)),
        (b"NDG12", ("DG", "12", None, None, None)),
        (b"Nri1/BA01^Front door^", ("BA", "01", "1", None, "Front door")),
        (b"Nri1/BA01^Front door", ("BA", "01", "1", None, "Front door")),
        (b"Nri1^North wing^/BA01", ("BA", "01", "1", None, "North wing")),
        (b"Nri1^North wing^/BA01^Door^", ("BA", "01", "1", None, "Door")),
        (b"NBA01*'Front door'NM", ("BA", "01", None, None, "Front door")),
        (b"NBA01*'Front door", ("BA", "01", None, None, "Front door")),
        (b'NBA01*"Front door"NM', ("BA", "01", None, None, "Front door")),
        (b"NBA01 Front door", ("BA", "01", None, None, "Front door")),
        (b"NBA01^A/C room^", ("BA", "01", None, None, "A/C room")),
        (b"NBA01|AFront door", ("BA", "01", None, None, "Front door")),
        (b"NBA01|AAR 2", ("BA", "01", None, None, "AR 2")),
        ("NBA01^École^".encode(), ("BA", "01", None, None, "École")),
        ("NBA01^École^".encode("cp1252"), ("BA", "01", None, None, "École")),
        (b"|Nri1/BA01", ("BA", "01", "1", None, None)),
        (b"#1234|NBA01", ("BA", "01", None, None, None)),
        (b"NNA3", ("NA", "3", None, None, None)),
        (b"NA3", ("NA", "3", None, None, None)),  # "no activity" without its N, not "A3"
        (b"AT", ("AT", None, None, None, None)),  # no mains, not the word "T"
        (b"NAT00", ("AT", "00", None, None, None)),
        (b"OP3", ("OP", None, None, "3", None)),  # an opening, not an old "P3"
        (b"EDA1*21.5C", ("DA", "1", None, None, "21.5C")),
        (b"Nri1/HA3*'Principal's office'NM", ("HA", "3", "1", None, "Principal's office")),
        ("NBA3*'Porte d'entrée'NM".encode(), ("BA", "3", None, None, "Porte d'entrée")),
        (b"NBA3*'Girls' gym'NM", ("BA", "3", None, None, "Girls' gym")),
        (b"NBA3*'Girls' gym", ("BA", "3", None, None, "Girls' gym")),
        (b"NBA3*'Hall 1/2'NM", ("BA", "3", None, None, "Hall 1/2")),
        (b'NBA3*"The 3" pipe"NM', ("BA", "3", None, None, 'The 3" pipe')),
        (b"NCL0001^Bob^^Office^", ("CL", None, None, "0001", "Bob, Office")),
        (b"Nxx1/FA04", ("FA", "04", None, None, None)),  # a modifier that no table has
        (b"Nri1/xx12/FA04", ("FA", "04", "1", None, None)),
    ],
)
def test_one_event(data: bytes, told: tuple[str, str | None, str | None, str | None, str | None]) -> None:
    (event,) = sia(data)

    assert where(event) == told
    assert event.kind != "unknown"


def test_no_event_of_a_block_is_lost() -> None:
    events = sia(b"Nri1/BA01^Hall^/BB02/ri2/FA3|OCL501|NTA4*'Lid'NM")

    assert [where(event) for event in events] == [
        ("BA", "01", "1", None, "Hall"),
        ("BB", "02", "1", None, None),
        ("FA", "3", "2", None, None),
        ("CL", None, None, "501", None),  # the modifiers of a block end with it
        ("TA", "4", None, None, "Lid"),
    ]
    assert [event.qualifier for event in events] == ["N", "N", "N", "O", "N"]
    assert [event.kind for event in events] == ["burglary", "bypass", "fire", "closing", "tamper"]


def test_an_old_event_is_marked() -> None:
    assert sia(b"OBA1")[0].qualifier == "O"
    assert sia(b"OOP1")[0][:2] == ("OP", "O")


def test_a_code_that_nobody_knows() -> None:
    (event,) = sia(b"NQQ7")

    assert event == Event("QQ", "N", "7", None, None, None, "Unknown code QQ", "unknown")


@pytest.mark.parametrize(
    ("data", "rest"),
    [
        (b"NBA01/foo", "foo"),
        (b"NBA01|foo", "foo"),
        (b"NBA01/FA2zz", "FA2zz"),
        (b"NBA01/[", "["),
        (b"NBA01/\xff", "ÿ"),
    ],
)
def test_what_cannot_be_read_does_not_take_the_alarm_with_it(data: bytes, rest: str) -> None:
    alarm, unread = sia(data)

    assert alarm.kind == "burglary"
    assert (unread.kind, unread.text) == ("unknown", rest)


@pytest.mark.parametrize(
    "data",
    [b"Nri1/BA01/XXyy/FA02", b"NXXyy/BA01/FA02", b"NBA01/XXyy/ri2/FA02", b"NBA01*'Hall/FA02*'Gym'NM/XXyy"],
)
def test_what_stands_behind_an_unreadable_part_is_read(data: bytes) -> None:
    read = [(event.code, event.zone) for event in sia(data)]

    assert sorted(read, key=str) == sorted([("BA", "01"), ("FA", "02"), ("", None)], key=str)


@pytest.mark.parametrize("data", [b"1", b"?", b"???", b"V1", b"#1234|X12"])
def test_data_that_tell_of_no_event_are_no_link_test(data: bytes) -> None:
    with pytest.raises(ContentMalformed):
        sia(data)


def test_an_alarm_under_the_identifier_of_the_other_code_is_that_alarm() -> None:
    assert sia(b"1130 01 015")[0].kind == "burglary"
    assert sia(b"1110 01 015")[0].kind == "fire"
    assert [event.code for event in decode_events(b"ADM-CID", b"Nri1/BA01")] == ["BA"]
    with pytest.raises(ContentMalformed, match="no block of events"):
        sia(b"1ABC 01 015")  # no code of the other's either


@pytest.mark.parametrize("data", [b"foo", b"N", b"Nri1", b"NBA01zz", b"N01", b"b", b"\xff\xfe", b"*|*"])
def test_a_block_without_any_event(data: bytes) -> None:
    with pytest.raises(ContentMalformed, match="no block of events"):
        sia(data)


@pytest.mark.parametrize("data", [b"", b"|", b"#1234", b"@L3A", b"#1234|&12"])
def test_a_block_in_which_nothing_has_happened(data: bytes) -> None:
    assert sia(data) == []


def test_words_alone() -> None:
    assert sia(b"AHello there") == [
        Event("", "N", None, None, None, "Hello there", "Message in words", "information")
    ]


@pytest.mark.parametrize(
    ("data", "event"),
    [
        (b"1131 01 003", Event("131", "1", "003", "01", None, None, "Burglary, perimeter", "burglary")),
        (
            b"3131 01 003",
            Event("131", "3", "003", "01", None, None, "Burglary, perimeter: restored", "restore"),
        ),
        (
            b"6131 01 003",
            Event("131", "6", "003", "01", None, None, "Burglary, perimeter: still so", "burglary"),
        ),
        (b"1401 01 002", Event("401", "1", None, "01", "002", None, "Disarmed by a user", "opening")),
        (b"3401 01 002", Event("401", "3", None, "01", "002", None, "Armed by a user", "closing")),
        (b"1301 00 000", Event("301", "1", "000", "00", None, None, "Mains power has failed", "power")),
        (b"3301 00 000", Event("301", "3", "000", "00", None, None, "Mains power is back", "restore")),
        (b"1602 00 000", Event("602", "1", "000", "00", None, None, "Periodic test report", "test")),
        (b"1570 0B 0FE", Event("570", "1", "0FE", "0B", None, None, "Zone bypassed", "bypass")),
        (b"1570 0b 0fe", Event("570", "1", "0FE", "0B", None, None, "Zone bypassed", "bypass")),
        (b"1130 01 003 ^Hall^", Event("130", "1", "003", "01", None, "Hall", "Burglary", "burglary")),
        (b"113001003", Event("130", "1", "003", "01", None, None, "Burglary", "burglary")),
        (b"#1234|1130 01 003", Event("130", "1", "003", "01", None, None, "Burglary", "burglary")),
        (
            b"113F 01 003",
            Event("13F", "1", "003", "01", None, None, "Unknown code 13F of the group: burglary", "unknown"),
        ),
        (b"1B00 01 003", Event("B00", "1", "003", "01", None, None, "Unknown code B00", "unknown")),
        (
            b"2130 01 003",
            Event("130", "2", "003", "01", None, None, "Burglary, with the unknown qualifier 2", "unknown"),
        ),
    ],
)
def test_contact_id(data: bytes, event: Event) -> None:
    assert decode_events(b"ADM-CID", data) == [event]


def test_several_contact_id_events() -> None:
    events = decode_events(b"ADM-CID", b"1130 01 003|3130 01 003")

    assert [(event.qualifier, event.kind) for event in events] == [("1", "burglary"), ("3", "restore")]
    assert decode_events(b"ADM-CID", b"") == []


@pytest.mark.parametrize("data", [b"1XYZ 01 003", b"1130 01", b"NQQ01", b"1130 01 0003"])
def test_what_is_no_contact_id(data: bytes) -> None:
    with pytest.raises(ContentMalformed, match="no Contact ID"):
        decode_events(b"ADM-CID", data)


@pytest.mark.parametrize("identifier", [b"NULL", b"XNM", b"ACK", b"NAK", b"DUH", b"RSP"])
def test_link_tests_and_answers_have_no_events(identifier: bytes) -> None:
    assert decode_events(identifier, b"anything") == []


def test_formats_that_are_only_kept() -> None:
    (event,) = decode_events(b"SIA-PUL", b"1234 5")

    assert (event.kind, event.text) == ("unknown", "1234 5")


def test_the_tables_are_whole() -> None:
    # 305 codes of DC-03 and 20 of a maker; 322 of DC-05 and five of makers.
    assert (len(dc03_codes()), len(dc05_codes())) == (325, 327)
    for known in dc03_codes().values():
        assert len(known.code) == 2
        assert known.code.isalpha()
        assert known.code.isupper()
        assert known.kind in KINDS
        assert known.address in ("zone", "user", "area", "")
        assert known.meaning
    for each in dc05_codes().values():
        assert len(each.code) == 3
        assert each.code.isdigit()
        assert {each.kind, each.kind_restored} <= set(KINDS)
        assert each.address in ("zone", "user")
        assert each.meaning
    used = {code.kind for code in dc03_codes().values()} | {code.kind for code in dc05_codes().values()}
    assert used == set(KINDS) - {"unknown"}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *[(letter + "A", kind) for letter, kind in {"B": "burglary", "F": "fire", "H": "hold_up"}.items()],
        *[("PA", "panic"), ("MA", "medical"), ("TA", "tamper"), ("GA", "gas"), ("WA", "water")],
        *[("BR", "restore"), ("FH", "restore"), ("AR", "restore"), ("AT", "power"), ("YT", "power")],
        *[("OP", "opening"), ("CL", "closing"), ("BC", "cancel"), ("RP", "test"), ("YC", "communication")],
    ],
)
def test_the_kinds_that_decide_most(code: str, kind: str) -> None:
    assert dc03_codes()[code].kind == kind


def test_words_after_a_contact_id_event_are_its_words() -> None:
    (event,) = decode_events(b"ADM-CID", b"1110 01 015|Girls gym")

    assert (event.kind, event.zone, event.text) == ("fire", "015", "Girls gym")


def test_what_is_no_contact_id_does_not_take_the_alarm_with_it() -> None:
    unread, alarm = sorted(decode_events(b"ADM-CID", b"?!|1130 01 015"), key=lambda event: event.code)

    assert (alarm.kind, unread.kind, unread.text) == ("burglary", "unknown", "?!")


@pytest.mark.parametrize("data", [b"181130 01 015", b"18 1130 01 015", b"981130 01 015"])
def test_a_message_type_before_contact_id_is_passed_over(data: bytes) -> None:
    (event,) = decode_events(b"ADM-CID", data)

    assert (event.code, event.zone, event.kind) == ("130", "015", "burglary")
