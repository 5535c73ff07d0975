import stat
import sys
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit, QPushButton

from branch_desk.branch import records as branch
from branch_desk.correspondence import records
from branch_desk.correspondence.page import LettersPage, bringing, card, detail
from branch_desk.correspondence.page.composer import Composer, correspondents
from branch_desk.correspondence.rules import Direction
from branch_desk.desk import ask as asks
from branch_desk.desk import mail as mailing
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.store.links import Ref

TODAY = date(2026, 5, 14)
OFFICE = "Membership Office <office@hq.example.org>"
MAIL = f"""From: {OFFICE}
To: Secretary <sec@example.org>
Subject: Automatic reply: The list
Date: Thu, 07 May 2026 10:00:00 +0100
Message-ID: <a1@hq.example.org>
Auto-Submitted: auto-replied

We have received your e-mail.
"""
GOODBYE = """From: Ada Okafor <ada@example.org>
To: Secretary <sec@example.org>
Subject: Goodbye
Date: Tue, 12 May 2026 10:00:00 +0100

I am resigning from the party.
"""


@pytest.fixture(autouse=True)
def clipboard(qapp):
    """What a test leaves on the clipboard is gone before Qt is."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def page(shown):
    return shown(LettersPage)


@pytest.fixture
def thread(store):
    letter = records.add_letter(
        store,
        direction=Direction.OUT,
        on=date(2026, 4, 1),
        subject="The list",
        body="Please send the list.",
        recipient=OFFICE,
        office="Membership Office",
    )
    return records.get(store, letter).thread


@pytest.fixture
def ada(store):
    branch.set_details(store, hq="National Office", hq_email="list@national.example.org")
    return members.add(
        store,
        forename="Ada",
        surname="Okafor",
        email="ada@example.org",
        address="1 High Street\nHighfield",
        postcode="HF1 1AA",
        joined_on=date(2020, 1, 1),
    )


@pytest.fixture
def mail(tmp_path):
    path = tmp_path / "reply.eml"
    path.write_text(MAIL, encoding="utf-8")
    return path


@pytest.fixture
def handed(monkeypatch):
    """The drafts handed to the mail program."""
    found = []

    def hand_over(path):
        found.append(message_from_bytes(path.read_bytes(), policy=default))
        return True

    monkeypatch.setattr(mailing, "hand_over", hand_over)
    return found


def came(store, subject="The list", body="Here it is.", **more):
    return records.add_letter(
        store,
        direction=Direction.IN,
        on=more.pop("on", date(2026, 5, 2)),
        subject=subject,
        body=body,
        sender=more.pop("sender", OFFICE),
        office=more.pop("office", "Membership Office"),
        **more,
    )


def said(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def press(widget, text, qtbot):
    found = []

    def shown():
        found[:] = [
            each
            for each in widget.findChildren(QPushButton)
            if text in (each.text(), each.accessibleName()) and each.isVisible()
        ]
        assert found, [each.text() for each in widget.findChildren(QPushButton)]

    qtbot.waitUntil(shown)
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def menu_of(page, text):
    """The entry of the first unfolded letter's menu."""
    menus = [each for each in page.panel.findChildren(QMenu) if each.actions()]
    return next(act for menu in menus for act in menu.actions() if act.text() == text)


def composer_of(page):
    found = page.whole.currentWidget()
    assert isinstance(found, Composer)
    return found


def test_an_empty_page_offers_the_first_step(page):
    assert page.whole.currentIndex() == 1


def test_an_email_is_brought_in_shown_and_undone(page, mail, settled, store, choosing, qtbot):
    choosing(mail)
    with qtbot.waitSignal(page.session.undoable) as told:
        page.bring.trigger()
    settled()
    assert told.args[0] == "Filed in “Automatic reply: The list”."
    assert len(records.ids(store)) == 1
    assert page.panel.subject.text() == "Automatic reply: The list"
    assert "automatic reply" in said(page.panel)
    page.session.undo()
    settled()
    assert records.ids(store) == []


