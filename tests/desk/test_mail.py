import email
import shutil
import stat
import subprocess
import sys
import tempfile
from email import policy

import pytest
from PySide6.QtCore import QObject

from branch_desk.desk import files, mail
from branch_desk.desk.mail import Draft, Drafts, message
from branch_desk.store.errors import DeskError, Invalid

PDF = b"%PDF-1.7 a paper"


def read(data):
    return email.message_from_bytes(data, policy=policy.default)


def test_a_draft_says_that_it_is_unsent_and_carries_the_paper():
    draft = Draft(("Sam Byrne <sam@example.org>",), "The notice", "Dear Sam,\n\nit is attached.\n")
    got = read(message(draft, "Notice.pdf", PDF))
    assert got["X-Unsent"] == "1"
    assert got["To"] == "Sam Byrne <sam@example.org>"
    assert got["Subject"] == "The notice"
    assert got.get_body().get_content() == "Dear Sam,\r\n\r\nit is attached.\r\n"
    (file,) = got.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("Notice.pdf", "application/pdf")
    assert file.get_content() == PDF


def test_a_draft_may_go_without_the_paper():
    assert (
        list(read(message(Draft((), "S", "T", attach=False), "a.pdf", PDF)).iter_attachments())
        == []
    )
    assert list(read(message(Draft((), "S", "T"))).iter_attachments()) == []


@pytest.mark.parametrize(
    ("line", "name", "address"),
    [
        ("Byrne, Sam <sam@example.org>", "Byrne, Sam", "sam@example.org"),
        ('"Byrne, Sam" <sam@example.org>', "Byrne, Sam", "sam@example.org"),
        ("O'Brien-Ŵyn <wyn@example.org>", "O'Brien-Ŵyn", "wyn@example.org"),
        ("Sam “the Hat” (chair) <sam@example.org>", "Sam “the Hat” (chair)", "sam@example.org"),
        ("<b>Sam</b> <sam@example.org>", "<b>Sam</b>", "sam@example.org"),
        ("Ñ" * 200 + " <sam@example.org>", "Ñ" * 200, "sam@example.org"),
        ("sam@example.org", "", "sam@example.org"),
    ],
)
def test_names_come_through_whatever_is_in_them(line, name, address):
    got = read(message(Draft((line,), "S", "T"), "a.pdf", PDF))
    (to,) = got["To"].addresses
    # Python's own reader puts spaces between the pieces of a long name; mail programs do not.
    said = to.display_name.replace(" ", "") if len(name) > 40 else to.display_name
    assert (said, to.addr_spec) == (name, address)


def test_an_address_in_any_letters_is_written_as_it_is():
    line = "O'Brien-Ŵyn <ŵyn@exämple.org>"
    assert line.encode() in message(Draft((line,), "S", "T"))


def test_nothing_typed_into_a_name_or_a_subject_becomes_a_header():
    evil = "Sam\r\nBcc: all@example.org\r\n\r\nHa <sam@example.org>"
    draft = Draft((evil,), "Notice\r\nBcc: all@example.org\x00", "T")
    got = read(message(draft, 'a\r\nX-Evil: 1".pdf', PDF))
    assert got["Bcc"] is None
    assert got["X-Evil"] is None
    assert got["Subject"] == "Notice Bcc: all@example.org"
    assert [each.addr_spec for each in got["To"].addresses] == ["sam@example.org"]


def test_blind_copies_stay_among_themselves():
    draft = Draft(
        ("branch@example.org",),
        "S",
        "T",
        cc=("c@example.org",),
        bcc=("a@example.org", "b@example.org"),
    )
    got = read(message(draft))
    assert [each.addr_spec for each in got["Bcc"].addresses] == ["a@example.org", "b@example.org"]
    assert got["Cc"] == "c@example.org"


def test_what_cannot_be_an_address_is_named():
    with pytest.raises(Invalid, match="“nobody at home” is not an e-mail address"):
        message(Draft(("nobody at home",), "S", "T"))


def test_any_text_can_be_sent():
    text = "Ŵyn 🎈 \x07 \ud800 end\n.\nFrom here"
    got = read(message(Draft((), "🎈 " * 300, text)))
    assert "Ŵyn 🎈" in got.get_body().get_content()
    assert ".\r\nFrom here" in got.get_body().get_content()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows guards the folder, not the file")
def test_a_draft_lies_where_nobody_else_reads_it_and_goes_with_its_branch(qtbot):
    owner = QObject()
    drafts = Drafts(owner)
    path = drafts.write(b"one")
    assert drafts.write(b"two") != path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    folder = drafts.folder
    owner.deleteLater()
    qtbot.waitUntil(lambda: not folder.exists())


def test_a_draft_that_cannot_be_written_says_why(qtbot):
    owner = QObject()
    drafts = Drafts(owner)
    shutil.rmtree(drafts.folder)
    with pytest.raises(DeskError):
        drafts.write(b"one")


CRASHING = """
import os, sys, tempfile
from PySide6.QtCore import QObject
from branch_desk.desk.mail import Drafts
tempfile.tempdir = sys.argv[1]
owner = QObject()
drafts = Drafts(owner)
drafts.write(b"Bcc: ada@example.org")
os._exit(1)
"""


def test_what_a_crashed_desk_left_is_taken_away_at_the_next_start(tmp_path, monkeypatch):
    done = subprocess.run([sys.executable, "-c", CRASHING, str(tmp_path)], check=False)
    assert done.returncode == 1
    (left,) = tmp_path.iterdir()
    assert (left / "draft-1.eml").exists()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    owner = QObject()
    running = Drafts(owner).write(b"two")
    files.sweep(tmp_path)
    assert not left.exists()
    assert running.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few people make a link")
def test_a_link_to_elsewhere_is_left_alone(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (tmp_path / f"{files.APART}mail-x").symlink_to(mine)
    files.sweep(tmp_path)
    assert list(mine.iterdir()) == []
    assert mine.exists()


def test_one_folder_holds_the_drafts_of_a_branch(session):
    assert mail.drafts_of(session) is mail.drafts_of(session)
