"""From a PDF to the system's printer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from branch_desk.desk.pdf import Pdf
    from branch_desk.desk.workers import Progress

MOST_DPI = 300
STRIP_PIXELS = 4_000_000
"""A page goes to the printer in strips of so many pixels: 16 MB at a time, whatever its size."""


class NotPrinted(DeskError):
    """The printer did not take the paper."""

    next_step = "Check that it is on and has paper, or save the PDF and print that."


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be printed: under which name, and which page is in sight, counted from 0."""

    name: str
    pdf: Pdf
    page: int = 0
    both_sides: bool = False


def ask(parent: QWidget, job: Job, then: Callable[[QPrinter], object]) -> None:
    """Show the system's print dialog over the window; `then` is given the printer chosen."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(job.name)
    printer.setDuplex(sides(job))
    width, height = job.pdf.sizes[0]
    if width > height:
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setMinMax(1, len(job.pdf))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintCurrentPage)
    _begin(dialog, printer, then)


def sides(job: Job) -> QPrinter.DuplexMode:
    """Return how paper is turned: along the edge that suits most of the pages."""
    if not job.both_sides:
        return QPrinter.DuplexMode.DuplexNone
    wide = sum(width > height for width, height in job.pdf.sizes)
    if wide * 2 > len(job.pdf):
        return QPrinter.DuplexMode.DuplexShortSide
    return QPrinter.DuplexMode.DuplexLongSide


def _begin(dialog: QPrintDialog, printer: QPrinter, then: Callable[[QPrinter], object]) -> None:
    dialog.accepted.connect(lambda: then(printer))
    QDialog.open(dialog)  # the one without a receiver


def send(pdf: Pdf, printer: QPrinter, progress: Progress, *, current: int = 0) -> int:
    """Print the pages asked for, each at its own size; returns how many. Raises `NotPrinted`.

    Runs in a worker: a printer, unlike a widget, may be painted on from any thread.
    """
    numbers = order(printer, len(pdf), current)
    painter = QPainter()
    for count, number in enumerate(numbers):
        progress(count, len(numbers))
        _set_page(printer, pdf.sizes[number])
        if count == 0:
            if not painter.begin(printer):
                raise NotPrinted("The printer does not answer.")
        elif not printer.newPage():
            painter.end()
            raise NotPrinted(f"The printer stopped at page {number + 1}.")
        _paint(pdf, number, printer, painter)
    painter.end()
    return len(numbers)


def order(printer: QPrinter, pages: int, current: int = 0) -> list[int]:
    """Return the pages to print, counted from 0, in the order they go to the printer.

    Copies are the printer's own business where it can make them, else they are sent one by one.
    """
    numbers = list(_asked_for(printer, pages, current))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    if printer.collateCopies():
        return numbers * copies
    return [number for number in numbers for _ in range(copies)]


def _asked_for(printer: QPrinter, pages: int, current: int) -> Sequence[int]:
    if printer.printRange() == QPrinter.PrintRange.CurrentPage:
        return [min(max(current, 0), pages - 1)]
    ranges = printer.pageRanges()
    if ranges.isEmpty():
        return range(pages)
    return [number for number in range(pages) if ranges.contains(number + 1)]


def _set_page(printer: QPrinter, size: tuple[float, float]) -> None:
    wide, high = size
    layout = QPageLayout(
        QPageSize(QSizeF(min(wide, high), max(wide, high)), QPageSize.Unit.Point),
        QPageLayout.Orientation.Landscape if wide > high else QPageLayout.Orientation.Portrait,
        QMarginsF(0, 0, 0, 0),
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setFullPage(True)


def _paint(pdf: Pdf, number: int, printer: QPrinter, painter: QPainter) -> None:
    wide, high = pdf.sizes[number]
    width = round(wide / 72 * min(printer.resolution(), MOST_DPI))
    height = pdf.height(number, width)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(paper.width() / wide, paper.height() / high)
    place = QRectF(0, 0, wide * scale, high * scale)
    place.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
    each = max(STRIP_PIXELS // width, 1)
    for top in range(0, height, each):
        strip = pdf.strip(number, width, top, min(each, height - top))
        share = place.height() / height
        down = QRectF(
            place.left(), place.top() + top * share, place.width(), strip.height() * share
        )
        painter.drawImage(down, strip)
