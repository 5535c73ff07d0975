from datetime import date, datetime

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as letters
from branch_desk.correspondence.rules import Direction
from branch_desk.meetings import records
from branch_desk.meetings.page import MeetingsPage
from branch_desk.meetings.rules import LONDON, How, MeetingKind
from branch_desk.members import records as members
from branch_desk.motions import records as motions


@pytest.fixture
def meeting(store):
    return records.add(
        store,
        kind=MeetingKind.ORDINARY,
        starts_at=datetime(2026, 6, 4, 19, 30, tzinfo=LONDON),
        place="Hall",
    )


@pytest.fixture
def motion(store):
    return motions.add(
        store, title="The clock", text="Mend it.", mover="Ada", received_on=date(2026, 5, 1)
    )


@pytest.fixture
def letter(store):
    made = letters.add_letter(
        store,
        direction=Direction.OUT,
        on=date(2026, 4, 1),
        subject="The list",
        body="Please.",
        recipient="Office",
        office="Office",
    )
    return letters.get(store, made).thread


@pytest.fixture
def page(meeting, shown):
    return shown(MeetingsPage, 1300, 800)


@pytest.fixture
def laid_out(page, settled):
    page.panel.agenda.lay_out.trigger()
    settled()
    return page.panel.agenda


@pytest.fixture
def pdf(tmp_path):
    path = tmp_path / "accounts.pdf"
    made = PdfDocument.new()
    made.new_page(595, 842)
    made.save(path)
    return path


def titles(store, meeting):
    return [item.title for item in records.agenda(store, meeting)]


def test_an_empty_page_offers_to_call_a_meeting(shown, settled, store, answering):
    page = shown(MeetingsPage)
    assert page.whole.currentIndex() == 1
    answering(Kind="annual", On="4 June 2026", At="7.30pm", Place="Hall")
    page.show_thing(0, "call")
    settled()
    found = records.get(store, page.table.current_id())
    assert found.kind is MeetingKind.ANNUAL
    assert found.starts_at == datetime(2026, 6, 4, 19, 30, tzinfo=LONDON)
    assert page.panel.when.text() == "Thu 4 Jun 2026, 19:30 · Hall"


def test_a_meeting_without_a_day_is_not_called(shown, store, answering):
    page = shown(MeetingsPage)
    asked = answering()
    page.call.trigger()
    assert "on which day" in asked[0].notice.text()
    assert records.ids(store) == []


def test_laying_out_puts_on_what_is_due_and_is_one_undo(
    motion, letter, page, laid_out, store, meeting, settled
):
    assert "Motions" in titles(store, meeting)
    placed = records.agenda(store, meeting)
    assert [each for item in placed for each in item.motions] == [motion]
    assert [each for item in placed for each in item.threads] == [letter]
    assert laid_out.items.topLevelItemCount() == len(placed)
    page.session.undo()
    settled()
    assert titles(store, meeting) == []
    assert laid_out.empty.isVisible()


def test_items_are_added_moved_and_removed(page, laid_out, store, meeting, settled, answering):
    before = titles(store, meeting)
    answering(Item="A cake sale", **{"Minutes allowed": "5", "Where": "before"})
    laid_out.add.trigger()
    settled()
    assert titles(store, meeting) == ["A cake sale", *before]
    assert laid_out.item_form.fields["title"].text() == "A cake sale"
    laid_out.down.trigger()
    settled()
    assert titles(store, meeting)[:2] == [before[0], "A cake sale"]
    laid_out.up.trigger()
    settled()
    laid_out.up.trigger()
    settled()
    assert titles(store, meeting)[0] == "A cake sale"
    laid_out.remove.trigger()
    settled()
    assert titles(store, meeting) == before


def test_an_item_is_changed_in_place(page, laid_out, store, meeting, settled):
    fields = laid_out.item_form.fields
    fields["title"].edit.setText("Welcome")
    fields["title"].leave()
    fields["minutes"].edit.setText("7")
    fields["minutes"].leave()
    fields["notes"].edit.setPlainText("Tea first.")
    fields["notes"].leave()
    settled()
    first = records.agenda(store, meeting)[0]
    assert (first.title, first.minutes, first.notes) == ("Welcome", 7, "Tea first.")
    fields["minutes"].edit.setText("a while")
    fields["minutes"].leave()
    assert "is not a number of minutes" in fields["minutes"].complaint()


