from datetime import datetime

import pytest
from PySide6.QtWidgets import QWidget

from branch_desk.meetings import records
from branch_desk.meetings.page import MeetingsPage
from branch_desk.meetings.rules import LONDON, How, MeetingKind


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


def test_the_usual_day_time_and_place_are_proposed(shown, store, answering, settled):
    for month, day in ((3, 19), (4, 16)):
        records.add(
            store,
            kind=MeetingKind.ORDINARY,
            starts_at=datetime(2026, month, day, 19, 0, tzinfo=LONDON),
            place="Room 2",
        )
    page = shown(MeetingsPage)
    answering()
    page.call.trigger()
    settled()
    made = records.get(store, page.table.current_id())
    assert made.starts_at == datetime(2026, 5, 21, 19, 0, tzinfo=LONDON)
    assert made.place == "Room 2"


def test_another_kind_proposes_its_own_pattern(shown, store, answering):
    records.add(
        store, kind=MeetingKind.ANNUAL, starts_at=datetime(2025, 5, 1, 18, 0, tzinfo=LONDON)
    )
    page = shown(MeetingsPage)
    asked = answering()
    page.call.trigger()
    fields = {each.name: each for each in asked[0].fields}
    kind = fields["Kind"]
    kind.combo.setCurrentIndex(kind.combo.findData("annual"))
    kind.typed.emit("annual")
    assert fields["On"].text() == ""
    assert fields["At"].text() == "18:00"


def test_the_next_meeting_is_open_at_first(store, meeting, shown):
    records.add(
        store, kind=MeetingKind.ANNUAL, starts_at=datetime(2027, 1, 7, 19, 0, tzinfo=LONDON)
    )
    page = shown(MeetingsPage)
    assert page.table.current_id() == meeting
    assert page.panel.isVisible()
    assert page.summary.text() == "2 meetings · next Thu 4 Jun 2026, in 21 days"


def test_with_none_to_come_the_latest_is_open(store, shown):
    past = records.add(
        store, kind=MeetingKind.ORDINARY, starts_at=datetime(2026, 3, 5, 19, 0, tzinfo=LONDON)
    )
    page = shown(MeetingsPage)
    assert page.table.current_id() == past
    assert page.summary.text() == "1 meeting · none to come"


def test_the_list_narrows_to_those_to_come_and_those_that_were(store, meeting, shown, settled):
    past = records.add(
        store, kind=MeetingKind.ORDINARY, starts_at=datetime(2026, 3, 5, 19, 0, tzinfo=LONDON)
    )
    page = shown(MeetingsPage)
    for key, wanted in (("coming", [meeting]), ("past", [past]), ("all", [meeting, past])):
        page.show_filtered(key)
        settled()
        assert list(page.table.rows.ids) == wanted


@pytest.mark.parametrize("paper", ["notice", "agenda", "order-paper", "attendance", "minutes"])
def test_every_paper_of_a_meeting_can_be_seen(page, agenda, settled, qtbot, paper):
    combo = page.panel.paper
    combo.setCurrentIndex(combo.findData(paper))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: page.panel.preview.view.is_drawn, timeout=30_000)
    assert len(page.panel.preview.view.pdf) >= 1


def test_the_paper_beside_follows_the_part_worked_on(page, agenda, settled):
    seen = []
    for tab in range(4):
        page.panel.turn(tab)
        settled()
        seen.append((page.panel.paper.currentData(), page.panel.preview.isVisible()))
    assert [paper for paper, shown in seen if shown] == ["pack", "notice", "minutes"]


def test_on_both_sides_each_motion_begins_on_a_right_hand_page(
    motion, page, agenda, settled, qtbot
):
    settled()
    qtbot.waitUntil(lambda: page.panel.preview.view.pdf is not None, timeout=30_000)
    before = len(page.panel.preview.view.pdf)
    page.panel.preview.choices["duplex"].click()
    settled()
    qtbot.waitUntil(lambda: len(page.panel.preview.view.pdf) > before, timeout=30_000)


def test_another_page_leads_to_the_part_it_means(page, meeting, settled):
    page.show_thing(meeting, "notice")
    settled()
    assert page.panel.tabs.tabText(page.panel.tabs.currentIndex()) == "When, where and notice"
    page.show_thing(meeting, "sign-in")
    assert page.panel.door.search.hasFocus()


def test_without_a_meeting_nothing_is_done(shown, store, answering):
    page = shown(MeetingsPage)
    asked = answering()
    panel = page.panel
    agenda = panel.agenda
    for deed in (
        *(agenda.do_lay_out, agenda.ask_item, agenda.do_remove, agenda.show_places),
        *(panel.details.send_notice, panel.details.ask_notice, panel.details.save_calendar),
        *(panel.details.copy_details, panel.minutes.do_draft, panel.minutes.do_strike),
        *(panel.minutes.ask_agreed, panel.minutes.do_reopen, panel.minutes.do_done),
        *(panel.door.there.do_strike, panel.door.apologise),
        *(agenda.written.record_decision, agenda.written.record_action),
    ):
        deed()
    panel.door.there.change(How.HALL)
    agenda.move_by(1)
    panel.details.form.fields["title"].edit.setText("Nothing")
    panel.details.form.fields["title"].leave()
    assert asked == []
    assert records.ids(store) == []


def test_the_papers_go_out_by_e_mail_with_when_and_where(page, agenda):
    draft = page.panel._draft("Agenda pack June")
    assert draft.subject == "Agenda pack June"
    assert "Thu 4 Jun 2026, 19:30 · Hall" in draft.text


def test_the_paper_is_no_window_of_its_own_before_it_has_its_place(
    meeting, session, settled, qtbot
):
    page = MeetingsPage(session)
    qtbot.addWidget(page)
    preview = page.panel.preview
    page.show_thing(meeting, "notice")
    assert not preview.isVisible()
    page.resize(1180, 740)
    page.show()
    settled()
    assert preview.isVisible()
    assert preview.window() is page
    page.show_thing(meeting, "sign-in")
    assert not preview.isVisible()


def test_the_list_stands_beside_the_meeting_in_a_window_of_usual_size(meeting, shown, settled):
    page = shown(MeetingsPage)
    page.resize(1280 - 93, 720)  # the window without the rail
    settled()
    for part in ("agenda", "notice", "sign-in", "minutes"):
        page.show_thing(meeting, part)
        settled()
        assert page.table.isVisible()
        assert page.panel.isVisible()
        assert not page.back.isVisible()
        assert not page.table.horizontalScrollBar().isVisible()


def test_while_the_notice_is_sent_nothing_else_is_the_button_to_press(meeting, shown, settled):
    page = shown(MeetingsPage)
    page.cover(QWidget())
    assert not page.call_button.isVisible()
    page.uncover()
    assert page.call_button.isVisible()