def test_the_same_email_twice_is_filed_once(page, mail, settled, store, qtbot):
    page.drop([str(mail)])
    settled()
    with qtbot.waitSignal(page.session.said) as told:
        page.drop([str(mail)])
    settled()
    assert "1 was there already" in told.args[0]
    assert len(records.ids(store)) == 1


def test_what_is_no_mail_is_said_by_name_and_the_rest_is_filed(page, tmp_path, mail, qtbot, store):
    bad = [tmp_path / f"list{number}.eml" for number in range(8)]
    for each in bad:
        each.write_bytes(b"")
    with qtbot.waitSignal(page.session.failed) as told:
        page.drop([str(each) for each in [*bad, mail]])
    assert "list0.eml" in told.args[0]
    assert "And 3 more." in told.args[0]
    assert len(records.ids(store)) == 1


def test_a_folder_of_mails_is_brought_in(page, mail, settled, store, choosing):
    choosing(mail.parent)
    page.folder.trigger()
    settled()
    assert len(records.ids(store)) == 1


def test_folders_and_mails_are_welcome_and_nothing_else(page, mail, tmp_path):
    other = tmp_path / "list.csv"
    other.write_text("a", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in (mail, tmp_path, other)])
    assert page.bringing.dropped(data) == [str(mail), str(tmp_path)]


def test_mails_are_dropped_on_the_page(page, mail, settled, store):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(mail))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), copy, data, left, none))
    settled()
    assert len(records.ids(store)) == 1


def test_a_pasted_email_becomes_a_letter_at_once(page, settled, store):
    QGuiApplication.clipboard().setText(MAIL)
    page.paste.trigger()
    settled()
    assert records.get(store, records.ids(store)[0]).sender.startswith("Membership Office")


def test_an_email_as_a_mail_program_shows_it_is_pasted(page, settled, store):
    QGuiApplication.clipboard().setText(
        "From: Ada Okafor <ada@example.org>\nSent: 12 May 2026 10:00\nTo: Secretary\n"
        "Subject: Tŷ a gardd\n\nSut mae pethau?"
    )
    page.paste.trigger()
    settled()
    letter = records.get(store, records.ids(store)[0])
    assert (letter.subject, letter.body) == ("Tŷ a gardd", "Sut mae pethau?")
    assert letter.on == date(2026, 5, 12)


def test_a_copied_file_is_pasted(page, mail, settled, store):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(mail))])
    QGuiApplication.clipboard().setMimeData(data)
    page.paste.trigger()
    settled()
    assert len(records.ids(store)) == 1


def test_words_without_a_head_are_asked_about(page, settled, store, answering):
    QGuiApplication.clipboard().setText("The clock is broken.")
    asked = answering(**{"From or to whom": "Town Council", "About": "The clock"})
    page.paste.trigger()
    settled()
    assert asked[0].fields[-1].text() == "The clock is broken."
    letter = records.get(store, records.ids(store)[0])
    assert (letter.direction, letter.body) == (Direction.IN, "The clock is broken.")


def test_a_letter_on_paper_is_written_down(page, settled, store, answering):
    answering(
        It="out", **{"From or to whom": "Town Council", "About": "The clock", "On": "1 May 2026"}
    )
    page.note.trigger()
    settled()
    letter = records.get(store, records.ids(store)[0])
    assert (letter.direction, letter.recipient, letter.on) == (
        Direction.OUT,
        "Town Council",
        date(2026, 5, 1),
    )
    assert page.panel.subject.text() == "The clock"


def test_a_letter_to_nobody_is_refused(page, store, answering):
    asked = answering()
    page.note.trigger()
    assert "Say who it is from or to" in asked[0].notice.text()
    assert records.ids(store) == []


