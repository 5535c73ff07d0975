"""One letter of a thread: who wrote it, what it says, what came with it, what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from branch_desk.correspondence.rules import Direction, own_words
from branch_desk.desk import icons, kit, words
from branch_desk.desk.page import Elided
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QMouseEvent

    from branch_desk.correspondence.records import Enclosure, Letter
    from branch_desk.store.links import Ref

# What a label shows at once; longer texts are opened in a box that scrolls.
SHOWN = 4_000
LETTER = "application/x-branch-desk-letter"
INDENT = 28


@dataclass(frozen=True, slots=True)
class About:
    """A thing a letter is linked to, with its title and the page it is on."""

    ref: Ref
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter with what is shown around it."""

    letter: Letter
    enclosures: Sequence[Enclosure] = ()
    about: Sequence[About] = ()


@dataclass(frozen=True, slots=True)
class Hands:
    """What the buttons of a letter do; `copy` gives the path of a file's copy, None if it failed.

    `menu` returns the entries of a letter's menu, words and what they do.
    """

    menu: Callable[[Letter], Sequence[tuple[str, Callable[[], object]]]]
    person: Callable[[Letter], object]
    open: Callable[[Enclosure], object]
    save: Callable[[Enclosure], object]
    copy: Callable[[Enclosure], Path | None]
    go: Callable[[About], object]
    untie: Callable[[Letter, About], object]


def automatic(letter: Letter) -> str:
    """Say in one sentence that no person wrote it, or seems to have, and why."""
    because = letter.automatic_because.removesuffix(" (a guess)")
    why = f" ({because})" if because else ""
    if letter.automatic_guess:
        return tr("This looks like an automatic reply{why}; the clock goes on.", why=why)
    return tr("This is an automatic reply{why}; the clock goes on.", why=why)


def who(letter: Letter) -> str:
    """Say whom a letter is from or to."""
    if letter.direction is Direction.OUT:
        return tr("To {name}", name=letter.recipient or tr("nobody named"))
    return tr("From {name}", name=letter.sender or tr("nobody named"))


def short_who(letter: Letter) -> str:
    """Say whom a letter is from or to without an address, where there is a name."""
    ours = letter.direction is Direction.OUT
    said = letter.recipient if ours else letter.sender
    name = said.partition("<")[0].strip(" \"'") or said or tr("nobody named")
    return tr("To {name}", name=name) if ours else tr("From {name}", name=name)


def kilobytes(size: int) -> str:
    """Say how large a file is."""
    return tr("{size} kB", size=f"{max(size // 1000, 1):,}")


class _Grip(QFrame):
    """The head of a letter, by which it is dragged to another thread."""

    def __init__(self, letter_id: int, head: QWidget | None = None) -> None:
        super().__init__(head)
        self._letter = letter_id
        self._pressed: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's: a drag may begin here."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's: begin it once the pointer has gone far enough."""
        far = QApplication.startDragDistance()
        at = event.position().toPoint()
        if self._pressed is not None and (at - self._pressed).manhattanLength() >= far:
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(letter_data(self._letter))
            drag.exec(Qt.DropAction.MoveAction)


def letter_data(letter_id: int) -> QMimeData:
    """Return what is carried while a letter is dragged."""
    data = QMimeData()
    data.setData(LETTER, str(letter_id).encode())
    return data


class _File(QPushButton):
    """A file that came with a letter: a click opens it, a drag carries it out of the desk."""

    def __init__(self, text: str, write: Callable[[], Path | None]) -> None:
        super().__init__(text.replace("&", "&&"))
        self._write = write
        self._pressed: QPoint | None = None
        self.setProperty("role", "row")
        self.setProperty("picture", ["paperclip", "text"])
        self.setIcon(icons.icon("paperclip", "text"))
        _any_width(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's: a drag may begin here."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's: carry a copy of the file out."""
        at = event.position().toPoint()
        far = QApplication.startDragDistance()
        if self._pressed is not None and (at - self._pressed).manhattanLength() >= far:
            self._pressed = None
            self.setDown(False)
            if (path := self._write()) is not None:
                data = QMimeData()
                data.setUrls([QUrl.fromLocalFile(str(path))])
                drag = QDrag(self)
                drag.setMimeData(data)
                drag.exec(Qt.DropAction.CopyAction)


