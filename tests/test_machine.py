"""What the machine tells: the time with its zone, and who is there."""

from __future__ import annotations

from branch_desk import machine


def test_the_time_now_has_a_zone():
    assert machine.clock().utcoffset() is not None


def test_who_is_at_work_is_known_even_without_an_account(monkeypatch):
    assert machine.actor()

    def nobody():
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert machine.actor() == "command line"
