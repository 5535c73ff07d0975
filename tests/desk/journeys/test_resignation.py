"""A resignation that came by e-mail is recorded, and HQ is asked to confirm it."""

import pytest

from branch_desk.correspondence import records as letters
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind, Standing
from branch_desk.store.links import Ref

MOST = 4


@pytest.fixture
def leaver(window):
    """A member with an address who has not said that they resign."""
    store = window.session.store
    ids = members.ids(store, standing=Standing.MEMBER, resignation_said=False)
    return next(each for each in members.many(store, ids[:300]) if each.email)


@pytest.fixture
def goodbye(leaver, tmp_path):
    """Their e-mail, as it lies on the desktop."""
    path = tmp_path / "goodbye.eml"
    path.write_text(
        f"From: {leaver.name} <{leaver.email}>\nTo: secretary@highfield-branch.example.org\n"
        "Subject: Goodbye\nDate: Sun, 17 May 2026 10:00:00 +0100\n\n"
        "Dear secretary,\n\nAfter nineteen years I am resigning from the party.\n",
        encoding="utf-8",
    )
    return path


def recorded_and_asked(store, leaver):
    said = [
        event
        for event in members.events(store, leaver.id)
        if event.kind is EventKind.RESIGNATION_SAID
    ]
    letter = letters.ids(store, search="Goodbye")[0]
    assert [event.evidence for event in said] == [(Ref("letter", letter),)]
    asked = next(each for each in letters.unconfirmed(store) if each.member == leaver.id).asked
    assert asked is not None
    sent = letters.get(store, asked)
    assert leaver.name in sent.body
    assert sent.thread in {each.thread for each in letters.waiting(store, store.today())}


def test_by_mouse(hand, leaver, goodbye):
    hand.click("Letters")
    hand.drop(goodbye)
    hand.sees("This may be a resignation")
    hand.click("Record it and ask HQ to confirm…")
    hand.click("File as sent")
    hand.sees("✓ Filed as sent today.")
    assert hand.actions <= MOST, hand.did
    recorded_and_asked(hand.store, leaver)


def test_by_keyboard_alone(keys, leaver, goodbye):
    keys.press("Ctrl+5")
    keys.paste(goodbye.read_text("utf-8"))
    keys.sees("This may be a resignation")
    keys.tab_to("Record it and ask HQ to confirm…")
    keys.press("Space")
    keys.sees("please confirm")
    keys.press("Ctrl+Return")
    keys.sees("✓ Filed as sent today.")
    recorded_and_asked(keys.store, leaver)
