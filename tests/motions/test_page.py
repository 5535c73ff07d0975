from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as letters
from branch_desk.correspondence.page.composer import Composer
from branch_desk.desk import mail as mailing
from branch_desk.meetings import records as meetings
from branch_desk.members import records as members
from branch_desk.motions import records
from branch_desk.motions.page import TO_COME, VERDICTS, MotionsPage
from branch_desk.motions.page.people import members_like
from branch_desk.motions.page.taking import Taking
from branch_desk.motions.rules import MotionKind, MotionState, Verdict

MOTION = """---
title: Keep the library open
mover: Ada Okafor
seconder: Bryn Howells
received: 2026-05-01
---

This branch calls on the council to keep the library open on Saturdays.

## Reasons

It is used.
"""
MAIL = """From: Ada Okafor <ada@example.org>
To: Secretary <sec@example.org>
Subject: Motion: Mend the clock
Date: Fri, 08 May 2026 10:00:00 +0100
Message-ID: <m1@example.org>

Dear secretary,

This branch asks the council to mend the clock.
"""
PASTED = """Mend the clock
Mover: Ada Okafor

This branch asks the council to mend the clock.
"""


@pytest.fixture(autouse=True)
def clipboard(qapp):
    """What a test leaves on the clipboard is gone before Qt is."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def page(shown):
    return shown(MotionsPage)


@pytest.fixture
def motion(store):
    ada = members.add(store, forename="Ada", surname="Okafor")
    return records.add(
        store,
        title="Keep the library open",
        text="This branch calls on the council.",
        mover="Ada Okafor",
        mover_member=ada,
        received_on=date(2026, 5, 1),
    )


@pytest.fixture
def handed(monkeypatch):
    """The drafts handed to the mail program."""
    found = []

    def hand_over(path):
        found.append(message_from_bytes(path.read_bytes(), policy=default))
        return True

    monkeypatch.setattr(mailing, "hand_over", hand_over)
    return found


def taking_of(page):
    found = page.whole.currentWidget()
    assert isinstance(found, Taking)
    return found


def take_in(page, settled):
    taking_of(page).take.click()
    settled()


def press(widget, text, qtbot):
    found = [each for each in widget.findChildren(QPushButton) if each.text() == text]
    assert found, [each.text() for each in widget.findChildren(QPushButton)]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def test_a_few_letters_find_members_told_apart_by_what_differs(store):
    old = members.add(store, forename="Ada", surname="Okafor", number="0013")
    new = members.add(store, forename="Ada", surname="Okafor", postcode="SY23 1AC")
    members.add(store, forename="Bryn", surname="Howells")
    assert sorted(members_like(store, "oka")) == [
        (old, "Ada Okafor", "member · 0013"),
        (new, "Ada Okafor", "member · SY23 1AC"),
    ]
    assert members_like(store, "zzz") == []


def test_an_empty_page_offers_the_first_step(page):
    assert page.whole.currentIndex() == 1


def test_a_motion_comes_in_from_a_file_and_its_findings_are_shown(
    page, tmp_path, settled, store, choosing
):
    path = tmp_path / "library.md"
    path.write_text(MOTION, encoding="utf-8")
    choosing(path)
    page.file.trigger()
    settled()
    take_in(page, settled)
    motion = records.get(store, page.table.current_id())
    assert (motion.title, motion.mover) == ("Keep the library open", "Ada Okafor")
    assert motion.received_on == date(2026, 5, 1)
    assert page.panel.heading.text() == f"{motion.number} Keep the library open"
    said = [
        page.panel.findings.itemAt(at).widget().findChildren(QLabel)[-1].text()
        for at in range(page.panel.findings.count())
    ]
    assert any("words" in each for each in said)
    page.session.undo()
    settled()
    assert page.whole.currentIndex() == 1


def test_a_file_that_cannot_be_read_is_said(page, tmp_path, qtbot):
    with qtbot.waitSignal(page.session.failed) as said:
        page.drop([str(tmp_path / "gone.md")])
    assert "gone.md" in said.args[0]


def test_a_pasted_motion_is_shown_as_understood_and_taken_in(page, settled, store):
    members.add(store, forename="Ada", surname="Okafor")
    QGuiApplication.clipboard().setText(PASTED)
    page.paste.trigger()
    settled()
    taking = taking_of(page)
    assert "Recognised: title, mover, text. Not found: seconder, reasons." in [
        each.text() for each in taking.findChildren(QLabel)
    ]
    assert taking.mover.person() is not None
    take_in(page, settled)
    motion = records.get(store, page.table.current_id())
    assert (motion.title, motion.mover) == ("Mend the clock", "Ada Okafor")
    assert motion.mover_member is not None
    assert motion.received_on == date(2026, 5, 14)


def test_formatted_text_keeps_its_lists(page, settled, store):
    data = QMimeData()
    data.setText("Mend the clock\nThis branch wants: soon")
    data.setHtml("<h1>Mend the clock</h1><p>This branch wants it:</p><ol><li>soon</li></ol>")
    QGuiApplication.clipboard().setMimeData(data)
    page.paste.trigger()
    settled()
    take_in(page, settled)
    assert records.get(store, page.table.current_id()).text.endswith("1. soon")


def test_what_was_recognised_can_be_put_right_first(page, settled, store):
    QGuiApplication.clipboard().setText(PASTED)
    page.paste.trigger()
    settled()
    taking = taking_of(page)
    taking.form.fields["title"].start(" ")
    taking.take.click()
    assert taking.notice.text() == "A motion needs a title."
    taking.form.fields["title"].start("The clock")
    take_in(page, settled)
    assert records.get(store, page.table.current_id()).title == "The clock"


def test_an_empty_paste_asks_for_the_words(page, store, answering, settled):
    QGuiApplication.clipboard().clear()
    asked = answering(**{"The motion": PASTED})
    page.paste.trigger()
    settled()
    assert len(asked) == 1
    assert taking_of(page).form.fields["title"].text() == "Mend the clock"


def test_what_cannot_be_understood_is_asked_about(page, store, answering, settled):
    QGuiApplication.clipboard().setText("---\ntitle: A\nno end")
    asked = answering()
    page.paste.trigger()
    settled()
    assert "never closed" in asked[0].notice.text()
    assert records.ids(store) == []


@pytest.mark.parametrize("way", ["drop", "copied file", "source"])
def test_a_motion_in_an_email_brings_the_email_with_it(way, page, tmp_path, settled, store):
    path = tmp_path / "clock.eml"
    path.write_text(MAIL, encoding="utf-8")
    if way == "drop":
        page.drop([str(path)])
    else:
        data = QMimeData()
        data.setText(MAIL)
        if way == "copied file":
            data.setUrls([QUrl.fromLocalFile(str(path))])
        QGuiApplication.clipboard().setMimeData(data)
        page.paste.trigger()
    settled()
    take_in(page, settled)
    motion = records.get(store, page.table.current_id())
    assert (motion.title, motion.mover) == ("Mend the clock", "Ada Okafor")
    assert motion.received_on == date(2026, 5, 8)
    assert len(letters.ids(store)) == 1
    shown = [each.text() for each in page.panel.findChildren(QPushButton)]
    assert "Letter of 8 May 2026: Motion: Mend the clock" in shown


def test_several_files_are_shown_one_after_another(page, tmp_path, settled, store, qtbot):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.md").write_text(f"Motion {name}\n\nText.", encoding="utf-8")
    (tmp_path / "bad.md").write_bytes(b"\0")
    with qtbot.waitSignal(page.session.failed) as said:
        page.drop([str(tmp_path / f"{name}.md") for name in ("a", "bad", "b", "c")])
        settled()
        take_in(page, settled)
    assert "bad.md" in said.args[0]
    taking_of(page).left.emit()
    settled()
    take_in(page, settled)
    assert page.whole.currentIndex() == 0
    assert sorted(each.title for each in records.many(store, records.ids(store))) == [
        "Motion a",
        "Motion c",
    ]


def test_a_motion_is_begun_and_written(page, settled, store, answering):
    answering(Title="Mend the clock", Mover="Ada Okafor")
    page.write.trigger()
    settled()
    field = page.panel.form.fields["text"]
    field.edit.setPlainText("Mend it.")
    field.leave()
    motion = records.get(store, page.table.current_id())
    assert (motion.text, motion.state) == ("Mend it.", MotionState.DRAFT)


def test_fields_are_stored_and_people_are_known(motion, page, settled, store):
    fields = page.panel.form.fields
    fields["kind"].combo.setCurrentIndex(fields["kind"].combo.findData("emergency"))
    fields["kind"].leave()
    fields["seconder"].edit.setText("Nobody Known")
    fields["seconder"].leave()
    fields["mover"].edit.setText("ada okafor")
    fields["mover"].leave()
    fields["arose_on"].edit.setText("12 May")
    fields["arose_on"].leave()
    fields["state"].combo.setCurrentIndex(fields["state"].combo.findData("accepted"))
    fields["state"].leave()
    settled()
    found = records.get(store, motion)
    assert (found.kind, found.state) == (MotionKind.EMERGENCY, MotionState.ACCEPTED)
    assert (found.seconder, found.seconder_member) == ("Nobody Known", None)
    assert found.mover_member is not None
    assert found.arose_on == date(2026, 5, 12)


def test_a_motion_needs_a_title(motion, page, settled, store):
    field = page.panel.form.fields["title"]
    field.edit.setText(" ")
    field.leave()
    assert field.complaint() == "A motion needs a title."
    assert records.get(store, motion).title == "Keep the library open"


def test_a_vote_is_counted_and_taken_back(motion, page, settled, store, answering):
    answering(For="12", Against="5", Abstentions="2")
    page.vote.trigger()
    settled()
    assert records.get(store, motion).state is MotionState.CARRIED
    assert "12" in page.panel.state.text()
    assert not page.vote.isEnabled()
    page.reopen.trigger()
    settled()
    assert records.get(store, motion).result is None


def test_a_show_of_hands_needs_no_count(motion, page, settled, store, answering):
    answering(**{"If nobody counted": "lost"})
    page.vote.trigger()
    settled()
    assert records.get(store, motion).state is MotionState.LOST


def test_the_sum_is_shown_before_it_is_stored(motion, page, settled, store, monkeypatch, qtbot):
    from branch_desk.desk.ask import Ask

    asked = []
    monkeypatch.setattr(Ask, "begin", lambda self: asked.append(self))  # noqa: PLW0108 -- bound
    page.vote.trigger()
    ask = asked[0]
    qtbot.addWidget(ask)
    fields = {field.name: field for field in ask.fields}
    for name, count in (("For", "5"), ("Against", "5")):
        fields[name].edit.setText(count)
        fields[name].typed.emit(count)
    assert "5 for, 5 against" in ask.notice.text()
    fields["For"].edit.setText("x")
    fields["For"].typed.emit("x")
    assert "“x” is not a number of votes" in ask.notice.text()
    fields["For"].edit.setText("")
    fields["For"].typed.emit("")
    assert ask.notice.isHidden()


def test_no_count_at_all_is_refused(motion, page, store, answering):
    asked = answering()
    page.vote.trigger()
    assert "Give the votes" in asked[0].notice.text()
    assert records.get(store, motion).result is None


def test_what_is_no_count_is_refused(motion, page, settled, store, answering):
    asked = answering(For="many")
    page.vote.trigger()
    assert "“many” is not a number of votes" in asked[0].notice.text()


def test_a_motion_is_withdrawn(motion, page, settled, store):
    page.withdraw.trigger()
    settled()
    assert records.get(store, motion).state is MotionState.WITHDRAWN
    assert not page.withdraw.isEnabled()


def test_the_paper_is_live(motion, page, settled, store, qtbot):
    page.panel.setCurrentIndex(1)
    settled()
    qtbot.waitUntil(lambda: page.panel.preview.view.is_drawn, timeout=20_000)
    assert page.panel.preview.print_action.isEnabled()
    assert len(page.panel.preview.view.pdf) == 1


def test_the_paper_stands_beside_the_motion_where_there_is_room(
    motion, page, settled, store, qtbot
):
    panel = page.panel
    assert not panel.preview.isVisible()
    page.resize(2100, 800)
    settled()
    qtbot.waitUntil(lambda: panel.preview.view.is_drawn, timeout=20_000)
    assert panel.preview.isVisible()
    assert panel.form.isVisible()
    assert panel.preview.mapTo(panel, panel.preview.rect().topLeft()).x() > panel.form.width()
    assert not panel.tabBar().isVisible()
    page.resize(1180, 740)
    assert not panel.preview.isVisible()
    assert panel.tabBar().isVisible()
    assert [panel.tabText(at) for at in range(panel.count())] == ["Motion", "On paper"]


def test_search_and_sorting_ask_the_file(motion, page, settled, store, qtbot):
    other = records.add(store, title="A bench", text="Sit.")
    settled()
    page.search.setText("library")
    settled()
    assert list(page.table.rows.ids) == [motion]
    page.search.clear()
    header = page.table.horizontalHeader()
    where = page.table.columnViewportPosition(1) + 9
    qtbot.mouseClick(
        header.viewport(),
        Qt.MouseButton.LeftButton,
        pos=header.viewport().rect().topLeft() + type(header.pos())(where, 8),
    )
    settled()
    assert list(page.table.rows.ids) == [other, motion]


def marks(page):
    """Each rule's mark, as it reads without its colour."""
    found = []
    for at in range(page.panel.findings.count()):
        mark, sentence = page.panel.findings.itemAt(at).widget().findChildren(QLabel)
        found.append((mark.text(), mark.accessibleName(), sentence.text()))
    return found


