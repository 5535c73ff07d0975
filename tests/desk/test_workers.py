import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, QThread
from shiboken6 import delete

from branch_desk.desk.workers import Job, Workers


@pytest.fixture
def workers(qapp):
    made = Workers()
    yield made
    made.stop()


def test_a_quick_answer_comes_back_in_the_main_thread(workers, qtbot):
    seen = []
    main = QThread.currentThread()
    workers.quick(
        "search",
        threading.get_ident,
        lambda worker: seen.append((worker, QThread.currentThread() is main)),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(seen[0][0], True)]
    assert seen[0][0] != threading.get_ident()


def test_the_newest_question_wins(workers, qtbot):
    begun, go = threading.Event(), threading.Event()
    answers = []

    def slow():
        begun.set()
        go.wait(10)
        return "old"

    workers.quick("search", slow, answers.append)
    assert begun.wait(10)
    ran = []
    workers.quick("search", lambda: ran.append("never"), answers.append)
    workers.quick("search", lambda: "new", answers.append)
    go.set()
    qtbot.waitUntil(lambda: workers.idle)
    assert answers == ["new"]
    assert ran == []


def test_questions_under_other_topics_are_all_answered(workers, qtbot):
    answers = []
    for number in range(5):
        workers.quick(f"topic {number}", lambda number=number: number, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 5)
    assert sorted(answers) == [0, 1, 2, 3, 4]


def test_a_forgotten_question_is_not_answered(workers, qtbot):
    begun, go = threading.Event(), threading.Event()
    answers = []
    workers.quick("paper", lambda: (begun.set(), go.wait(10)), answers.append)
    assert begun.wait(10)
    workers.forget("paper")
    go.set()
    workers.quick("other", lambda: 1, answers.append)
    qtbot.waitUntil(lambda: answers == [1])


def test_nobody_is_told_once_they_are_gone(workers, qtbot):
    owner = QObject()
    answers = []
    workers.quick("page", lambda: 1, answers.append, owner=owner)
    delete(owner)
    workers.quick("other", lambda: 2, answers.append)
    qtbot.waitUntil(lambda: answers == [2])


