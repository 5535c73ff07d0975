import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox
from reportlab.pdfgen.canvas import Canvas

from branch_desk.desk import files, printing
from branch_desk.desk.pdf import Pdf
from branch_desk.desk.preview import PaperCover, Preview
from branch_desk.desk.workers import Progress
from branch_desk.paper import preview as pages
from branch_desk.store.errors import DeskError, Invalid, NotFound


def paper(*sizes, fill=0.0):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    for number, size in enumerate(sizes):
        canvas.setPageSize(size)
        canvas.setFillGray(fill)
        canvas.rect(10, 10, size[0] - 20, size[1] - 20, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(30, 30, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


A5, A4, WIDE = (420, 595), (595, 842), (842, 595)


@pytest.fixture
def preview(session, qtbot):
    made = Preview(session, "a paper")
    qtbot.addWidget(made)
    made.resize(500, 600)
    made.show()
    return made


def drawn(preview, qtbot):
    qtbot.waitUntil(lambda: preview.view.is_drawn, timeout=10_000)


def test_a_paper_is_shown_page_under_page(preview, qtbot):
    preview.show_paper(lambda _: paper(A5, A5, A5), "A paper")
    drawn(preview, qtbot)
    assert preview.pages.text() == "3 pages"
    assert preview.view.accessibleName() == "Preview, 3 pages"
    assert preview.view.in_sight() == [0]
    image = preview.view.viewport().grab().toImage()
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert middle.lightness() < 60


def test_the_keys_move_through_the_pages(preview, qtbot):
    preview.show_paper(lambda _: paper(A5, A5, A5), "A paper")
    drawn(preview, qtbot)
    qtbot.keyClick(preview.view, Qt.Key.Key_End)
    assert 2 in preview.view.in_sight()
    drawn(preview, qtbot)
    qtbot.keyClick(preview.view, Qt.Key.Key_Home)
    assert preview.view.in_sight()[0] == 0
    qtbot.keyClick(preview.view, Qt.Key.Key_PageDown)
    assert 1 in preview.view.in_sight()
    preview.view.go_to(2)
    assert 2 in preview.view.in_sight()
    qtbot.keyClick(preview.view, Qt.Key.Key_A)


def test_large_print_is_asked_for_afresh(preview, qtbot):
    asked = []

    def make(large):
        asked.append(large)
        return paper(A5)

    preview.show_paper(make, "A paper")
    drawn(preview, qtbot)
    preview.large.click()
    qtbot.waitUntil(lambda: asked == [False, True])


def test_the_newest_paper_is_shown_and_the_place_is_kept(preview, qtbot):
    preview.show_paper(lambda _: paper(A5, A5, A5), "A paper")
    drawn(preview, qtbot)
    preview.view.go_to(2)
    place = preview.view.verticalScrollBar().value()
    preview.show_paper(lambda _: paper(A5, A5, A5, fill=1.0), "A paper")
    with qtbot.waitSignal(preview.ready):
        pass
    drawn(preview, qtbot)
    assert preview.view.verticalScrollBar().value() == place


def test_what_cannot_be_laid_out_says_why_and_cannot_be_printed(preview, qtbot):
    def make(large):
        raise Invalid("There is no picture.")

    preview.show_paper(make, "A paper")
    qtbot.waitUntil(preview.notice.isVisible)
    assert preview.notice.text() == "There is no picture."
    assert not preview.print_action.isEnabled()
    preview.print_paper()
    preview.save_pdf()


def test_nothing_to_show_empties_the_view(preview, qtbot):
    preview.show_paper(lambda _: paper(A5), "A paper")
    drawn(preview, qtbot)
    preview.show_nothing()
    assert preview.view.pdf is None
    assert preview.view.accessibleName() == "Preview, nothing yet"
    assert not preview.save_action.isEnabled()


def test_a_saved_pdf_is_the_one_shown(preview, qtbot, tmp_path, monkeypatch):
    preview.show_paper(lambda _: paper(A5), "Agenda: 2026/05")
    drawn(preview, qtbot)
    offered = []
    target = tmp_path / "agenda"

    def ask(parent, title, offer, kinds):
        offered.append(offer)
        return str(target), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    with qtbot.waitSignal(preview._session.said) as said:
        preview.save_action.trigger()
    assert offered[0].endswith("Agenda 2026 05.pdf")
    assert (tmp_path / "agenda.pdf").read_bytes() == preview.view.pdf.data
    assert "Saved agenda.pdf" in said.args[0]


def test_saving_never_replaces_a_file_nobody_was_asked_about(preview, qtbot, tmp_path, monkeypatch):
    preview.show_paper(lambda _: paper(A5), "Minutes")
    drawn(preview, qtbot)
    there = tmp_path / "minutes.pdf"
    there.write_bytes(b"signed")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "minutes"), ""))
    answers, asked = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes], []
    monkeypatch.setattr(
        QMessageBox, "question", lambda *words: asked.append(words[2]) or answers.pop(0)
    )
    preview.save_action.trigger()
    assert there.read_bytes() == b"signed"
    assert "minutes.pdf" in asked[0]
    preview.save_action.trigger()
    assert there.read_bytes() == preview.view.pdf.data


