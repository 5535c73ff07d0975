"""The checkpoint comes once it is quiet, again if it did not get through, and never after."""

from __future__ import annotations

import threading

from branch_desk.store.checkpoint import Checkpoints


def test_it_comes_once_after_the_changes_settle():
    came = threading.Event()
    calls = []

    def checkpoint():
        calls.append(threading.current_thread().name)
        came.set()
        return True

    checkpoints = Checkpoints(checkpoint, 0.01)
    for _ in range(50):
        checkpoints.changed()
    assert came.wait(10)
    checkpoints.stop()
    assert calls == ["branch file checkpoint"]


def test_a_change_meanwhile_brings_another_one():
    came = threading.Semaphore(0)

    def checkpoint():
        came.release()
        if came_first.is_set():
            return True
        came_first.set()
        checkpoints.changed()
        return True

    came_first = threading.Event()
    checkpoints = Checkpoints(checkpoint, 0.005)
    checkpoints.changed()
    assert came.acquire(timeout=10)
    assert came.acquire(timeout=10)
    checkpoints.stop()


def test_it_is_tried_again_until_it_gets_through():
    answers = [True, False, False]
    through = threading.Event()

    def checkpoint():
        answer = answers.pop()
        if answer:
            through.set()
        return answer

    checkpoints = Checkpoints(checkpoint, 0.001)
    checkpoints.changed()
    assert through.wait(10)
    checkpoints.stop()
    assert not answers


def test_its_thread_ends_when_all_is_written_and_begins_again_with_the_next_change():
    seen = []
    came = threading.Semaphore(0)

    def checkpoint():
        seen.append(threading.current_thread())
        came.release()
        return True

    checkpoints = Checkpoints(checkpoint, 0)
    for _ in range(2):
        checkpoints.changed()
        assert came.acquire(timeout=10)
        seen[-1].join(10)
        assert not seen[-1].is_alive()
    checkpoints.stop()
    assert len(set(seen)) == 2


def test_stopping_waits_for_its_thread_and_nothing_comes_after():
    calls = []
    checkpoints = Checkpoints(lambda: calls.append(1) or True, 60)
    checkpoints.changed()
    checkpoints.stop()
    checkpoints.changed()
    assert calls == []
    assert "branch file checkpoint" not in [each.name for each in threading.enumerate()]
