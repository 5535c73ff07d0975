"""The hands themselves: they find things by their words, count, and fail where a person would."""

import pytest

from branch_desk.members import records


def test_a_person_turns_pages_clicks_rows_and_fills_fields(hand):
    hand.sees("Mon 18 May 2026")
    hand.click("Members")
    hand.fill("Search members", "cadwaladr")
    hand.sees("Cadwaladr")
    hand.click_row("Cadwaladr")
    assert hand.actions == 3
    hand.click("File")
    hand.click("Lock")
    hand.sees("Locked")
    assert hand.actions == 5


def test_what_is_not_there_cannot_be_clicked(hand, monkeypatch):
    monkeypatch.setattr("tests.desk.journeys.hands.MOST_MS", 200)
    with pytest.raises(AssertionError, match="nothing to click is called “Sell the branch”"):
        hand.click("Sell the branch")


def test_a_list_is_dropped_on_a_page(hand, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Membership Number,First Name,Surname\n9999,Ada,Newcomer\n", encoding="utf-8")
    hand.click("Members")
    hand.drop(path)
    hand.sees("Ada Newcomer")
    hand.click("Apply")
    hand.until(lambda: bool(records.ids(hand.store, search="newcomer")))


def test_without_a_mouse_tab_comes_to_the_search_and_down_to_a_row(keys):
    keys.press("Ctrl+2")
    keys.press("Ctrl+F")
    assert keys.focus == "Search members"
    keys.type("cadwaladr")
    keys.tab_to("Members")
    keys.down_to("Cadwaladr")