def test_a_motion_and_a_letter_are_placed_and_taken_off(
    page, laid_out, store, meeting, settled, answering, letter
):
    motion = motions.add(store, title="Late", text="Now.", mover="Ada")
    answering(Motion=str(motion))
    laid_out.motion.trigger()
    settled()
    answering(Letter=str(letter))
    laid_out.letter.trigger()
    settled()
    first = records.agenda(store, meeting)[0]
    assert (first.motions, first.threads) == ((motion,), (letter,))
    assert laid_out.items.topLevelItem(0).childCount() == 2
    while laid_out.placed.count():
        laid_out.placed.itemAt(0).widget().findChildren(type(page.back))[0].click()
        settled()
    first = records.agenda(store, meeting)[0]
    assert (first.motions, first.threads) == ((), ())


def test_where_there_is_nothing_to_place_it_is_said(page, laid_out, qtbot):
    with qtbot.waitSignal(page.session.failed) as said:
        laid_out.motion.trigger()
    assert "no motion still to be taken" in said.args[0]
    with qtbot.waitSignal(page.session.failed):
        laid_out.letter.trigger()


def test_a_dropped_pdf_is_appended_and_in_the_pack(
    page, laid_out, store, meeting, settled, pdf, qtbot
):
    qtbot.waitUntil(lambda: page.panel.preview.view.is_drawn, timeout=30_000)
    before = len(page.panel.preview.view.pdf)
    page.drop([str(pdf)])
    settled()
    item = records.agenda(store, meeting)[0]
    assert [each.title for each in records.documents(store, item.id)] == ["accounts"]
    qtbot.waitUntil(lambda: len(page.panel.preview.view.pdf or ()) > before, timeout=30_000)


def test_what_is_no_pdf_is_refused(page, laid_out, tmp_path, qtbot, monkeypatch):
    path = tmp_path / "photo.pdf"
    path.write_bytes(b"not a pdf")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(page.session.failed) as said:
        laid_out.pdf.trigger()
    assert "cannot be read as a PDF" in said.args[0]


def test_a_pdf_without_an_agenda_has_no_place(page, pdf, qtbot):
    with qtbot.waitSignal(page.session.failed) as said:
        page.drop([str(pdf)])
    assert "Lay out the agenda first" in said.args[0]


def test_the_details_of_a_meeting_are_stored(page, settled, store, meeting):
    fields = page.panel.details.fields
    for key, text in (
        ("title", "June meeting"),
        ("day", "11 June 2026"),
        ("time", "20:00"),
        ("place", "Room 2"),
    ):
        fields[key].edit.setText(text)
        fields[key].leave()
        settled()
    fields["kind"].combo.setCurrentIndex(fields["kind"].combo.findData("special"))
    fields["kind"].leave()
    page.panel.minutes.edit.setPlainText("All agreed.")
    page.panel.minutes.leave()
    settled()
    found = records.get(store, meeting)
    assert (found.title, found.place, found.kind) == ("June meeting", "Room 2", MeetingKind.SPECIAL)
    assert found.starts_at == datetime(2026, 6, 11, 20, 0, tzinfo=LONDON)
    assert found.minutes == "All agreed."


@pytest.mark.parametrize("paper", ["notice", "agenda", "order-paper", "attendance", "minutes"])
def test_every_paper_of_a_meeting_can_be_seen(page, laid_out, settled, qtbot, paper):
    page.panel.paper.setCurrentIndex(page.panel.paper.findData(paper))
    page.panel._show_paper()
    qtbot.waitUntil(lambda: page.panel.preview.view.is_drawn, timeout=30_000)
    assert len(page.panel.preview.view.pdf) >= 1


def test_the_next_meeting_is_chosen_at_first(store, meeting, shown):
    records.add(
        store, kind=MeetingKind.ANNUAL, starts_at=datetime(2027, 1, 7, 19, 0, tzinfo=LONDON)
    )
    page = shown(MeetingsPage)
    assert page.table.current_id() == meeting
    assert page.summary.text() == "2 meetings · next Thu 4 Jun 2026, in 21 days"


