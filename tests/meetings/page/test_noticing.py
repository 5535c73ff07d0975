from datetime import date

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from branch_desk.branch import records as branch
from branch_desk.meetings import records
from branch_desk.meetings.page.detail import WHEN
from branch_desk.meetings.rules import MeetingKind
from branch_desk.members import records as members
from branch_desk.members.page.sending import SendPanel


@pytest.fixture
def when(page, settled):
    page.panel.turn(WHEN)
    settled()
    return page.panel.details


def words_of(data: bytes) -> str:
    pdf = PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def test_the_details_of_a_meeting_are_stored(when, settled, store, meeting):
    fields = when.form.fields
    for key, text in (
        ("title", "June meeting"),
        ("day", "11 June 2026"),
        ("time", "20:00"),
        ("place", "Room 2"),
        ("online_at", "https://meet.example.org"),
    ):
        fields[key].edit.setText(text)
        fields[key].leave()
        settled()
    fields["notes"].edit.setPlainText("Bring cups.")
    fields["notes"].leave()
    fields["kind"].combo.setCurrentIndex(fields["kind"].combo.findData("special"))
    fields["kind"].leave()
    settled()
    found = records.get(store, meeting)
    assert (found.title, found.place, found.kind) == ("June meeting", "Room 2", MeetingKind.SPECIAL)
    assert found.starts_at.isoformat() == "2026-06-11T20:00:00+01:00"
    assert (found.online_at, found.notes) == ("https://meet.example.org", "Bring cups.")


def test_it_says_when_notice_is_due_and_by_when_motions(when, store, settled):
    branch.set_setting(store, "meeting.notice_days", "7")
    branch.set_setting(store, "motion.deadline_days", "14", clause="7")
    settled()
    assert when.stands.text().startswith("Notice is due by 28 May 2026, in 14 days")
    assert when.days.text() == "Motions must be in by Thu 21 May 2026, in 7 days (clause 7)."


def test_a_notice_is_sent_and_its_proof_names_who_was_reached(
    people, when, page, store, meeting, settled, qtbot, tmp_path, choosing
):
    members.change_details(store, people[0], email="ada@example.org")
    members.set_consent(store, people[0], members.Channel.EMAIL, given=True, on=store.today())
    members.change_details(store, people[1], address="1 Mill Lane", postcode="HF1 1AA")
    records.lay_out(store, meeting)
    settled()
    assert (when.send_button.text(), when.send_button.property("role")) == (
        "Send the notice…",
        "primary",
    )
    when.send.trigger()
    settled()
    panel = page.findChild(SendPanel)
    assert page.whole.currentWidget() is panel
    name, attached = panel._attachment()
    assert name.endswith(".pdf")
    assert "Notice of meeting" in words_of(attached)
    letter = words_of(panel._letters([people[1]]))
    assert "1 Mill Lane" in letter
    assert "Welcome and apologies" in letter
    with qtbot.waitSignal(page.session.undoable, timeout=30_000) as said:
        panel.record()
        box = panel.findChild(QMessageBox)  # nothing was opened or printed here
        next(each for each in box.buttons() if each.text() == "I sent it: record it").click()
    assert said.args[0] == "Notice to 2 people is recorded, with its proof."
    settled()
    assert page.whole.currentWidget() is page.split
    sent = records.notices(store, meeting)
    assert [(each.sent_on, each.channel, each.recipients) for each in sent] == [
        (store.today(), records.Channel.EMAIL, 1),
        (store.today(), records.Channel.POST, 1),
    ]
    assert {each.note for each in sent} == {"1 could not be reached"}
    assert when.stands.text().startswith("Notice went out on 14 May 2026")
    assert (when.send_button.text(), when.send_button.property("role")) == ("Send again…", "quiet")
    proof = words_of(store.attachment(sent[0].attachment))
    for text in ("Ada Okafor", "ada@example.org", "by e-mail", "1 Mill Lane", "not reached"):
        assert text in proof
    choosing(tmp_path / "proof")
    button = next(
        each
        for each in when.findChildren(QPushButton)
        if each.accessibleName().startswith("Save the proof") and not each.isHidden()
    )
    button.click()
    assert (tmp_path / "proof.pdf").read_bytes() == store.attachment(sent[0].attachment)
    page.session.undo()
    settled()
    assert records.notices(store, meeting) == []
    assert when.send_button.property("role") == "primary"


def test_going_to_send_the_notice_opens_what_sends_it(people, page, meeting, settled):
    page.show_thing(meeting, "send")
    settled()
    assert isinstance(page.whole.currentWidget(), SendPanel)
    page.show_thing(meeting, "notice")
    settled()
    assert page.whole.currentWidget() is page.split
    assert page.panel.tabs.currentIndex() == WHEN


def test_leaving_the_cover_sends_nothing(people, when, page, store, meeting, settled):
    when.send.trigger()
    settled()
    page.findChild(SendPanel).left.emit()
    settled()
    assert page.whole.currentWidget() is page.split
    assert records.notices(store, meeting) == []


def test_with_nobody_on_the_list_there_is_no_notice_to_send(when, page, qtbot):
    with qtbot.waitSignal(page.session.failed) as said:
        when.send.trigger()
    assert "nobody on the list" in said.args[0]


def test_a_committee_is_called_by_its_officers(people, store, meeting):
    records.change_details(store, meeting, kind=MeetingKind.COMMITTEE)
    branch.add_officer(store, "Chair", "Ada Okafor", member=people[0], since=date(2026, 1, 1))
    assert records.invited(store, meeting) == [people[0]]


def test_it_is_recorded_by_hand_that_notice_went_out(when, store, meeting, answering, settled):
    asked = answering(On="13 May 2026", How="post", **{"To how many": "many"})
    when.by_hand.trigger()
    assert "not a number of people" in asked[0].notice.text()
    answering(On="13 May 2026", How="post", **{"To how many": "41"})
    when.by_hand.trigger()
    answering(On="12 May 2026", How="posted up", **{"To how many": ""})
    when.by_hand.trigger()
    settled()
    sent = records.notices(store, meeting)
    assert [(each.sent_on, each.channel, each.recipients) for each in sent] == [
        (date(2026, 5, 12), records.Channel.POSTED_UP, None),
        (date(2026, 5, 13), records.Channel.POST, 41),
    ]


def test_a_meeting_is_saved_as_a_calendar_file(
    when, page, store, meeting, choosing, tmp_path, qtbot
):
    records.add_item(store, meeting, "Business", minutes=90)
    choosing(tmp_path / "june")
    with qtbot.waitSignal(page.session.said) as said:
        when.calendar.trigger()
    assert said.args[0].startswith("Saved june.ics in ")
    text = (tmp_path / "june.ics").read_text("utf-8")
    assert "DTSTART:20260604T183000Z" in text
    assert "DTEND:20260604T200000Z" in text


def test_when_and_where_are_copied_as_a_person_would_write_them(when):
    when.copy.trigger()
    assert QApplication.clipboard().text() == "Branch meeting\nThu 4 Jun 2026, 19:30\nHall"
