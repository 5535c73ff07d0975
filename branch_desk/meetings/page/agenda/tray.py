"""The tray beside the agenda: motions, letters and matters that could go on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from branch_desk.correspondence import records as correspondence
from branch_desk.desk import icons, kit, words
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.meetings import records
from branch_desk.meetings.page.agenda.carried import data_of
from branch_desk.meetings.page.agenda.rows import PICTURES
from branch_desk.motions import records as motions
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QKeyEvent

    from branch_desk.desk.session import Session
    from branch_desk.store.store import Store

OFFER = Qt.ItemDataRole.UserRole
LATE = mark("Came too late")
HEADINGS = (
    mark("Left open last time"),
    mark("Motions in time"),
    mark("Letters that wait"),
    mark("Actions still to be done"),
    LATE,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that may be placed: under which heading it stands, its name, and why it is here.

    `short` says why in a few words, for the narrow list; the tool tip has all of it.
    """

    ref: Ref
    heading: str
    text: str
    why: str
    short: str = ""


def offers(store: Store, meeting_id: int) -> list[Offer]:
    """Return what may be placed on an agenda, in order; runs off the main thread."""
    found = records.placeable(store, meeting_id)
    last, due, letters, actions, late = HEADINGS
    reasons = dict(found.late)
    waiting = {each.thread: each for each in correspondence.waiting(store, store.today())}
    made = [Offer(ref, last, *_of(store, ref, waiting)) for ref in found.carried_over]
    made += [_motion(each, due, "") for each in motions.many(store, found.motions)]
    for thread in found.threads:
        ref = Ref("thread", thread)
        made.append(Offer(ref, letters, *_of(store, ref, waiting)))
    for entry in found.actions:
        text = f"{entry.owner}: {entry.text}" if entry.owner else entry.text
        made.append(Offer(Ref("action", entry.id), actions, text, _meeting(store, entry.meeting)))
    made += [_motion(each, late, reasons[each.id]) for each in motions.many(store, list(reasons))]
    return made


def _of(store: Store, ref: Ref, waiting: dict[int, correspondence.Waiting]) -> tuple[str, str]:
    if ref.kind == "motion":
        offer = _motion(motions.get(store, ref.id), "", "")
        return offer.text, offer.why
    letter = waiting[ref.id]
    return letter.subject, f"{letter.office} · " + plural(
        letter.days, "{n} day waiting", "{n} days waiting"
    )


def _motion(motion: motions.Motion, heading: str, why: str) -> Offer:
    moved = tr("moved by {name}", name=motion.mover) if motion.mover else tr("no mover yet")
    text = tr("Motion {number}: {title}", number=motion.number, title=motion.title)
    came = words.short_day(motion.received_on)
    short = tr("received {day}", day=came) if why and came else ""
    return Offer(Ref("motion", motion.id), heading, text, why or moved, short)


def _meeting(store: Store, meeting_id: int) -> str:
    return tr("from the {meeting}", meeting=records.get(store, meeting_id).occasion)


class _Offers(QListWidget):
    """The list itself: its lines can be carried away, Enter places the chosen one."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("To place"))
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.itemDoubleClicked.connect(lambda _: self.take())

    def current(self) -> Offer | None:
        """Return the chosen line."""
        line = self.currentItem() if self.selectedItems() else None
        offer = line.data(OFFER) if line is not None else None
        return offer if isinstance(offer, Offer) else None

    def take(self) -> None:
        """Ask for the chosen line to be placed."""
        if (offer := self.current()) is not None:
            self.taken.emit(offer.ref)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's: Enter places the chosen line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.take()
        else:
            super().keyPressEvent(event)

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """Qt's: what the mouse carries away from here."""
        offer = items[0].data(OFFER)
        return data_of(offer.ref, offer.text)


class Tray(QWidget):
    """What could go on the agenda; `taken(ref)` asks for a thing to be placed without the mouse."""

    taken = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._meeting: int | None = None
        self._shown: list[Offer] = []
        self.heading = kit.label(tr("To place"), "heading")
        self.hint = kit.label("", "label")
        self.list = _Offers()
        self.list.taken.connect(self.taken)
        self.list.currentItemChanged.connect(lambda *_: self._enable())
        self.place = kit.button(tr("Place it"), does=self.list.take)
        layout = kit.column(self.heading, self.hint, self.list, self.place, space=6)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setMinimumWidth(150)
        self._fill([])

    def show_meeting(self, meeting_id: int | None) -> None:
        """Show what could go on a meeting's agenda; read in the quick lane."""
        if meeting_id != self._meeting:
            self._fill([])
        self._meeting = meeting_id
        if meeting_id is None:
            return
        store = self._session.store
        self._session.workers.quick(
            "agenda tray",
            lambda: offers(store, meeting_id),
            self._fill,
            failed=self._session.fail,
            owner=self,
        )

    def offers(self) -> Sequence[Offer]:
        """Return what the tray holds."""
        return self._shown

    def _fill(self, found: list[Offer]) -> None:
        chosen = self.list.current()
        self._shown = found
        self.list.clear()
        heading = ""
        for offer in found:
            if offer.heading != heading:
                heading = offer.heading
                self.list.addItem(self._head(heading))
            line = QListWidgetItem(f"{offer.text}\n{offer.short or offer.why}")
            line.setData(OFFER, offer)
            line.setToolTip(kit.tip(f"{offer.text}\n{offer.why}"))
            self.list.addItem(line)
            if chosen is not None and offer.ref == chosen.ref:
                self.list.setCurrentItem(line)
        if self.list.currentItem() is None:
            self._choose_first()
        self.paint_again()
        self.hint.setText(
            tr("Drag onto an item or between two, or press Enter.")
            if found
            else tr("Motions that came in, letters that wait and matters left open appear here.")
        )
        self.list.setVisible(bool(found))
        self.place.setVisible(bool(found))
        self._enable()

    def _choose_first(self) -> None:
        for line in self._lines():
            if isinstance(line.data(OFFER), Offer):
                self.list.setCurrentItem(line)
                return

    def _lines(self) -> Iterable[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _head(self, heading: str) -> QListWidgetItem:
        made = QListWidgetItem(tr(heading))
        made.setFlags(Qt.ItemFlag.NoItemFlags)
        font = made.font()
        font.setBold(True)
        made.setFont(font)
        return made

    def _enable(self) -> None:
        self.place.setEnabled(self.list.current() is not None)

    def paint_again(self) -> None:
        """Tint the pictures as the theme has them."""
        for line in self._lines():
            offer = line.data(OFFER)
            if isinstance(offer, Offer):
                picture = PICTURES.get(offer.ref.kind, "check")
                line.setIcon(icons.icon(picture, "warning" if offer.heading == LATE else "muted"))