def test_without_a_meeting_nothing_is_done(shown, store, answering):
    page = shown(MeetingsPage)
    asked = answering()
    agenda = page.panel.agenda
    for deed in (agenda.do_lay_out, agenda.ask_item, agenda.do_remove, agenda.ask_motion):
        deed()
    agenda.move_by(1)
    page.panel.details.fields["title"].edit.setText("Nothing")
    page.panel.details.fields["title"].leave()
    assert asked == []
    assert records.ids(store) == []


def test_an_item_needs_a_title_and_the_first_goes_no_higher(
    page, laid_out, store, meeting, answering, settled
):
    before = titles(store, meeting)
    asked = answering()
    laid_out.add.trigger()
    assert "needs a title" in asked[0].notice.text()
    laid_out.up.trigger()
    settled()
    assert titles(store, meeting) == before


@pytest.fixture
def people(store):
    branch.set_setting(store, "quorum.rule", "2")
    names = (("Ada", "Okafor"), ("Bryn", "Okafor"), ("Ciara", "Byrne"))
    return [
        members.add(store, forename=forename, surname=surname, on=date(2020, 1, 1))
        for forename, surname in names
    ]


def test_people_are_signed_in_by_a_few_letters_and_counted(
    people, page, settled, store, meeting, qtbot
):
    panel = page.panel.attendance
    assert not panel.hall.isEnabled()
    qtbot.keyClicks(panel.search, "Ok")
    assert panel.found.count() == 0
    qtbot.keyClicks(panel.search, "af")
    assert panel.found.count() == 2
    panel.found.setCurrentRow(1)
    second = panel.found.currentItem().text()
    panel.online.trigger()
    settled()
    assert panel.search.text() == ""
    assert "1 short" in panel.quorum.text()
    qtbot.keyClicks(panel.search, "Ciara")
    qtbot.keyClick(panel.search, Qt.Key.Key_Return)
    settled()
    qtbot.keyClicks(panel.search, "Guest Speaker")
    panel.sorry.trigger()
    settled()
    there = {each.name: (each.member, each.how) for each in records.attendance(store, meeting)}
    assert there == {
        "Ciara Byrne": (people[2], How.HALL),
        "Guest Speaker": (None, None),
        second: (people[0] if second.startswith("Ada") else people[1], How.ONLINE),
    }
    assert panel.counts.text() == "2 present · 1 in the hall · 1 online · 1 apology"
    assert "Quorate" in panel.quorum.text()
    strike = next(
        each
        for each in panel.findChildren(QPushButton)
        if each.accessibleName() == "Strike Ciara Byrne"
    )
    strike.click()
    settled()
    assert "1 short" in panel.quorum.text()
    page.session.undo()
    settled()
    assert "Quorate" in panel.quorum.text()


def test_only_names_are_offered_so_that_nobody_is_signed_in_by_an_address(
    people, page, store, qtbot
):
    members.change_details(store, people[0], address="1 Byrne Street")
    members.change_details(store, people[1], surname="Żak-Byrné")
    qtbot.keyClicks(page.panel.attendance.search, "byrne")
    found = page.panel.attendance.found
    assert {found.item(at).text() for at in range(found.count())} == {
        "Bryn Żak-Byrné",
        "Ciara Byrne",
    }


def test_two_letters_do_not_make_a_visitor(page, qtbot):
    qtbot.keyClicks(page.panel.attendance.search, "Zo")
    with qtbot.waitSignal(page.session.failed) as said:
        page.panel.attendance.hall.trigger()
    assert said.args[0] == "Type at least three letters of the name."


def test_it_is_recorded_that_notice_went_out(page, store, meeting, answering, settled):
    asked = answering(On="13 May 2026", How="post", **{"To how many": "many"})
    page.notice.trigger()
    assert "not a number of people" in asked[0].notice.text()
    answering(On="13 May 2026", How="post", **{"To how many": "41"})
    page.notice.trigger()
    settled()
    sent = records.notices(store, meeting)
    assert [(each.sent_on, each.channel, each.recipients) for each in sent] == [
        (date(2026, 5, 13), records.Channel.POST, 41)
    ]


def test_minutes_are_agreed_once_there_are_any(page, store, meeting, answering, settled):
    assert not page.agree.isEnabled()
    records.set_minutes(store, meeting, "All were welcome.")
    settled()
    assert page.agree.isEnabled()
    answering(On="2 July 2026")
    page.agree.trigger()
    settled()
    assert records.get(store, meeting).minutes_agreed_on == date(2026, 7, 2)
    assert not page.agree.isEnabled()
