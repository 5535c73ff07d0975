"""Fields in rows, and what of them could not be stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from branch_desk.desk import kit
from branch_desk.desk.forms.field import Field
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PARTS = 6
# A form longer than this may have its mistake out of sight.
LONG = 8


def refused(root: QWidget) -> list[Field]:
    """Return the fields under a widget whose text was refused, in the order of reading."""
    return [field for field in root.findChildren(Field) if field.refused]


def jump(field: Field) -> None:
    """Bring a field into sight and put the cursor into it."""
    above = field.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(field)
        above = above.parentWidget()
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)


class Summary(QFrame):
    """A line that counts the fields that could not be stored and leads to the first of them.

    It follows the fields it is given and shows itself only while there are any.
    """

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self._fields = tuple(fields)
        self.setProperty("role", "notice")
        self._text = kit.label("")
        self.leads: QPushButton = kit.button("", role="quiet", does=self._jump)
        made = kit.row(self._text, self.leads, margin=8)
        made.setStretch(0, 1)
        self.setLayout(made)
        self.hide()
        for field in self._fields:
            field.troubled.connect(self._follow)

    def _wrong(self) -> list[Field]:
        return [field for field in self._fields if field.refused]

    def text(self) -> str:
        """Return what it says."""
        return self._text.text()

    def _follow(self) -> None:
        wrong = self._wrong()
        if wrong:
            self._text.setText(
                plural(len(wrong), "{n} field is not stored.", "{n} fields are not stored.")
            )
            self.leads.setText(tr("Go to “{name}”", name=wrong[0].name))
            self.leads.setAccessibleName(self.leads.text())
            self.setAccessibleName(self._text.text())
        self.setVisible(bool(wrong))

    def _jump(self) -> None:
        if wrong := self._wrong():
            jump(wrong[0])


class Form(QWidget):
    """Fields in rows, side by side where there are several in a row.

    `start` fills it with another thing and drops what still stands there: `leave` it before.
    """

    def __init__(self, rows: Sequence[Sequence[tuple[str, Field]]]) -> None:
        super().__init__()
        self.fields = {key: field for row in rows for key, field in row}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for down, row in enumerate(rows):
            span = PARTS // len(row)
            for across, (_, field) in enumerate(row):
                grid.addWidget(field, down, across * span, 1, span, Qt.AlignmentFlag.AlignTop)
        for column in range(PARTS):
            grid.setColumnStretch(column, 1)
        outer = QVBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        self.summary: Summary | None = None
        if len(self.fields) > LONG:
            self.summary = Summary(tuple(self.fields.values()))
            outer.addWidget(self.summary)
        outer.addLayout(grid)
        self.setLayout(outer)

    def leave(self) -> None:
        """Store whatever is being typed."""
        for field in self.fields.values():
            field.leave()

    def start(self, texts: Mapping[str, str]) -> None:
        """Show another thing."""
        for key, field in self.fields.items():
            field.start(texts[key])

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show the same thing again; what is being typed is left alone."""
        for key, field in self.fields.items():
            field.show_text(texts[key])