@pytest.mark.parametrize(
    ("order", "text", "name"),
    [
        ("meeting", "! To come", "still to come"),
        ("writing", "✗ Broken", "broken"),
        ("none", "✓ Met", "met"),
    ],
)
def test_a_missing_seconder_is_marked_as_the_sentence_says(
    order, text, name, motion, page, settled, store
):
    branch.set_setting(store, "motion.seconder", order)
    page.show_thing(motion)
    settled()
    found = [(mark, known) for mark, known, sentence in marks(page) if "second" in sentence]
    assert found == [(text, name)]


def test_marks_differ_without_their_colours():
    texts = [mark for mark, _, _ in (*VERDICTS.values(), TO_COME)]
    assert len({each.split()[0] for each in texts}) == len(texts) == len(Verdict) + 1


# Telling, sending, copying, deleting


def test_the_mover_is_told_by_email_and_the_letter_is_on_the_motion(
    motion, page, settled, store, qtbot, handed
):
    ada = records.get(store, motion).mover_member
    members.change_details(store, ada, email="ada@example.org")
    settled()
    page.tell.trigger()
    settled()
    composer = page.whole.currentWidget()
    assert isinstance(composer, Composer)
    qtbot.waitUntil(lambda: composer.preview.view.is_drawn, timeout=20_000)
    composer.preview.mail_action.trigger()
    settled()
    assert handed[0]["To"] == "Ada Okafor <ada@example.org>"
    assert handed[0]["Subject"] == "Your motion 2026/01: Keep the library open"
    assert "Whether it is in order" in handed[0].get_body().get_content()
    assert "**" not in handed[0].get_body().get_content()
    composer.back.click()
    settled()
    name = "Letter of 14 May 2026: Your motion 2026/01: Keep the library open"
    with qtbot.waitSignal(page.session.went) as went:
        press(page.panel, name, qtbot)
    assert went.args[0].page == "Letters"


