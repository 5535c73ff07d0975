import threading

import pytest

from branch_desk.desk.beside import Beside


def test_work_is_begun_at_once_and_its_answer_waited_for():
    begun, go = threading.Event(), threading.Event()
    work = Beside(lambda: (begun.set(), go.wait(10), 7)[-1])
    assert begun.wait(10)
    go.set()
    assert work.answer() == 7
    assert work.answer() == 7


def test_what_goes_wrong_is_raised_where_it_is_waited_for():
    work = Beside(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work.answer()