def test_who_owes_an_answer_is_shown(thread, page, settled, store):
    assert page.summary.text() == "1 letter · 1 answer owed to us"
    assert "owes us an answer since Wed 1 Apr 2026 (43 days)" in page.panel.stands.text()
    assert page.panel.chase.property("role") == "primary"
    assert page.table.rows.record(0).tone == "warning"
    assert page.table.rows.record(0).stands == "They: 43 days, chase"
    page.show_thing(0, "waiting")
    settled()
    assert list(page.table.rows.ids) == [thread]
    assert page.filter.currentText() == "They owe us an answer · 1"


def test_what_we_owe_is_shown_and_may_need_no_answer(page, settled, store):
    came(store, "The clock", "When will you pay?")
    settled()
    assert "We owe Membership Office an answer" in page.panel.stands.text()
    assert page.summary.text() == "1 letter · we owe 1 answer"
    assert page.table.rows.record(0).stands == "We: 12 days"
    page.panel.owe_action.trigger()
    settled()
    assert not page.panel.stands.isVisible()
    assert page.table.rows.record(0).stands == ""
    page.panel.owe_action.trigger()
    settled()
    assert page.panel.stands.isVisible()


def test_no_answer_is_needed_and_needed_again(thread, page, settled, store):
    page.panel.close_action.trigger()
    settled()
    assert records.waiting(store, store.today()) == []
    assert "Closed on" in page.panel.stands.text()
    assert page.table.rows.record(0).stands == "Closed"
    page.show_filtered("waiting")
    settled()
    assert page.table.rows.rowCount() == 0
    page.show_thing(thread)
    settled()
    page.panel.close_action.trigger()
    settled()
    assert len(records.waiting(store, store.today())) == 1


@pytest.mark.parametrize(
    ("by", "says", "line"),
    [
        (date(2026, 6, 1), "promised by Mon 1 Jun 2026", "They: 43 days, promised"),
        (date(2026, 5, 9), "promised by Sat 9 May 2026, not kept", "They: 43 days, broken promise"),
    ],
)
def test_a_promise_is_recorded(by, says, line, thread, page, settled, store, answering):
    letter = came(store, thread=thread, automatic=records.Automatic(automatic=True))
    settled()
    answering(By=by.isoformat())
    page.panel.promise_action.trigger()
    settled()
    assert records.get(store, letter).promised_by == by
    assert says in page.panel.stands.text()
    assert page.table.rows.record(0).stands == line
    assert "1 automatic reply" in page.panel.stands.text()


def test_a_wrong_guess_is_put_right_with_one_click(page, mail, settled, store, qtbot):
    page.drop([str(mail)])
    settled()
    letter = records.ids(store)[0]
    press(page.panel, "A person wrote it", qtbot)
    settled()
    assert records.get(store, letter).automatic is False
    menu_of(page, "It is an automatic reply").trigger()
    settled()
    assert records.get(store, letter).automatic is True


def test_an_enclosure_is_saved_opened_and_carried_out(
    thread, page, settled, store, tmp_path, choosing, monkeypatch, qtbot
):
    came(store, thread=thread, enclosed=[records.Enclosed("list.csv", "text/csv", b"a,b")])
    settled()
    target = tmp_path / "copy.csv"
    choosing(target)
    press(page.panel, "Save a copy of list.csv…", qtbot)
    assert target.read_bytes() == b"a,b"
    opened = []
    monkeypatch.setattr(
        "branch_desk.correspondence.page.enclosed.QDesktopServices.openUrl",
        lambda url: opened.append(url.toLocalFile()) or True,
    )
    press(page.panel, "Open list.csv", qtbot)
    assert opened[0].endswith("list.csv")
    enclosure = records.enclosures_of(store, thread).popitem()[1][0]
    assert page.panel.enclosed.copy(enclosure).read_bytes() == b"a,b"


