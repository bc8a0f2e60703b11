"""`schoolward report site-profile` and `schoolward report corrective-actions`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.platform.audit.models import Event

Run = Callable[..., Ended]


@pytest.mark.django_db
class TestPapersAboutSites:
    """`schoolward report site-profile` and `schoolward report corrective-actions`."""

    @pytest.fixture(autouse=True)
    def _site(self, db: None) -> None:
        campus = Campus.objects.create(name="Oak", slug="oak", address="1 Oak Street", address_key="1 OAK ST")
        school = School.objects.create(cds_code="00000000000001", name="Oak", kind="elementary")
        SchoolOccupancy.objects.create(school=school, campus=campus)

    @pytest.mark.parametrize("which", [("--site", "00000000000001"), ("--site", "oak"), ("--all",)])
    def test_a_profile_is_written_in_three_forms(
        self, schoolward: Run, tmp_path: Path, which: tuple[str, ...]
    ) -> None:
        asked = (
            "report",
            "site-profile",
            "--copy",
            "police",
            "--as-of",
            "2012-09-06",
            "--out",
            tmp_path / "new",
        )
        ended = schoolward(*asked, *which, "--json")
        assert ended.code == ExitCode.DONE
        done = json.loads(ended.out)
        assert (done["sites"], done["copy"], done["as_of"]) == (1, "police", "2012-09-06")
        assert [Path(path).suffix for path in done["paths"]] == [".pdf", ".csv", ".json"]
        assert Path(done["paths"][0]).read_bytes().startswith(b"%PDF")
        assert Event.objects.filter(action="profiles.read").count() == 1

    def test_the_plan_is_written_too(self, schoolward: Run, tmp_path: Path) -> None:
        ended = schoolward("report", "corrective-actions", "--as-of", "2012-09-06", "--out", tmp_path)
        assert ended.code == ExitCode.DONE
        assert len(ended.out.split()) == 3
        ended = schoolward(
            "report", "corrective-actions", "--as-of", "2012-09-06", "--out", tmp_path, "--all"
        )
        assert "corrective-actions-oak-2012-09-06.pdf" in ended.out

    @pytest.mark.parametrize(
        ("asked", "code", "word"),
        [
            (("--copy", "secret", "--all"), ExitCode.USAGE, "closed-session"),
            (("--copy", "board"), ExitCode.USAGE, "--all"),
            (("--copy", "board", "--all", "--site", "oak"), ExitCode.USAGE, "--site"),
            (("--copy", "board", "--site", "nowhere"), ExitCode.NOT_FOUND, "nowhere"),
        ],
    )
    def test_what_is_wrong_is_one_sentence(
        self, schoolward: Run, tmp_path: Path, asked: tuple[str, ...], code: ExitCode, word: str
    ) -> None:
        ended = schoolward(
            "report", "site-profile", *asked, "--as-of", "2012-09-06", "--out", tmp_path / "new"
        )
        assert ended.code == code
        assert word in ended.err
        assert not (tmp_path / "new").exists()

    def test_a_day_to_come_is_refused(self, schoolward: Run, tmp_path: Path) -> None:
        ended = schoolward(
            "report", "site-profile", "--copy", "board", "--all", "--as-of", "2199-01-01", "--out", tmp_path
        )
        assert ended.code == ExitCode.REFUSED
        assert "still to come" in ended.err

    def test_a_report_that_is_none_is_not_found(self, schoolward: Run, tmp_path: Path) -> None:
        ended = schoolward("report", "novel", "--as-of", "2012-09-06", "--out", tmp_path)
        assert ended.code == ExitCode.NOT_FOUND
        assert "board-summary" in ended.err
