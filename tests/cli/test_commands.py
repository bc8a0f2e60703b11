"""What scripts rely on: arguments, JSON shapes, exit codes, and one clear sentence where it cannot go on."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click
import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from tests.cli.conftest import Ended

from schoolward.cli import installation
from schoolward.cli.figures import _asked
from schoolward.cli.main import COMMANDS, LazyGroup
from schoolward.cli.main import schoolward as root
from schoolward.cli.outcome import MEANINGS, ExitCode, anticipated
from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.audit import anchor, wall
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.models import Event
from schoolward.platform.demo.clock import DEMONSTRATION_DAY
from schoolward.platform.measures.examples import parse
from schoolward.platform.measures.registry import get

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., Ended]
SCHOOLS = "cds_code,school,address,city,zip,latitude,longitude,open_date,kind\n"


def every_command() -> list[tuple[str, click.Command]]:
    """Every command and subcommand with its full name."""
    found: list[tuple[str, click.Command]] = []
    context = click.Context(root)
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None
        inner = command.commands.items() if isinstance(command, click.Group) else [("", command)]
        found += [(f"{name} {sub}".strip(), entry) for sub, entry in inner]
    return found


def test_help_needs_no_django() -> None:
    code = (
        "import sys\n"
        "from schoolward.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit as ended: assert not ended.code\n"
        "assert not {'django', 'rich', 'numpy'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Examples:" in done.stdout


def test_a_command_starts_without_the_api() -> None:
    """Ninja and Pydantic take half a second to load, and no command but the web server needs them."""
    code = "import sys, django\ndjango.setup()\nassert not {'ninja', 'pydantic'} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_web_process_starts_without_solvers_and_compilers() -> None:
    """Each takes up to half a second of every process and every start; who asks brings what they need."""
    solvers = {"numba", "scipy.optimize", "highspy"}
    code = f"import sys, schoolward.config.asgi\nassert not {solvers} & set(sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("name", "command"), every_command(), ids=[name for name, _ in every_command()])
def test_every_command_says_what_it_does_and_documents_its_options(name: str, command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


def test_the_group_knows_exactly_its_commands() -> None:
    assert isinstance(root, LazyGroup)
    assert root.list_commands(click.Context(root)) == list(COMMANDS)
    assert root.get_command(click.Context(root), "nonsense") is None


def test_exit_codes_are_documented_as_they_are() -> None:
    page = (ROOT / "docs/reference/exit-codes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| `(\w+)` \| (.+) \|$", page, re.MULTILINE)
    assert rows == [(str(int(code)), code.name, MEANINGS[code]) for code in ExitCode]


def test_a_wrong_command_line_is_usage(schoolward: Run) -> None:
    assert schoolward("nonsense").code == ExitCode.USAGE
    assert schoolward("measure").code == ExitCode.USAGE
    assert schoolward("import", "schools", "no-such-file.csv").code == ExitCode.USAGE


def test_a_full_disk_is_one_sentence() -> None:
    error = anticipated(OSError(28, "No space left on device"))
    assert error is not None
    assert (error.code, error.message) == (
        ExitCode.NOT_READY,
        "The disk is full; free some space and try again.",
    )


def test_a_fault_of_ours_is_not_dressed_up() -> None:
    assert anticipated(KeyError("x")) is None


@pytest.mark.django_db
class TestMeasures:
    def test_the_list_names_the_promised_measures(self, schoolward: Run) -> None:
        keys = {entry["key"] for entry in schoolward("measure", "list", "--json").json}
        promised = (
            "incidents.total incidents.at_campus incidents.at_campus.school_hours incidents.near_campus"
        )
        promised += " incidents.rate campuses.operating schools.operating assessments.coverage"
        promised += " recommendations.completion initiatives.freshness reports.traceability"
        assert set(promised.split()) <= keys
        assert "campuses.operating" in schoolward("measure", "list").out

    def test_a_reading_has_the_promised_shape(self, schoolward: Run) -> None:
        ended = schoolward("measure", "campuses.operating", "--as-of", "2012-09-06", "--json")
        assert ended.code == ExitCode.DONE
        wanted = {"value", "numerator", "denominator", "unit", "suppressed", "records"}
        assert wanted <= ended.json.keys()

    def test_nothing_collected_is_never_zero(self, schoolward: Run) -> None:
        assert schoolward("measure", "campuses.operating", "--json").json["value"] is None
        assert "not collected" in schoolward("measure", "campuses.operating").out

    def test_an_unknown_measure_names_the_nearest(self, schoolward: Run) -> None:
        ended = schoolward("measure", "campuses.operatin")
        assert ended.code == ExitCode.NOT_FOUND
        assert "did you mean campuses.operating" in ended.err
        assert schoolward("trace", "campuses.operatin").code == ExitCode.NOT_FOUND

    def test_a_share_is_traced_part_by_part(self, schoolward: Run) -> None:
        measure = get("recommendations.completion")
        assert measure.example is not None
        made = measure.example.build(parse(measure.example.rows))
        key_of = {f"work.WorkItem:{item.pk}": label for label, item in made.items()}

        def traced(*part: str) -> str:
            ended = schoolward("trace", measure.key, "--as-of", "2012-09-06", *part)
            return "".join(sorted(key_of[line] for line in ended.out.split()))

        assert traced() == traced("--part", "numerator") == "AB"
        assert traced("--part", "denominator") == "ABCD"
        assert traced("--part", "outstanding") == "CD"
        refused = schoolward("trace", "campuses.operating", "--part", "outstanding")
        assert refused.code == ExitCode.NOT_FOUND
        assert "no records that are its outstanding" in refused.err

    def test_an_unknown_site_is_not_found(self, schoolward: Run) -> None:
        ended = schoolward("measure", "incidents.total", "--site", "12345678901234")
        assert (ended.code, ended.out) == (ExitCode.NOT_FOUND, "")

    def test_a_period_that_ends_before_it_starts_is_usage(self, schoolward: Run) -> None:
        ended = schoolward("measure", "incidents.total", "--from", "2012-09-06", "--to", "2012-09-05")
        assert ended.code == ExitCode.USAGE


@pytest.mark.django_db
class TestImport:
    def test_an_unknown_table_is_not_found(self, schoolward: Run, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("a\n1\n")
        ended = schoolward("import", "nonsense", file)
        assert ended.code == ExitCode.NOT_FOUND
        assert "schools" in ended.err, "it says what there is"

    def test_an_unknown_format_is_usage(self, schoolward: Run, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("a\n1\n")
        assert schoolward("import", "schools", file, "--format", "nonsense").code == ExitCode.USAGE

    def test_a_bad_file_is_reported_in_the_promised_shape(self, schoolward: Run, tmp_path: Path) -> None:
        file = tmp_path / "a.csv"
        file.write_text("not,a,school,table\n1,2,3,4\n")
        ended = schoolward("import", "schools", file, "--json")
        assert ended.code == ExitCode.ROWS_REJECTED
        assert {"read", "created", "updated", "unchanged", "rejected", "warnings"} <= ended.json.keys()
        assert {"row", "column", "value", "error"} <= ended.json["rejected"][0].keys()
        assert "is missing. Add it" in schoolward("import", "schools", file).out, (
            "and for a person, with the mend"
        )


@pytest.mark.django_db
class TestAudit:
    def test_a_whole_chain_is_verified(self, schoolward: Run) -> None:
        ended = schoolward("audit", "verify", "--json")
        assert (ended.code, ended.json["ok"]) == (ExitCode.DONE, True)

    def test_an_edited_event_is_found(self, schoolward: Run) -> None:
        by = installation.operator()
        record("test.done", by=by, at=by.at, subject="test:1")
        wall.tear_down(connection)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE audit_event SET subject = 'test:2'")
        wall.build(connection)
        ended = schoolward("audit", "verify")
        assert ended.code == ExitCode.FOUND_FAULTS
        assert "event 1" in ended.out

    def test_a_wall_that_was_taken_down_is_noticed_and_put_up(self, schoolward: Run) -> None:
        assert "nothing was done" in schoolward("audit", "wall").out
        wall.tear_down(connection)
        ended = schoolward("doctor", "--json")
        checks = {check["name"]: check["status"] for check in ended.json["checks"]}
        assert (ended.code, checks["Audit wall"]) == (ExitCode.FOUND_FAULTS, "fail")
        assert schoolward("audit", "wall").code == ExitCode.DONE
        assert wall.missing(connection) == []

    def test_what_is_mended_is_told_as_json(self, schoolward: Run) -> None:
        assert schoolward("audit", "wall", "--json").json == {"put_up": []}
        wall.tear_down(connection)
        assert len(schoolward("audit", "wall", "--json").json["put_up"]) >= 3
        anchor.path().unlink(missing_ok=True)
        told = schoolward("audit", "re-anchor", "--reason", "The disk failed", "--json").json
        assert told.keys() == {"event", "head", "set_aside", "unproven"}

    def test_a_tail_that_is_gone_is_told_by_every_command(self, schoolward: Run, at: datetime) -> None:
        assert "warning" not in schoolward("accounts", "list").err
        anchor.begin(at=at)
        anchor.append(count=26, head="a" * 64, at=at)
        assert "knows of 26 events, but the database ends at 0" in schoolward("accounts", "list").err

    def test_an_anchor_that_others_can_write_to(self, schoolward: Run, at: datetime) -> None:
        anchor.begin(at=at)
        anchor.path().chmod(0o666)
        checks = {check["name"]: check for check in schoolward("doctor", "--json").json["checks"]}
        assert checks["Audit anchor"]["status"] == "fail"
        assert checks["Audit anchor"]["mend"] == f"chmod 600 {anchor.path()}"


@pytest.mark.django_db
class TestExport:
    @pytest.mark.parametrize("name", ["below/a-file/a.csv", "below/a-file/a.xlsx"])
    def test_a_place_that_cannot_be_written_to(self, schoolward: Run, tmp_path: Path, name: str) -> None:
        ended = schoolward("export", "schools", "--out", tmp_path / name, "--json")
        assert (ended.code, ended.out) == (ExitCode.NOT_READY, "")
        assert "--out" in ended.err
        assert not Event.objects.filter(action="exchange.exported").exists(), "nothing left the house"

    @pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
    def test_what_was_written_is_told(self, schoolward: Run, tmp_path: Path, name: str) -> None:
        (tmp_path / "schools.csv").write_text("cds_code,name,kind,address\n34000000000001,A,High,1 A St\n")
        assert schoolward("import", "schools", tmp_path / "schools.csv").code == ExitCode.DONE
        ended = schoolward("export", "schools", "--out", tmp_path / name, "--json")
        assert ended.json == {"table": "schools", "rows": 1, "out": str(tmp_path / name)}
        assert (tmp_path / name).stat().st_size > 0
        assert Event.objects.filter(action="exchange.exported").count() == 1
        assert schoolward("export", "schools", "--json").code == ExitCode.USAGE
        assert schoolward("export", "schools").out.startswith("cds_code,name")


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_left_alone(schoolward: Run) -> None:
    MigrationRecorder(connection).record_applied("places", "0999_doors")
    for command in ("accounts list", "measure list", "import schools -"):
        ended = schoolward(*command.split())
        assert ended.code == ExitCode.NOT_READY
        assert "newer version; this one does not know places.0999_doors" in ended.err
    doctor = schoolward("doctor", "--json")
    told = {check["name"]: check for check in doctor.json["checks"]}["Database"]
    assert (doctor.code, told["status"]) == (ExitCode.FOUND_FAULTS, "fail")
    assert "places.0999_doors" in told["found"]
    assert Client().get("/readyz").status_code == 503


@pytest.mark.django_db
class TestAccounts:
    def test_the_first_administrator_is_made_and_told_where_to_go(self, schoolward: Run) -> None:
        made = ["accounts", "create-administrator", "ana@district.example", "--name", "Ana"]
        ended = schoolward(*made, "--district", "River City Unified")
        assert ended.code == ExitCode.DONE
        assert ended.out.startswith("http")
        membership = Membership.objects.get()
        assert (membership.role, membership.agency.name) == ("administrator", "River City Unified")
        assert not Account.objects.get().has_usable_password()
        listed = schoolward("accounts", "list", "--json").json
        assert [entry["email"] for entry in listed] == ["ana@district.example"]
        again = schoolward(*made, "--district", "River City Unified")
        assert (again.code, again.out) == (ExitCode.REFUSED, "")

    def test_a_wrong_address_is_usage(self, schoolward: Run) -> None:
        ended = schoolward("accounts", "create-administrator", "ana", "--name", "A", "--district", "B")
        assert ended.code == ExitCode.USAGE

    def test_a_demonstration_does_not_clear_real_accounts(self, schoolward: Run) -> None:
        Account.objects.create_user("ana@district.example", name="Ana")
        assert schoolward("demo").code == ExitCode.REFUSED
        assert schoolward("demo", "--reset").code == ExitCode.REFUSED
        assert schoolward("demo", "--if-empty").code == ExitCode.DONE
        assert Account.objects.count() == 1


@pytest.mark.django_db
class TestDates:
    @pytest.mark.parametrize("command", ["measure", "trace"])
    def test_a_year_that_is_a_slip_is_said(self, schoolward: Run, command: str) -> None:
        ended = schoolward(command, "incidents.total", "--from", "0001-01-01", "--to", "2012-01-01")
        assert ended.code == ExitCode.USAGE
        assert "check the year" in ended.err

    def test_a_demonstration_is_asked_about_its_own_day(self, schoolward: Run) -> None:
        """Without SCHOOLWARD_DEMO, which `run` sets for its pages: both must say the same."""
        assert installation.today() == timezone.localdate()
        Account.objects.create_user("lead@demo.example", name="Lead", is_demonstration=True)
        assert installation.today() == DEMONSTRATION_DAY
        (period, _scope) = _asked(None, None, None, None, None)
        assert period.as_of == DEMONSTRATION_DAY

    def test_a_paper_of_a_day_to_come_is_refused(self, schoolward: Run, tmp_path: Path) -> None:
        ended = schoolward("report", "board-summary", "--as-of", "2199-01-01", "--out", tmp_path / "paper")
        assert ended.code == ExitCode.REFUSED
        assert "still to come" in ended.err
        assert not (tmp_path / "paper").exists()

    def test_a_paper_without_any_number_says_so(self, schoolward: Run, tmp_path: Path) -> None:
        ended = schoolward("report", "board-summary", "--as-of", "2012-09-06", "--out", tmp_path / "paper")
        assert ended.code == ExitCode.DONE
        assert "None" not in ended.out + ended.err

    def test_a_paper_that_cannot_be_printed_says_which_character(
        self, schoolward: Run, tmp_path: Path
    ) -> None:
        Agency.objects.create(key="d", name="安全 Unified", kind="district", created_at=timezone.now())
        ended = schoolward("report", "board-summary", "--as-of", "2012-09-06", "--out", tmp_path / "paper")
        assert ended.code == ExitCode.REFUSED
        assert "The character “安” (U+5B89) cannot be printed" in ended.err

    def test_a_folder_that_cannot_be_is_one_sentence(self, schoolward: Run, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        for folder in (tmp_path / "file" / "below", "/proc/paper"):
            ended = schoolward("report", "board-summary", "--as-of", "2012-09-06", "--out", folder)
            assert ended.code == ExitCode.NOT_READY
            assert ended.err.count("\n") == 1
            assert "--out" in ended.err


@pytest.mark.django_db
def test_the_worker_does_what_waits_and_ends(schoolward: Run) -> None:
    assert schoolward("worker", "--once").out == "0 jobs tried\n"


def test_a_port_that_is_taken_is_one_sentence(schoolward: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = schoolward("run", "--port", taken.getsockname()[1])
    assert ended.code == ExitCode.NOT_READY
    assert re.fullmatch(r"Error: Port \d+ of 127.0.0.1 is taken; choose another, .+\n", ended.err)


def test_a_data_folder_that_cannot_be_is_one_sentence(
    schoolward: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("SCHOOLWARD_DATA_DIR", str(file / "inside"))
    ended = schoolward("doctor")
    assert ended.code == ExitCode.NOT_READY
    assert ended.err.count("\n") == 1


def test_json_of_doctor_without_a_database(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "schoolward", "doctor", "--json"],
        env={"SCHOOLWARD_DATA_DIR": str(tmp_path), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == ExitCode.FOUND_FAULTS, done.stderr
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert checks["Database"]["status"] == "fail"
    assert "does not answer" in checks["Database"]["found"]
    assert "nobody" not in done.stdout, "the address is told without its user"
    assert checks["Audit chain"]["found"].startswith("not looked at")


@pytest.mark.django_db
def test_a_number_without_records_says_so(schoolward: Run) -> None:
    ended = schoolward("trace", "incidents.total")

    assert (ended.code, ended.out) == (0, "")
    assert "No record stands behind it." in ended.err


@pytest.mark.django_db
def test_a_blank_site_is_not_the_whole_district(schoolward: Run) -> None:
    assert schoolward("measure", "incidents.total", "--site", "").code == ExitCode.NOT_FOUND
