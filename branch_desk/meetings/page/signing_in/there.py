"""The list of those who are there and of those who sent apologies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from branch_desk.desk import kit
from branch_desk.desk.tr import mark, tr
from branch_desk.meetings import records
from branch_desk.meetings.records import How

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.desk.session import Session
    from branch_desk.meetings.records import Attendance

ID = Qt.ItemDataRole.UserRole
HOW = {How.HALL: mark("in the hall"), How.ONLINE: mark("online"), None: mark("apologies")}


class There(QWidget):
    """Everybody entered, by name; a mistake is removed by Delete, with Undo beside what is said."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._entries: dict[int, Attendance] = {}
        self.empty = kit.label(
            tr("Nobody is signed in yet. Whoever you enter appears here, visitors too."), "muted"
        )
        self.list = QTreeWidget()
        self.list.setAccessibleName(tr("Who is here"))
        self.list.setHeaderLabels([tr("Name"), tr("How")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemSelectionChanged.connect(self._enable)
        self.strike = kit.action(tr("Remove from the attendance"), self.do_strike, keys="Delete")
        self.strike.setData("trash-2")
        self.strike.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.to_hall = kit.action(tr("Was in the hall"), lambda: self.change(How.HALL))
        self.to_online = kit.action(tr("Was online"), lambda: self.change(How.ONLINE))
        self.to_sorry = kit.action(tr("Sent apologies"), lambda: self.change(None))
        self.list.addActions([self.strike, self.to_hall, self.to_online, self.to_sorry])
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        buttons = kit.row(kit.press(self.strike, role="quiet", text=tr("Remove")), None)
        layout = kit.column(self.empty, self.list, buttons, space=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._enable()

    def show_entries(self, entries: Sequence[Attendance]) -> None:
        """Show who is there; the chosen line stays chosen."""
        chosen = self.current()
        self._entries = {each.id: each for each in entries}
        place = self.list.verticalScrollBar().value()
        self.list.clear()
        for each in entries:
            visitor = "" if each.member is not None else tr("visitor, ")
            line = QTreeWidgetItem([each.name, visitor + tr(HOW[each.how])])
            line.setData(0, ID, each.id)
            line.setToolTip(0, kit.tip(each.name))
            self.list.addTopLevelItem(line)
            if chosen is not None and each.id == chosen.id:
                self.list.setCurrentItem(line)
        self.list.verticalScrollBar().setValue(place)
        self.empty.setVisible(not entries)
        self._enable()

    def current(self) -> Attendance | None:
        """Return the chosen entry."""
        picked = self.list.selectedItems()
        return self._entries.get(int(picked[0].data(0, ID))) if picked else None

    def _enable(self) -> None:
        entry = self.current()
        for act in (self.strike, self.to_hall, self.to_online, self.to_sorry):
            act.setEnabled(entry is not None)

    def do_strike(self) -> None:
        """Take the chosen entry out."""
        entry = self.current()
        if entry is not None:
            self._session.deed(
                lambda: records.strike(self._store, entry.id), lambda _: self._struck(entry)
            )

    def _struck(self, entry: Attendance) -> None:
        self.list.setFocus()
        self._session.undoable.emit(tr("Removed: {name}", name=entry.name))

    def change(self, how: How | None) -> None:
        """Record that somebody came another way than was entered."""
        entry = self.current()
        if entry is not None:
            self._session.deed(lambda: records.change_attendance(self._store, entry.id, how))
