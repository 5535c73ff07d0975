"""Sending to people: three heaps, the drafts, the letters, and the record of it."""

from email import message_from_bytes, policy
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from branch_desk.branch import records as branch
from branch_desk.desk import mail, printing
from branch_desk.members import papers, records
from branch_desk.members.page.sending import SendPanel, Sent, handing
from branch_desk.members.records import Channel
from branch_desk.paper.render import render

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def people(store):
    made = [
        records.add(store, forename="Ada", surname="Okafor", email="ada@example.org"),
        records.add(store, forename="Bryn", surname="Howells", address="1 Mill Lane, Moy"),
        records.add(store, forename="Ciara", surname="Byrne", email="c@example.org"),
        records.add(store, forename="Dev", surname="Malik", address="2 Mill Lane"),
    ]
    records.set_consent(store, made[0], Channel.EMAIL, given=True)
    branch.set_details(store, name="Highfield branch", email="us@example.org")
    return made


@pytest.fixture
def asked():
    """How many letters were asked for at a time."""
    return []


@pytest.fixture
def panel(session, store, people, qtbot, settled, asked):
    sent = []

    def letters(ids):
        asked.append(len(ids))
        found = records.many(store, ids)
        return render(papers.welcome_letters(branch.details(store), found, store.today()))

    made = SendPanel(
        session, "Welcome", people, "Welcome!", "Dear friend", letters,
        lambda: ("Welcome.pdf", b"%PDF-1.7"), sent.append,
    )  # fmt: skip
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    settled()
    made.sent_so_far = sent
    return made


@pytest.fixture
def opened(monkeypatch):
    """The drafts that the mail program was given."""
    found = []

    def take(url):
        data = Path(url.toLocalFile()).read_bytes()
        found.append(message_from_bytes(data, policy=policy.default))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return found


@pytest.fixture
def printed(monkeypatch):
    """The PDFs that went to the printer."""
    found = []
    monkeypatch.setattr(printing, "ask", lambda _, __, then: then("a printer"))
    monkeypatch.setattr(printing, "send", lambda pdf, *_: found.append(pdf) or len(pdf))
    return found


@pytest.fixture
def pressing(monkeypatch):
    """Press these buttons in the next questions, one in each; `asked` is what they asked."""

    def press(*names):
        left = list(names)

        def opened(box):
            press.asked.append(box.text())
            name = left.pop(0)
            # the question is only complete once whoever asks has it
            QTimer.singleShot(
                0, lambda: next(each for each in box.buttons() if each.text() == name).click()
            )

        monkeypatch.setattr(QMessageBox, "open", opened)

    press.asked = []
    return press


def shown(panel):
    return [panel.table.rows.record(row).name for row in range(panel.table.rows.rowCount())]


def test_everybody_is_in_one_of_three_heaps_with_its_count(panel, qtbot):
    names = []
    for number in range(3):
        qtbot.mouseClick(panel.heaps.button(number), LEFT)
        names.append((panel.heaps.button(number).accessibleName(), shown(panel)))
    assert names == [
        ("By e-mail: 1", ["Ada Okafor"]),
        ("By post: 2", ["Bryn Howells", "Dev Malik"]),
        ("Cannot be reached: 1", ["Ciara Byrne"]),
    ]
    assert panel.table.rows.record(0).why == "Was never asked about e-mail, no postal address."


def test_those_never_asked_are_emailed_once_it_is_ticked(panel, qtbot, settled):
    assert panel.unasked.isVisible()
    panel.unasked.check.click()
    settled()
    assert panel.heaps.button(0).accessibleName() == "By e-mail: 2"


def test_the_letter_of_the_chosen_person_is_shown_beside(panel, qtbot, settled):
    qtbot.mouseClick(panel.heaps.button(1), LEFT)
    settled()
    panel.table.choose_row(1)
    settled()
    assert panel.letter_to.text() == "The letter to Dev Malik"
    text = pypdfium2.PdfDocument(panel.view.pdf.data)[0].get_textpage().get_text_bounded()
    assert "Dear Dev" in text


def test_the_drafts_say_what_was_typed_and_carry_the_paper(panel, opened, settled):
    panel.subject.start("Come along")
    panel.text.start("Dear all")
    panel.drafts_action.trigger()
    settled()
    mail = opened[0]
    assert [each.addr_spec for each in mail["Bcc"].addresses] == ["ada@example.org"]
    assert (mail["Subject"], mail.get_body().get_content().strip()) == ("Come along", "Dear all")
    assert next(mail.iter_attachments()).get_filename() == "Welcome.pdf"


def test_sending_opens_drafts_prints_letters_and_records_it(
    panel, opened, printed, settled, people
):
    panel.send_action.trigger()
    settled()
    settled()
    assert len(opened) == 1
    assert len(printed[0]) == 2
    assert panel.sent_so_far == [Sent((people[0],), (people[1], people[3]), (people[2],))]


def test_what_was_not_printed_is_not_recorded(panel, opened, monkeypatch, settled, people):
    monkeypatch.setattr(printing, "ask", lambda *_: None)
    panel.send_action.trigger()
    settled()
    settled()
    assert panel.sent_so_far == []
    assert panel.done.text() == "Record 1 e-mail as sent"
    panel.record_action.trigger()
    assert panel.sent_so_far == [Sent((people[0],), (), (people[1], people[3], people[2]))]


