"""Bring in HQ's new list, see what changed, apply it: four actions from the Today page at most."""

import csv

import pytest

from branch_desk.members import records
from branch_desk.members.rules import CURRENT, Standing

AT_MOST = 4


@pytest.fixture
def hq_list(window, tmp_path):
    """HQ's list of the demo branch: one moved, one resigned, one is missing, one is new."""
    store = window.session.store
    people = records.many(store, records.ids(store, standing=CURRENT, order="number"))
    known = [each for each in people if each.number]
    moved, resigned, missing = known[10], known[20], known[30]
    path = tmp_path / "HQ May.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["Membership No", "Surname", "Forename", "Postcode", "Status"])
        for each in people:
            if each.id == missing.id:
                continue
            postcode = "LL55 2AA" if each.id == moved.id else each.postcode
            status = "Resigned" if each.id == resigned.id else "Active"
            out.writerow([each.number, each.surname, each.forename, postcode, status])
        out.writerow(["0499999", "Newcomer", "Nia", "HF1 1AA", "Active"])
    return path, moved, resigned, missing


def is_in(store, hq_list):
    """What was applied, and only that, is in the file."""
    _, moved, resigned, missing = hq_list
    new = records.ids(store, search="Newcomer")
    return (
        len(new) == 1
        and records.get(store, moved.id).postcode == "LL55 2AA"
        and records.get(store, resigned.id).standing is Standing.RESIGNED
        and records.get(store, missing.id).vanished
        and records.get(store, missing.id).standing is missing.standing
    )


def test_with_the_mouse_it_takes_four_actions(hand, hq_list):
    hand.click("Members")
    hand.click("Bring in HQ's list…")
    hand.choose_file(hq_list[0])
    hand.sees("nothing changed yet")
    hand.sees("Joined")
    hand.click("Apply")
    hand.until(lambda: is_in(hand.store, hq_list))
    assert hand.actions <= AT_MOST, hand.did
    hand.sees("HQ May.csv is brought in")


def test_dropped_on_the_page_it_takes_three(hand, hq_list):
    hand.click("Members")
    hand.drop(hq_list[0])
    hand.sees("nothing changed yet")
    hand.click("Apply")
    hand.until(lambda: is_in(hand.store, hq_list))
    assert hand.actions <= AT_MOST - 1, hand.did


def test_without_a_mouse(keys, hq_list):
    keys.press("Ctrl+2")
    keys.press("Ctrl+I")
    keys.choose_file(hq_list[0])
    keys.window.activateWindow()  # as a system does once its dialog is closed
    keys.sees("nothing changed yet")
    assert keys.focus == "Entries"
    keys.press("Ctrl+Return")
    keys.until(lambda: is_in(keys.store, hq_list))
    assert keys.actions <= AT_MOST, keys.did
    assert keys.focus == "Members"


def test_one_refused_by_the_keyboard_is_left_out_and_one_field_by_the_mouse(hand, keys, hq_list):
    _, moved, resigned, missing = hq_list
    hand.click("Members")
    hand.drop(hq_list[0])
    hand.click("Vanished: 1")
    keys.tab_to("Entries")
    keys.press("Space")
    hand.sees("1 refused")
    hand.click("Changed:")
    hand.click_row(moved.surname)
    hand.click("Take HQ's: Postcode")
    hand.click("Apply")
    hand.until(lambda: records.get(hand.store, resigned.id).standing is Standing.RESIGNED)
    assert not records.get(hand.store, missing.id).vanished
    assert records.get(hand.store, moved.id).postcode == moved.postcode


def test_a_column_is_given_another_meaning_by_carrying_it_onto_a_field(hand, hq_list):
    path = hq_list[0]
    path.write_text(
        path.read_text("utf-8").replace("Forename,Postcode", "Forename,Where mail goes"), "utf-8"
    )
    hand.click("Members")
    hand.drop(path)
    hand.sees("“Where mail goes”")
    hand.click("Columns: 5")
    hand.carry("Where mail goes", "Postcode")
    hand.click("Read the list again")
    hand.sees("Changed")
    hand.until(lambda: "“Where mail goes”" not in hand.words())
    hand.click("Apply")
    hand.until(lambda: is_in(hand.store, hq_list))


def test_all_of_it_is_taken_back_by_one_undo(hand, hq_list):
    before = records.counts(hand.store)
    hand.click("Members")
    hand.drop(hq_list[0])
    hand.click("Apply")
    hand.until(lambda: is_in(hand.store, hq_list))
    hand.press("Ctrl+Z")
    hand.until(lambda: records.counts(hand.store) == before)
