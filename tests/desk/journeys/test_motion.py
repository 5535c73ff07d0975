"""A motion is taken in, and its mover told whether it is in order."""

from email import message_from_bytes
from email.policy import default

import pytest

from branch_desk.correspondence import records as letters
from branch_desk.desk import mail as mailing
from branch_desk.desk.pdf import Pdf
from branch_desk.members import records as members
from branch_desk.members.rules import Standing
from branch_desk.motions import records
from branch_desk.store.links import Ref

MOST = 5
TITLE = "Mend the clock on the market hall"


@pytest.fixture
def mover(window):
    """A member with an e-mail address and a name nobody else has."""
    store = window.session.store
    people = members.many(store, members.ids(store, standing=Standing.MEMBER)[:100])
    return next(
        each for each in people if each.email and records.matching_name(store, each.name) == each.id
    )


@pytest.fixture
def pasted(mover):
    return f"{TITLE}\nMover: {mover.name}\n\nThis branch asks the council to mend the clock.\n"


@pytest.fixture
def handed(monkeypatch):
    """The drafts handed to the mail program."""
    found = []

    def hand_over(path):
        found.append(message_from_bytes(path.read_bytes(), policy=default))
        return True

    monkeypatch.setattr(mailing, "hand_over", hand_over)
    return found


def taken_and_told(store, mover, handed):
    motion = records.get(store, records.ids(store, search=TITLE)[0])
    assert (motion.title, motion.mover_member) == (TITLE, mover.id)
    draft = handed[0]
    assert mover.email in str(draft["To"])
    assert "it is not in order" in draft.get_body().get_content()
    (paper,) = draft.iter_attachments()
    assert len(Pdf(paper.get_content())) >= 1
    told = store.links_to(Ref("motion", motion.id), letters.ABOUT)
    assert [link.source.kind for link in told] == ["letter"]


def test_pasted_by_mouse(hand, mover, pasted, handed):
    hand.click("Motions")
    hand.paste(pasted)
    hand.sees("Recognised: title, mover, text.")
    hand.click("Take it in")
    hand.click("Tell the mover…")
    hand.click("E-mail…")
    hand.until(lambda: bool(handed))
    assert hand.actions <= MOST, hand.did
    taken_and_told(hand.store, mover, handed)


def test_dropped_by_mouse(hand, mover, pasted, handed, tmp_path):
    path = tmp_path / "clock.md"
    path.write_text(pasted, encoding="utf-8")
    hand.click("Motions")
    hand.drop(path)
    hand.click("Take it in")
    hand.click("Tell the mover…")
    hand.click("E-mail…")
    hand.until(lambda: bool(handed))
    assert hand.actions <= MOST, hand.did
    taken_and_told(hand.store, mover, handed)


def test_pasted_by_keyboard_alone(keys, mover, pasted, handed):
    keys.press("Ctrl+4")
    keys.paste(pasted)
    keys.sees("Recognised: title, mover, text.")
    keys.press("Ctrl+Return")
    keys.sees(f"2026/11 {TITLE}")
    keys.press("Ctrl+T")
    keys.sees("Dear ")
    keys.find("E-mail…")
    keys.press("Ctrl+Shift+E")
    keys.until(lambda: bool(handed))
    taken_and_told(keys.store, mover, handed)
