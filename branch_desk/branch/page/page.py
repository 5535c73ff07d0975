"""The Branch page: who we are, who holds office, what the rule book says, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from branch_desk.branch import records
from branch_desk.branch.page.details import Details
from branch_desk.branch.page.officers import Officers
from branch_desk.branch.page.orders import Orders
from branch_desk.branch.page.safety import Safety
from branch_desk.desk import kit
from branch_desk.desk.page import Page
from branch_desk.desk.preview import PaperCover
from branch_desk.desk.tr import mark, plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.store.change import Changed

DETAILS, OFFICERS, ORDERS, SAFETY = "details", "officers", "orders", "log"


class _Later(QWidget):
    """A tab that is built when it is first turned to; there are many fields on some."""

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make = make
        self.inner: QWidget | None = None
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._column)

    def built(self) -> QWidget:
        """Return what is on it, built now if it was not."""
        if self.inner is None:
            self.inner = self._make()
            self._column.addWidget(self.inner)
        return self.inner


class BranchPage(Page):
    """Details, officers, standing orders, the log and the backups, each on a tab."""

    name = mark("Branch")
    icon = "landmark"
    tables = frozenset({"branch", "officer", "standing_order"})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.details = Details(session)
        self.officers = Officers(session)
        self._orders = _Later(self._make_orders)
        self._safety = _Later(lambda: Safety(session))
        self.appoint = kit.action(tr("Appoint an officer…"), self.ask_officer, keys="Ctrl+N")
        self.appoint.setData("user-plus")
        self.pick = kit.action(tr("Choose the branch's colour…"), self.details.ask_colour)
        self.check = kit.action(tr("Check the log and the file"), self.do_check)
        self.paper = kit.action(tr("Standing orders as a paper…"), self.show_paper)
        self.restore = kit.action(tr("Restore from a backup…"), self.do_restore)
        self.add_to_head(kit.press(self.appoint, role="primary"))
        self.tabs = kit.tabs()
        self.tabs.setAccessibleName(tr("Parts of the branch"))
        self._places = {
            DETAILS: self.tabs.addTab(kit.scrolled(self.details), tr("Details")),
            OFFICERS: self.tabs.addTab(kit.scrolled(self.officers), tr("Officers")),
            ORDERS: self.tabs.addTab(self._orders, tr("Standing orders")),
            SAFETY: self.tabs.addTab(self._safety, tr("Log and backups")),
        }
        self.tabs.currentChanged.connect(self._turned)
        self.body.addWidget(self.tabs)
        session.changed.connect(self._logged)
        self._cover: PaperCover | None = None

    def _make_orders(self) -> Orders:
        made = Orders(self.session)
        made.asked.connect(self.show_paper)
        return made

    @property
    def orders(self) -> Orders:
        """The standing orders, built if they were not."""
        built = self._orders.built()
        assert isinstance(built, Orders)  # noqa: S101 -- made above
        return built

    @property
    def safety(self) -> Safety:
        """The log and the backups, built if they were not."""
        built = self._safety.built()
        assert isinstance(built, Safety)  # noqa: S101 -- made above
        return built

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        return (self.appoint, self.pick, self.paper, self.check, self.restore)

    def refresh(self) -> None:
        """Read the branch again."""
        self.session.identify()
        self.details.refresh()
        self.officers.refresh()
        orders = records.standing_orders(self.store)
        if self._orders.inner is not None:
            self.orders.refresh(orders)
        missing = sum(order.value is None for order in orders)
        serving = len(records.officers(self.store, self.store.today()))
        self.summary.setText(
            plural(serving, "{n} officer", "{n} officers")
            + " · "
            + plural(missing, "{n} rule not set", "{n} rules not set")
        )

    def show_thing(self, row_id: int, what: str = "") -> None:  # noqa: ARG002 -- a tab, not a row
        """Turn to a tab: details, officers, orders or log."""
        self.show_tab(what or OFFICERS)

    def show_tab(self, name: str) -> None:
        """Turn to a tab by its name."""
        self._uncover()
        self.tabs.setCurrentIndex(self._places.get(name, 0))

    def _turned(self) -> None:
        now = self.tabs.currentIndex()
        if now == self._places[ORDERS]:
            self.orders.refresh(records.standing_orders(self.store))
        elif now == self._places[SAFETY]:
            self.safety.refresh()

    def _logged(self, _: Changed) -> None:
        """Whatever is changed is logged."""
        if self._safety.inner is not None and self.tabs.currentWidget() is self._safety:
            self.safety.refresh()

    def ask_officer(self) -> None:
        """Ask who takes which office."""
        self.show_tab(OFFICERS)
        self.officers.ask()

    def do_check(self) -> None:
        """Check the log and the whole file."""
        self.show_tab(SAFETY)
        self.safety.check()

    def do_restore(self) -> None:
        """Ask for a backup to make a file of."""
        self.show_tab(SAFETY)
        self.safety.ask_restore()

    def show_paper(self) -> None:
        """Show the standing orders as they are printed, over the page."""
        store = self.store

        def make(large: bool) -> bytes:  # noqa: FBT001 -- as the preview asks
            from branch_desk.branch import papers
            from branch_desk.paper.render import render

            today = store.today()
            orders, serving = records.standing_orders(store), records.officers(store, today)
            sheet = papers.standing_orders_sheet(records.details(store), orders, serving, today)
            return render(sheet, large_print=large)

        self._uncover()
        self._cover = PaperCover(self.session, tr("Standing orders as set"), make)
        self._cover.left.connect(self._uncover)
        self.tabs.hide()
        self.body.addWidget(self._cover)

    def _uncover(self) -> None:
        if self._cover is not None:
            self._cover.hide()
            self._cover.deleteLater()
            self._cover = None
        self.tabs.show()
