"""Take apologies, sign people in, see the quorum: two actions a person."""

import pytest

from branch_desk.branch import records as branch
from branch_desk.meetings import records
from branch_desk.meetings.records import How, Presence
from branch_desk.members import records as members
from tests.desk.journeys import evening

A_PERSON = 2


@pytest.fixture
def people(window):
    """Four members in good standing whose names are theirs alone; two make a quorum."""
    store = window.session.store
    branch.set_setting(store, "quorum.rule", "2")
    branch.set_setting(store, "quorum.base", "members")
    names = (("Zenobia", "Quartermaine"), ("Zebedee", "Quarrington"), ("Zuleika", "Quillfeather"))
    for forename, surname in names:
        members.add(store, forename=forename, surname=surname, on=store.today())
    return [f"{forename} {surname}" for forename, surname in names]


def is_done(store, people):
    """Who came how is in the file, and the quorum was reached by the second member."""
    meeting = evening.next_meeting(store)
    there = {each.name: (each.presence, each.how) for each in records.attendance(store, meeting.id)}
    assert there == {
        people[0]: (Presence.PRESENT, How.HALL),
        people[1]: (Presence.PRESENT, How.ONLINE),
        people[2]: (Presence.APOLOGIES, None),
        "Guest of honour": (Presence.PRESENT, How.HALL),
    }
    assert records.quorum(store, meeting.id).reached


def test_with_the_mouse_two_actions_a_person(hand, people, tmp_path):
    hand.click("Agenda and pack")
    hand.click("Signing in")
    before = hand.actions
    hand.fill("Who", "quarterm")
    hand.click("In the hall")
    hand.sees("1 short of a quorum")
    hand.fill("Who", "quarring")
    hand.click("Online")
    hand.sees("Quorate")
    hand.fill("Who", "quillf")
    hand.click("Apologies")
    hand.fill("Who", "Guest of honour")
    hand.click("In the hall")
    hand.sees("3 present · 2 in the hall · 1 online · 1 apology")
    assert hand.actions - before <= 4 * A_PERSON, hand.did
    is_done(hand.store, people)
    hand.click("Minutes")
    hand.until(lambda: hand.find("Save PDF…").isEnabled())
    hand.click("Save PDF…")
    hand.choose_file(tmp_path / "minutes.pdf")
    hand.until((tmp_path / "minutes.pdf").exists)
    text = evening.words_of(tmp_path / "minutes.pdf")
    assert f"Apologies {people[2]}" in text
    assert f"Online {people[1]}" in text
    assert "Guest of honour (visitor)" in text


def test_without_a_mouse(keys, people):
    keys.press("Ctrl+M")
    keys.press("Ctrl+I")
    assert keys.focus == "Who"
    before = keys.actions
    for letters, key in (
        ("quarterm", "Return"),
        ("quarring", "Alt+Return"),
        ("quillf", "Shift+Return"),
        ("Guest of honour", "Return"),
    ):
        keys.type(letters)
        keys.press(key)
        assert keys.focus == "Who"
    keys.sees("3 present · 2 in the hall · 1 online · 1 apology")
    assert keys.actions - before <= 4 * A_PERSON, keys.did
    is_done(keys.store, people)


def test_a_mistake_is_taken_back_at_once(hand, people):
    hand.click("Agenda and pack")
    hand.click("Signing in")
    hand.fill("Who", "quarterm")
    hand.click("In the hall")
    hand.click_row(people[0])
    hand.click("Remove")
    hand.sees("Removed: Zenobia Quartermaine")
    meeting = evening.next_meeting(hand.store)
    assert records.attendance(hand.store, meeting.id) == []
    hand.press("Ctrl+Z")
    assert len(records.attendance(hand.store, meeting.id)) == 1