def test_a_paper_goes_to_the_printer_page_by_page_at_its_own_size(
    preview, qtbot, tmp_path, monkeypatch
):
    preview.show_paper(lambda _: paper(A4, WIDE, A5), "A paper")
    drawn(preview, qtbot)
    target = tmp_path / "printed.pdf"

    def accept(self):
        self.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.printer().setOutputFileName(str(target))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    with qtbot.waitSignal(preview._session.said, timeout=30_000) as said:
        preview.print_action.trigger()
    assert said.args == ["A paper went to the printer."]
    printed = target.read_bytes()
    sizes = [tuple(round(part) for part in pages.page_size(printed, page)) for page in range(3)]
    assert sizes == [A4, WIDE, A5]
    raster = pages.raster(printed, 0, 0.2)
    at = (raster.height // 2 * raster.width + raster.width // 2) * 4
    assert raster.rgba[at] < 60


def test_only_the_pages_asked_for_are_printed(tmp_path, qapp):
    import threading

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "some.pdf"))
    printer.setFromTo(2, 3)
    told = []
    progress = Progress(threading.Event(), lambda done, total: told.append((done, total)))
    assert printing.send(Pdf(paper(A5, A5, A5, A5)), printer, progress) == 2
    assert told == [(0, 2), (1, 2)]
    assert pages.page_count((tmp_path / "some.pdf").read_bytes()) == 2


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_stops_midway_says_at_which_page(tmp_path, qapp, monkeypatch):
    import threading

    monkeypatch.setattr(QPrinter, "newPage", lambda _: False)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "some.pdf"))
    progress = Progress(threading.Event(), lambda *_: None)
    with pytest.raises(printing.NotPrinted, match="stopped at page 2"):
        printing.send(Pdf(paper(A5, A5)), printer, progress)


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_answer_is_said(tmp_path, qapp):
    import threading

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "some.pdf"))
    progress = Progress(threading.Event(), lambda *_: None)
    with pytest.raises(printing.NotPrinted, match="does not answer"):
        printing.send(Pdf(paper(A5)), printer, progress)


def test_thinking_better_of_it_prints_nothing(preview, qtbot, monkeypatch):
    preview.show_paper(lambda _: paper(A5), "A paper")
    drawn(preview, qtbot)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: QDialog.DialogCode.Rejected)
    preview.print_action.trigger()
    assert preview._session.workers.idle


def test_a_cover_leads_back(session, qtbot):
    cover = PaperCover(session, "The report", lambda _: paper(A5))
    qtbot.addWidget(cover)
    cover.show()
    drawn(cover.preview, qtbot)
    with qtbot.waitSignal(cover.left):
        cover.findChildren(type(cover.preview.bar.itemAt(3).widget()))[0].click()


def test_files_are_read_and_written_with_a_sentence_where_that_fails(tmp_path):
    path = tmp_path / "a.txt"
    files.write_to(str(path), b"one")
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
    assert (
        sorted(each.name for each in tmp_path.iterdir())
        == ["Highfield.branch", "a folder", "a.txt"]
        or [each.name for each in tmp_path.iterdir()] == ["a.txt", "a folder"]
        or {each.name for each in tmp_path.iterdir()} == {"a.txt", "a folder"}
    )


def test_a_file_name_is_one_that_every_system_takes():
    assert files.file_name('Motion 2026/07: "now"? ') == "Motion 2026 07 now.pdf"
