"""How long we have owed an answer."""

from datetime import date

import pytest

from branch_desk.correspondence.rules import Debt, Direction, Exchange, debt

ON = date(2026, 5, 14)


def came(day, **more):
    return Exchange(Direction.IN, date(2026, 5, day), **more)


def went(day, **more):
    return Exchange(Direction.OUT, date(2026, 5, day), **more)


@pytest.mark.parametrize(
    ("letters", "since"),
    [
        ([], None),
        ([came(4)], 4),
        ([came(4), came(8)], 4),
        ([came(4), went(5)], None),
        ([came(4), went(5, wants_answer=False), came(9)], 9),
        ([went(2), came(4)], None),
        ([went(2), came(4), came(6)], None),
        ([went(2), came(4, asks=True)], 4),
        ([went(2), came(4, asks=True), went(6)], None),
        ([came(4, asks=False)], None),
        ([came(4, asks=False), came(8)], 8),
        ([came(4, automatic=True)], None),
        ([came(4), went(5, automatic=True)], 4),
        ([came(20)], None),
    ],
)
def test_we_owe_an_answer_to_what_answers_nothing_of_ours(letters, since):
    days = None if since is None else date(2026, 5, since)
    found = debt(letters, ON)
    assert found == (None if days is None else Debt(days, (ON - days).days))
