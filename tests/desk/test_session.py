import threading

import pytest

from branch_desk.branch import records
from branch_desk.desk.session import Place
from branch_desk.store.errors import Invalid


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


def test_going_somewhere_names_the_place(session, qtbot):
    with qtbot.waitSignal(session.went) as went:
        session.go("Members", 7)
    assert went.args == [Place("Members", 7)]
