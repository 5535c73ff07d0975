"""Who the branch is: names, addresses, its colour, and the imprint of its leaflets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QColorDialog, QSizePolicy, QWidget

from branch_desk.branch import records, rules
from branch_desk.desk import colour, kit
from branch_desk.desk.forms import Field, Line, Lines
from branch_desk.desk.tr import mark, tr
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from branch_desk.desk.session import Session

ABOUT = (
    ("name", mark("Name of the branch"), "", 1),
    ("address", mark("Address"), mark("Stands on letters and papers."), 3),
    ("email", mark("E-mail"), "", 1),
    ("hq", mark("HQ"), mark("What the body above the branch is called."), 1),
    ("hq_email", mark("HQ's e-mail"), mark("Where letters to HQ go."), 1),
)
IMPRINT = (
    ("printer", mark("Printer"), mark("Name and address of whoever prints it."), 2),
    (
        "promoter",
        mark("Promoter"),
        mark("Name and address of whoever causes it to be published."),
        2,
    ),
    (
        "on_behalf_of",
        mark("On behalf of"),
        mark("Name and address, where that is somebody else."),
        2,
    ),
)
PAPER = "#FFFFFF"


class Sample(QWidget):
    """Shows a colour as it is used: a heading on paper, and a band with white on it."""

    def __init__(self) -> None:
        super().__init__()
        self.used = "#1F6F54"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt's: two lines of a heading."""
        return QSize(240, self.fontMetrics().height() * 4)

    def show_colour(self, wished: str) -> None:
        """Show a colour, made darker where it could not be read."""
        self.used = colour.readable(wished, PAPER)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 -- all of it is painted
        """Qt's: half on paper, half the other way round."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        half = QRectF(whole.x(), whole.y(), whole.width() / 2, whole.height())
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold)
        font.setPixelSize(self.fontMetrics().height())
        painter.setFont(font)
        used = QColor(self.used)
        for place, ground, ink, words in (
            (half, QColor(PAPER), used, tr("A heading")),
            (half.translated(half.width(), 0), used, QColor(PAPER), tr("On a band")),
        ):
            painter.fillRect(place, ground)
            painter.setPen(ink)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.setPen(self.palette().mid().color())
        painter.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


class Details(QWidget):
    """Two cards of fields that store themselves."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("manual", "branch#details")
        self._session, self._store = session, session.store
        self.fields: dict[str, Field] = {}
        left = [self._detail(*each) for each in ABOUT]
        self.accent = Line(
            tr("Colour"), self._storing("accent"), hint=tr("For headings and bands, as #1F6F54.")
        )
        self.fields["accent"] = self.accent
        self.sample = Sample()
        self.contrast = kit.label("", "label")
        self.accent.typed.connect(self._show_colour)
        pick = kit.button(tr("Choose a colour…"), does=self.ask_colour)
        right = [self._detail(*each) for each in IMPRINT]
        says = kit.label(
            tr(
                "In the UK, election material in print must name its printer, its promoter and "
                "whom it is published for, each with an address. The desk asks; it gives no legal "
                "advice."
            ),
            "muted",
        )
        about = kit.card(kit.label(tr("Who we are"), "heading"), *left, None, space=12)
        tint = kit.card(
            kit.label(tr("Colour"), "heading"),
            self.accent,
            self.sample,
            self.contrast,
            kit.row(pick, None),
            space=12,
        )
        imprint = kit.card(kit.label(tr("Imprint of leaflets"), "heading"), says, *right, space=12)
        second = kit.column(tint, imprint, None, space=16)
        first = kit.column(about, None)
        made = kit.row(space=16)
        made.addLayout(first, 1)
        made.addLayout(second, 1)
        self.setLayout(made)

    def _detail(self, key: str, name: str, hint: str, height: int) -> Field:
        store = self._storing(key)
        said = tr(hint) if hint else ""
        made: Field = (
            Line(tr(name), store, hint=said)
            if height == 1
            else Lines(tr(name), store, hint=said, height=height)
        )
        self.fields[key] = made
        return made

    def _storing(self, key: str) -> Callable[[str], None]:
        return lambda text: self._session.write(
            lambda: records.set_details(self._store, **{key: text})
        )

    def refresh(self) -> None:
        """Read the details again."""
        details = records.details(self._store)
        for key, field in self.fields.items():
            field.show_text(str(getattr(details, key)))
        self._show_colour(self.accent.text())

    def _show_colour(self, text: str) -> None:
        """Show a colour while it is typed; what is none yet leaves the one before."""
        try:
            wished = rules.accent(text)
        except DeskError:
            return
        self.sample.show_colour(wished)
        ratio = colour.contrast(self.sample.used, PAPER)
        if self.sample.used.upper() == wished:
            said = tr("Reads well: {ratio} to 1 on paper; 4.5 is enough.", ratio=f"{ratio:.1f}")
        else:
            said = tr(
                "Too pale to be read on paper, so {used} is used instead: {ratio} to 1.",
                used=self.sample.used,
                ratio=f"{ratio:.1f}",
            )
        self.contrast.setText(said)

    def ask_colour(self) -> None:
        """Ask for the branch's colour; the sample follows what is pointed at."""
        dialog = QColorDialog(QColor(records.details(self._store).accent), self)
        dialog.setWindowTitle(tr("The branch's colour"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.currentColorChanged.connect(lambda new: self._show_colour(new.name()))
        dialog.colorSelected.connect(self.set_colour)
        dialog.rejected.connect(self.refresh)
        dialog.open()

    def set_colour(self, picked: QColor) -> None:
        """Take a colour."""
        chosen = picked.name().upper()
        self._session.deed(
            lambda: records.set_details(self._store, accent=chosen),
            lambda _: self._session.undoable.emit(
                tr("The branch's colour is {colour}.", colour=chosen)
            ),
        )
