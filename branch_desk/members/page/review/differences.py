"""One entry of a review in full: ours and HQ's side by side, field by field, to take or refuse."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from branch_desk.desk import kit
from branch_desk.desk.tr import tr
from branch_desk.members.page import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from branch_desk.members.exchange import Decisions, Entry, FieldChange
    from branch_desk.members.records import Member

PIECES = re.compile(r"\w+|\s+|.", re.DOTALL)
LONG_WORD = re.compile(r"\S{18}|(?<=\S)[@.](?=\S)")
LEAVE, NEW = 0, -1
LONGEST_MARKED = 400


def marked(ours: str, theirs: str) -> tuple[str, str]:
    """Return both values as rich text: what is gone struck out, what is new underlined.

    Values with nothing in common, or too long to compare, are marked whole.
    """
    if not ours or not theirs or max(len(ours), len(theirs)) > LONGEST_MARKED:
        return _out(ours), _in(theirs)
    one, other = PIECES.findall(ours), PIECES.findall(theirs)
    match = SequenceMatcher(None, one, other, autojunk=False)
    before, after = [], []
    for what, a, b, c, d in match.get_opcodes():
        old, new = "".join(one[a:b]), "".join(other[c:d])
        before.append(_soft(old) if what == "equal" else _out(old))
        after.append(_soft(new) if what == "equal" else _in(new))
    return "".join(before), "".join(after)


def _out(text: str) -> str:
    return f"<s>{_soft(text)}</s>" if text.strip() else _soft(text)


def _in(text: str) -> str:
    return f"<b><u>{_soft(text)}</u></b>" if text.strip() else _soft(text)


def _soft(text: str) -> str:
    """Return text as rich text that may be broken within long words, such as an address."""
    return escape(LONG_WORD.sub(lambda found: found[0] + "\u200b", text))


def _rich(text: str, plain: str) -> QLabel:
    made = QLabel(f'<span style="white-space: pre-wrap">{text}</span>')
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    made.setAccessibleName(plain)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return made


class Differences(QWidget):
    """Shows one entry; `settled(member or None)` answers a doubt, `left_alone` takes it back."""

    chosen = Signal(str, bool)  # field, whether HQ's is taken
    settled = Signal(object)
    left_alone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("What would change"))
        self.name = kit.label("", "heading")
        self.says = kit.label("", "muted")
        self._who = QVBoxLayout()
        self._who.setSpacing(4)
        self._rows = QVBoxLayout()
        self.ticks: dict[str, QCheckBox] = {}
        self.choices = QButtonGroup(self)
        self.setLayout(
            kit.column(self.name, self.says, self._who, self._rows, None, space=10, margin=4)
        )

    def show_nothing(self, text: str = "") -> None:
        """Show no entry, and say why."""
        self.name.clear()
        self.says.setText(text)
        self.ticks = {}
        kit.clear(self._who)
        kit.clear(self._rows)

    def show_entry(
        self,
        entry: Entry,
        parts: Sequence[FieldChange],
        decisions: Decisions,
        candidates: Sequence[Member],
    ) -> None:
        """Show an entry as it came, with what is decided on it so far."""
        self.show_nothing()
        where = tr("row {row}", row=entry.row) if entry.row else tr("not on HQ's list")
        number = tr("number {number}", number=entry.number) if entry.number else ""
        self.name.setText(entry.name or tr("(no name)"))
        self.says.setText(
            " · ".join(part for part in (number, where) if part)
            + (f"\n{entry.message}" if entry.message else "")
        )
        if entry.message:
            self._ask_who(entry, decisions, candidates)
        if parts:
            self._rows.addLayout(self._grid(entry, parts, decisions))

    # Who it is

    def _ask_who(self, entry: Entry, decisions: Decisions, candidates: Sequence[Member]) -> None:
        settled = decisions.settled.get(entry.key)
        now = LEAVE if settled is None else settled.member or NEW
        self.choices = QButtonGroup(self)
        self._choice(LEAVE, tr("Leave it as it is: nothing is done"), now)
        for each in candidates:
            parts = (each.number, each.postcode, words.standing(each).lower())
            detail = ", ".join(part for part in parts if part)
            text = tr("It is our {name} ({detail}): take HQ's", name=each.name, detail=detail)
            self._choice(each.id, text, now)
        self._choice(NEW, tr("It is somebody new: add them"), now)
        self.choices.idClicked.connect(self._answered)

    def _choice(self, answer: int, text: str, now: int) -> None:
        made = QRadioButton(text.replace("&", "&&"))
        made.setAccessibleName(text)
        made.setChecked(answer == now)
        self.choices.addButton(made, answer + 2)  # Qt keeps -1 for itself
        self._who.addWidget(made)

    def _answered(self, button: int) -> None:
        answer = button - 2
        if answer == LEAVE:
            self.left_alone.emit()
        else:
            self.settled.emit(None if answer == NEW else answer)

    # Field by field

    def _grid(
        self, entry: Entry, parts: Iterable[FieldChange], decisions: Decisions
    ) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for column, title in enumerate((tr("Take HQ's"), tr("Ours"), tr("HQ's"))):
            grid.addWidget(kit.label(title, "label", wrap=False), 0, column)
            grid.setColumnStretch(column, 2 if column else 0)
        for down, part in enumerate(parts, 1):
            self._row(grid, down, entry, part, decisions)
        return grid

    def _row(
        self, grid: QGridLayout, down: int, entry: Entry, part: FieldChange, decisions: Decisions
    ) -> None:
        name = words.field(part.field)
        ours, theirs = (words.value(part.field, each) for each in (part.before, part.after))
        tick = QCheckBox(name.replace("&", "&&"))
        tick.setAccessibleName(tr("Take HQ's: {field}", field=name))
        tick.setAccessibleDescription(
            tr(
                "Ours: {ours}. HQ's: {theirs}.",
                ours=ours or tr("empty"),
                theirs=theirs or tr("empty"),
            )
        )
        tick.setChecked(decisions.takes_field(entry, part.field))
        tick.clicked.connect(lambda on, field=part.field: self.chosen.emit(field, on))
        self.ticks[part.field] = tick
        before, after = marked(ours, theirs)
        grid.addWidget(tick, down, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_rich(before or tr("empty"), ours or tr("empty")), down, 1)
        grid.addWidget(_rich(after or tr("empty"), theirs or tr("empty")), down, 2)
