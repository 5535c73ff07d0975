"""What is carried by the mouse to an agenda, and the spot it is let go at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT = "application/x-branch-desk-agenda"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is let go: on an `item`, else between items, `before` one or last of all."""

    item: int | None = None
    before: int | None = None


def data_of(ref: Ref, text: str) -> QMimeData:
    """Return what the mouse carries for a thing; other programs get its text."""
    made = QMimeData()
    made.setData(FORMAT, f"{ref.kind}:{ref.id}".encode())
    made.setText(text)
    return made


def ref_in(data: QMimeData) -> Ref | None:
    """Return the thing that is carried, if it is one of the desk's."""
    if not data.hasFormat(FORMAT):
        return None
    kind, _, number = data.data(FORMAT).toStdString().partition(":")
    return Ref(kind, int(number))


def files_in(data: QMimeData) -> Sequence[Path]:
    """Return the files that are carried from outside."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