def test_a_copy_for_another_program_is_this_users_alone_and_goes_with_the_branch(
    thread, page, settled, store, tmp_path, monkeypatch, qtbot
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    came(store, thread=thread, enclosed=[records.Enclosed("list.csv", "text/csv", b"a,b")])
    settled()
    enclosure = records.enclosures_of(store, thread).popitem()[1][0]
    copy = page.panel.enclosed.copy(enclosure)
    assert copy.is_relative_to(tmp_path)
    if sys.platform != "win32":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert stat.S_IMODE(copy.parent.parent.stat().st_mode) == 0o700
    page.session.destroyed.emit()
    assert not copy.exists()


def test_what_could_run_is_saved_and_not_opened(
    thread, page, settled, store, tmp_path, choosing, monkeypatch, qtbot
):
    came(store, thread=thread, enclosed=[records.Enclosed("list.html", "text/html", b"<b>")])
    settled()
    opened = []
    monkeypatch.setattr(
        "branch_desk.correspondence.page.enclosed.QDesktopServices.openUrl", opened.append
    )
    target = tmp_path / "copy.html"
    choosing(target)
    press(page.panel, "Open list.html", qtbot)
    assert opened == []
    assert target.exists()


def test_threads_are_sorted_and_searched(thread, page, settled, store):
    came(store, "A bench", "Sit.", sender="Council", office="Council")
    settled()
    orders = {
        ("", False): "A bench",
        ("subject", False): "A bench",
        ("subject", True): "The list",
        ("newest", False): "The list",
        ("newest", True): "A bench",
        ("office", True): "The list",
        ("waiting", False): "The list",
        ("waiting", True): "A bench",
    }
    for (order, descending), first in orders.items():
        page._reorder(order, descending)
        settled()
        assert page.table.rows.record(0).line.subject == first, (order, descending)
    page.search.setText("bench")
    settled()
    assert page.table.rows.rowCount() == 1


def test_every_filter_keeps_what_it_says(thread, ada, page, settled, store):
    came(store, "Automatic reply: The list", "Soon.", thread=thread)
    came(store, "Goodbye", "I resign.", sender="Ada Okafor <ada@example.org>", office="Ada")
    settled()
    found = {}
    for key, _ in page.filters:
        page.show_filtered(key)
        settled()
        found[key] = [
            page.table.rows.record(row).line.subject for row in range(page.table.rows.rowCount())
        ]
    assert found == {
        "all": ["Goodbye", "The list"],
        "waiting": ["The list"],
        "chase": ["The list"],
        "promised": [],
        "owing": ["Goodbye"],
        "leaving": ["Goodbye"],
        "automatic": ["The list"],
        "closed": [],
    }


def test_the_oldest_unanswered_are_shown_as_a_paper_and_mailed(
    thread, page, settled, qtbot, store, handed
):
    came(
        store,
        "Hello",
        "Hi.",
        sender="Regional office <region@example.org>",
        office="Regional office",
    )
    page.report.trigger()
    settled()
    cover = page.whole.currentWidget()
    qtbot.waitUntil(lambda: cover.preview.view.is_drawn, timeout=20_000)
    cover.preview.mail_action.trigger()
    settled()
    assert handed[0]["To"] == "Regional office <region@example.org>"
    assert "1 letter, the oldest for 43 days" in handed[0].get_body().get_content()
    cover.left.emit()
    settled()
    assert page.whole.currentIndex() == 0


def test_one_letter_is_shown_as_a_paper(thread, page, settled, qtbot, handed):
    menu_of(page, "Print or save it…").trigger()
    settled()
    cover = page.whole.currentWidget()
    qtbot.waitUntil(lambda: cover.preview.view.is_drawn, timeout=20_000)
    cover.preview.mail_action.trigger()
    settled()
    assert handed[0]["To"] == OFFICE


def test_nothing_is_done_where_no_thread_is_chosen(page, store, answering):
    asked = answering()
    for act in page.panel.thread_actions:
        act.trigger()
    page.panel.ask_promise()
    page.panel.toggle_closed()
    page.panel.toggle_owing()
    page.panel.write_answer()
    page.panel.write_chaser()
    page.panel.show_thread(None)
    assert asked == []
    assert store.rows("SELECT 1 FROM thread") == []


def test_no_promise_is_asked_for_where_nothing_came_in(thread, page, answering):
    asked = answering()
    page.panel.ask_promise()
    assert asked == []
    assert not page.panel.promise_action.isEnabled()


@pytest.mark.parametrize(
    ("because", "guess", "sentence"),
    [
        (
            "subject “Out of office” (a guess)",
            True,
            "This looks like an automatic reply (subject “Out of office”); the clock goes on.",
        ),
        (
            "Auto-Submitted: auto-replied",
            False,
            "This is an automatic reply (Auto-Submitted: auto-replied); the clock goes on.",
        ),
        ("", False, "This is an automatic reply; the clock goes on."),
    ],
)
def test_an_automatic_reply_is_said_in_one_sentence(because, guess, sentence, thread, store):
    letter = records.get(store, records.ids(store)[0])
    found = replace(letter, automatic=True, automatic_guess=guess, automatic_because=because)
    assert card.automatic(found) == sentence


def test_outlooks_own_files_are_not_offered_but_refused_in_words(page, tmp_path, settled, qtbot):
    assert ".msg" not in bringing.MAIL
    path = tmp_path / "letter.msg"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with qtbot.waitSignal(page.session.failed) as told:
        page.drop([str(path)])
    assert "letter.msg" in told.args[0]
    assert ".eml" in told.args[0]


# Long threads and long letters


def test_of_a_long_thread_the_newest_are_unfolded_and_the_rest_can_be(page, store, settled, qtbot):
    first = came(store, body="Letter 0.")
    thread = records.get(store, first).thread
    for number in range(1, 200):
        came(store, body=f"Letter {number}.", thread=thread)
    settled()

    def unfolded():
        cards = page.panel.findChildren(card.LetterCard)
        return len([each for each in cards if each.isVisible()])

    qtbot.waitUntil(lambda: unfolded() == detail.UNFOLDED)
    assert "Letter 199." in said(page.panel)
    press(page.panel, "Show 156 earlier letters", qtbot)
    settled()
    press(page.panel, "Show 116 earlier letters", qtbot)
    settled()
    lines = [each for each in page.panel.findChildren(QPushButton) if "Letter 90." in each.text()]
    qtbot.mouseClick(lines[-1], Qt.MouseButton.LeftButton)
    assert "Letter 90." in said(page.panel)


def test_a_very_long_letter_is_cut_and_opened_whole(page, store, settled, qtbot):
    came(store, body="word " * 200_000)
    settled()
    assert len(said(page.panel)) < 2 * card.SHOWN
    press(page.panel, "Show all of it, with what it quotes", qtbot)
    box = page.panel.findChildren(QPlainTextEdit)[-1]
    assert len(box.toPlainText()) > 900_000


def test_what_a_letter_quotes_is_folded_away(page, store, settled, qtbot):
    came(store, body="Yes.\n\nOn 1 April you wrote:\n> Please send the list.")
    settled()
    assert "Please send the list" not in said(page.panel)
    press(page.panel, "Show all of it, with what it quotes", qtbot)
    assert "Please send the list" in page.panel.findChildren(QPlainTextEdit)[-1].toPlainText()


def test_markup_in_a_letter_is_text(page, store, settled):
    came(store, "<b>bold</b>", "<img src=x> & more", sender="<i>Ada</i> & Co", office="A & B")
    settled()
    assert page.panel.subject.text() == "<b>bold</b>"
    for label in page.panel.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or not label.text()


# Moving, linking, deleting


def test_a_letter_is_dragged_to_another_thread(thread, page, settled, store):
    lost = came(store, "Something else")
    settled()
    data = card.letter_data(lost)
    table = page.table
    row = table.rows.row_of(thread)
    at = table.visualRect(table.rows.index(row, 0)).center()
    move, none = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(at, move, data, left, none)
    QApplication.sendEvent(table.viewport(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(table.viewport(), QDropEvent(QPointF(at), move, data, left, none))
    settled()
    assert records.get(store, lost).thread == thread
    assert page.panel.subject.text() == "The list"


def test_what_is_no_letter_is_not_taken_by_the_list(thread, page):
    data = QMimeData()
    data.setText("hello")
    move, none = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), move, data, Qt.MouseButton.LeftButton, none)
    assert page.carrying.eventFilter(page.table.viewport(), enter) is False


def choose_first(asked, text, qtbot, settled):
    field = asked.fields[0]
    asked.show()
    asked.activateWindow()
    qtbot.waitUntil(asked.isActiveWindow)
    field.edit.setFocus()
    qtbot.keyClicks(field.edit, text)
    qtbot.waitUntil(lambda: field.listing, timeout=5_000)
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.mouseClick(asked.go, Qt.MouseButton.LeftButton)
    settled()


@pytest.fixture
def asking(monkeypatch):
    """The questions asked, left open to be answered by hand."""
    from branch_desk.desk.ask import Ask

    asked = []
    monkeypatch.setattr(Ask, "begin", lambda self: asked.append(self))  # noqa: PLW0108 -- bound
    return asked


def test_a_letter_is_moved_by_its_menu(thread, page, settled, store, asking, qtbot):
    lost = came(store, "Something else")
    page.show_thing(records.get(store, lost).thread)
    settled()
    menu_of(page, "Move to another thread…").trigger()
    qtbot.addWidget(asking[0])
    qtbot.mouseClick(asking[0].go, Qt.MouseButton.LeftButton)
    assert "Choose the thread" in asking[0].notice.text()
    choose_first(asking[0], "lis", qtbot, settled)
    assert records.get(store, lost).thread == thread
    menu_of(page, "Into a thread of its own").trigger()
    settled()
    assert len(records.thread_ids(store)) == 2


def test_a_letter_is_linked_to_a_member_and_the_link_leads_there(
    thread, ada, page, settled, store, asking, qtbot
):
    menu_of(page, "Link to a member, motion or meeting…").trigger()
    qtbot.addWidget(asking[0])
    qtbot.mouseClick(asking[0].go, Qt.MouseButton.LeftButton)
    assert "Choose it" in asking[0].notice.text()
    choose_first(asking[0], "okaf", qtbot, settled)
    letter = records.letters(store, thread)[0].id
    assert [each.target for each in store.links_from(Ref("letter", letter))] == [Ref("member", ada)]
    with qtbot.waitSignal(page.session.went) as went:
        press(page.panel, "About Ada Okafor", qtbot)
    assert (went.args[0].page, went.args[0].id) == ("Members", ada)
    press(page.panel, "Take the link to Ada Okafor away", qtbot)
    settled()
    assert store.links_from(Ref("letter", letter)) == []


def test_a_letter_filed_by_mistake_is_deleted_and_undone(thread, page, settled, store, qtbot):
    with qtbot.waitSignal(page.session.undoable):
        menu_of(page, "Delete the letter").trigger()
    settled()
    assert records.ids(store) == []
    page.session.undo()
    settled()
    assert len(records.ids(store)) == 1


# Writing


def test_who_owes_us_is_chased_by_email(thread, page, settled, store, qtbot, handed):
    page.panel.chase_action.trigger()
    settled()
    composer = composer_of(page)
    qtbot.waitUntil(lambda: composer.preview.view.is_drawn, timeout=20_000)
    composer.preview.mail_action.trigger()
    settled()
    draft = handed[0]
    assert draft["To"] == OFFICE
    assert draft["Subject"] == "Re: The list"
    assert "We wrote to you on 1 April 2026" in draft.get_body().get_content()
    assert [each.get_content_type() for each in draft.iter_attachments()] == ["application/pdf"]
    assert records.waiting(store, TODAY)[0].chasers == 1
    composer.back.click()
    settled()
    assert page.panel.subject.text() == "The list"
    assert "chased once" in page.panel.stands.text()


def test_a_letter_is_written_to_whom_is_chosen_from_the_list(
    thread, ada, page, settled, store, qtbot
):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.write.trigger()
    settled()
    composer = composer_of(page)
    qtbot.keyClicks(composer.to.edit, "memb")
    qtbot.waitUntil(lambda: composer.to.listing, timeout=5_000)
    qtbot.keyClick(composer.to.edit, Qt.Key.Key_Return)
    assert composer.address.text() == "office@hq.example.org"
    composer.subject.start("The clock")
    composer.text.start("Please **mend** it.")
    composer.file.click()
    settled()
    letter = records.many(store, [composer.filed])[0]
    assert (letter.recipient, letter.on) == (OFFICE, TODAY)
    page.session.undo()
    settled()
    assert composer.filed is None
    assert composer.file.isEnabled()
    assert composer.subject.text() == "The clock"


def test_a_member_without_email_is_written_to_by_post(ada, page, store):
    members.change_details(store, ada, email="")
    page.write.trigger()
    composer = composer_of(page)
    composer.to.start_person(ada, "Ada Okafor")
    composer._typed()
    assert composer.to.text() == "Ada Okafor, 1 High Street, Highfield, HF1 1AA"
    assert [each[1] for each in correspondents(store, "oka")] == ["Ada Okafor"]


def test_a_letter_without_words_is_refused_and_stays(page, store, settled):
    page.write.trigger()
    composer = composer_of(page)
    composer.file.click()
    assert composer.notice.text() == "Say whom the letter is to."
    assert records.ids(store) == []


def test_an_unfinished_letter_is_not_lost_by_accident(thread, page, settled, store, monkeypatch):
    asked = []
    monkeypatch.setattr(asks, "confirm", lambda *words: asked.append(words))
    page.panel.answer_action.trigger()
    composer = composer_of(page)
    composer.text.start("Thank you.")
    page.write.trigger()
    page.show_thing(thread)
    composer.go_back()
    assert composer_of(page) is composer
    assert asked[0][1] == "Leave the letter?"
    throw_away = asked[0][-1]
    throw_away()
    settled()
    assert page.whole.currentIndex() == 0


def test_a_letter_is_filed_and_then_printed(thread, page, settled, store, qtbot, monkeypatch):
    printed = []
    monkeypatch.setattr("branch_desk.desk.printing.ask", lambda *asked: printed.append(asked))
    page.panel.answer_action.trigger()
    composer = composer_of(page)
    composer.text.start("Thank you.")
    composer._typed()
    settled()
    qtbot.waitUntil(composer.preview.print_action.isEnabled, timeout=20_000)
    composer.preview.print_action.trigger()
    composer.preview.print_action.trigger()
    settled()
    assert len(printed) == 2
    assert len(records.letters(store, thread)) == 2


# Resignations


def test_a_resignation_is_recorded_and_hq_asked(ada, page, settled, store, tmp_path, qtbot, handed):
    path = tmp_path / "goodbye.eml"
    path.write_text(GOODBYE, encoding="utf-8")
    page.drop([str(path)])
    settled()
    assert "This may be a resignation by Ada Okafor: it says “i am resigning”" in said(page.panel)
    press(page.panel, "Record it and ask HQ to confirm…", qtbot)
    settled()
    event = members.events(store, ada)[-1]
    assert event.kind is EventKind.RESIGNATION_SAID
    assert event.evidence == (Ref("letter", records.ids(store, search="goodbye")[0]),)
    composer = composer_of(page)
    qtbot.waitUntil(lambda: composer.preview.view.is_drawn, timeout=20_000)
    composer.preview.mail_action.trigger()
    settled()
    assert handed[0]["To"] == "National Office <list@national.example.org>"
    assert handed[0]["Subject"] == "Resignation of Ada Okafor: please confirm"
    assert "National Office" in [each.office for each in records.waiting(store, TODAY)]


def test_recording_alone_then_asking_then_asking_again(ada, page, settled, store, qtbot):
    letter = came(store, "Goodbye", "I resign.", sender="ada@example.org", on=date(2026, 5, 12))
    settled()
    press(page.panel, "Record that they resign", qtbot)
    settled()
    assert "HQ has not recorded it yet" in said(page.panel)
    press(page.panel, "Ask HQ to confirm…", qtbot)
    composer_of(page).file.click()
    composer_of(page).back.click()
    settled()
    page.show_thing(records.get(store, letter).thread)
    settled()
    assert "HQ was asked to confirm it" in said(page.panel)
    press(page.panel, "Ask HQ again…", qtbot)
    composer_of(page).back.click()
    settled()
    with qtbot.waitSignal(page.session.went) as went:
        press(page.panel, "Open the member", qtbot)
    assert went.args[0].id == ada
    members.record_event(store, ada, EventKind.RESIGNATION_RECORDED, hq_recorded_on=TODAY)
    settled()
    assert "HQ has recorded it" in said(page.panel)


def test_a_wrong_guess_of_a_resignation_is_taken_back(ada, page, settled, store, qtbot):
    came(store, "Goodbye", "I resign.", sender="ada@example.org")
    settled()
    press(page.panel, "It is no resignation", qtbot)
    settled()
    assert "This may be a resignation" not in said(page.panel)


def test_where_nobody_knows_who_it_is_the_desk_asks(ada, page, settled, store, qtbot, asking):
    came(store, "Goodbye", "I resign.", sender="x@example.com", office="", on=date(2026, 5, 12))
    settled()
    press(page.panel, "Record that they resign", qtbot)
    qtbot.addWidget(asking[0])
    qtbot.mouseClick(asking[0].go, Qt.MouseButton.LeftButton)
    assert "Choose the member" in asking[0].notice.text()
    choose_first(asking[0], "okaf", qtbot, settled)
    assert members.get(store, ada).resignation_said


def test_a_resignation_the_desk_did_not_see_is_recorded_by_the_menu(
    ada, page, settled, store, asking, qtbot
):
    came(store, "Goodbye", "Enough.", sender="ada@example.org", on=date(2026, 5, 12))
    settled()
    menu_of(page, "They resign in it…").trigger()
    qtbot.addWidget(asking[0])
    asking[0].show()
    assert asking[0].fields[0].text() == "Ada Okafor"
    qtbot.mouseClick(asking[0].go, Qt.MouseButton.LeftButton)
    settled()
    assert members.get(store, ada).resignation_said


def test_hq_is_asked_about_all_it_has_not_recorded(ada, page, settled, store):
    members.record_event(store, ada, EventKind.RESIGNATION_SAID, said_on=date(2026, 5, 1))
    page.confirm.trigger()
    settled()
    assert "Ada Okafor told us on 1 May 2026" in composer_of(page).text.text()


def test_a_letter_gone_to_by_its_own_number_opens_its_thread(store, shown, settled, qtbot):
    first, second = (
        records.add_letter(
            store,
            direction=Direction.IN,
            on=date(2026, 4, day),
            subject=subject,
            body="Text.",
            sender="Office",
            office="Office",
        )
        for day, subject in ((1, "The hall"), (2, "The list"))
    )
    thread = records.get(store, second).thread
    more = records.add_letter(
        store,
        direction=Direction.OUT,
        on=date(2026, 4, 3),
        subject="Re: The list",
        body="Text.",
        recipient="Office",
        office="Office",
        thread=thread,
    )
    page = shown(LettersPage)
    page.show_thing(more, "letter")
    settled()
    assert page.table.current_id() == thread
    page.show_thing(first, "letter")
    settled()
    assert page.table.current_id() == records.get(store, first).thread
    with qtbot.waitSignal(page.session.said) as said:
        page.show_thing(99, "letter")
    assert said.args[0] == "That letter is not on record any more."
