"""The manual in a window of its own: contents, one page, and a search over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from branch_desk.desk import kit
from branch_desk.desk.announce import announce
from branch_desk.desk.manual import pages
from branch_desk.desk.manual.reader import Reader
from branch_desk.desk.tr import plural, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from branch_desk.desk.remembered import Remembered
    from branch_desk.desk.theme import Look

GEOMETRY = "manual"
NAME = Qt.ItemDataRole.UserRole
CONTENTS = 34  # letters of a title in one line


class Manual(QWidget):
    """Opens at a page and stays beside the desk; it reads its own files and never a net."""

    def __init__(self, look: Look, remembered: Remembered) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(tr("Manual of Branch Desk"))
        self._look, self._remembered = look, remembered
        self._visited: list[tuple[str, str]] = []
        self._at = -1
        self._make_left()
        self.reader = Reader(look)
        self.reader.followed.connect(self.open_at)
        self.reader.outside.connect(self._outside)
        self.hint = kit.label("", "muted")
        self.hint.hide()
        self.back_action = kit.action(tr("Back"), self.back, keys="Alt+Left")
        self.back_action.setData("arrow-left")
        self.on_action = kit.action(tr("Forward"), self.on, keys="Alt+Right")
        self.on_action.setData("arrow-right")
        for act in (self.back_action, self.on_action):
            self.addAction(act)
        head = kit.row(
            kit.press(self.back_action, role="quiet"), kit.press(self.on_action, role="quiet"), None
        )
        right = QWidget()
        column = kit.column(head, self.reader, self.hint, space=8)
        column.setStretch(1, 1)
        right.setLayout(column)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.addWidget(self.left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([min(self.contents.fontMetrics().averageCharWidth() * CONTENTS, 360), 700])
        self.setLayout(kit.column(split, margin=12))
        for keys, does in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._to_search),
            (QKeySequence(Qt.Key.Key_F3), self._to_search),
            (QKeySequence(Qt.Key.Key_Escape), self._escape),
        ):
            QShortcut(keys, self).activated.connect(does)
        self.resize(QSize(980, 720))
        self.restoreGeometry(remembered.bytes(GEOMETRY))
        look.changed.connect(self._paint_again)

    def _make_left(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the manual"))
        self.search.setAccessibleName(tr("Search the manual"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._look_for)
        self.search.returnPressed.connect(self._first_hit)
        self.contents = QListWidget()
        self.contents.setAccessibleName(tr("Contents"))
        for each in pages.pages():
            item = QListWidgetItem(each.title)
            item.setData(NAME, each.name)
            self.contents.addItem(item)
        self.hits = QListWidget()
        self.hits.setAccessibleName(tr("Pages where it stands"))
        self.contents.setSpacing(1)
        self.hits.setSpacing(4)
        for listing in (self.contents, self.hits):
            listing.setWordWrap(True)
            listing.setResizeMode(QListWidget.ResizeMode.Adjust)
            listing.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.currentItemChanged.connect(self._chosen)
        self.hits.currentItemChanged.connect(self._chosen)
        self.count = kit.label("", "label")
        self.count.hide()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.contents)
        self.lists.addWidget(self.hits)
        self.left = QWidget()
        column = kit.column(self.search, self.count, self.lists, space=8)
        column.setStretch(2, 1)
        self.left.setLayout(column)

    def open_at(self, name: str, heading: str = "") -> None:
        """Show a page, from a heading if one is named; the way back is kept."""
        shown = pages.page(name).name
        if self._at < 0 or self._visited[self._at] != (shown, heading):
            self._visited = [*self._visited[: self._at + 1], (shown, heading)]
            self._at = len(self._visited) - 1
        self._show()

    def back(self) -> None:
        """Show the page before."""
        self._at = max(self._at - 1, 0)
        self._show()

    def on(self) -> None:
        """Show the page that was gone back from."""
        self._at = min(self._at + 1, len(self._visited) - 1)
        self._show()

    def _show(self) -> None:
        name, heading = self._visited[self._at]
        page = pages.page(name)
        self.reader.show_page(page, heading)
        self.setWindowTitle(tr("{page} - Manual of Branch Desk", page=page.title))
        self.reader.mark(self.search.text().strip())
        self.hint.hide()
        self.back_action.setEnabled(self._at > 0)
        self.on_action.setEnabled(self._at < len(self._visited) - 1)
        for chosen in (self.contents, self.hits):
            chosen.blockSignals(True)  # noqa: FBT003 -- Qt's
            for row in range(chosen.count()):
                if chosen.item(row).data(NAME) == name:
                    chosen.setCurrentRow(row)
            chosen.blockSignals(False)  # noqa: FBT003 -- Qt's

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.open_at(item.data(NAME))

    def _look_for(self, text: str) -> None:
        text = text.strip()
        hits = pages.search(text)
        self.hits.blockSignals(True)  # noqa: FBT003 -- Qt's
        self.hits.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.page.title} ({hit.count})\n{hit.around}")
            item.setData(NAME, hit.page.name)
            self.hits.addItem(item)
        self.hits.blockSignals(False)  # noqa: FBT003 -- Qt's
        self.lists.setCurrentIndex(1 if text else 0)
        found = plural(len(hits), "On {n} page", "On {n} pages") if hits else tr("Nowhere")
        self.count.setText(found)
        self.count.setVisible(bool(text))
        announce(self.search, found if text else "")
        self.reader.mark(text)

    def _first_hit(self) -> None:
        if self.hits.count():
            self.hits.setCurrentRow(0)
            self.open_at(self.hits.item(0).data(NAME))
            self.hits.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _escape(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.close()

    def _outside(self, address: str) -> None:
        self.hint.setText(tr("This leads outside the manual: {address}", address=address))
        self.hint.show()

    def _paint_again(self) -> None:
        if self._at >= 0:
            self.reader.paint_again()
            self.reader.mark(self.search.text().strip())
            kit.paint_again(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's: remember how it stood."""
        self._remembered.keep(GEOMETRY, self.saveGeometry())
        super().closeEvent(event)