def test_a_letter_being_written_stays_in_front(motion, page, settled, qtbot):
    page.tell.trigger()
    composer = page.whole.currentWidget()
    composer.text.start("Something else.")
    page.show_thing(motion)
    page.tell.trigger()
    page.paste.trigger()
    page.drop(["x.md"])
    assert page.whole.currentWidget() is composer


def test_the_result_is_sent(motion, page, settled, store):
    assert not page.send.isEnabled()
    records.decide_without_count(store, motion, on=date(2026, 5, 14), carried=True)
    settled()
    page.send.trigger()
    settled()
    composer = page.whole.currentWidget()
    assert "carried the motion below" in composer.text.text()


def test_a_motion_is_copied_as_formatted_text(motion, page):
    page.copy.trigger()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().startswith("# Keep the library open\n\nThis branch calls")
    assert "<h1>Keep the library open</h1>" in data.html()
    assert "Moved by Ada Okafor" in data.text()


def test_a_motion_is_deleted_and_undone(motion, page, settled, store, qtbot):
    with qtbot.waitSignal(page.session.undoable):
        page.delete.trigger()
    settled()
    assert records.ids(store) == []
    page.session.undo()
    settled()
    assert records.ids(store) == [motion]


def test_its_meeting_is_gone_to(motion, page, settled, store, qtbot):
    with qtbot.waitSignal(page.session.went) as went:
        page.meeting.trigger()
    assert (went.args[0].page, went.args[0].what) == ("Meetings", "call")
    from datetime import datetime
    from zoneinfo import ZoneInfo

    at = datetime(2026, 5, 28, 19, 30, tzinfo=ZoneInfo("Europe/London"))
    meeting = meetings.add(store, kind=meetings.MeetingKind.ORDINARY, starts_at=at)
    with qtbot.waitSignal(page.session.went) as went:
        page.meeting.trigger()
    assert went.args[0].id == meeting
    item = meetings.add_item(store, meeting, "Motions", kind=meetings.ItemKind.MOTIONS)
    meetings.place_motion(store, item, motion)
    with qtbot.waitSignal(page.session.went) as went:
        page.meeting.trigger()
    assert went.args[0].id == meeting


