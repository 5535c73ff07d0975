import threading

import pytest

from branch_desk.branch import records
from branch_desk.desk.forms import Line
from branch_desk.desk.putoff import PutOff
from branch_desk.desk.session import Place, Session
from branch_desk.meetings.records import day_for_motion
from branch_desk.paper import gate
from branch_desk.store.errors import Conflict, Invalid


def test_a_change_is_told_in_the_main_thread_whoever_made_it(session, qtbot):
    heard = []
    session.changed.connect(
        lambda changed: heard.append((set(changed.tables), threading.get_ident()))
    )
    thread = threading.Thread(
        target=records.set_details, args=(session.store,), kwargs={"name": "A"}
    )
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [({"branch"}, threading.get_ident())]


def test_a_deed_is_done_at_once_and_undone(session, store, qtbot):
    done = []
    session.deed(lambda: records.add_officer(store, "Chair", "Ada"), done.append)
    assert records.officer(store, done[0]).name == "Ada"
    with qtbot.waitSignal(session.said) as said:
        session.undo()
    assert said.args[0].startswith("Undone: Appoint")
    assert records.officers(store) == []
    with qtbot.waitSignal(session.said) as said:
        session.redo()
    assert said.args[0].startswith("Done again: Appoint")


def test_what_cannot_be_done_is_shown_or_told_to_who_asked(session, store, qtbot):
    with qtbot.waitSignal(session.failed) as said:
        session.deed(lambda: records.add_officer(store, "", ""))
    assert "needs an office and a name" in said.args[0]
    told = []
    session.deed(lambda: records.add_officer(store, "", ""), failed=told.append)
    assert isinstance(told[0], Invalid)


def test_a_bug_is_not_shown_as_the_users_failure(session):
    with pytest.raises(KeyError):
        session.fail(KeyError("x"))


def test_editing_waits_while_a_long_change_is_written(session, store, qtbot):
    begun, go = threading.Event(), threading.Event()

    def long(progress):
        with store.change("A long one"):
            begun.set()
            go.wait(10)
            records.set_details(store, name="Long")

    session.long_deed("Long", long, lambda _: None)
    assert begun.wait(10)
    with qtbot.waitSignal(session.waiting) as waits:
        session.deed(lambda: records.set_details(store, hq="HQ"))
    assert waits.args == [True]
    with pytest.raises(PutOff):
        session.write(lambda: records.set_details(store, email="a@example.org"))
    go.set()
    qtbot.waitUntil(lambda: records.details(store).email == "a@example.org")
    assert (records.details(store).name, records.details(store).hq) == ("Long", "HQ")


def test_a_long_change_that_is_cancelled_leaves_nothing(session, store, qtbot):
    begun = threading.Event()

    def long(progress):
        with store.change("A long one"):
            records.set_details(store, name="Half")
            begun.set()
            while True:
                progress(0, 0)

    session.long_deed("Long", long, lambda _: None)
    assert begun.wait(10)
    session.workers.cancel()
    qtbot.waitUntil(lambda: session.workers.idle)
    assert records.details(store).name == ""
    session.write(lambda: records.set_details(store, name="After"))
    assert records.details(store).name == "After"


@pytest.fixture
def long_one(session, store):
    """A long change that is being written until it is let go."""
    begun, go = threading.Event(), threading.Event()

    def long(progress):
        with store.change("A long one"):
            begun.set()
            go.wait(10)

    session.long_deed("Long", long, lambda _: None)
    assert begun.wait(10)
    yield go
    go.set()


def field_for(session, store, qtbot, refuse=False):
    def keep(text):
        def work():
            if refuse:
                raise Conflict("HQ is spoken for.")
            records.set_details(store, hq=text)

        session.write(work)

    made = Line("HQ", keep)
    qtbot.addWidget(made)
    made.start("")
    return made


def type_in(field, text):
    field.edit.setText(text)
    field.leave()


def test_a_field_whose_change_waits_is_not_shown_as_stored_until_it_is(
    session, store, qtbot, long_one
):
    field = field_for(session, store, qtbot)
    type_in(field, "Head Office")
    field.leave()
    assert field._tick.text() == "waits"
    field.show_text("what the file says meanwhile")
    assert field.text() == "Head Office"
    assert len(session._put_off) == 1
    with qtbot.waitSignal(field.stored, timeout=10_000) as stored:
        long_one.set()
    assert stored.args == ["Head Office"]
    assert field._tick.text() == "✓ stored"
    assert records.details(store).hq == "Head Office"


def test_a_field_taken_back_while_its_change_waits_is_stored_as_it_stands(
    session, store, qtbot, long_one
):
    field = field_for(session, store, qtbot)
    type_in(field, "Head Office")
    type_in(field, "")
    long_one.set()
    qtbot.waitUntil(lambda: field._tick.text() == "✓ stored", timeout=10_000)
    assert records.details(store).hq == ""


