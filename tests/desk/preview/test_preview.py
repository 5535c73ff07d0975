import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QMessageBox, QPushButton

from branch_desk.desk import files, printing
from branch_desk.desk.preview import PaperCover, Preview
from branch_desk.paper import preview as pages
from branch_desk.store.errors import DeskError, Invalid, NotFound
from tests.desk.preview.conftest import A4, A5, WIDE, paper


def test_large_print_is_asked_for_afresh(preview, drawn, qtbot):
    asked = []

    def make(large):
        asked.append(large)
        return paper(A5)

    preview.show_paper(make, "A paper")
    drawn()
    preview.large.click()
    qtbot.waitUntil(lambda: asked == [False, True])


def test_a_choice_lays_the_paper_out_afresh_and_can_be_read_while_it_is(session, qtbot):
    preview = Preview(
        session, "a paper", choices=(("proof", "As a proof"), ("duplex", "Both sides"))
    )
    qtbot.addWidget(preview)
    asked = []

    def make(large):
        asked.append(preview.chosen)
        return paper(A5)

    preview.show_paper(make, "A paper")
    with qtbot.waitSignal(preview.ready):
        pass
    with qtbot.waitSignal(preview.ready):
        preview.choices["proof"].click()
    preview.choices["duplex"].click()
    assert asked == [frozenset(), {"proof"}]
    assert preview.chosen == {"proof", "duplex"}
    assert session.workers.idle  # how many sides are printed on changes no page


def test_what_cannot_be_laid_out_says_why_and_leaves_the_last_good_pages_greyed(
    preview, drawn, qtbot
):
    view = drawn(A5, A5)
    good = view.pdf
    fresh = view.viewport().grab().toImage()

    def make(large):
        raise Invalid("There is no picture.")

    preview.show_paper(make, "A paper")
    qtbot.waitUntil(preview.notice.isVisible)
    assert preview.notice.text() == "There is no picture."
    assert view.pdf is good
    middle = fresh.width() // 2, fresh.height() // 2
    greyed = view.viewport().grab().toImage().pixelColor(*middle).lightness()
    assert fresh.pixelColor(*middle).lightness() + 60 < greyed
    for act in (preview.print_action, preview.save_action, preview.mail_action):
        assert not act.isEnabled()
    drawn(A5)
    qtbot.waitUntil(preview.print_action.isEnabled)
    assert not preview.notice.isVisible()
    qtbot.waitUntil(lambda: view.viewport().grab().toImage().pixelColor(*middle).lightness() < 60)


def test_a_paper_that_never_was_cannot_be_printed_saved_or_mailed(preview, qtbot, monkeypatch):
    preview.show_paper(lambda _: (_ for _ in ()).throw(Invalid("No.")), "A paper")
    qtbot.waitUntil(preview.notice.isVisible)
    monkeypatch.setattr(printing, "ask", lambda *_: pytest.fail("printed"))
    for does in (preview.print_paper, preview.save_pdf, preview.mail_paper, preview.save_draft):
        does()
    assert preview._session.workers.idle


def test_a_bug_in_a_paper_is_shown_as_one(preview, qtbot):
    with qtbot.captureExceptions() as raised:
        preview.show_paper(lambda _: 1 / 0, "A paper")
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_another_paper_takes_the_place_of_the_one_before_at_once(preview, drawn, qtbot):
    view = drawn(A5)
    preview.show_paper(lambda _: paper(A4), "Another")
    assert view.pdf is None
    assert not preview.print_action.isEnabled()
    drawn()
    assert view.pdf.sizes == [A4]


def test_nothing_to_show_empties_the_view(preview, drawn):
    view = drawn(A5)
    preview.show_nothing()
    assert view.pdf is None
    assert view.accessibleName() == "Preview, nothing yet"
    assert not preview.save_action.isEnabled()
    preview.large.click()  # lays nothing out


def test_a_saved_pdf_is_the_one_shown(preview, drawn, qtbot, tmp_path, monkeypatch):
    from branch_desk.desk import ask

    view = drawn(A5)
    preview._name = "Agenda: 2026/05"
    offered = []

    def answer(parent, title, offer, kinds, then):
        offered.append(offer)
        then(tmp_path / "agenda")

    monkeypatch.setattr(ask, "file_to_save", answer)
    with qtbot.waitSignal(preview._session.said) as said:
        preview.save_action.trigger()
    assert offered[0].endswith("Agenda 2026 05.pdf")
    assert (tmp_path / "agenda.pdf").read_bytes() == view.pdf.data
    assert "Saved agenda.pdf" in said.args[0]


