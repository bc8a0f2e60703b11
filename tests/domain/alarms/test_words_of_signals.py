"""What people read of signals: codes in full, what was odd in words, and titles that tell cases apart."""

from __future__ import annotations

import csv
import io
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.domain.alarms.journal_writer import NIGHT, Receiver

from schoolward.domains.alarms.builder import codes
from schoolward.domains.alarms.builder.running import run_once
from schoolward.domains.alarms.journal import Flag
from schoolward.domains.alarms.models import AlarmSystem, Case, Line, Oddity, Signal
from schoolward.domains.alarms.receiver import notes
from schoolward.domains.alarms.receiver.refusals import Reason
from schoolward.domains.places.models import Campus

REFUSED = Flag.NOT_ACKNOWLEDGED


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (REFUSED | Flag.WRONG_KEY, "Wrong key"),
        (REFUSED | Flag.PLAINTEXT_REFUSED, "Not encrypted"),
        (REFUSED | Flag.SKEWED, "Wrong clock"),
        (REFUSED | Flag.UNKNOWN_ACCOUNT, "Unknown and encrypted"),
    ],
)
def test_a_refused_frame_has_its_code_in_full_wherever_it_is_read(
    client_of: Any, receiver: Receiver, system: AlarmSystem, flags: int, code: str
) -> None:
    receiver.frame("Nri1/BA003", flags=flags).commit()
    run_once(at=NIGHT)
    signal = Signal.objects.get()
    lead: Client = client_of("lead")

    exported = lead.get(reverse("alarms:signals"), {"export": "csv"})
    (row,) = csv.DictReader(io.StringIO(_written(exported)))
    page = lead.get(reverse("alarms:signal", args=[signal.pk])).content.decode()
    found = lead.get(reverse("alarms:signals"), {"code": code.lower()}).content.decode()
    (told,) = lead.get("/api/v1/alarms/signals").json()["items"]

    assert signal.code == row["Code"] == told["code"] == code
    assert f'<dd class="code">{code}</dd>' in page
    assert code in found
    assert "not acknowledged" in page
    assert "not_acknowledged" not in page


def test_every_reason_and_every_note_has_a_whole_code_of_its_own() -> None:
    found = [codes.of_refusal(reason) for reason in Reason] + [codes.of_note(name) for name in notes.KINDS]

    assert len(set(found)) == len(found)
    assert all(len(code) <= codes.LONGEST and "_" not in code for code in found)
    assert codes.of_note("a_note_of_a_later_version") == "A note of a later version"


def test_what_was_odd_stands_in_words_on_the_line_of_a_case(
    client_of: Any, receiver: Receiver, system: AlarmSystem
) -> None:
    flags = Flag.SKEWED | Flag.SPOOLED
    receiver.frame("Nri1/BA003", flags=flags).commit()
    run_once(at=NIGHT)

    page = client_of("alarm_operator").get(reverse("alarms:case", args=[Case.objects.get().number]))

    told = page.content.decode()
    assert "the panel&#x27;s clock was wrong, kept aside while the database did not answer" in told
    assert "skewed" not in told


def test_every_oddity_reads_as_words_and_one_of_a_later_version_too() -> None:
    assert all("_" not in str(odd.label) for odd in Oddity)
    assert Signal(flags=["reused", "of_a_later_version"]).oddities == [
        "its number had been used before",
        "of a later version",
    ]


def test_cases_of_unreadable_data_are_told_apart_by_their_titles(
    receiver: Receiver, system: AlarmSystem, site: Campus
) -> None:
    second = Line.objects.create(name="second")
    AlarmSystem.objects.create(line=second, account="0012", campus=site, changed_at=NIGHT)
    receiver.frame("Girls gym")
    receiver.frame("Girls gym", identifier=b"ADM-CID")
    receiver.frame("Girls gym", line="second")
    receiver.frame("NBA3/??gym")
    receiver.frame("NQQ9").commit()

    run_once(at=NIGHT)

    assert Signal.objects.filter(code="Cannot be read", kind="unknown_code").count() == 4
    titles = list(Case.objects.filter(kind="unknown").order_by("pk").values_list("title", flat=True))
    assert titles == [
        "Unreadable SIA data from account 0012 on the line main: Girls gym",
        "Unreadable Contact ID data from account 0012 on the line main: Girls gym",
        "Unreadable SIA data from account 0012 on the line second: Girls gym",
        "Unknown code QQ (SIA) from account 0012 on the line main",
    ]


def test_a_long_part_is_shortened_in_the_title(receiver: Receiver, system: AlarmSystem) -> None:
    receiver.frame("Girls gym and " * 20).commit()
    run_once(at=NIGHT)

    title = Case.objects.get().title
    assert title.endswith("…")
    assert len(title) < 140


def test_codes_that_were_cut_are_whole_after_the_migration(receiver: Receiver, system: AlarmSystem) -> None:
    segment = receiver.frame("NBA3").commit()
    cut = [
        ("WRONG_KE", "security", "Refused: encrypted with another key", "Wrong key"),
        ("UNKNOWN_", "security", "Refused", "Unknown and encrypted"),
        ("RECEIVER", "other", "The receiver r1 began to listen", "Receiver started"),
        ("RECEIVER", "other", "The receiver r1 was stopped", "Receiver stopped"),
        ("LOST", "supervision", "Not heard from", "Not heard from"),
        ("BA", "burglary", "Burglary alarm", "BA"),
        ("LOST", "unknown_code", "A panel's own", "LOST"),
    ]
    for index, (code, kind, meaning, _whole) in enumerate(cut):
        Signal.objects.create(
            segment=segment,
            frame_index=0,
            event_index=index,
            digest=b"",
            account="0012",
            received_at=NIGHT,
            frame_sequence="0001",
            code=code,
            kind=kind,
            meaning=meaning,
        )

    migration = import_module("schoolward.domains.alarms.migrations.0006_whole_codes")
    migration.in_words(apps, SimpleNamespace(connection=connection))

    kept = Signal.objects.order_by("event_index").values_list("code", flat=True)
    assert list(kept) == [whole for *_cut, whole in cut]


def _written(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8-sig")
