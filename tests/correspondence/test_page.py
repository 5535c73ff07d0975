from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from branch_desk.correspondence import records
from branch_desk.correspondence.page import LettersPage, detail, listing
from branch_desk.correspondence.rules import Direction

MAIL = """From: Membership Office <office@hq.example.org>
To: Secretary <sec@example.org>
Subject: Automatic reply: The list
Date: Thu, 07 May 2026 10:00:00 +0100
Message-ID: <a1@hq.example.org>
Auto-Submitted: auto-replied

We have received your e-mail.
"""


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
        recipient="Membership Office <office@hq.example.org>",
        office="Membership Office",
    )
    return records.get(store, letter).thread


@pytest.fixture
def mail(tmp_path):
    path = tmp_path / "reply.eml"
    path.write_text(MAIL, encoding="utf-8")
    return path


def said(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_an_empty_page_offers_the_first_step(page):
    assert page.whole.currentIndex() == 1


def test_an_email_is_brought_in_shown_and_undone(page, mail, settled, store, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(mail)], ""))
    page.bring.trigger()
    settled()
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
    assert "1 were there already" in told.args[0]
    assert len(records.ids(store)) == 1


def test_a_file_that_is_no_mail_is_said_by_name(page, tmp_path, settled, qtbot):
    path = tmp_path / "list.eml"
    path.write_bytes(b"")
    with qtbot.waitSignal(page.session.failed) as told:
        page.drop([str(path)])
    assert "list.eml" in told.args[0]


def test_a_pasted_email_becomes_a_letter(page, settled, store, answering):
    QGuiApplication.clipboard().setText(MAIL)
    answering()
    page.paste.trigger()
    settled()
    assert records.get(store, records.ids(store)[0]).sender.startswith("Membership Office")


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


def test_who_owes_an_answer_is_shown(thread, page, settled):
    assert page.summary.text() == "1 letter · 1 thread waits for an answer"
    assert "Waiting 43 days" in page.panel.stands.text()
    assert page.table.rows.record(0).tone == "warning"
    page.show_thing(0, "waiting")
    settled()
    assert list(page.table.rows.ids) == [thread]


def test_no_answer_is_needed_and_needed_again(thread, page, settled, store):
    page.panel.close_action.trigger()
    settled()
    assert records.waiting(store, store.today()) == []
    assert not page.panel.stands.isVisible()
    page.only.setChecked(True)
    settled()
    assert page.table.rows.rowCount() == 0
    page.show_thing(thread)
    settled()
    page.panel.close_action.trigger()
    settled()
    assert len(records.waiting(store, store.today())) == 1


def test_a_promise_is_recorded(thread, page, settled, store, answering):
    came = records.add_letter(
        store,
        direction=Direction.IN,
        on=date(2026, 5, 2),
        subject="Re: The list",
        body="Soon.",
        sender="Membership Office <office@hq.example.org>",
        office="Membership Office",
        thread=thread,
        automatic=records.Automatic(automatic=True),
    )
    settled()
    answering(By="1 June 2026")
    page.panel.promise_action.trigger()
    settled()
    assert records.get(store, came).promised_by == date(2026, 6, 1)
    assert "promised by Mon 1 Jun 2026" in page.panel.stands.text()


def test_a_wrong_guess_is_put_right_with_one_click(page, mail, settled, store, qtbot):
    page.drop([str(mail)])
    settled()
    person = next(
        each for each in page.panel.findChildren(QPushButton) if each.text() == "A person wrote it"
    )
    person.click()
    settled()
    assert records.get(store, records.ids(store)[0]).automatic is False


def test_an_enclosure_can_be_saved(thread, page, settled, store, tmp_path, monkeypatch):
    records.add_letter(
        store,
        direction=Direction.IN,
        on=date(2026, 5, 2),
        subject="The list",
        body="Here.",
        sender="Office",
        thread=thread,
        enclosed=[records.Enclosed("list.csv", "text/csv", b"a,b")],
    )
    settled()
    target = tmp_path / "copy.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    opener = next(
        each for each in page.panel.findChildren(QPushButton) if "list.csv" in each.text()
    )
    opener.click()
    assert target.read_bytes() == b"a,b"


def test_threads_are_sorted_and_searched(thread, page, settled, store):
    records.add_letter(
        store,
        direction=Direction.IN,
        on=date(2026, 5, 2),
        subject="A bench",
        body="Sit.",
        sender="Council",
        office="Council",
    )
    settled()
    orders = {
        ("", False): "A bench",
        ("subject", False): "A bench",
        ("subject", True): "The list",
        ("newest", False): "The list",
        ("newest", True): "A bench",
        ("office", True): "The list",
    }
    for (order, descending), first in orders.items():
        page._reorder(order, descending)
        settled()
        assert page.table.rows.record(0).subject == first, (order, descending)
    page.search.setText("bench")
    settled()
    assert page.table.rows.rowCount() == 1


def test_the_oldest_unanswered_are_shown_as_a_paper(thread, page, settled, qtbot):
    page.report.trigger()
    settled()
    cover = page.whole.currentWidget()
    qtbot.waitUntil(lambda: cover.preview.view.is_drawn, timeout=20_000)
    cover.left.emit()
    settled()
    assert page.whole.currentIndex() == 0


def test_nothing_is_asked_where_no_thread_is_chosen(page, store, answering):
    asked = answering()
    page.panel.ask_promise()
    page.panel.toggle_closed()
    page.panel.show_thread(None, None)
    assert asked == []


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
    assert detail.automatic(found) == sentence


def test_outlooks_own_files_are_not_offered_but_refused_in_words(page, tmp_path, settled, qtbot):
    assert ".msg" not in listing.MAIL
    path = tmp_path / "letter.msg"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with qtbot.waitSignal(page.session.failed) as said:
        page.drop([str(path)])
    assert "letter.msg" in said.args[0]
    assert ".eml" in said.args[0]
