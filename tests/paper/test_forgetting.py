"""What papers were made of is let go of when a branch is closed."""

from __future__ import annotations

from branch_desk.paper import forgetting, gate


def test_words_that_went_through_the_gate_are_let_go_of():
    gate.clean("Okafor-Ŵyn of Mill Lane")
    assert gate.clean.cache_info().currsize
    forgetting.forget()
    assert gate.clean.cache_info().currsize == 0


def test_nothing_is_loaded_only_to_be_emptied(monkeypatch):
    monkeypatch.setattr(forgetting, "HOLDING", (("branch_desk.never.loaded", ("words",)),))
    forgetting.forget()
