import threading

import pytest
from PySide6.QtGui import QPageLayout, QPageRanges
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from branch_desk.desk import printing
from branch_desk.desk.pdf import Pdf
from branch_desk.desk.workers import Cancelled, Progress
from branch_desk.paper import preview as pages
from tests.desk.preview.conftest import A4, A5, WIDE, paper


@pytest.fixture
def printer(tmp_path, qapp):
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "out.pdf"))
    return made


def quiet():
    return Progress(threading.Event(), lambda *_: None)


def test_only_the_pages_asked_for_are_printed(printer, tmp_path):
    printer.setFromTo(2, 3)
    told = []
    progress = Progress(threading.Event(), lambda done, total: told.append((done, total)))
    assert printing.send(Pdf(paper(A5, A5, A5, A5)), printer, progress) == 2
    assert told == [(0, 2), (1, 2)]
    assert pages.page_count((tmp_path / "out.pdf").read_bytes()) == 2


def test_pages_here_and_there_and_the_page_in_sight(printer):
    printer.setPageRanges(QPageRanges.fromString("1,3-4"))
    assert printing.order(printer, 5) == [0, 2, 3]
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert printing.order(printer, 5, current=4) == [4]


def test_copies_are_sent_one_by_one_where_the_printer_cannot_make_them(printer, monkeypatch):
    monkeypatch.setattr(QPrinter, "supportsMultipleCopies", lambda _: False)
    printer.setCopyCount(2)
    printer.setCollateCopies(True)
    assert printing.order(printer, 2) == [0, 1, 0, 1]
    printer.setCollateCopies(False)
    assert printing.order(printer, 2) == [0, 0, 1, 1]
    monkeypatch.setattr(QPrinter, "supportsMultipleCopies", lambda _: True)
    assert printing.order(printer, 2) == [0, 1]


def test_the_last_page_comes_first_for_printers_that_lay_them_face_up(printer):
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert printing.order(printer, 3) == [2, 1, 0]


def test_every_page_is_printed_whole_with_its_ink_in_its_place(printer, tmp_path):
    shown = Pdf(paper(A4, WIDE, A5))
    printing.send(shown, printer, quiet())
    printed = Pdf((tmp_path / "out.pdf").read_bytes())
    for page in range(3):
        width = round(shown.sizes[page][0])
        one, other = shown.picture(page, width), printed.picture(page, width)
        assert one.size() == other.size()
        spots = [(x, y) for x in range(0, width, 7) for y in range(0, one.height(), 7)]
        light = [[each.pixelColor(*spot).lightness() for spot in spots] for each in (one, other)]
        apart = [abs(before - after) for before, after in zip(*light, strict=True)]
        assert sum(apart) / len(apart) < 4, page
        assert min(light[1]) < 40  # black where it is black


def test_cancel_stops_a_paper_between_two_pages(printer):
    unwanted = threading.Event()

    def tell(done, total):
        if done == 1:
            unwanted.set()

    with pytest.raises(Cancelled):
        printing.send(Pdf(paper(A5, A5, A5, A5)), printer, Progress(unwanted, tell))


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_stops_midway_says_at_which_page(printer, monkeypatch):
    monkeypatch.setattr(QPrinter, "newPage", lambda _: False)
    with pytest.raises(printing.NotPrinted, match="stopped at page 2"):
        printing.send(Pdf(paper(A5, A5)), printer, quiet())


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_answer_is_said(printer, tmp_path):
    printer.setOutputFileName(str(tmp_path / "no such folder" / "some.pdf"))
    with pytest.raises(printing.NotPrinted, match="does not answer"):
        printing.send(Pdf(paper(A5)), printer, quiet())


@pytest.fixture
def asked(qtbot, monkeypatch):
    """The printer a print dialog was opened with, and what it gave back."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    given = []

    def ask(*sizes):
        printing.ask(parent, printing.Job("A paper", Pdf(paper(*sizes))), given.append)
        return parent.findChild(QPrintDialog), given

    return ask


def test_the_systems_dialog_opens_over_the_window_and_the_window_goes_on(asked):
    dialog, given = asked(A4, A4)
    assert dialog.isVisible()
    assert (dialog.minPage(), dialog.maxPage()) == (1, 2)
    assert given == []
    dialog.accept()
    assert [printer.docName() for printer in given] == ["A paper"]


def test_thinking_better_of_it_prints_nothing(asked):
    dialog, given = asked(A4)
    dialog.reject()
    assert given == []


def test_both_sides_turn_along_the_edge_that_suits_the_pages(qapp):
    modes = QPrinter.DuplexMode
    for sizes, both, expected in (
        ((A4, A4, WIDE), True, modes.DuplexLongSide),
        ((WIDE, WIDE, A4), True, modes.DuplexShortSide),
        ((A4, A4), False, modes.DuplexNone),
    ):
        job = printing.Job("A paper", Pdf(paper(*sizes)), both_sides=both)
        assert printing.sides(job) == expected


def test_a_wide_paper_is_asked_for_wide(asked):
    dialog, _ = asked(WIDE)
    assert dialog.printer().pageLayout().orientation() == QPageLayout.Orientation.Landscape
    dialog.reject()
