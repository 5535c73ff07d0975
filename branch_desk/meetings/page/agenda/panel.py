"""The agenda of one meeting: the tray, the lines in order, the chosen one in full, and its time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QWidget

from branch_desk.branch import records as branch
from branch_desk.desk import ask, kit
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, Line
from branch_desk.desk.tr import tr
from branch_desk.meetings import records
from branch_desk.meetings.page.agenda.card import ItemCard, whole_minutes
from branch_desk.meetings.page.agenda.carried import Spot
from branch_desk.meetings.page.agenda.deeds import Deeds
from branch_desk.meetings.page.agenda.rows import rows_of
from branch_desk.meetings.page.agenda.tray import Tray
from branch_desk.meetings.page.agenda.tree import MINUTES, AgendaTree
from branch_desk.meetings.page.agenda.written import WrittenDown
from branch_desk.store.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.store.links import Ref

PAGES = {"motion": "Motions", "thread": "Letters", "letter": "Letters"}

LINES = 21


class AgendaPanel(QWidget):
    """Shows and changes one agenda."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("manual", "meetings#lay-out-the-agenda")
        self._session, self._store = session, session.store
        self._meeting: int | None = None
        self._wanted: int | None = None
        self.deeds = Deeds(session, self._choose_item)
        self._make_actions()
        self.tree = AgendaTree()
        self.tree.setMinimumSize(230, 88)
        self.tree.itemSelectionChanged.connect(self._picked)
        self.tree.dropped.connect(self._dropped)
        self.tree.filed.connect(self._filed)
        self.tree.pasted.connect(self._pasted)
        self.tree.edited.connect(self._edited)
        self.tree.opened.connect(self._open)
        self.tree.deleted.connect(self.do_remove)
        self.tree.addActions(list(self.actions_of_agenda))
        self.tray = Tray(session)
        self.tray.taken.connect(self._take)
        self.empty = kit.label(
            tr(
                "Nothing is on the agenda yet. Lay out puts on the standing items of this kind of "
                "meeting, the motions that came in time, and the letters that wait for an answer. "
                "Or paste a list here, or drop PDFs on it."
            ),
            "muted",
        )
        self.time = kit.label("", "label")
        self.card = ItemCard(session)
        self.written = WrittenDown(session)
        bar = kit.row(
            kit.press(self.lay_out, role="primary", text=tr("Lay out")),
            kit.press(self.add, text=tr("Add item…")),
            kit.press(self.pdf, role="quiet", text=tr("PDF…")),
            None,
            *(_small(act) for act in (self.up, self.down, self.remove)),
            space=6,
        )
        lines = kit.column(bar, self.empty, self.tree, self.time, self.written, space=6)
        lines.setStretch(2, 1)
        upper = kit.box(lines)
        self.in_full = kit.scrolled(self.card)
        self.in_full.setMinimumHeight(48)
        column = QSplitter(Qt.Orientation.Vertical)
        column.setChildrenCollapsible(False)
        column.setHandleWidth(10)
        column.addWidget(upper)
        column.addWidget(self.in_full)
        column.setSizes([400, 180])
        column.setStretchFactor(0, 3)
        column.setStretchFactor(1, 2)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(12)
        self.split.addWidget(self.tray)
        self.split.addWidget(column)
        self.split.setCollapsible(1, False)  # noqa: FBT003 -- Qt's setter
        self.split.setSizes([210, 420])
        self.split.setStretchFactor(1, 1)
        # Large letters on a low window: better scrolled than cut.
        self.split.setMinimumHeight(LINES * self.fontMetrics().lineSpacing())
        layout = kit.column(kit.scrolled(self.split))
        layout.setContentsMargins(0, 8, 0, 0)
        self.setLayout(layout)
        session.look.changed.connect(self._tint)
        self._tint()

    def _make_actions(self) -> None:
        self.lay_out = kit.action(tr("Lay out the agenda"), self.do_lay_out, keys="Ctrl+T")
        self.lay_out.setData("list-ordered")
        self.add = kit.action(tr("Add an item…"), self.ask_item, keys="Ctrl+Shift+I")
        self.add.setData("plus")
        self.up = kit.action(tr("Move the item up"), lambda: self.move_by(-1), keys="Alt+Up")
        self.up.setData("chevron-up")
        self.down = kit.action(tr("Move the item down"), lambda: self.move_by(1), keys="Alt+Down")
        self.down.setData("chevron-down")
        self.remove = kit.action(tr("Remove the item"), self.do_remove, keys="Ctrl+Delete")
        self.remove.setData("trash-2")
        self.place = kit.action(tr("Place under the item…"), self.show_places, keys="Ctrl+Shift+P")
        self.place.setData("plus")
        self.pdf = kit.action(tr("Append a PDF to the item…"), self.browse_pdf)
        self.pdf.setData("paperclip")

    @property
    def actions_of_agenda(self) -> Sequence[QAction]:
        """The agenda's actions, for the page's menu."""
        return (self.lay_out, self.add, self.up, self.down, self.remove, self.place, self.pdf)

    # Showing

    def show_meeting(self, meeting_id: int | None) -> None:
        """Show the agenda of a meeting; the line that was chosen stays chosen."""
        if meeting_id != self._meeting:
            self.card.leave()
        chosen = self.tree.current() if meeting_id == self._meeting else None
        self._meeting = meeting_id
        rows = [] if meeting_id is None else rows_of(self._store, meeting_id)
        if self._wanted is not None:
            chosen = next((each for each in rows if each.item == self._wanted), chosen)
            self._wanted = None
        self.tree.show_rows(rows, chosen)
        self.empty.setVisible(not rows)
        self.in_full.setVisible(bool(rows))
        self.lay_out.setEnabled(meeting_id is not None)
        self.add.setEnabled(meeting_id is not None)
        self.time.setText("" if meeting_id is None else self._time(meeting_id))
        self.tray.show_meeting(meeting_id)
        self._picked()

    def _time(self, meeting_id: int) -> str:
        """Say when the business would be through, and when the meeting has to close."""
        minutes = [each.minutes for each in records.agenda(self._store, meeting_id)]
        known = [each for each in minutes if each is not None]
        if not known:
            return ""
        ends = records.get(self._store, meeting_id).starts_at + timedelta(minutes=sum(known))
        said = tr("You will finish at {time}", time=f"{ends:%H:%M}")
        if len(known) < len(minutes):
            said = tr("The items with a time end at {time}", time=f"{ends:%H:%M}")
        closing = branch.setting(self._store, "meeting.closing_time")
        if closing is None:
            return said + "."
        over = _over(f"{ends:%H:%M}", str(closing))
        said += tr("; standing orders close at {time}", time=str(closing))
        return said + (tr(": {n} minutes over.", n=over) if over > 0 else ".")

    def _tint(self) -> None:
        self.tree.tint(self._session.look.theme.colour("accent"))
        self.tray.paint_again()

    def _picked(self) -> None:
        row = self.tree.current()
        for act in (self.up, self.down, self.remove, self.place, self.pdf):
            act.setEnabled(row is not None)
        self.card.show_row(row)
        self.written.show_row(row)
        self.written.setVisible(row is not None)

    def _choose_item(self, item_id: int) -> None:
        """Choose an item, now or once it is shown."""
        self._wanted = item_id
        self.show_meeting(self._meeting)

    # What was let go, typed or pasted

    def _dropped(self, ref: Ref, spot: Spot) -> None:
        if self._meeting is not None:
            self.deeds.let_go(self._meeting, ref, spot)

    def _filed(self, paths: Sequence[Path], spot: Spot) -> None:
        if self._meeting is not None:
            self.deeds.append(self._meeting, paths, spot)

    def _pasted(self, lines: Sequence[str]) -> None:
        if self._meeting is None:
            return
        row = self.tree.current()
        order = [each.id for each in records.agenda(self._store, self._meeting)]
        at = order.index(row.item) + 1 if row is not None and row.item in order else len(order)
        before = order[at] if at < len(order) else None
        self.deeds.add_lines(self._meeting, lines, before)

    def _edited(self, item_id: int, column: int, text: str) -> None:
        def change() -> None:
            if column == MINUTES:
                records.change_item(self._store, item_id, minutes=whole_minutes(text))
            else:
                records.change_item(self._store, item_id, title=text.strip())

        self._session.deed(change)

    def _take(self, ref: Ref) -> None:
        """Place a thing of the tray under the chosen item."""
        row = self.tree.current()
        if self._meeting is not None:
            self.deeds.place(self._meeting, ref, row.item if row is not None else None)

    def _open(self, ref: Ref) -> None:
        """Go to the page of what stands under an item."""
        if ref.kind in PAGES:
            self._session.go(PAGES[ref.kind], ref.id, "letter" if ref.kind == "letter" else "")

    # Deeds

    def do_lay_out(self) -> None:
        """Put on the standing items and what is due, as one change."""
        if self._meeting is not None:
            self.deeds.lay_out(self._meeting)

    def ask_item(self) -> None:
        """Ask for one more item, before the chosen one or last."""
        meeting_id, row = self._meeting, self.tree.current()
        if meeting_id is None:
            return
        title, minutes = Line(tr("Item")), Line(tr("Minutes allowed"))
        places = [("last", tr("at the end"))]
        if row is not None:
            places.append(("before", tr("before the chosen item")))
        where = Choice(tr("Where"), places)

        def add() -> int:
            return records.add_item(
                self._store,
                meeting_id,
                title.text(),
                minutes=whole_minutes(minutes.text()),
                before=row.item if row is not None and where.text() == "before" else None,
            )

        Ask(
            self,
            tr("Add an item"),
            (title, minutes, where),
            tr("Add"),
            add,
            session=self._session,
            done=self._added,
        ).begin()

    def _added(self, item_id: object) -> None:
        if isinstance(item_id, int):
            self._choose_item(item_id)

    def move_by(self, places: int) -> None:
        """Move the chosen item up or down."""
        row = self.tree.current()
        if self._meeting is not None and row is not None:
            self.deeds.move_by(self._meeting, row.item, places)

    def do_remove(self) -> None:
        """Take the chosen line off the agenda."""
        row = self.tree.current()
        if self._meeting is not None and row is not None:
            self.deeds.remove(self._meeting, row)

    def show_places(self) -> None:
        """Offer what the tray holds as a menu at the chosen item."""
        row, line = self.tree.current(), self.tree.currentItem()
        offered = self.tray.offers()
        if row is None or line is None or self._meeting is None:
            return
        if not offered:
            self._session.fail(Conflict("Nothing waits to be placed on this agenda."))
            return
        menu = QMenu(self)
        menu.setAccessibleName(tr("Place under the item"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = ""
        for offer in offered:
            if offer.heading != heading:
                heading = offer.heading
                menu.addSection(tr(heading))
            made = menu.addAction(offer.text.replace("&", "&&"))
            made.triggered.connect(lambda _=False, ref=offer.ref: self._take(ref))
        place = self.tree.visualItemRect(line).bottomLeft()
        menu.popup(self.tree.viewport().mapToGlobal(place))

    def browse_pdf(self) -> None:
        """Ask for PDFs to append to the chosen item."""
        start = self._session.remembered.text("folder") or str(Path.home())
        ask.files_to_open(self, tr("Append PDFs"), start, tr("PDF (*.pdf)"), self.append)

    def append(self, paths: Sequence[Path]) -> None:
        """Append PDFs to the chosen item."""
        row = self.tree.current()
        if self._meeting is None or row is None:
            self._session.fail(
                Conflict("Lay out the agenda first, then choose the item it is for.")
            )
            return
        self.deeds.append(self._meeting, paths, Spot(row.item))


def _over(ends: str, closing: str) -> int:
    """Return by how many minutes the one hour and minute is past the other."""
    try:
        hours = [[int(part) for part in each.split(":")[:2]] for each in (ends, closing)]
    except ValueError:
        return 0
    return (hours[0][0] - hours[1][0]) * 60 + hours[0][1] - hours[1][1]


def _small(act: QAction) -> QPushButton:
    made = kit.press(act, role="quiet")
    made.setText("")
    made.setAccessibleName(act.text())
    return made
