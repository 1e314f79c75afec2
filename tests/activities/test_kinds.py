"""The kinds of activity: those always there, and the list that is loaded."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.core.management.sql import emit_post_migrate_signal

from hereabouts.activities import actions, activity_list
from hereabouts.activities.activity_list import Concept
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.kinds import (
    ACTIVITY_LIST,
    FILTERABLE,
    FILTERABLE_BY_CODE,
    FILTERABLE_BY_IDENTIFIER,
)
from hereabouts.activities.models import Kind
from hereabouts.files.fetching import Limits
from hereabouts.files.unreadable import UnreadableFile
from hereabouts.finder.models import FinderEntry
from tests import make

YOGA = ACTIVITY_LIST + FILTERABLE_BY_CODE["yoga"].identifier
SOFA_YOGA = f"{ACTIVITY_LIST}5ofa"
A_LIST = {
    "@context": "https://openactive.io/",
    "concept": [
        {"id": YOGA, "prefLabel": "Yoga", "altLabel": "Hatha"},
        {
            "id": SOFA_YOGA,
            "prefLabel": "Sofa yoga",
            "altLabel": ["Couch yoga", "Settee yoga"],
            "broader": [YOGA],
        },
    ],
}


def concepts(*more: Concept) -> list[Concept]:
    """A list with yoga in it."""
    return [Concept(identifier=YOGA, name="Yoga"), *more]


SOFA = Concept(
    identifier=SOFA_YOGA, name="Sofa yoga", other_names=("Couch yoga",), broader=frozenset({YOGA})
)


# ── Filterable kinds ──


def test_there_are_at_most_as_many_as_a_mask_holds() -> None:
    assert len(FILTERABLE) <= 63
    assert (
        len({concept.code for concept in FILTERABLE})
        == len({concept.identifier for concept in FILTERABLE})
        == len(FILTERABLE)
    )


def test_what_is_broader_is_kept_too_and_no_circle() -> None:
    for concept in FILTERABLE:
        seen, waiting = set(), [*concept.broader]
        while waiting:
            code = waiting.pop()
            seen.add(code)
            waiting += FILTERABLE_BY_CODE[code].broader
        assert concept.code not in seen


def test_a_kept_concept_stands_where_the_masks_expect_it() -> None:
    # Addresses and saved entries depend on these: a concept is added at the end only.
    assert [concept.code for concept in FILTERABLE[:3]] == [
        "falls-and-exercise-management",
        "otago",
        "chair-based-exercise",
    ]
    assert ACTIVITIES.mask("kinds", ["otago"]) == 0b10


@pytest.mark.django_db
def test_the_kept_concepts_are_there_from_the_beginning() -> None:
    yoga = make.kind("rehab-pilates")

    assert Kind.objects.count() == len(FILTERABLE)
    assert {kind.name for kind in yoga.broader.all()} == {"Group Exercise", "Pilates"}


@pytest.mark.django_db
def test_the_kept_concepts_come_back_and_what_was_loaded_stays() -> None:
    make.kind("otago").delete()
    Kind.objects.filter(pk=make.kind("yoga").pk).update(name="Yoga of the list")

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert Kind.objects.count() == len(FILTERABLE)
    assert make.kind("yoga").name == "Yoga of the list"
    assert [kind.name for kind in make.kind("otago").broader.all()] == ["Group Exercise"]


@pytest.mark.django_db(transaction=True)
def test_a_database_without_tables_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Kind._meta, "db_table", "not_there_yet")

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert apps.get_app_config("activities").name == "hereabouts.activities"


# ── Loading ──


@pytest.mark.django_db
def test_a_list_adds_and_changes_and_takes_away(now: datetime) -> None:
    make.kind(name="Left the list")

    loaded = actions.load_kinds(
        concepts=[Concept(identifier=YOGA, name="Yoga", other_names=("Hatha",)), SOFA], at=now
    )

    assert loaded == actions.LoadedKinds(added=1, changed=1, removed=1)
    assert make.kind("yoga").other_names == ["Hatha"]
    assert Kind.objects.get(identifier=SOFA_YOGA).broader.get() == make.kind("yoga")
    assert Kind.objects.count() == len(FILTERABLE) + 1


@pytest.mark.django_db
def test_the_same_list_again_changes_nothing(now: datetime) -> None:
    actions.load_kinds(concepts=concepts(SOFA), at=now)

    again = actions.load_kinds(concepts=concepts(SOFA), at=now)

    assert again == actions.LoadedKinds(added=0, changed=0, removed=0)


@pytest.mark.django_db
def test_what_left_the_list_stays_while_an_activity_is_of_that_kind(now: datetime) -> None:
    left = make.kind(name="Left the list", broader=[make.kind("yoga")])
    activity = make.activity(kinds=[left])

    loaded = actions.load_kinds(concepts=concepts(), at=now)

    assert loaded.removed == 0
    assert activity.kinds.get() == left
    assert left.broader.get() == make.kind("yoga")


@pytest.mark.django_db
def test_a_broader_concept_that_is_not_in_the_list_is_left_out(now: datetime) -> None:
    lost = Concept(
        identifier=SOFA_YOGA, name="Sofa yoga", broader=frozenset({f"{ACTIVITY_LIST}lost"})
    )

    actions.load_kinds(concepts=concepts(lost), at=now)

    assert not Kind.objects.get(identifier=SOFA_YOGA).broader.exists()


@pytest.mark.django_db
def test_activities_are_found_by_what_the_list_says_now(tmp_path: Path) -> None:
    sofa = Kind.objects.create(identifier=SOFA_YOGA, name="Sofa")
    activity = make.activity(kinds=[sofa])
    before = FinderEntry.objects.get(record_id=activity.pk).kinds
    file = tmp_path / "list.jsonld"
    file.write_text(json.dumps(A_LIST))

    call_command("load_kinds", str(file), stdout=StringIO())

    entry = FinderEntry.objects.get(record_id=activity.pk)
    assert before == 0
    assert entry.kinds == ACTIVITIES.mask("kinds", ["yoga", "group-exercise"])
    assert "settee yoga" in entry.words


@pytest.mark.django_db
@pytest.mark.open_data
def test_the_published_list_is_read_whole(open_data: Path) -> None:
    published = open_data.parent / "openactive" / "activity-list.jsonld"
    if not published.is_file():
        pytest.skip("no activity list beside the open data")
    output = StringIO()

    call_command("load_kinds", str(published), stdout=output)

    everything = activity_list.read(str(published))
    assert Kind.objects.count() == len(everything) > 700
    assert "0 removed" in output.getvalue()
    named = {concept.identifier: concept.name for concept in everything}
    assert {
        identifier: concept.name for identifier, concept in FILTERABLE_BY_IDENTIFIER.items()
    } == {identifier: named[identifier] for identifier in FILTERABLE_BY_IDENTIFIER}
    assert Kind.objects.filter(broader__isnull=False).distinct().count() > 600


# ── Reading ──


@pytest.mark.parametrize("content", [b"", b"<html>", b"\xff\xfe", b'{"concept": ['])
def test_what_is_not_json_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="is not JSON"):
        activity_list.concepts_in(content, source="there")


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {},
        {"concept": []},
        {"concept": {}},
        {"concept": ["yoga"]},
        {"concept": [{"id": YOGA}]},
        {"concept": [{"id": YOGA, "prefLabel": ""}]},
        {"concept": [{"id": YOGA, "prefLabel": {"en": "Yoga"}}]},
        {"concept": [{"id": YOGA, "prefLabel": "Y" * 201}]},
        {"concept": [{"id": 5, "prefLabel": "Yoga"}]},
        {"concept": [{"id": "https://elsewhere.example/#yoga", "prefLabel": "Yoga"}]},
        {"concept": [{"id": YOGA, "prefLabel": "Yoga", "altLabel": [5]}]},
        {"concept": [{"id": YOGA, "prefLabel": "Yoga", "broader": {}}]},
        # A list of its kind, but of none of what we know.
        {"concept": [{"id": SOFA_YOGA, "prefLabel": "Sofa yoga"}]},
        None,
        "yoga",
    ],
)
def test_what_is_not_the_list_is_refused(wrong: Any) -> None:
    with pytest.raises(UnreadableFile, match="is not the OpenActive activity list"):
        activity_list.concepts_in(json.dumps(wrong).encode(), source="there")


def test_one_name_and_several_are_read() -> None:
    yoga, sofa = activity_list.concepts_in(json.dumps(A_LIST).encode(), source="there")

    assert yoga.other_names == ("Hatha",)
    assert sofa.other_names == ("Couch yoga", "Settee yoga")
    assert sofa.broader == {YOGA}


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(UnreadableFile, match=r"nowhere\.jsonld cannot be read: No such file"):
        activity_list.read("nowhere.jsonld")


@contextmanager
def served(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """A web server on this machine; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library calls it
            answer(self)

        def log_message(self, *args: object) -> None:
            """Nobody reads it."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/activity-list.jsonld"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(content)


def test_a_list_is_read_from_the_web() -> None:
    with served(lambda handler: send(handler, json.dumps(A_LIST).encode())) as address:
        read = activity_list.read(address)

    assert [concept.name for concept in read] == ["Yoga", "Sofa yoga"]


def test_an_error_of_the_server_is_told() -> None:
    with (
        served(lambda handler: handler.send_error(404)) as address,
        pytest.raises(UnreadableFile, match=r"answers 404 \(Not Found\)"),
    ):
        activity_list.read(address)


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"

        with pytest.raises(UnreadableFile, match="takes too long"):
            activity_list.read(address, limits=Limits(most_bytes=100, silence_seconds=0.2))


def test_a_server_that_drips_is_not_waited_for() -> None:
    stop = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not stop.wait(0.05):
            handler.wfile.write(b" ")

    with served(drip) as address:
        try:
            with pytest.raises(UnreadableFile, match="takes too long"):
                activity_list.read(address, limits=Limits(most_bytes=100, longest_seconds=0.3))
        finally:
            stop.set()


def test_an_answer_without_end_is_cut_off() -> None:
    with (
        served(lambda handler: send(handler, b"[" * 200_000)) as address,
        pytest.raises(UnreadableFile, match="is larger than"),
    ):
        activity_list.read(address, limits=Limits(most_bytes=100))


def test_an_answer_that_breaks_off_is_told() -> None:
    def half(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"zz\r\n")

    with served(half) as address, pytest.raises(UnreadableFile, match="the connection broke off"):
        activity_list.read(address)


def test_nobody_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    with pytest.raises(UnreadableFile, match="nobody answers there"):
        activity_list.read(f"http://127.0.0.1:{port}/")


@pytest.mark.django_db
def test_the_command_says_what_to_do_next_and_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "list.jsonld"
    file.write_text("<html>")

    with pytest.raises(CommandError) as refusal:
        call_command("load_kinds", str(file))

    assert "is not JSON. Nothing was changed." in str(refusal.value)
    assert "manage.py load_kinds FILE" in str(refusal.value)
    assert refusal.value.returncode == 1
    assert Kind.objects.count() == len(FILTERABLE)