def test_what_goes_wrong_is_told_to_who_asked(workers, qtbot):
    errors = []

    def fail():
        raise ValueError("no")

    workers.quick("search", fail, pytest.fail, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "no"


def test_what_nobody_takes_care_of_is_raised_as_a_bug(workers, qtbot):
    def fail():
        raise ZeroDivisionError

    with qtbot.capture_exceptions() as caught:
        workers.quick("search", fail, pytest.fail)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_long_work_is_done_one_at_a_time_and_tells_how_far_it_is(workers, qtbot):
    told, begun, done = [], [], []
    workers.started.connect(begun.append)
    workers.progressed.connect(lambda so_far, whole: told.append((so_far, whole)))

    def work(progress):
        progress(1, 2)
        progress(2, 2)
        return threading.get_ident()

    workers.long("Import", work, done.append)
    workers.long("Mail", work, done.append)
    assert workers.busy
    qtbot.waitUntil(lambda: len(done) == 2)
    assert begun == ["Import", "Mail"]
    assert told == [(1, 2), (2, 2)] * 2
    assert done[0] == done[1]
    assert not workers.busy


def test_cancel_stops_long_work_and_nothing_is_answered(workers, qtbot):
    begun = threading.Event()
    done = []

    def work(progress):
        begun.set()
        while True:
            progress(0, 0)

    workers.long("Import", work, done.append, failed=done.append)
    assert begun.wait(10)
    with qtbot.waitSignal(workers.ended):
        workers.cancel()
    assert done == []


def test_long_work_that_fails_says_so_and_the_next_begins(workers, qtbot):
    errors, done = [], []

    def fail(progress):
        raise OSError("full")

    workers.long("One", fail, done.append, failed=errors.append)
    workers.long("Two", lambda _: "two", done.append)
    qtbot.waitUntil(lambda: done == ["two"])
    assert str(errors[0]) == "full"


def test_after_stopping_nothing_answers(qapp, qtbot):
    workers = Workers()
    begun, go = threading.Event(), threading.Event()
    answers = []
    workers.quick("search", lambda: (begun.set(), go.wait(10)), answers.append)
    workers.quick("never", lambda: 1, answers.append)
    assert begun.wait(10)
    go.set()
    workers.stop()
    workers.cancel()
    qtbot.wait(1)
    assert answers == []


def test_an_answer_nobody_wants_any_more_is_handed_back_before_the_next_job(qapp, qtbot):
    dropped, answers, order = [], [], []
    workers = Workers(dropped=lambda answer: (dropped.append(answer), order.append("dropped")))
    begun, go = threading.Event(), threading.Event()

    def slow():
        begun.set()
        go.wait(10)
        return "old"

    workers.quick("open", slow, answers.append)
    assert begun.wait(10)
    workers.quick("open", lambda: order.append("next") or "new", answers.append)
    go.set()
    qtbot.waitUntil(lambda: answers == ["new"], timeout=10_000)
    assert dropped == ["old"]
    assert order == ["dropped", "next"]
    workers.stop()


def test_an_answer_is_handed_back_when_who_asked_is_gone_or_all_is_stopped(qapp, qtbot):
    dropped = []
    workers = Workers(dropped=dropped.append)
    owner = QObject()
    workers.quick("open", lambda: "orphan", pytest.fail, owner=owner)
    delete(owner)
    qtbot.waitUntil(lambda: dropped == ["orphan"], timeout=10_000)
    done = threading.Event()
    workers.quick("open", lambda: done.set() or "late", pytest.fail)
    assert done.wait(10)
    workers.stop()
    assert dropped == ["orphan", "late"]


def test_a_lane_holds_nothing_of_a_job_once_it_is_answered(workers, qtbot):
    class Secret:
        pass

    secret, answers = Secret(), []
    gone = weakref.ref(secret)
    workers.quick("open", lambda secret=secret: bool(secret), answers.append)
    del secret
    qtbot.waitUntil(lambda: answers == [True], timeout=10_000)
    gc.collect()
    assert gone() is None


def test_work_without_a_cancel_is_not_cancelled_and_written_work_is_answered(workers, qtbot):
    begun, go, done = threading.Event(), threading.Event(), []

    def work(_):
        begun.set()
        go.wait(10)
        return "made"

    workers.long("Backing up", work, done.append, cancels=False)
    assert begun.wait(10)
    assert not workers.can_cancel
    workers.cancel()
    go.set()
    qtbot.waitUntil(lambda: done == ["made"], timeout=10_000)
    begun.clear()
    go.clear()
    workers.long("Bringing in", work, done.append, writes=True)
    assert begun.wait(10)
    assert workers.can_cancel
    workers.cancel()
    go.set()
    qtbot.waitUntil(lambda: done == ["made", "made"], timeout=10_000)


def test_long_work_cancelled_before_it_began_ends_and_the_next_begins(workers, qtbot):
    begun, go, done = threading.Event(), threading.Event(), []
    workers._long.put(job_that_waits(begun, go))
    assert begun.wait(10)
    workers.long("One", lambda _: pytest.fail("ran"), done.append)
    workers.cancel()
    workers.long("Two", lambda _: "two", done.append)
    go.set()
    qtbot.waitUntil(lambda: done == ["two"], timeout=10_000)


def job_that_waits(begun, go):
    return Job("first", lambda: (begun.set(), go.wait(10)), lambda _: None, None, None)


def test_reading_that_is_cancelled_too_late_is_not_answered(workers, qtbot):
    begun, go = threading.Event(), threading.Event()
    workers.long("Reading", lambda _: (begun.set(), go.wait(10)), pytest.fail)
    assert begun.wait(10)
    workers.cancel()
    with qtbot.waitSignal(workers.ended):
        go.set()
