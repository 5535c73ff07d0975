from datetime import date

import pytest

from branch_desk.meetings import records
from branch_desk.meetings.page.detail import TEXT
from branch_desk.meetings.records import EntryKind
from branch_desk.motions import records as motions


@pytest.fixture
def minutes(page, settled):
    page.panel.turn(TEXT)
    settled()
    return page.panel.minutes


def test_minutes_are_written_agreed_and_reopened(
    minutes, store, meeting, answering, settled, qtbot, page
):
    assert not minutes.agree.isEnabled()
    assert minutes.stands.text() == "Nothing is written yet."
    minutes.text.edit.setPlainText("All were welcome.")
    minutes.text.leave()
    settled()
    assert records.get(store, meeting).minutes == "All were welcome."
    assert minutes.stands.text() == "A draft until a meeting agrees them."
    answering(On="2 July 2026")
    minutes.agree.trigger()
    settled()
    assert records.get(store, meeting).minutes_agreed_on == date(2026, 7, 2)
    assert minutes.stands.text() == "Agreed on Thu 2 Jul 2026."
    assert not minutes.agree.isEnabled()
    assert minutes.text.edit.isReadOnly()
    with qtbot.waitSignal(page.session.undoable):
        minutes.reopen.trigger()
    settled()
    assert records.get(store, meeting).minutes_agreed_on is None
    assert not minutes.text.edit.isReadOnly()


def test_they_can_begin_with_the_agendas_headings(minutes, store, meeting, settled):
    records.add_items(store, meeting, ["Welcome", "Motions"])
    settled()
    minutes.draft.trigger()
    settled()
    assert minutes.text.text() == "## 1. Welcome\n\n## 2. Motions\n"
    assert not minutes.draft.isEnabled()


def test_headings_take_the_place_of_nothing_that_was_typed(minutes, store, meeting, settled, qtbot):
    records.add_items(store, meeting, ["Welcome", "Motions"])
    settled()
    qtbot.keyClicks(minutes.text.edit, "Ada was in the chair.")
    minutes.draft.trigger()
    settled()
    assert records.get(store, meeting).minutes == "Ada was in the chair."


def test_votes_decisions_and_actions_stand_below(
    minutes, motion, store, meeting, settled, qtbot, page
):
    item = records.add_item(store, meeting, "Motions")
    records.place_motion(store, item, motion)
    motions.decide_without_count(store, motion, on=date(2026, 6, 4), carried=True)
    records.minute(store, meeting, EntryKind.DECISION, "Noted")
    doing = records.minute(store, meeting, EntryKind.ACTION, "Sweep", owner="Ada")
    settled()
    lines = [minutes.entries.topLevelItem(n).text(0) for n in range(3)]
    assert lines == [
        "Motion 2026/01: The clock · carried",
        "Decided: Noted",
        "Action: Ada: Sweep",
    ]
    minutes.entries.setCurrentItem(minutes.entries.topLevelItem(0))
    assert not minutes.strike.isEnabled()
    minutes.entries.setCurrentItem(minutes.entries.topLevelItem(2))
    minutes.done.trigger()
    settled()
    assert records.get_entry(store, doing).done_on == store.today()
    minutes.entries.setCurrentItem(minutes.entries.topLevelItem(2))
    assert minutes.done.text() == "Mark it not done"
    minutes.done.trigger()
    settled()
    assert records.get_entry(store, doing).done_on is None
    minutes.entries.setCurrentItem(minutes.entries.topLevelItem(1))
    with qtbot.waitSignal(page.session.undoable) as said:
        minutes.strike.trigger()
    assert said.args[0] == "Removed: Noted"
    settled()
    assert [each.id for each in records.minuted(store, meeting)] == [doing]