def test_the_button_names_what_it_records(panel, opened, printed, settled, people):
    panel.letters_action.trigger()
    settled()
    settled()
    assert panel.done.accessibleName() == "Record 2 letters as sent"
    panel.drafts_action.trigger()
    settled()
    assert panel.record_action.text() == "Record 1 e-mail and 2 letters as sent"


def test_where_nothing_left_from_here_it_is_asked_before_it_is_recorded(
    panel, pressing, people, qtbot
):
    pressing("Cancel", "I sent it: record it")
    panel.record_action.trigger()
    qtbot.wait(1)
    assert panel.sent_so_far == []
    panel.record_action.trigger()
    qtbot.waitUntil(lambda: bool(panel.sent_so_far))
    assert panel.sent_so_far == [Sent((people[0],), (people[1], people[3]), (people[2],))]
    assert pressing.asked[0].startswith("Nothing was opened or printed here.")


def test_saved_letters_are_recorded_too(panel, settled, choosing, tmp_path, people):
    choosing(tmp_path / "letters")
    panel.save_action.trigger()
    settled()
    settled()
    assert len(pypdfium2.PdfDocument(tmp_path / "letters.pdf")) == 2
    panel.record_action.trigger()
    assert panel.sent_so_far == [Sent((), (people[1], people[3]), (people[0], people[2]))]


def test_many_letters_are_merged_some_at_a_time(panel, printed, settled, asked, monkeypatch):
    monkeypatch.setattr(handing, "AT_A_TIME", 1)
    told = []
    panel._session.workers.progressed.connect(lambda *each: told.append(each))
    asked.clear()
    panel.letters_action.trigger()
    settled()
    settled()
    assert asked == [1, 1]
    assert told[:3] == [(0, 2), (1, 2), (2, 2)]
    assert len(printed[0]) == 2


def test_merging_can_be_cancelled(panel, printed, settled, monkeypatch):
    monkeypatch.setattr(handing, "AT_A_TIME", 1)
    panel._session.workers.started.connect(lambda _: panel._session.workers.cancel())
    panel.letters_action.trigger()
    settled()
    assert printed == []


def test_many_drafts_are_saved_into_a_folder(panel, settled, monkeypatch, choosing, tmp_path):
    monkeypatch.setattr(handing, "MOST_OPENED", 0)
    choosing(tmp_path)
    panel.drafts_action.trigger()
    settled()
    assert [each.name for each in tmp_path.glob("*.eml")] == ["Welcome! 1.eml"]


@pytest.fixture
def nothing_opens(monkeypatch, panel):
    """The folder of drafts of a desk whose system has no mail program."""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    return mail.drafts_of(panel._session).folder


def test_nobody_has_it_both_ways(panel, opened, printed, settled, people):
    panel.unasked.check.click()
    settled()
    panel.drafts_action.trigger()
    settled()
    panel.unasked.check.click()
    settled()
    panel.letters_action.trigger()
    settled()
    settled()
    panel.drafts_action.trigger()
    settled()
    assert set(panel.sent().by_email) == {people[0]} | {people[2]}
    assert set(panel.sent().by_post) == {people[1], people[3]}


def test_where_nothing_opens_drafts_they_are_saved_and_the_letters_follow(
    panel, nothing_opens, printed, pressing, choosing, settled, tmp_path, people
):
    pressing("Save in a folder…")
    choosing(tmp_path)
    panel.send_action.trigger()
    for _ in range(4):
        settled()
    assert [each.name for each in tmp_path.glob("*.eml")] == ["Welcome! 1.eml"]
    assert list(nothing_opens.glob("*.eml")) == []
    assert len(printed[0]) == 2
    assert panel.sent_so_far == [Sent((people[0],), (people[1], people[3]), (people[2],))]


def test_without_the_drafts_only_the_letters_are_recorded(
    panel, nothing_opens, printed, pressing, settled, people
):
    pressing("Only the letters")
    panel.send_action.trigger()
    for _ in range(3):
        settled()
    assert list(nothing_opens.glob("*.eml")) == []
    assert panel.sent_so_far == [Sent((), (people[1], people[3]), (people[0], people[2]))]


def test_given_up_nothing_is_recorded(panel, nothing_opens, printed, pressing, settled):
    pressing("Cancel")
    panel.send_action.trigger()
    settled()
    assert (printed, panel.sent_so_far, panel.done.text()) == ([], [], "Done: record it")


def test_labels_are_for_those_written_to(panel, settled, qtbot):
    panel.labels_action.trigger()
    settled()
    labels = panel._labels
    qtbot.waitUntil(lambda: labels.preview.view.pdf is not None)
    text = pypdfium2.PdfDocument(labels.preview.view.pdf.data)[0].get_textpage().get_text_bounded()
    assert "Bryn Howells" in text
    assert "Ada" not in text
    labels.back_action.trigger()
    assert panel._body.isVisible()


def test_nobody_to_send_to_is_said(session, qtbot, settled):
    made = SendPanel(session, "Hello", [], "", "", lambda _: b"", None, lambda _: None)
    qtbot.addWidget(made)
    made.show()
    settled()
    assert not made.send_action.isEnabled()
    assert made.says.text() == "Nobody here can be sent anything."
