"""From a PDF to the system's printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from branch_desk.desk.pdf import Pdf
    from branch_desk.desk.workers import Progress

MOST_DPI = 300


class NotPrinted(DeskError):
    """The printer did not take the paper."""

    next_step = "Check that it is on and has paper, or save the PDF and print that."


def ask(parent: QWidget, name: str, pages: int) -> QPrinter | None:
    """Show the system's print dialog; None where the user thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if accepted else None


def send(pdf: Pdf, printer: QPrinter, progress: Progress) -> int:
    """Print the pages asked for, each at its own size; returns how many. Raises `NotPrinted`.

    Runs in a worker: a printer, unlike a widget, may be painted on from any thread.
    """
    first, last = printer.fromPage() or 1, printer.toPage() or len(pdf)
    numbers = range(first - 1, min(last, len(pdf)))
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
    dpi = min(printer.resolution(), MOST_DPI)
    picture = pdf.picture(number, round(wide / 72 * dpi))
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(paper.width() / wide, paper.height() / high)
    place = QRectF(0, 0, wide * scale, high * scale)
    place.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
    painter.drawImage(place, picture)
