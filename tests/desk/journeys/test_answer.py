"""An answer from HQ is filed in its thread, and what is overdue is chased."""

from email import message_from_bytes
from email.policy import default

import pytest

from branch_desk.correspondence import records as letters
from branch_desk.desk import mail as mailing
from branch_desk.desk.pdf import Pdf

FILING, CHASING = 2, 3
SUBJECT = "Members who resigned last autumn and are still on the list"


@pytest.fixture
def answer(tmp_path):
    """HQ's e-mail, as it lies on the desktop."""
    path = tmp_path / "answer.eml"
    path.write_text(
        "From: National membership office <membership@national-office.example.org>\n"
        f"To: secretary@highfield-branch.example.org\nSubject: Re: {SUBJECT}\n"
        "Date: Mon, 18 May 2026 08:00:00 +0100\n\nAll of them are recorded now.\n",
        encoding="utf-8",
    )
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


def thread_of(store):
    return next(
        line.id
        for line in letters.thread_lines(store, letters.thread_ids(store))
        if line.subject == SUBJECT
    )


def filed(store, before):
    thread = thread_of(store)
    assert len(letters.letters(store, thread)) == before + 1
    assert thread not in {each.thread for each in letters.waiting(store, store.today())}


def test_an_answer_is_filed_by_mouse(hand, answer):
    before = len(letters.letters(hand.store, thread_of(hand.store)))
    hand.click("Letters")
    hand.drop(answer)
    hand.sees("All of them are recorded now.")
    assert hand.actions <= FILING, hand.did
    filed(hand.store, before)


def test_an_answer_is_filed_by_keyboard_alone(keys, answer):
    before = len(letters.letters(keys.store, thread_of(keys.store)))
    keys.press("Ctrl+5")
    keys.paste(answer.read_text("utf-8"))
    keys.sees("All of them are recorded now.")
    filed(keys.store, before)


def chased(store, handed, subject):
    assert subject in str(handed[0]["Subject"])
    (paper,) = handed[0].iter_attachments()
    assert len(Pdf(paper.get_content())) >= 1
    waits = [each for each in letters.waiting(store, store.today()) if each.subject == subject]
    assert waits[0].last_sent == store.today()


def overdue(store):
    return letters.waiting(store, store.today())[0]


def test_what_is_overdue_is_chased_by_mouse(hand, handed):
    oldest = overdue(hand.store)
    hand.click(oldest.subject)
    hand.click("Chase…")
    hand.click("E-mail…")
    hand.until(lambda: bool(handed))
    assert hand.actions <= CHASING, hand.did
    chased(hand.store, handed, oldest.subject)


def test_what_is_overdue_is_chased_by_keyboard_alone(keys, handed):
    oldest = overdue(keys.store)
    keys.tab_to(oldest.subject)
    keys.press("Space")
    keys.sees("owes us an answer")
    keys.press("Ctrl+E")
    keys.sees("We wrote to you on")
    keys.find("E-mail…")
    keys.press("Ctrl+Shift+E")
    keys.until(lambda: bool(handed))
    chased(keys.store, handed, oldest.subject)
