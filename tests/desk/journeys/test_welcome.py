"""Welcome those who joined since the last meeting, by letter and e-mail: four actions at most."""

from email import message_from_bytes, policy
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from branch_desk.app import last_met
from branch_desk.desk import printing
from branch_desk.members import records
from branch_desk.members.records import Channel, SendingKind
from branch_desk.members.rules import CURRENT, Way

AT_MOST = 4


@pytest.fixture
def newcomers(window):
    """Those who joined since the last meeting; the first of them agreed to e-mail."""
    store = window.session.store
    ids = records.ids(store, standing=CURRENT, joined_from=last_met(store), joined_to=store.today())
    assert len(ids) >= 3
    first, *others = ids
    records.change_details(store, first, email="first@example.org")
    for each in others:
        records.set_consent(store, each, Channel.EMAIL, given=False)
        records.change_details(store, each, address="1 Mill Lane\nHighfield")
    records.set_consent(store, first, Channel.EMAIL, given=True)
    return first, others


@pytest.fixture
def mailed(monkeypatch):
    """What the mail program was given to send."""
    found = []

    def take(url):
        data = Path(url.toLocalFile()).read_bytes()
        found.append(message_from_bytes(data, policy=policy.default))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return found


@pytest.fixture
def printed(monkeypatch, tmp_path):
    """The PDF of a printer that prints into a file, which its dialog's Print button begins.

    Without a screen the system's dialog offers no printer, so it is accepted as a press would.
    """
    path = tmp_path / "printed.pdf"
    real = printing.send

    def send(pdf, printer, progress, **more):
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        Path(tmp_path / "merged.pdf").write_bytes(pdf.data)
        return real(pdf, printer, progress, **more)

    monkeypatch.setattr(printing, "send", send)
    return path


def press_print(person):
    """Press Print in the system's dialog."""
    person.until(lambda: isinstance(person.top(), QPrintDialog))
    person.top().accept()
    person.did_one("pressed Print")
    person.wait()


def is_done(store, newcomers, mailed, printed):
    """The e-mail and the letters went out, and that is on record."""
    first, others = newcomers
    assert [each.addr_spec for each in mailed[0]["Bcc"].addresses] == ["first@example.org"]
    assert "Welcome to" in mailed[0]["Subject"]
    document = pypdfium2.PdfDocument(printed.with_name("merged.pdf"))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    for each in records.many(store, others):
        assert f"Dear {each.called}," in text
    assert len(pypdfium2.PdfDocument(printed)) == len(document) == len(others)
    assert [each.way for each in records.sendings(store, first)] == [Way.EMAIL]
    for each in others:
        sent = records.sendings(store, each)
        assert [(each.kind, each.way) for each in sent] == [(SendingKind.WELCOME, Way.POST)]


def recorded(person, newcomers):
    return lambda: bool(records.sendings(person.store, newcomers[0]))


def test_with_the_mouse_it_takes_four_actions(hand, newcomers, mailed, printed):
    hand.wait()
    hand.click(f"{1 + len(newcomers[1])} joined since")
    hand.click("Welcome them…")
    hand.sees("By e-mail")
    hand.click(f"Send to all {1 + len(newcomers[1])}…")
    press_print(hand)
    hand.until(recorded(hand, newcomers))
    is_done(hand.store, newcomers, mailed, printed)
    assert hand.actions <= AT_MOST, hand.did


def test_without_a_mouse(keys, newcomers, mailed, printed):
    keys.wait()
    keys.tab_to(f"{1 + len(newcomers[1])} joined since")
    keys.press("Space")
    keys.press("Ctrl+Shift+W")
    keys.sees("By e-mail")
    keys.press("Ctrl+Return")
    press_print(keys)
    keys.until(recorded(keys, newcomers))
    is_done(keys.store, newcomers, mailed, printed)
    assert keys.actions <= AT_MOST, keys.did


def test_nobody_is_welcomed_twice(hand, newcomers, mailed, printed):
    hand.wait()
    hand.click(f"{1 + len(newcomers[1])} joined since")
    hand.click("Welcome them…")
    hand.click(f"Send to all {1 + len(newcomers[1])}…")
    press_print(hand)
    hand.until(recorded(hand, newcomers))
    hand.click("Welcome them…")
    hand.sees("Everybody here was welcomed before.")
