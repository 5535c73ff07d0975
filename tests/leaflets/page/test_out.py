"""Out of the desk: what it is made for, files read back, and what stops it."""

import email
from email import policy
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PySide6.QtWidgets import QMessageBox

from branch_desk.desk import ask, mail, printing
from branch_desk.leaflets import papers, records


def made_for(page, key):
    combo = page.panel.out.made_for
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def pressed(page, qtbot, button):
    """Wait for the question of what stops it, press a button there, and return what it says."""

    def box():
        return page.panel.out.findChild(QMessageBox)

    qtbot.waitUntil(lambda: box() is not None and box().isVisible(), timeout=20_000)
    said, names = box().text(), [each.text() for each in box().buttons()]
    next(each for each in box().buttons() if each.text() == button).click()
    return said, names


def test_what_stops_it_is_named_before_one_is_led_there(page, choosing, tmp_path, qtbot):
    choosing(tmp_path / "flyer.pdf")
    page.panel.out.save_action.trigger()
    said, _ = pressed(page, qtbot, "Show me")
    assert said.startswith("It cannot go out yet.\n• “When” is empty")
    qtbot.waitUntil(lambda: page.panel.sheet.field is not None)
    assert page.panel.sheet.field.edit.accessibleName() == "When"
    assert not (tmp_path / "flyer.pdf").exists()


def test_a_draft_is_saved_all_the_same_under_a_name_that_says_so(
    page, choosing, tmp_path, qtbot, monkeypatch
):
    offered = []
    monkeypatch.setattr(
        ask,
        "file_to_save",
        lambda _, __, name, ___, then: (offered.append(Path(name).name), then(tmp_path / "x.pdf")),
    )
    page.panel.out.save_action.trigger()
    pressed(page, qtbot, "Save a draft…")
    qtbot.waitUntil((tmp_path / "x.pdf").exists, timeout=20_000)
    assert offered == ["Draft of Library.pdf"]
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert len(pdf.pages) == 1


def test_printing_offers_no_draft_and_election_material_without_imprint_none_at_all(
    page, qtbot, store, flyer_id, drawn
):
    page.panel.out.print_action.trigger()
    assert "Save a draft…" not in pressed(page, qtbot, "Cancel")[1]
    qtbot.waitUntil(lambda: page.panel.out.findChild(QMessageBox) is None)
    records.change(store, flyer_id, election_material=True)
    drawn(page)
    page.panel.out.save_action.trigger()
    said, names = pressed(page, qtbot, "Cancel")
    assert "imprint" in said
    assert "Save a draft…" not in names
    with pytest.raises(papers.NotFit):
        papers.draft(records.material(store, flyer_id))


@pytest.mark.parametrize(
    ("output", "box"), [("home", (842, 595)), ("shop", (437, 612)), ("marks", (488, 663))]
)
def test_it_is_saved_as_what_it_is_made_for(page, whole, choosing, tmp_path, qtbot, output, box):
    whole(page)
    made_for(page, output)
    choosing(tmp_path / "flyer")
    with qtbot.waitSignal(page.session.said, timeout=20_000) as said:
        page.panel.out.save_action.trigger()
    assert said.args[0] == f"Saved flyer.pdf in {tmp_path}."
    with pikepdf.open(tmp_path / "flyer.pdf") as pdf:
        size = pdf.pages[0].mediabox
        assert (round(size[2]), round(size[3])) == pytest.approx(box, abs=1)


def test_a_picture_for_phones_is_saved_and_cannot_be_printed(
    page, whole, choosing, tmp_path, qtbot
):
    whole(page)
    made_for(page, "phone")
    assert not page.panel.out.print_action.isEnabled()
    assert page.panel.out.save_action.text() == "Save picture…"
    choosing(tmp_path / "flyer.png")
    with qtbot.waitSignal(page.session.said, timeout=20_000):
        page.panel.out.save_action.trigger()
    with Image.open(tmp_path / "flyer.png") as image:
        assert image.width == 1240
    made_for(page, "home")
    assert page.panel.out.print_action.isEnabled()


def test_a_picture_replaces_no_file_unasked(page, whole, choosing, tmp_path, qtbot, monkeypatch):
    whole(page)
    made_for(page, "phone")
    (tmp_path / "flyer.png").write_bytes(b"old")
    asked = []
    monkeypatch.setattr(ask, "confirm", lambda *given: asked.append(given))
    choosing(tmp_path / "flyer")
    page.panel.out.save_action.trigger()
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    assert "flyer.png" in asked[0][2]
    assert (tmp_path / "flyer.png").read_bytes() == b"old"
    asked[0][-1]()
    assert (tmp_path / "flyer.png").read_bytes().startswith(b"\x89PNG")


def test_it_is_printed_by_the_printer_that_is_chosen(page, whole, qtbot, monkeypatch):
    whole(page)
    sent = []
    monkeypatch.setattr(printing, "ask", lambda _, job, then: then(job.name))
    monkeypatch.setattr(
        printing, "send", lambda pdf, printer, _, **__: sent.append((len(pdf), printer))
    )
    with qtbot.waitSignal(page.session.said, timeout=20_000) as said:
        page.panel.out.print_action.trigger()
    assert sent == [(1, "Library")]
    assert said.args[0] == "Library went to the printer."


def test_it_goes_by_e_mail_as_a_draft_with_the_leaflet_attached(
    page, whole, qtbot, monkeypatch, choosing, tmp_path
):
    whole(page)
    handed = []
    monkeypatch.setattr(mail, "hand_over", lambda path: bool(handed.append(path.read_bytes())))
    choosing(tmp_path / "draft.eml")
    with qtbot.waitSignal(page.session.said, timeout=20_000):
        page.panel.out.mail_action.trigger()
    message = email.message_from_bytes(handed[0], policy=policy.default)
    part = next(message.iter_attachments())
    assert part.get_filename() == "Library.pdf"
    assert part.get_content().startswith(b"%PDF")
    assert (tmp_path / "draft.eml").read_bytes() == handed[0]
    monkeypatch.setattr(mail, "hand_over", lambda path: not handed.append(path))
    page.panel.out.mail_action.trigger()
    qtbot.waitUntil(lambda: len(handed) == 2, timeout=20_000)


def test_the_sentence_says_what_the_copies_come_to(page, store, flyer_id, drawn):
    records.change(store, flyer_id, copies=1)
    drawn(page)
    assert page.panel.out.sentence.text().endswith("2 to a sheet of A4: 1 copy, 1 sheet.")
