"""A paper that leaves as a draft."""

import email
import shutil
from email import policy
from pathlib import Path

from PySide6.QtGui import QDesktopServices

from branch_desk.desk.mail import Draft
from branch_desk.store.errors import Invalid
from tests.desk.preview.conftest import A5


def read(path):
    return email.message_from_bytes(Path(path).read_bytes(), policy=policy.default)


def test_e_mail_opens_a_draft_with_the_paper_in_the_systems_program(
    preview, drawn, qtbot, monkeypatch
):
    drawn(A5)
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    preview._mail = lambda: Draft(("sam@example.org",), "The notice", "Dear Sam")
    with qtbot.waitSignal(preview._session.said) as said:
        preview.mail_action.trigger()
    assert "mail program" in said.args[0]
    got = read(opened[0].toLocalFile())
    assert got["Subject"] == "The notice"
    (file,) = got.iter_attachments()
    assert file.get_content() == preview.view.pdf.data
    assert file.get_filename() == "A paper.pdf"


def test_without_a_mail_program_the_draft_is_saved(
    preview, drawn, qtbot, monkeypatch, choosing, tmp_path
):
    drawn(A5)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    choosing(tmp_path / "draft")
    with qtbot.waitSignal(preview._session.said):
        preview.mail_action.trigger()
    assert read(tmp_path / "draft.eml")["Subject"] == "A paper"
    choosing(tmp_path / "other.eml")
    with qtbot.waitSignal(preview._session.said):
        preview.draft_action.trigger()
    assert (tmp_path / "other.eml").exists()


def test_a_draft_to_nobody_real_is_said(preview, drawn, qtbot):
    drawn(A5)
    preview._mail = lambda: Draft(("nobody at home",), "S", "T")
    with qtbot.waitSignal(preview._session.failed) as failed:
        preview.mail_action.trigger()
    assert "nobody at home" in failed.args[0]

    def refuse():
        raise Invalid("Nobody here has an address.")

    preview._mail = refuse
    with qtbot.waitSignal(preview._session.failed) as failed:
        preview.mail_action.trigger()
    assert failed.args == ["Nobody here has an address."]


def test_a_draft_that_cannot_be_laid_down_is_said(preview, drawn, qtbot, monkeypatch):
    from branch_desk.desk import mail

    drawn(A5)
    shutil.rmtree(mail.drafts_of(preview._session).folder)
    with qtbot.waitSignal(preview._session.failed):
        preview.mail_action.trigger()
