"""Address labels over the page: which sheet, where it begins, and what will be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from branch_desk.branch import records as branch
from branch_desk.desk import kit
from branch_desk.desk.forms import Choice
from branch_desk.desk.preview import Preview
from branch_desk.desk.tr import plural, tr
from branch_desk.members import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.desk.session import Session

SHEET = "label sheet"


class LabelsPanel(QWidget):
    """Labels for some people, as they will be printed; who has no address is said."""

    left = Signal()

    def __init__(self, session: Session, people: Sequence[int]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Address labels"))
        self._session, self._people = session, tuple(people)
        self.preview = Preview(session, "address labels")
        self.back_action = kit.action(tr("Back"), self.left.emit, keys="Alt+Left")
        self.back_action.setData("chevron-left")
        self.back_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addAction(self.back_action)
        self.sheet = Choice(tr("Sheet"), _sheets())
        self.sheet.combo.setMinimumContentsLength(len(_sheets()[0][1]))
        self.sheet.start(session.remembered.text(SHEET, "21"))
        self.sheet.typed.connect(self._choose_sheet)
        self.first = kit.Spin()
        self.first.setAccessibleName(tr("First free label of the sheet"))
        self.first.setRange(1, int(self.sheet.text() or 21))
        self.first.valueChanged.connect(self._show)
        first = kit.label(tr("First free label"), "label", wrap=False)
        first.setBuddy(self.first)
        self.without = kit.label("", "muted")
        back = kit.press(self.back_action, role="quiet")
        head = kit.row(back, kit.label(tr("Address labels"), "heading"), space=12)
        head.addWidget(self.without, 1)
        head.addWidget(self.sheet)
        head.addLayout(kit.column(first, self.first, space=3))
        layout = kit.column(head, self.preview, space=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.sheet)
        self._count()
        self._show()

    def _choose_sheet(self, count: str) -> None:
        self._session.remembered.keep(SHEET, count)
        self.first.setMaximum(int(count))
        self._show()

    def _count(self) -> None:
        store, people = self._session.store, self._people

        def done(without: int) -> None:
            said = plural(
                without,
                "{n} has no address and is left out.",
                "{n} have no address and are left out.",
            )
            self.without.setText(said if without else "")

        self._session.workers.quick(
            "without an address",
            lambda: sum(not each.address.strip() for each in records.many(store, people)),
            done,
            failed=self._session.fail,
            owner=self,
        )

    def _show(self) -> None:
        store, people = self._session.store, self._people
        count, used = self.sheet.text(), self.first.value() - 1

        def make(large: bool) -> bytes:  # noqa: FBT001 -- the preview's question
            from dataclasses import replace

            from branch_desk.members import papers
            from branch_desk.paper import labels as kit_of_labels

            sheet = kit_of_labels.SHEET_14 if count == "14" else kit_of_labels.SHEET_21
            made = papers.address_labels(
                branch.details(store), records.many(store, people), sheet, store.today()
            )
            return kit_of_labels.draw(replace(made, used=used), large_print=large)

        self.preview.show_paper(make, tr("Address labels"))


def _sheets() -> list[tuple[str, str]]:
    return [
        ("21", tr("21 labels, 63.5 × 38.1 mm")),  # noqa: RUF001 -- a times sign
        ("14", tr("14 labels, 99.1 × 38.1 mm")),  # noqa: RUF001 -- a times sign
    ]