def test_each_finding_leads_to_what_would_mend_it(motion, page, settled, store, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    records.change_details(store, motion, mover="Nobody Known", mover_member=None, received_on=None)
    settled()
    press(page.panel, "Say which member", qtbot)
    assert page.panel.mover.edit.hasFocus()
    press(page.panel, "Say when it came", qtbot)
    assert page.panel.form.fields["received_on"].edit.hasFocus()
    records.change_details(
        store, motion, received_on=date(2026, 5, 1), kind=MotionKind.NO_CONFIDENCE
    )
    settled()
    for text, there in (
        ("Call a meeting", "Meetings"),
        ("Set it in the standing orders", "Branch"),
    ):
        with qtbot.waitSignal(page.session.went) as went:
            press(page.panel, text, qtbot)
        assert went.args[0].page == there


def test_motions_are_filtered_by_state_and_counted(motion, page, settled, store):
    records.add(store, title="A bench", text="Sit.")
    settled()
    assert page.filter.itemText(1) == "Still to be taken · 2"
    page.show_filtered("draft")
    settled()
    assert page.table.rows.rowCount() == 1
    assert page.summary.text() == "2 motions · 2 still to be taken"


def test_a_ruling_is_written_down(motion, page, settled, store):
    field = page.panel.form.fields["ruling"]
    field.edit.setPlainText("It may be taken.")
    field.leave()
    assert records.get(store, motion).ruling == "It may be taken."


def test_the_paper_goes_by_email(motion, page, settled, qtbot, handed):
    page.panel.setCurrentIndex(1)
    settled()
    qtbot.waitUntil(lambda: page.panel.preview.view.is_drawn, timeout=20_000)
    page.panel.preview.mail_action.trigger()
    settled()
    assert handed[0]["Subject"] == "2026/01 Keep the library open"


def test_a_motion_is_placed_on_the_next_agenda_in_one_step(motion, page, settled, store, qtbot):
    at = store.moment() + timedelta(days=21)
    meeting = meetings.add(store, kind=meetings.MeetingKind.ORDINARY, starts_at=at)
    settled()
    page.show_thing(motion)
    settled()
    assert "checked for the meeting of Thu 4 Jun 2026" in page.panel.state.text()
    assert page.place.isEnabled()
    with qtbot.waitSignal(page.session.undoable) as said:
        page.place.trigger()
    settled()
    assert said.args[0].startswith("Motion 2026/01 is on the agenda of ")
    (item,) = meetings.agenda(store, meeting)
    assert (item.kind, list(item.motions)) == (meetings.ItemKind.MOTIONS, [motion])
    assert not page.place.isEnabled()
    page.session.undo()
    settled()
    assert meetings.agenda(store, meeting) == []
    assert page.place.isEnabled()


def test_where_no_meeting_is_called_placing_leads_to_calling_one(motion, page, settled, qtbot):
    settled()
    page.show_thing(motion)
    settled()
    with qtbot.waitSignal(page.session.went) as went:
        page.place.trigger()
    assert (went.args[0].page, went.args[0].what) == ("Meetings", "call")


def test_nothing_is_done_where_there_is_no_motion(page):
    for act in page._of_motion:
        assert not act.isEnabled() or page.table.current_id() is None
        act.trigger()
    page.ask_vote()
    page.tell_mover()
    page.send_result()
    page.copy_motion()
    page.go_to_meeting()
    page.place_it()
    page.remove()
