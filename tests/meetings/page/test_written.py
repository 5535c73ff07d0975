"""Votes, decisions and actions, written down in one line under their item."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from branch_desk.branch import records as branch
from branch_desk.desk.typed import begun
from branch_desk.meetings import records
from branch_desk.meetings.page.agenda.odd import odd, room
from branch_desk.meetings.page.agenda.tree import TITLE
from branch_desk.meetings.records import EntryKind
from branch_desk.meetings.rules import MeetingKind
from branch_desk.members import records as members
from branch_desk.motions import records as motions
from branch_desk.motions.rules import Ballot, MotionKind, MotionState


@pytest.fixture
def written(motion, agenda):
    """The line, with the item of the motions chosen."""
    choose(agenda, "6.")
    return agenda.written


def choose(agenda, begins: str) -> None:
    rows = [agenda.tree.topLevelItem(at) for at in range(agenda.tree.topLevelItemCount())]
    agenda.tree.setCurrentItem(next(each for each in rows if each.text(TITLE).startswith(begins)))


def test_a_vote_shows_its_arithmetic_before_it_is_stored(
    written, motion, store, qtbot, page, settled, agenda
):
    assert not written.vote.isEnabled()
    qtbot.keyClicks(written.said, "14 for, 3 against, 1 abstention")
    assert "Half of the 17 who voted is 8 1/2" in written.means.text()
    assert motions.get(store, motion).result is None
    with qtbot.waitSignal(page.session.undoable) as said:
        qtbot.keyClick(written.said, Qt.Key.Key_Return)
    assert said.args[0].endswith("9 were needed: carried.")
    settled()
    found = motions.get(store, motion)
    assert found.state is MotionState.CARRIED
    assert found.result.on == date(2026, 6, 4)
    assert written.said.text() == ""
    rows = [agenda.tree.topLevelItem(n).text(TITLE) for n in range(10)]
    assert any(each.endswith("The clock · carried 14-3") for each in rows)
    page.session.undo()
    settled()
    assert motions.get(store, motion).result is None


def test_a_vote_nobody_counted_is_recorded_so(written, motion, store, qtbot, settled, agenda):
    qtbot.keyClicks(written.said, "lost")
    assert written.means.text().startswith("Enter records motion 2026/01 lost, not counted.")
    written.vote.trigger()
    settled()
    assert motions.get(store, motion).state is MotionState.LOST
    rows = [agenda.tree.topLevelItem(n).text(TITLE) for n in range(10)]
    assert any(each.endswith("The clock · lost") for each in rows)


def test_what_is_odd_about_a_vote_is_said_before_it_is_stored(
    people, written, motion, store, meeting, qtbot, settled
):
    branch.set_setting(store, "quorum.rule", "10")
    for member in people[:2]:
        records.sign_in(store, meeting, member=member)
    settled()
    qtbot.keyClicks(written.said, "14-3-2")
    assert written.means.text().endswith(
        "carried. Look twice: the meeting is not until Thu 4 Jun 2026; 19 voted, but 2 members are "
        "signed in; not quorate (2 of 10): subject to ratification."
    )
    qtbot.keyClick(written.said, Qt.Key.Key_Return)
    settled()
    assert motions.get(store, motion).state is MotionState.CARRIED


def test_nothing_is_odd_on_the_day_with_a_quorum(people, store):
    meeting = records.add(store, kind=MeetingKind.ORDINARY, starts_at=store.moment())
    branch.set_setting(store, "quorum.rule", "2")
    for member in people:
        records.sign_in(store, meeting, member=member)
    assert odd(Ballot(2, 1), room(store, meeting), store.today()) == []
    assert odd(Ballot(4, 0), room(store, meeting), store.today()) == [
        "4 voted, but 3 members are signed in"
    ]


def test_half_a_count_is_never_stored_as_a_decision(
    written, agenda, motion, store, meeting, qtbot, page
):
    for said in ("2 abs", "14 for"):
        written.said.setText("")
        qtbot.keyClicks(written.said, said)
        assert "is not a count" in written.means.text()
        for enter in (
            lambda: qtbot.keyClick(written.said, Qt.Key.Key_Return),
            written.decision.trigger,
        ):
            with qtbot.waitSignal(page.session.failed):
                enter()
            assert written.said.selectedText() == said
    qtbot.keyClicks(written.said, "Noted")
    assert written.said.text() == "Noted"
    choose(agenda, "1.")
    qtbot.keyClicks(written.said, "14-3-2")
    assert "no motion is open here" in written.means.text()
    with qtbot.waitSignal(page.session.failed):
        qtbot.keyClick(written.said, Qt.Key.Key_Return)
    assert records.minuted(store, meeting) == []


def test_a_member_s_name_before_what_is_to_be_done_makes_it_an_action(
    people, agenda, store, meeting, qtbot, settled
):
    written = agenda.written
    name = members.get(store, people[0]).name
    qtbot.keyClicks(written.said, f"{name} to write by 1 December")
    assert f"write · {name} · Tue 1 Dec 2026" in written.means.text()
    qtbot.keyClick(written.said, Qt.Key.Key_Return)
    settled()
    (made,) = records.minuted(store, meeting)
    assert (made.kind, made.owner, made.due_on) == (EntryKind.ACTION, name, date(2026, 12, 1))
    qtbot.keyClicks(written.said, "Agreed to write to the council")
    assert written.means.text() == "Enter records a decision."


def test_whoever_is_signed_in_may_be_named_by_the_first_name(
    agenda, store, meeting, qtbot, settled
):
    records.sign_in(store, meeting, name="Zelda Quill")
    settled()
    qtbot.keyClicks(agenda.written.said, "Zelda to bring the urn")
    assert "bring the urn · Zelda · no day set" in agenda.written.means.text()


def test_the_chosen_motion_is_the_one_voted_on(motion, agenda, store, qtbot, settled):
    second = motions.add(store, title="The bell", text="Ring it.", received_on=date(2026, 5, 1))
    agenda.lay_out.trigger()
    settled()
    choose(agenda, "Motion 2026/02")
    qtbot.keyClicks(agenda.written.said, "carried")
    agenda.written.vote.trigger()
    settled()
    assert motions.get(store, second).state is MotionState.CARRIED
    assert motions.get(store, motion).result is None


def test_what_is_no_count_is_not_stored_as_a_vote(written, motion, store, qtbot, page):
    qtbot.keyClicks(written.said, "most of them")
    with qtbot.waitSignal(page.session.failed) as said:
        written.vote.trigger()
    assert "is not a count" in said.args[0]
    assert written.said.text() == "most of them"
    assert motions.get(store, motion).result is None


def test_a_share_of_those_present_counts_those_signed_in(
    people, agenda, store, meeting, qtbot, settled
):
    for key, value in (("no_confidence.threshold", "2/3"), ("no_confidence.base", "present")):
        branch.set_setting(store, key, value)
    made = motions.add(
        store, title="The office", text="We have none.", kind=MotionKind.NO_CONFIDENCE, mover="Ada"
    )
    records.place_motion(store, records.agenda(store, meeting)[0].id, made)
    settled()
    choose(agenda, "Motion")
    written = agenda.written
    qtbot.keyClicks(written.said, "2 for, 1 against")
    assert "nobody counted the room" in written.means.text()
    for member in people:
        records.sign_in(store, meeting, member=member)
    settled()
    assert "of the 3 present" in written.means.text()
    written.vote.trigger()
    settled()
    assert motions.get(store, made).result.ballot.present == 3


def test_a_decision_is_written_down_under_its_item(
    motion, agenda, store, meeting, qtbot, settled, page
):
    choose(agenda, "4.")
    written = agenda.written
    qtbot.keyClicks(written.said, "Noted with thanks")
    assert written.means.text() == "Enter records a decision."
    assert not written.vote.isEnabled()
    qtbot.keyClick(written.said, Qt.Key.Key_Return)
    settled()
    (made,) = records.minuted(store, meeting)
    item = records.agenda(store, meeting)[3]
    assert (made.kind, made.text, made.item) == (EntryKind.DECISION, "Noted with thanks", item.id)
    choose(agenda, "Decided: Noted")
    qtbot.keyClick(agenda.tree, Qt.Key.Key_Delete)
    settled()
    assert records.minuted(store, meeting) == []


def test_an_action_says_who_and_by_when_before_it_is_stored(agenda, store, meeting, qtbot, settled):
    written = agenda.written
    qtbot.keyClicks(written.said, "Ada Okafor: write to the council by 3 July")
    assert (
        written.means.text()
        == "Enter records an action: write to the council · Ada Okafor · Fri 3 Jul 2026"
    )
    qtbot.keyClick(written.said, Qt.Key.Key_Return)
    settled()
    (made,) = records.minuted(store, meeting)
    assert (made.kind, made.owner, made.due_on) == (
        EntryKind.ACTION,
        "Ada Okafor",
        date(2026, 7, 3),
    )
    texts = [agenda.tree.topLevelItem(n).text(TITLE) for n in range(3)]
    assert "Action: Ada Okafor: write to the council, by 3 Jul 2026" in texts


def test_an_action_may_have_nobody_and_no_day(agenda, store, meeting, qtbot, settled):
    written = agenda.written
    qtbot.keyClicks(written.said, "Somebody must sweep by 1 July")
    assert "nobody named · Wed 1 Jul 2026" in written.means.text()
    written.said.clear()
    qtbot.keyClicks(written.said, "Ada: sweep")
    assert "no day set" in written.means.text()
    written.said.clear()
    qtbot.keyClicks(written.said, "Sweep")
    written.action.trigger()
    settled()
    assert records.minuted(store, meeting)[0].kind is EntryKind.ACTION


def test_what_is_typed_for_one_item_is_not_kept_for_another(agenda, qtbot):
    written = agenda.written
    qtbot.keyClicks(written.said, "Half a thought")
    choose(agenda, "2.")
    assert written.said.text() == ""
    qtbot.keyClick(written.said, Qt.Key.Key_Return)


def test_agreed_minutes_take_nothing_more(agenda, store, meeting, qtbot, page, settled):
    records.set_minutes(store, meeting, "All well.")
    records.agree_minutes(store, meeting, date(2026, 7, 2))
    settled()
    qtbot.keyClicks(agenda.written.said, "Another thing")
    with qtbot.waitSignal(page.session.failed) as said:
        agenda.written.decision.trigger()
    assert "were agreed on 2 July 2026" in said.args[0]
    assert records.minuted(store, meeting) == []


def test_without_a_motion_no_vote_is_recorded(agenda, page, qtbot):
    with qtbot.waitSignal(page.session.failed) as said:
        agenda.written.record_vote()
    assert "Choose the motion" in said.args[0]


def test_what_is_typed_under_an_item_waits_there_for_one_to_come_back(
    written, agenda, store, meeting, qtbot, settled
):
    qtbot.keyClicks(written.said, "14 for, 3")
    choose(agenda, "1.")
    assert written.said.text() == ""
    assert [text for _, _, text in begun(written)] == ["14 for, 3"]
    qtbot.keyClicks(written.said, "Thanks to the hall")
    written.decision.trigger()
    settled()
    choose(agenda, "6.")
    assert written.said.text() == "14 for, 3"
    assert [text for _, _, text in begun(written)] == ["14 for, 3"]
    choose(agenda, "1.")
    assert written.said.text() == ""
    assert [each.text for each in records.minuted(store, meeting)] == ["Thanks to the hall"]
