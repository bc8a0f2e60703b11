"""Running an import: one transaction, the same code for a preview, and nothing half-written."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

import pytest
from django.conf import LazySettings

from schoolward.platform.access.models import Agency
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange import actions, queries, registry
from schoolward.platform.exchange.columns import Column, text_up_to
from schoolward.platform.exchange.models import ImportRun, ImportState
from schoolward.platform.exchange.registry import Choice, Exchange, ImportContext, Row, UnknownExchange
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import UnknownOption, run

pytestmark = pytest.mark.django_db


class Agencies(Exchange):
    """Partners as a table: any model would do."""

    key = "test-agencies"
    title = "Partners"
    permission = "places.import"
    columns = (
        Column("key", "Short name", required=True, parse=text_up_to(10)),
        Column("name", "Name", required=True, aliases=("Agency name",)),
    )
    choices = (Choice("format", "Layout", (("auto", "Find out"), ("plain", "Plain"))),)

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        for row in rows:
            if row.values["key"] == "crash":
                raise RuntimeError("power cut")
            _agency, created = Agency.objects.get_or_create(
                key=row.values["key"],
                defaults={"name": row.values["name"], "kind": "city", "created_at": context.at},
            )
            if created:
                context.report.created += 1
            else:
                context.report.unchanged += 1

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        return Agency.objects.order_by("key").values_list("key", "name")


@pytest.fixture(autouse=True)
def exchange() -> Iterator[Exchange]:
    registry.register(Agencies)
    yield registry.get("test-agencies")
    registry._exchanges.pop("test-agencies")


def file(*rows: str) -> io.BytesIO:
    return io.BytesIO("\n".join(["key,name", *rows]).encode())


@pytest.fixture
def bring(by: Viewer, at: datetime) -> Callable[..., Report]:
    def bring(*rows: str, **options: object) -> Report:
        return run("test-agencies", file(*rows), **{"by": by, "at": at, **options})  # type: ignore[arg-type]

    return bring


def test_good_rows_are_applied_and_bad_ones_reported(bring: Callable[..., Report]) -> None:
    report = bring("a,City A", "much-too-long,City B", ",City C", "d,City D")
    assert (report.read, report.created, report.rejected_rows) == (4, 2, 2)
    assert [(r.row, r.column, r.value) for r in report.rejected] == [
        (3, "key", "much-too-long"),
        (4, "key", ""),
    ]
    assert set(Agency.objects.values_list("key", flat=True)) == {"a", "d"}


def test_every_row_is_counted_once(bring: Callable[..., Report]) -> None:
    bring("a,City A")
    report = bring("a,City A", "b,City B", "x" * 11 + ",C")
    counted = report.created + report.updated + report.unchanged + report.rejected_rows
    assert counted == report.read == 3


def test_a_crash_in_the_middle_leaves_nothing(bring: Callable[..., Report]) -> None:
    with pytest.raises(RuntimeError, match="power cut"):
        bring("a,City A", "crash,now")
    assert not Agency.objects.exists()
    assert not ImportRun.objects.exists()
    assert not Event.objects.exists()


def test_a_file_that_breaks_off_leaves_nothing(bring: Callable[..., Report]) -> None:
    report = bring("a,City A", 'b,"City')
    assert (report.read, report.created) == (0, 0)
    assert report.rejected[0].row == 3
    assert not Agency.objects.exists()


def test_a_preview_tells_the_same_and_writes_nothing(bring: Callable[..., Report]) -> None:
    rows = ("a,City A", ",City C")
    preview = bring(*rows, dry_run=True)
    assert not Agency.objects.exists()
    assert not Event.objects.exists()
    assert preview.as_json() == bring(*rows).as_json()


def test_a_report_survives_being_kept(bring: Callable[..., Report]) -> None:
    report = bring("a,City A", ",City C")
    assert Report.from_json(report.as_json()) == report
    assert set(report.as_json()) >= {"read", "created", "updated", "unchanged", "rejected", "warnings"}


def test_a_pipe_that_cannot_be_wound_back_is_read_too(bring: Callable[..., Report], by: Viewer) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_place: int) -> int:
            raise OSError("not seekable")

    report = run("test-agencies", Pipe(file("a,City A").getvalue()), by=by, at=by.at)
    assert report.created == 1


def test_who_may_not_is_refused_before_the_file_is_read(
    viewer: Callable[..., Viewer], bring: Callable[..., Report]
) -> None:
    with pytest.raises(AccessDenied):
        bring("crash,now", by=viewer("trustee"))


def test_unknown_names_say_what_there_is(bring: Callable[..., Report], by: Viewer) -> None:
    with pytest.raises(UnknownExchange, match="did you mean test-agencies"):
        run("test-agency", file(), by=by, at=by.at)
    with pytest.raises(UnknownOption, match="auto, plain"):
        bring(options={"format": "fancy"})
    with pytest.raises(UnknownOption, match="no option “colour”"):
        bring(options={"colour": "red"})


def test_progress_is_told_by_rows(bring: Callable[..., Report]) -> None:
    told: list[int] = []
    bring(*(f"k{n},City {n}" for n in range(1100)), progress=lambda done, *_rest: told.append(done))
    assert told == [500, 1000]


def test_unused_columns_are_named_once(by: Viewer) -> None:
    stream = io.BytesIO(b"KEY,Agency Name,mayor,flag\na,City A,x,y\n")
    assert run("test-agencies", stream, by=by, at=by.at).warnings == [
        "Columns that are not used: mayor, flag."
    ]


def test_too_large_a_file_is_refused(bring: Callable[..., Report], settings: LazySettings) -> None:
    settings.IMPORT_MAX_BYTES = 10
    assert bring("a,City A").rejected[0].error == "The file is too large."


class TestOnThePage:
    def test_a_file_is_previewed_then_applied_once(
        self, exchange: Exchange, by: Viewer, at: datetime
    ) -> None:
        brought = actions.receive(
            exchange=exchange, stream=file("a,A", ",B"), file_name="x.csv", options={}, by=by, at=at
        )
        actions.preview(brought=brought, by=by, at=at)
        assert (brought.state, brought.report["created"]) == (ImportState.PREVIEWED, 1)
        assert not Agency.objects.exists()
        assert actions.apply(brought=brought, by=by, at=at).state == ImportState.APPLIED
        assert Agency.objects.count() == 1
        with pytest.raises(actions.NothingToApply, match="Applied"):
            actions.apply(brought=brought, by=by, at=at)
        assert ImportRun.objects.count() == 1

    def test_a_discarded_file_cannot_be_applied(self, exchange: Exchange, by: Viewer, at: datetime) -> None:
        brought = actions.receive(
            exchange=exchange, stream=file("a,A"), file_name="x.csv", options={}, by=by, at=at
        )
        actions.preview(brought=brought, by=by, at=at)
        actions.discard(brought=brought, by=by, at=at)
        with pytest.raises(actions.NothingToApply, match="Discarded"):
            actions.apply(brought=brought, by=by, at=at)

    def test_rejected_rows_come_back_as_they_were_with_the_mend(
        self, exchange: Exchange, by: Viewer, at: datetime
    ) -> None:
        stream = io.BytesIO(b'key,name\na,City A\nmuch-too-long,Pe\xf1a\n,"City, C"\n')
        brought = actions.receive(exchange=exchange, stream=stream, file_name="x", options={}, by=by, at=at)
        actions.preview(brought=brought, by=by, at=at)
        header, rows = queries.rejected_rows(brought)
        assert header == ["key", "name", "row", "error", "mend"]
        assert [list(row)[:3] for row in rows] == [["much-too-long", "Pe\ufffda", 3], ["", "City, C", 4]]

    def test_others_do_not_see_what_one_brought_in(
        self, exchange: Exchange, viewer: Callable[..., Viewer], at: datetime
    ) -> None:
        lead = viewer("lead")
        actions.receive(exchange=exchange, stream=file("a,A"), file_name="x", options={}, by=lead, at=at)
        assert queries.history(lead).count() == 1
        assert queries.history(viewer("administrator")).count() == 1
        stranger = Viewer(9, "Other", 9, 2, "city", "trustee", None, "school_safety", at)
        assert queries.history(stranger).count() == 0
        assert queries.history(Viewer.anonymous(at=at)).count() == 0