def test_saving_never_replaces_a_file_nobody_was_asked_about(
    preview, drawn, qtbot, tmp_path, choosing
):
    view = drawn(A5)
    there = tmp_path / "minutes.pdf"
    there.write_bytes(b"signed")
    choosing(tmp_path / "minutes")
    for press, kept in (("Cancel", b"signed"), ("Replace it", view.pdf.data)):
        preview.save_action.trigger()
        box = preview.findChild(QMessageBox)
        assert "minutes.pdf" in box.text()
        next(each for each in box.buttons() if each.text() == press).click()
        assert there.read_bytes() == kept
        qtbot.waitUntil(lambda: preview.findChild(QMessageBox) is None)


def test_what_is_finer_than_the_screen_is_made_when_it_leaves(
    preview, drawn, qtbot, choosing, tmp_path
):
    preview.show_paper(lambda _: paper(A5), "Leaflet", final=lambda: paper(A4))
    drawn()
    choosing(tmp_path / "leaflet.pdf")
    with qtbot.waitSignal(preview._session.said, timeout=10_000):
        preview.save_action.trigger()
    assert preview.view.pdf.sizes == [A5]
    assert pages.page_sizes((tmp_path / "leaflet.pdf").read_bytes()) == [A4]


def test_pages_go_to_the_printer_at_their_own_sizes(preview, drawn, qtbot, tmp_path, monkeypatch):
    drawn(A4, WIDE, A5)
    target = tmp_path / "printed.pdf"
    dialogs = []

    def begin(dialog, printer, then):
        dialogs.append((dialog.minPage(), dialog.maxPage()))
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        then(printer)

    monkeypatch.setattr(printing, "_begin", begin)
    with qtbot.waitSignal(preview._session.said, timeout=30_000) as said:
        preview.print_action.trigger()
    assert dialogs == [(1, 3)]
    assert said.args == ["A paper went to the printer."]
    printed = target.read_bytes()
    sizes = [tuple(round(side) for side in size) for size in pages.page_sizes(printed)]
    assert sizes == [A4, WIDE, A5]
    for page in range(3):
        raster = pages.raster(printed, page, 0.2)
        at = (raster.height // 2 * raster.width + raster.width // 2) * 4
        assert raster.rgba[at] < 60


def test_a_cover_leads_back(session, qtbot):
    cover = PaperCover(session, "The report", lambda _: paper(A5))
    qtbot.addWidget(cover)
    cover.show()
    qtbot.waitUntil(lambda: cover.preview.view.is_drawn, timeout=10_000)
    with qtbot.waitSignal(cover.left):
        qtbot.mouseClick(cover.back, Qt.MouseButton.LeftButton)


def test_what_must_not_be_mailed_offers_no_draft(session, qtbot):
    preview = Preview(session, "sheet", mails=False)
    qtbot.addWidget(preview)
    preview.show()
    assert preview.mail_action not in preview.actions_of_preview
    assert "E-mail…" not in [button.text() for button in preview.findChildren(QPushButton)]


def test_every_control_of_the_preview_is_named(preview):
    for button in preview.findChildren(QPushButton):
        assert button.accessibleName().strip(), button.toolTip()


def test_files_are_read_and_written_with_a_sentence_where_that_fails(tmp_path):
    path = tmp_path / "a.txt"
    files.write(path, b"one")
    assert files.read(path) == b"one"
    with pytest.raises(Invalid, match="is over 0 MB"):
        files.read(path, most=2)
    with pytest.raises(NotFound):
        files.read(tmp_path / "b.txt")
    with pytest.raises(DeskError):
        files.write(tmp_path / "none" / "a.txt", b"")
    folder = tmp_path / "a folder"
    (folder / "x").mkdir(parents=True)
    with pytest.raises(DeskError):
        files.write(folder, b"")
    assert {each.name for each in tmp_path.iterdir()} <= {"Highfield.branch", "a folder", "a.txt"}


def test_a_file_name_is_one_that_every_system_takes():
    assert files.file_name('Motion 2026/07: "now"? ') == "Motion 2026 07 now.pdf"
    assert files.file_name("Notice", ".eml") == "Notice.eml"


def test_a_narrow_preview_has_one_line_of_tools_and_one_of_buttons(preview, settled):
    buttons = {each.accessibleName(): each for each in preview.findChildren(QPushButton)}
    outward = [buttons[name] for name in ("E-mail…", "Save PDF…", "Print…")]
    assert [each.text() for each in outward] == ["E-mail…", "Save PDF…", "Print…"]
    assert preview.zoom.isVisible()
    preview.resize(250, 700)
    settled()
    assert [each.text() for each in outward] == ["", "", "Print…"]
    assert len({each.geometry().center().y() for each in outward}) == 1
    assert not preview.zoom.isVisible()
    preview.resize(500, 700)
    settled()
    assert [each.text() for each in outward] == ["E-mail…", "Save PDF…", "Print…"]
    assert preview.zoom.isVisible()
