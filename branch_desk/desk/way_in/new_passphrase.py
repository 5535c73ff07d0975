"""A new passphrase: typed twice, its strength said as it is typed, or drawn by lot."""

from __future__ import annotations

from random import SystemRandom
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from branch_desk.desk import kit
from branch_desk.desk.forms.field import restyle
from branch_desk.desk.tr import tr
from branch_desk.desk.way_in import strength
from branch_desk.desk.way_in.answers import Secret

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.desk.way_in.strength import Strength
    from branch_desk.desk.workers import Workers

LOOKS = ("danger", "danger", "warning", "fine", "fine")


class NewPassphrase(QWidget):
    """Two fields for a passphrase, a meter under them, and one made of words drawn by lot.

    `known` are words anybody would try. `entered` says that Enter was pressed.
    """

    entered = Signal()

    def __init__(self, workers: Workers, *, again: bool = False) -> None:
        super().__init__()
        self._workers = workers
        self._known: Sequence[str] = ()
        self.first = Secret(
            tr("New passphrase") if again else tr("Passphrase"),
            hint=tr("Several words you can remember and others cannot guess; at least 8 letters."),
        )
        self.second = Secret(
            tr("The new passphrase once more") if again else tr("The passphrase once more")
        )
        self.meter = QProgressBar()
        self.meter.setRange(0, 5)
        self.meter.setTextVisible(False)
        self.meter.setAccessibleName(tr("Strength of the passphrase"))
        self.word = kit.label("", "heading", wrap=False)
        self.why = kit.label("", "muted")
        self.judged: Strength | None = None
        self.offer = kit.button(tr("Make one of random words"), "dices", does=self.draw)
        self.drawn = kit.label("", "code")
        self.drawn.setAccessibleName(tr("The passphrase that was made"))
        self.drawn.hide()
        for field in (self.first, self.second):
            field.edit.returnPressed.connect(self.entered)
        self.first.typed.connect(self._judge)
        meter = kit.row(self.word, self.meter, space=12)
        meter.setStretch(1, 1)
        self._strength = QWidget()
        self._strength.setLayout(kit.column(meter, self.why, space=4))
        self._strength.hide()
        self.setLayout(
            kit.column(
                self.first,
                self._strength,
                kit.row(self.offer, None),
                self.drawn,
                self.second,
                space=12,
            )
        )
        self.setFocusProxy(self.first)

    def know(self, *words: str) -> None:
        """Tell what anybody would try for this branch."""
        self._known = words

    def text(self) -> str:
        """Return the passphrase."""
        return self.first.text()

    def start(self, text: str) -> None:
        """Begin with a passphrase, or with nothing."""
        self.first.start(text)
        self.second.start(text)
        self._strength.hide()
        self.drawn.hide()
        self.drawn.clear()

    def is_complete(self) -> bool:
        """Say under the fields what is wrong; whether nothing is."""
        short = len(self.first.text()) < strength.LEAST
        self.first.complain(
            tr("Take at least {count} characters.", count=strength.LEAST) if short else ""
        )
        same = self.first.text() == self.second.text()
        self.second.complain("" if same else tr("The two are not the same."))
        return same and not short

    def draw(self) -> None:
        """Make a passphrase of random words and show it, to be written down or learned."""
        made = strength.drawn(SystemRandom())
        self.first.start(made)
        self.second.start("")
        self.drawn.setText(made)
        self.drawn.show()
        self.second.setFocus()
        self._judge(made)

    def _judge(self, text: str) -> None:
        if text != self.drawn.text():
            self.drawn.hide()
        if not text:
            self._workers.forget("strength")
            self._strength.hide()
            return
        known = tuple(self._known)
        self._workers.quick("strength", lambda: strength.judge(text, known), self._show, owner=self)

    def _show(self, judged: Strength) -> None:
        self.judged = judged
        self.meter.setValue(judged.score + 1)
        self.meter.setAccessibleDescription(f"{judged.word}. {judged.why}")
        restyle(self.meter, "strength", LOOKS[judged.score])
        self.word.setText(judged.word)
        self.why.setText(judged.why)
        self._strength.show()
