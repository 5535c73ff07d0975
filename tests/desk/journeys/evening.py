"""What the journeys of a meeting share: its agenda, the wheel, the printer, papers read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractItemView, QApplication

from branch_desk.desk import printing
from branch_desk.meetings import records

if TYPE_CHECKING:
    from pathlib import Path

    from branch_desk.meetings.records import Meeting
    from branch_desk.store.store import Store
    from tests.desk.journeys.hands import Hand, Person


def next_meeting(store: Store) -> Meeting:
    found = records.next_meeting(store, store.moment())
    assert found is not None
    return found


def clear_agenda(store: Store) -> None:
    """Leave the next meeting as it is on the day it was called: nothing on its agenda yet."""
    for item in records.agenda(store, next_meeting(store).id):
        records.remove_item(store, item.id)


def turn_wheel_to(hand: Hand, name: str, text: str) -> None:
    """Turn the wheel over a list until one of its rows can be seen, as anyone would."""
    view = hand.find(name, (QAbstractItemView,))
    point = QPointF(view.viewport().rect().center())
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    for _ in range(60):
        seen = [row for row, cells in hand._rows(view) if any(text in cell for cell in cells)]
        place = view.visualRect(view.model().index(seen[0], 0)) if seen else None
        if place is not None and view.viewport().rect().contains(place.center()):
            return
        turn = QWheelEvent(
            point, view.viewport().mapToGlobal(point), QPoint(), QPoint(0, -120), *none, False
        )
        QApplication.sendEvent(view.viewport(), turn)
    raise AssertionError(f"no row of {name} says “{text}”")


def print_into(path: Path, monkeypatch) -> None:
    """Have the printer print into a file; beside it, what it was given."""
    real = printing.send

    def send(pdf, printer, progress, **more):
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        path.with_suffix(".given.pdf").write_bytes(pdf.data)
        return real(pdf, printer, progress, **more)

    monkeypatch.setattr(printing, "send", send)


def press_print(person: Person) -> None:
    """Press Print in the system's dialog, which offers no printer where there is no screen."""
    person.until(lambda: isinstance(person.top(), QPrintDialog))
    person.top().accept()
    person.did_one("pressed Print")
    person.wait()


def words_of(data: bytes | Path) -> str:
    """Read a PDF back."""
    pdf = pypdfium2.PdfDocument(data)
    text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    return " ".join(text.replace("\ufffe", "-").split())
