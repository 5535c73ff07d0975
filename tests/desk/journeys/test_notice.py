"""Send the notice with the agenda to everyone, and keep the proof: four actions at most."""

from email import message_from_bytes, policy
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QDesktopServices

from branch_desk.meetings import records
from branch_desk.members import records as members
from branch_desk.members.records import Channel
from tests.desk.journeys import evening

AT_MOST = 4
BY_POST = 3


@pytest.fixture
def invited(window):
    """Everybody the notice goes to: all but three by e-mail."""
    store = window.session.store
    found = records.invited(store, evening.next_meeting(store).id)
    agreed = found[BY_POST:]
    with store.change("Set the scene"):
        for each in found[:BY_POST]:
            members.set_consent(store, each, Channel.EMAIL, given=False)
            members.change_details(store, each, address="1 Mill Lane", postcode="HF1 1AA")
        for each in agreed:
            members.change_details(store, each, email=f"m{each}@example.org")
    members.set_consents(
        store,
        [members.Consent(0, each, Channel.EMAIL, True, store.today(), "") for each in agreed],
    )
    return found


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
    evening.print_into(tmp_path / "printed.pdf", monkeypatch)
    return tmp_path / "printed.pdf"


def sent(person):
    meeting = evening.next_meeting(person.store)
    return lambda: bool(records.notices(person.store, meeting.id))


def is_done(store, invited, mailed, printed):
    """Everybody has it by their way, the agenda with it; the proof names each of them."""
    meeting = evening.next_meeting(store)
    bcc = {each.addr_spec for draft in mailed for each in draft["Bcc"].addresses}
    assert bcc == {f"m{each}@example.org" for each in invited[BY_POST:]}
    (attached,) = mailed[0].iter_attachments()
    assert "Welcome and apologies" in evening.words_of(attached.get_content())
    letters = evening.words_of(printed.with_suffix(".given.pdf"))
    people = members.many(store, invited)
    for each in people[:BY_POST]:
        assert each.name in letters
    assert len(pypdfium2.PdfDocument(printed)) >= BY_POST
    notices = records.notices(store, meeting.id)
    assert {(each.channel, each.recipients) for each in notices} == {
        (records.Channel.EMAIL, len(invited) - BY_POST),
        (records.Channel.POST, BY_POST),
    }
    assert {each.sent_on for each in notices} == {store.today()}
    proof = evening.words_of(store.attachment(notices[0].attachment))
    assert "Welcome and apologies" in proof
    assert all(each.surname in proof for each in people)


def test_with_the_mouse_it_takes_four_actions(hand, invited, mailed, printed):
    hand.wait()
    hand.click("No notice has gone out.")
    hand.click("Send the notice…")
    hand.sees("By e-mail")
    hand.click(f"Send to all {len(invited)}…")
    evening.press_print(hand)
    hand.until(sent(hand))
    hand.wait()
    is_done(hand.store, invited, mailed, printed)
    assert hand.actions <= AT_MOST, hand.did
    hand.sees("Notice went out on 18 May 2026")


def test_without_a_mouse(keys, invited, mailed, printed):
    keys.press("Ctrl+M")
    keys.press("Ctrl+E")
    keys.sees("By e-mail")
    keys.press("Ctrl+Return")
    evening.press_print(keys)
    keys.until(sent(keys))
    keys.wait()
    is_done(keys.store, invited, mailed, printed)
    assert keys.actions <= AT_MOST, keys.did
