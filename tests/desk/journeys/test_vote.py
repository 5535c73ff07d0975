"""Record a vote, a decision, an action: four actions each."""

from datetime import date

from branch_desk.meetings import records
from branch_desk.meetings.records import EntryKind
from branch_desk.motions import records as motions
from branch_desk.motions.rules import MotionState
from tests.desk.journeys import evening

AT_MOST = 4
MOTION = "Keep Highfield library open on Saturdays"


def the_motion(store):
    found = [each for each in motions.many(store, motions.ids(store)) if each.title == MOTION]
    return found[0]


def entries(store):
    meeting = evening.next_meeting(store)
    return [
        (each.kind, each.text, each.owner, each.due_on)
        for each in records.minuted(store, meeting.id)
    ]


def minutes_of(person, tmp_path):
    """Save the minutes from the window and read them back."""
    person.click("Minutes")
    person.until(lambda: person.find("Save PDF…").isEnabled())
    person.click("Save PDF…")
    person.choose_file(tmp_path / "minutes.pdf")
    person.until((tmp_path / "minutes.pdf").exists)
    return evening.words_of(tmp_path / "minutes.pdf")


def test_with_the_mouse_a_vote_takes_four_actions(hand, tmp_path):
    hand.click("Agenda and pack")
    evening.turn_wheel_to(hand, "Agenda", MOTION)
    hand.click_row(MOTION)
    hand.fill("At the meeting", "14 for, 3 against, 1 abstention")
    hand.sees("9 were needed: carried.")
    assert the_motion(hand.store).result is None
    hand.click("Vote")
    assert hand.actions <= AT_MOST, hand.did
    found = the_motion(hand.store)
    assert found.state is MotionState.CARRIED
    assert (found.result.ballot.votes_for, found.result.ballot.votes_against) == (14, 3)
    text = minutes_of(hand, tmp_path)
    assert "14 for, 3 against, 1 abstention" in text


def test_with_the_mouse_a_decision_takes_four_actions(hand, tmp_path):
    hand.click("Agenda and pack")
    hand.click_row("Correspondence")
    hand.fill("At the meeting", "Write again to the office")
    hand.click("Decision")
    assert hand.actions <= AT_MOST, hand.did
    assert entries(hand.store) == [(EntryKind.DECISION, "Write again to the office", "", None)]
    assert "Item 3: Write again to the office" in minutes_of(hand, tmp_path)


def test_with_the_mouse_an_action_takes_four_actions(hand, tmp_path):
    hand.click("Agenda and pack")
    hand.click_row("Correspondence")
    hand.fill("At the meeting", "Martin Bradshaw: write to the office by 3 June")
    hand.sees("Martin Bradshaw · Wed 3 Jun 2026")
    hand.click("Action")
    assert hand.actions <= AT_MOST, hand.did
    assert entries(hand.store) == [
        (EntryKind.ACTION, "write to the office", "Martin Bradshaw", date(2026, 6, 3))
    ]
    assert "Martin Bradshaw: write to the office, by 3 June 2026" in minutes_of(hand, tmp_path)


def test_without_a_mouse(keys):
    for line, row, check in (
        ("lost", MOTION, lambda: the_motion(keys.store).state is MotionState.LOST),
        ("Thank the caretaker", "1.  Welcome", lambda: len(entries(keys.store)) == 1),
        ("Ada: sweep by 3 June", "1.  Welcome", lambda: len(entries(keys.store)) == 2),
    ):
        keys.key("Ctrl+1")
        keys.actions = 0
        keys.press("Ctrl+M")
        keys.tab_to("Agenda")
        keys.key("Home")
        keys.down_to(row)
        keys.tab_to("At the meeting")
        keys.type(line)
        keys.press("Return")
        keys.until(check)
        assert keys.actions <= AT_MOST, keys.did
    assert [kind for kind, *_ in entries(keys.store)] == [EntryKind.DECISION, EntryKind.ACTION]
