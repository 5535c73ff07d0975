"""A page with a list: searched, filtered, sorted, and the chosen thing in full beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QSplitter, QStackedWidget, QWidget

from branch_desk.desk import kit
from branch_desk.desk.page import focus
from branch_desk.desk.page.foot import Foot, Nothing
from branch_desk.desk.page.head import Search
from branch_desk.desk.page.page import Page
from branch_desk.desk.tr import tr
from branch_desk.desk.typed import begun

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from PySide6.QtGui import QAction, QResizeEvent, QShowEvent

    from branch_desk.desk.session import Session
    from branch_desk.desk.table import Table

FOLD = 960
LEAST = 480
PAUSE_MS = 150
ROUND_IT = 2 * 24 + 16


class ListPage(Page):
    """A page with a table at the left and the chosen thing at the right, folding when narrow.

    A page gives `ids_for(search, order, descending)`, which runs in the quick lane, and
    `show_detail(id)`, which fills `detail`. What it need not write itself:

    - `filters = (("all", mark("Everybody")), ("left", mark("Have left")))`: keys and words, the
      first for all of them. A box in the head offers them, the user's choice is remembered, and
      `filtered` is the key to ask by in `ids_for`. `count_filters({"left": 9})` puts counts to
      them; `show_filtered(key)` chooses one, and so does `session.go(page, 0, key)`.
    - `split_sizes`: how list and detail share the width at first; remembered afterwards.
    - `fold`: the width below which the detail covers the list.
    - Columns, their widths and the sorting are remembered; `order` in `ids_for` is the sorting.
    - Under the list: how many are shown of how many, how many are selected, Clear.
    - `add_to_head(widgets)`, `menu_on_table(actions)`, `cover(widget)` and `uncover()`.

    Enter or a double click goes into the detail, Alt+Left back to the row, F6 round the parts,
    Ctrl+Down and Ctrl+Up to the next thing, F8 leaves the list alone.
    """

    topic = ""
    filters: tuple[tuple[str, str], ...] = ()
    split_sizes: tuple[int, int] = (520, 560)
    fold: int = FOLD

    def __init__(
        self, session: Session, table: Table[Any], detail: QWidget, empty: QWidget
    ) -> None:
        super().__init__(session)
        self.topic = f"list {self.name}"
        self.table, self.detail = table, detail
        self._wanted: int | None = None
        self._asked = ("", "")
        self._folded, self._entering = False, False
        self._cover: QWidget | None = None
        self.total: int | None = None
        self._all_later = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._all_later.timeout.connect(self._look_up_all)
        self._make_head()
        self._make_actions()
        self._make_split(empty)
        table.belong(session, self.name)
        self._order, self._descending = table.sorted_by()
        table.question = self._question
        table.chosen.connect(self._chosen)
        table.rows.order_asked.connect(self._reorder)
        table.activated.connect(self._enter)
        table.clicked.connect(self._clicked)
        table.picked_changed.connect(self._show_foot)
        self.paint_again()

    def _make_head(self) -> None:
        self.search = Search(tr(self.name))
        self.search.textChanged.connect(self.look_up)
        self.search.left_down.connect(self._to_list)
        self.filter = kit.Combo()
        self.filter.setAccessibleName(tr("Show"))
        for key, word in self.filters:
            self.filter.addItem(tr(word), key)
        self._was_sent = False
        kept = self.filter.findData(self.session.remembered.text(f"filter/{self.name}"))
        self.filter.setCurrentIndex(max(kept, 0))
        self.filtered = str(self.filter.currentData() or "")
        self.filter.activated.connect(self._filter_chosen)
        for each in (self.filter, self.search) if self.filters else (self.search,):
            self.finding.addWidget(each, 1 if each is self.search else 0)

    def _make_actions(self) -> None:
        self.back_action = kit.action(tr("Back to the list"), self._unfold, keys="Alt+Left")
        self.back_action.setData("chevron-left")
        self.open_action = kit.action(tr("Open the detail"), self._enter)
        self.next_action = kit.action(tr("Next one"), lambda: self._step(1), keys="Ctrl+Down")
        self.before_action = kit.action(tr("One before"), lambda: self._step(-1), keys="Ctrl+Up")
        self.part_action = kit.action(tr("Next part of the page"), lambda: self._turn(1), keys="F6")
        self.part_before_action = kit.action(
            tr("Part of the page before"), lambda: self._turn(-1), keys="Shift+F6"
        )
        self.alone_action = kit.action(tr("List alone"), self._fold_again, keys="F8")
        self.alone_action.setCheckable(True)
        self.alone_action.setChecked(bool(self.session.remembered.text(f"alone/{self.name}")))
        self.back = kit.press(self.back_action, role="quiet", text=tr("Back to the list"))
        self.back.hide()

    def _make_split(self, empty: QWidget) -> None:
        """Lay out from the outside in: whatever is put elsewhere later takes its style afresh."""
        self.whole = QStackedWidget()
        self.whole.setMinimumWidth(LEAST)
        self.body.addWidget(self.whole)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(16)
        self.left, self.right = QWidget(), QWidget()
        for place, widget in enumerate((self.left, self.right)):
            self.split.addWidget(widget)
            self.split.setStretchFactor(place, self.split_sizes[place])
        self.whole.addWidget(self.split)
        self.whole.addWidget(empty)
        self.nothing = Nothing(self.show_everything)
        self.foot = Foot(self.table.pick_none)
        self.list = QStackedWidget()
        under = kit.column(self.list, self.foot, space=4)
        under.setStretch(0, 1)
        self.left.setLayout(under)
        self.list.addWidget(self.table)
        self.list.addWidget(self.nothing)
        inner = kit.column(kit.row(self.back, None), self.detail)
        inner.setStretch(1, 1)
        self.right.setLayout(inner)
        self.split.setSizes(self.split_sizes)
        self.split.restoreState(self.session.remembered.bytes(f"split/{self.name}"))
        self.split.splitterMoved.connect(self._keep_split)

    # What a page gives

    def ids_for(self, search: str, order: str, *, descending: bool) -> Sequence[int]:
        """Return the ids to list; runs off the main thread."""
        raise NotImplementedError

    def show_detail(self, row_id: int | None) -> None:
        """Fill the right side with one thing, or with nothing."""
        raise NotImplementedError

    def summarise(self) -> None:
        """Say in one line what the page holds."""

    def first_for(self, search: str) -> Callable[[], Sequence[int]] | None:  # noqa: ARG002 -- for pages that can
        """Return what finds the first screenful at once; None where all is found as fast."""
        return None

    def menu_on_table(self, actions: Sequence[QAction]) -> None:
        """Offer actions on the chosen row, and Open and Copy, by the pointer or the Menu key."""
        menu = QMenu(self.table)
        menu.addActions([self.open_action, *actions])
        menu.addSeparator()
        menu.addAction(self.table.copy_action)
        self.table.menu = menu

    def actions_around(self) -> Sequence[QAction]:
        """Return what every list can do: for the end of the page's menu."""
        return (
            *(self.open_action, self.back_action, self.next_action, self.before_action),
            *(self.part_action, self.part_before_action, self.alone_action),
            *(self.table.columns_action, self.table.pick_all_action, self.table.copy_action),
        )

    # What is listed

    def refresh(self) -> None:
        """Read the list, the summary and the chosen thing again."""
        self.look_up()
        self.summarise()

    def look_up(self) -> None:
        """List what the search box and the filter ask for; the newest question wins.

        Where the first rows can be had at once they come first, and all once typing pauses.
        """
        text = self.search.text().strip()
        if self._asked != (text, self.filtered):
            self._asked = (text, self.filtered)
            if self.table.picked().every:
                self.table.pick_none()
        first = self.first_for(text) if text and not self._order and self._shows_all else None
        if first is None:
            self._look_up_all()
            return
        workers = self.session.workers
        workers.forget(self.topic)
        topic = f"{self.topic}, first"
        workers.quick(topic, first, self.show_ids, failed=self.session.fail, owner=self)
        self._all_later.start()

    @property
    def _shows_all(self) -> bool:
        return not self.filters or self.filtered == self.filters[0][0]

    def _question(self) -> Callable[[], Sequence[int]]:
        """Return what finds all that the list stands for now, in any thread."""
        text, order, descending = self.search.text().strip(), self._order, self._descending
        return lambda: self.ids_for(text, order, descending=descending)

    def _look_up_all(self) -> None:
        self._all_later.stop()
        self.session.workers.quick(
            self.topic,
            self._question(),
            self.show_ids,
            failed=self.session.fail,
            owner=self,
        )

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show a list; the chosen thing stays, else the first is chosen."""
        searching = bool(self.search.text().strip())
        if not searching and self._shows_all:
            self.total = len(ids)
        if self._cover is None:
            self.whole.setCurrentIndex(0 if ids or searching or not self._shows_all else 1)
        self.list.setCurrentIndex(0 if ids else 1)
        if not ids:
            word = "" if self._shows_all else self.filter.currentText()
            self.nothing.say(self.search.text().strip(), word)
        before = self.table.current_id()
        self.table.show_ids(ids, self._wanted)
        self._wanted = None
        if self.table.current_id() is None and ids and not self._folded:
            self.table.choose_row(0)
        elif before is not None and before == self.table.current_id():
            self.show_detail(before)
        self._show_foot()

    def _show_foot(self) -> None:
        narrowed = bool(self.search.text().strip()) or not self._shows_all
        shown = len(self.table.rows.ids)
        self.foot.say(shown if narrowed else None, self.total, self.table.picked())

    # Filters

    def count_filters(self, counts: Mapping[str, int]) -> None:
        """Put counts to the filters: "Have left · 9"."""
        for place, (key, word) in enumerate(self.filters):
            number = f" · {counts[key]:,}" if key in counts else ""
            self.filter.setItemText(place, tr(word) + number)

    def show_filtered(self, key: str) -> None:
        """Show one of the page's filters, without a search; it is not the user's own choice."""
        self.filter.setCurrentIndex(max(self.filter.findData(key), 0))
        self.filtered = str(self.filter.currentData() or "")
        if self.search.text():
            self.search.clear()
        else:
            self.look_up()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's: a filter one was only sent to is over once the page was left."""
        if self._was_sent and not event.spontaneous():
            self._was_sent = False
            self.show_filtered(self.session.remembered.text(f"filter/{self.name}"))
        super().showEvent(event)

    def show_everything(self) -> None:
        """Take away what narrows the list."""
        self.show_filtered(self.filters[0][0] if self.filters else "")
        self._keep_filter()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter_chosen(self) -> None:
        self._was_sent = False
        self.filtered = str(self.filter.currentData() or "")
        self._keep_filter()
        self.look_up()

    def _keep_filter(self) -> None:
        self.session.remembered.keep(f"filter/{self.name}", self.filtered)

    def _reorder(self, order: str, descending: bool) -> None:  # noqa: FBT001 -- a signal's value
        self._order, self._descending = order, descending
        self.look_up()

    # What is shown

    def show_thing(self, row_id: int, what: str = "") -> None:
        """Choose one thing in the list and show it in full; `what` may be a filter's key.

        What is being typed over the list stays in front.
        """
        if not self.is_free():
            return
        self.uncover()
        if what and self.filter.findData(what) >= 0:
            self.show_filtered(what)
            self._was_sent = True
            return
        narrowed = bool(self.search.text()) or not self._shows_all
        if not self.table.choose(row_id):
            self._wanted = row_id
            if narrowed:
                self.show_filtered(self.filters[0][0] if self.filters else "")
            else:
                self.look_up()
        self.open_detail()

    def cover(self, widget: QWidget) -> None:
        """Put something over list and detail for a while, such as a review to decide on.

        What is being typed over them stays there instead.
        """
        if not self.is_free():
            widget.deleteLater()
            return
        self.uncover()
        self._cover = widget
        self.whole.addWidget(widget)
        self.whole.setCurrentWidget(widget)
        for act in self._under_cover():
            act.setEnabled(False)
        focus.into(widget)

    def is_free(self) -> bool:
        """Whether something else may be shown; says so where what is typed here would be lost."""
        typed = begun(self._cover) if self._cover is not None else []
        if typed:
            said = tr("“{title}” is not finished. End it or go back first.", title=typed[0][0])
            self.session.said.emit(said)
        return not typed

    def uncover(self) -> None:
        """Take it away again; the keyboard is back in the list."""
        if self._cover is not None:
            self.whole.removeWidget(self._cover)
            self._cover.deleteLater()
            self._cover = None
            for act in self._under_cover():
                act.setEnabled(True)
            self.whole.setCurrentIndex(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.look_up()

    def _under_cover(self) -> Sequence[QAction]:
        return (self.open_action, self.back_action, self.next_action, self.before_action)

    def find_on_page(self) -> None:
        """Put the cursor into the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def paint_again(self) -> None:
        """Follow the theme."""
        theme = self.session.look.theme
        self.table.rows.tint({name: theme.colour(name) for name in theme.colours})
        self.search.paint_again()

    def _chosen(self, row_id: int | None) -> None:
        self.show_detail(row_id)
        if self._entering and row_id is not None:
            self._entering = False
            focus.into(self.detail)

    # Where the keyboard is

    def _to_list(self) -> None:
        if self.table.rows.rowCount():
            if self.table.current_id() is None:
                self.table.choose_row(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self) -> None:
        if self._folded and not QApplication.keyboardModifiers():
            self._enter()

    def _enter(self) -> None:
        """Show the chosen thing and put the keyboard into it."""
        if self.table.current_id() is not None:
            self.open_detail()
            focus.into(self.detail)

    def _step(self, by: int) -> None:
        """Go to the next thing, with the keyboard where it was; what is typed is stored first."""
        here = QApplication.focusWidget() if focus.within(self.right) else None
        if here is not None:
            here.clearFocus()
        self.table.choose_next(by)
        if here is not None and here.isVisible():
            here.setFocus(Qt.FocusReason.OtherFocusReason)
        elif here is not None:
            focus.into(self.detail)

    def _turn(self, by: int) -> None:
        covered = self._cover is not None or self.whole.currentIndex() != 0
        parts = (self.whole,) if covered else (self.left, self.right)
        focus.turn((self.search, *parts), by)

    # List and detail

    def _keep_split(self) -> None:
        self.session.remembered.keep(f"split/{self.name}", self.split.saveState())

    def open_detail(self) -> None:
        """Show the chosen thing; over the list, and with the keyboard, where there is no room."""
        if not self._folded:
            return
        self.left.hide()
        self.right.show()
        self._entering = self._wanted is not None
        if not self._entering:
            focus.into(self.detail)

    def _unfold(self) -> None:
        self._entering = False
        if self._folded:
            self.right.hide()
            self.left.show()
        self._to_list()

    def _fold_again(self) -> None:
        alone = "1" if self.alone_action.isChecked() else ""
        self.session.remembered.keep(f"alone/{self.name}", alone)
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: fold when there is no room for the list and the detail side by side."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        both = self.left.minimumSizeHint().width() + self.right.minimumSizeHint().width()
        narrow = self.width() < max(self.fold, both + ROUND_IT)
        folded = narrow or self.alone_action.isChecked()
        if folded != self._folded:
            inside = focus.within(self.right)
            self._folded = folded
            self.back.setVisible(folded)
            self.left.setVisible(not (folded and inside))
            self.right.setVisible(not folded or inside)