class LetterCard(QFrame):
    """One letter, unfolded."""

    def __init__(self, shown: Shown, hands: Hands) -> None:
        super().__init__()
        self._hands = hands
        letter = self.letter = shown.letter
        self.setProperty("role", "card")
        self.setAccessibleName(f"{words.day(letter.on)}, {who(letter)}")
        self.layout_ = kit.column(self._head(letter), space=8, margin=16)
        if letter.automatic:
            self.layout_.addWidget(self._machine(letter))
        if letter.promised_by:
            says = tr("Promises an answer by {day}.", day=words.day(letter.promised_by))
            self.layout_.addWidget(kit.label(says, "warning"))
        self._add_text(letter)
        for note in letter.notes.splitlines():
            self.layout_.addWidget(kit.label(note, "label"))
        for enclosure in shown.enclosures:
            self.layout_.addWidget(self._enclosure(enclosure))
        for about in shown.about:
            self.layout_.addWidget(self._about(about))
        self.setLayout(self.layout_)

    def _head(self, letter: Letter) -> _Grip:
        ours = letter.direction is Direction.OUT
        grip = _Grip(letter.id)
        name = Elided(short_who(letter), "heading")
        name.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        drag = tr("{who}. Drag it onto another thread to move it there", who=who(letter))
        grip.setToolTip(kit.tip(drag))
        arrow = kit.label(tr("→ from us") if ours else tr("← to us"), "label", wrap=False)
        day = kit.label(words.day(letter.on), "muted", wrap=False)
        more = kit.button(tr("More"), role="quiet")
        more.setAccessibleName(tr("More about this letter of {day}", day=words.day(letter.on)))
        menu = QMenu(more)
        for text, does in self._hands.menu(letter):
            menu.addAction(text).triggered.connect(lambda _=False, does=does: does())
        more.setMenu(menu)
        line = kit.row(arrow, space=12)
        line.addWidget(name, 1)
        line.addWidget(day)
        line.addWidget(more)
        grip.setLayout(line)
        return grip

    def _machine(self, letter: Letter) -> QFrame:
        mend = kit.button(tr("A person wrote it"), role="quiet")
        mend.clicked.connect(lambda: self._hands.person(letter))
        line = kit.row(space=8)
        line.addWidget(kit.label(automatic(letter), "warning"), 1)
        line.addWidget(mend)
        return kit.box(line)

    def _add_text(self, letter: Letter) -> None:
        whole = letter.body.strip()
        own = own_words(whole).strip() if letter.direction is Direction.IN else whole
        if not whole:
            self.layout_.addWidget(kit.label(tr("(no text)"), "muted"))
            return
        if len(own) > SHOWN:
            own = own[:SHOWN].rsplit(" ", 1)[0] + " …"
        self.layout_.addWidget(self._words(own))
        if own != whole:
            rest = kit.button(tr("Show all of it, with what it quotes"), role="quiet")
            self.layout_.addLayout(kit.row(rest, None))
            rest.clicked.connect(lambda: self._unfold(rest, whole))

    def _words(self, text: str) -> QWidget:
        body = kit.label(text)
        flags = Qt.TextInteractionFlag
        body.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        body.setAccessibleName(tr("{who}: text", who=who(self.letter)))
        return body

    def _unfold(self, rest: QPushButton, whole: str) -> None:
        box = QPlainTextEdit(whole)
        box.setReadOnly(True)
        box.setAccessibleName(tr("{who}: all of it", who=who(self.letter)))
        box.setTabChangesFocus(True)
        box.setMinimumHeight(box.fontMetrics().lineSpacing() * 16)
        self.layout_.insertWidget(self.layout_.count() - 1, box)
        rest.hide()
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enclosure(self, enclosure: Enclosure) -> QWidget:
        opener = _File(
            f"{enclosure.name} ({kilobytes(enclosure.size)})", lambda: self._hands.copy(enclosure)
        )
        opener.setAccessibleName(tr("Open {name}", name=enclosure.name))
        opener.setToolTip(tr("Open it, or drag it out of the desk"))
        opener.clicked.connect(lambda: self._hands.open(enclosure))
        save = kit.button(tr("Save a copy…"), "file-down", role="quiet")
        save.setAccessibleName(tr("Save a copy of {name}…", name=enclosure.name))
        save.clicked.connect(lambda: self._hands.save(enclosure))
        line = kit.row(space=8)
        line.addWidget(opener, 1)
        line.addWidget(save)
        return kit.box(line)

    def _about(self, about: About) -> QWidget:
        goes = kit.button(
            tr("About {title}", title=about.title).replace("&", "&&"), "link", role="row"
        )
        _any_width(goes)
        goes.clicked.connect(lambda: self._hands.go(about))
        away = kit.button("", "x", role="quiet")
        away.setAccessibleName(tr("Take the link to {title} away", title=about.title))
        away.setToolTip(kit.tip(away.accessibleName()))
        away.clicked.connect(lambda: self._hands.untie(self.letter, about))
        line = kit.row(space=8)
        line.addWidget(goes, 1)
        line.addWidget(away)
        return kit.box(line)


def folded(shown: Shown) -> QPushButton:
    """Return one line for a letter that is folded away; a click unfolds it."""
    letter = shown.letter
    first = " ".join(own_words(letter.body[:2000]).split())[:90]
    said = f"{words.short_day(letter.on)} · {short_who(letter)}: {first}"
    if letter.automatic:
        said = tr("{line} (automatic)", line=said)
    if shown.enclosures:
        said += " · " + plural(len(shown.enclosures), "{n} file", "{n} files")
    made = kit.button(said.replace("&", "&&"), "chevron-right", role="row")
    made.setAccessibleName(tr("Unfold: {line}", line=said))
    made.setToolTip(tr("Show this letter"))
    _any_width(made)
    return made


def _any_width(made: QPushButton) -> None:
    """Let a button with a long text be as narrow as its place."""
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