def test_a_waiting_change_that_is_refused_is_said_under_its_field(session, store, qtbot, long_one):
    field = field_for(session, store, qtbot, refuse=True)
    type_in(field, "Head Office")
    long_one.set()
    qtbot.waitUntil(lambda: "spoken for" in field.complaint(), timeout=10_000)
    assert field._tick.text() == "not stored"
    assert field.text() == "Head Office"


def test_a_waiting_change_refused_after_its_field_moved_on_is_said_above_the_page(
    session, store, qtbot, long_one
):
    field = field_for(session, store, qtbot, refuse=True)
    type_in(field, "Head Office")
    field.start("another thing")
    with qtbot.waitSignal(session.failed, timeout=10_000) as said:
        long_one.set()
    assert said.args == ["HQ is spoken for."]
    assert field.complaint() == ""


def test_a_bug_in_one_waiting_change_keeps_no_other_back(session, store, qtbot, long_one):
    def broken():
        raise ZeroDivisionError

    session.deed(broken)
    session.deed(lambda: records.set_details(store, hq="HQ"))
    with qtbot.capture_exceptions() as caught:
        long_one.set()
        qtbot.waitUntil(lambda: records.details(store).hq == "HQ", timeout=10_000)
    assert [each[0] for each in caught] == [ZeroDivisionError]


def test_what_waits_is_stored_when_the_branch_is_closed_and_what_is_refused_is_told(
    branch_file, template, look, remembered, qtbot
):
    from branch_desk.app import open_branch

    store = open_branch(branch_file, template[1])
    session = Session(store, look, remembered, day_for_motion)
    begun, go = threading.Event(), threading.Event()

    def long(progress):
        with store.change("A long one"):
            begun.set()
            go.wait(10)

    session.long_deed("Long", long, lambda _: None)
    assert begun.wait(10)

    def broken():
        raise ZeroDivisionError

    def refused():
        raise Conflict("No.")

    for work in (broken, refused, lambda: records.set_details(store, hq="HQ")):
        session.deed(work)
    threading.Timer(0.05, go.set).start()
    with qtbot.capture_exceptions() as caught:
        assert session.close() == ["No."]
    assert [each[0] for each in caught] == [ZeroDivisionError]
    with open_branch(branch_file, template[1]) as again:
        assert records.details(again).hq == "HQ"


def test_a_long_change_behind_other_long_work_is_guarded_too(session, store, qtbot):
    begun, go, written = threading.Event(), threading.Event(), threading.Event()
    session.workers.long("Printing", lambda _: None, lambda _: None)

    def long(progress):
        with store.change("A long one"):
            begun.set()
            go.wait(10)
        written.set()

    session.long_deed("Long", long, lambda _: None)
    qtbot.waitUntil(begun.is_set, timeout=10_000)
    with pytest.raises(PutOff):
        session.write(lambda: records.set_details(store, hq="HQ"))
    assert not written.is_set()
    go.set()
    qtbot.waitUntil(lambda: records.details(store).hq == "HQ", timeout=10_000)


def test_what_papers_were_made_of_is_let_go_when_the_branch_is_closed(
    branch_file, template, look, remembered
):
    from branch_desk.app import open_branch

    store = open_branch(branch_file, template[1])
    session = Session(store, look, remembered, day_for_motion)
    gate.clean("a group of the recovery sheet")
    assert gate.clean.cache_info().currsize
    assert session.close() == []
    assert gate.clean.cache_info().currsize == 0


def test_going_somewhere_names_the_place(session, qtbot):
    with qtbot.waitSignal(session.went) as went:
        session.go("Members", 7)
    assert went.args == [Place("Members", 7)]


def test_a_large_change_is_undone_and_done_again_beside_other_work(session, store, qtbot):
    with store.change("Many letters") as change:
        change.insert_many(
            "thread", [{"subject": f"No. {each}", "subject_key": str(each)} for each in range(600)]
        )
    titles, said = [], []
    session.workers.started.connect(titles.append)
    session.said.connect(said.append)
    session.undo()
    assert session.workers.writing
    assert not session.workers.can_cancel
    with pytest.raises(PutOff):
        session.write(lambda: records.set_details(store, hq="HQ"))
    qtbot.waitUntil(lambda: records.details(store).hq == "HQ", timeout=10_000)
    assert store.value("SELECT count(*) FROM thread") == 0
    session.undo()  # the name of HQ: small, done at once
    assert not session.workers.busy
    session.redo()
    session.undo()
    assert titles == ["Undoing…"]
    assert said[0] == "Undone: Many letters"


def test_what_is_undone_while_a_long_change_is_written_is_the_last_change_then(
    session, store, qtbot
):
    go = threading.Event()

    def long(progress):
        go.wait(10)
        with store.change("The long one"):
            records.set_details(store, hq="HQ")

    said = []
    session.said.connect(said.append)
    session.long_deed("Long", long, lambda _: None)
    session.undo()
    assert said == []
    go.set()
    qtbot.waitUntil(lambda: said == ["Undone: The long one"], timeout=10_000)
    assert records.details(store).hq != "HQ"
