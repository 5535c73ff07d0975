"""Lay out the next meeting with what is due on it and print the pack: five actions at most."""

import pypdfium2
import pytest

from branch_desk.meetings import records
from branch_desk.motions import records as motions
from tests.desk.journeys import evening

AT_MOST = 5


@pytest.fixture
def printed(monkeypatch, tmp_path, window):
    """The file the printer prints into; the next meeting has no agenda yet."""
    evening.clear_agenda(window.session.store)
    evening.print_into(tmp_path / "printed.pdf", monkeypatch)
    return tmp_path / "printed.pdf"


def is_done(store, printed):
    """The template and what is due are on the agenda, and all of it is on paper."""
    items = records.agenda(store, evening.next_meeting(store).id)
    assert items[0].title == "Welcome and apologies"
    placed = [each for item in items for each in item.motions]
    assert placed
    assert any(item.threads for item in items)
    given = printed.with_suffix(".given.pdf")
    text = evening.words_of(given)
    for item in items:
        assert item.title in text
    for each in motions.many(store, placed):
        assert f"Motion {each.number}" in text
    assert len(pypdfium2.PdfDocument(printed)) == len(pypdfium2.PdfDocument(given)) > 4


def test_with_the_mouse_it_takes_four_actions(hand, printed):
    hand.click("Agenda and pack")
    hand.click("Lay out")
    hand.sees("Laid out: 9 standing items")
    hand.click("Print…")
    evening.press_print(hand)
    hand.until(printed.exists)
    hand.wait()
    is_done(hand.store, printed)
    assert hand.actions <= AT_MOST, hand.did


def test_without_a_mouse(keys, printed):
    keys.press("Ctrl+M")
    keys.press("Ctrl+T")
    keys.sees("Laid out: 9 standing items")
    keys.until(keys.find("Print…").isEnabled)
    keys.press("Ctrl+P")
    evening.press_print(keys)
    keys.until(printed.exists)
    keys.wait()
    is_done(keys.store, printed)
    assert keys.actions <= AT_MOST, keys.did


def test_the_agenda_is_put_in_another_order_by_dragging(hand):
    hand.click("Agenda and pack")
    meeting = evening.next_meeting(hand.store)
    before = [each.title for each in records.agenda(hand.store, meeting.id)]
    hand.carry("1.  Welcome", "2.  Minutes")
    assert [each.title for each in records.agenda(hand.store, meeting.id)] == [
        before[1],
        before[0],
        *before[2:],
    ]


def test_a_motion_that_came_too_late_is_dragged_onto_an_item(hand):
    hand.click("Agenda and pack")
    hand.sees("Came too late")
    hand.carry("A bench on the canal towpath", "2.  Minutes")
    meeting = evening.next_meeting(hand.store)
    second = records.agenda(hand.store, meeting.id)[1]
    (placed,) = motions.many(hand.store, second.motions)
    assert placed.title.startswith("A bench on the canal towpath")


def test_a_pdf_is_dropped_on_the_agenda_and_a_broken_one_is_refused_with_the_reason(hand, tmp_path):
    made = pypdfium2.PdfDocument.new()
    made.new_page(595, 842)
    made.save(tmp_path / "Accounts.pdf")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    hand.click("Agenda and pack")
    hand.click_row("1.  Welcome")
    hand.drop(tmp_path / "Accounts.pdf", onto="Agenda")
    meeting = evening.next_meeting(hand.store)
    titles = [
        each.title
        for item in records.agenda(hand.store, meeting.id)
        for each in records.documents(hand.store, item.id)
    ]
    assert titles == ["Accounts"]
    hand.drop(tmp_path / "broken.pdf", onto="Agenda")
    hand.sees("“broken.pdf” is damaged and cannot be read")


def test_the_next_meeting_is_called_on_the_usual_day(hand):
    hand.click("Meetings")
    hand.click("Call a meeting…")
    hand.sees("As the last meetings of this kind were held.")
    hand.click("Call it")
    meetings = records.many(hand.store, records.ids(hand.store, order="starts"))
    new = max(meetings, key=lambda each: each.id)
    last = max((each for each in meetings if each.id != new.id and each.kind is new.kind), key=_on)
    assert new.on > last.on
    assert new.on.weekday() == last.on.weekday()
    assert new.starts_at.time() == last.starts_at.time()
    assert new.place == last.place


def _on(meeting):
    return meeting.on
