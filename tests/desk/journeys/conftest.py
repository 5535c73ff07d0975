"""Hands on the real window: what a person clicks, types and drops, by the words they can see.

A journey starts on the Today page of the demo branch, on Monday 18 May 2026, and goes through the
window alone. `hand` counts what it does as the secretary would: a click, a drop, a shortcut, a
field filled in. `keys` is the same without a mouse.
"""

from __future__ import annotations

import pytest


@pytest.fixture
def watch():
    """Hears of every time the window did not answer for long."""
    from tests.desk.journeys.watching import Watch

    with Watch() as made:
        yield made
    made.judge()


@pytest.fixture
def hand(window, qtbot, watch, tmp_path):
    """A person with a mouse and a keyboard."""
    from tests.desk.journeys.hands import Hand

    made = Hand(window, qtbot, watch, tmp_path)
    made.wait()
    return made


@pytest.fixture
def keys(window, qtbot, watch, tmp_path):
    """A person with a keyboard alone."""
    from tests.desk.journeys.hands import Keys

    made = Keys(window, qtbot, watch, tmp_path)
    made.wait()
    return made
