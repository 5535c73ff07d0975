"""The standing orders in plain words: what is set, which clause says so, and what it does."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from branch_desk.branch import records, rules
from branch_desk.desk import kit
from branch_desk.desk.forms import Choice, Field, Line
from branch_desk.desk.tr import tr
from branch_desk.store.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from branch_desk.desk.session import Session

SPANS = {rules.SettingKind.DAYS, rules.SettingKind.MONTHS, rules.SettingKind.MINUTES}


class Order(QFrame):
    """One rule: its value, its clause, whether it is set, and what the desk does with it."""

    def __init__(self, session: Session, setting: rules.Setting) -> None:
        super().__init__()
        self._session, self._store, self.setting = session, session.store, setting
        self.field = self._made()
        self.field.typed.connect(self._say)
        self.clause = Line(tr("Clause"), self._store_clause)
        self.clause.edit.setAccessibleName(tr("Clause for {rule}", rule=setting.title))
        self.clause.setMaximumWidth(self.fontMetrics().horizontalAdvance("0" * 14))
        self.state = kit.label("", "unset", wrap=False)
        self.clear = kit.button(tr("Clear"), role="quiet", does=self.unset)
        self.clear.setAccessibleName(tr("Clear: {rule}", rule=setting.title))
        policy = self.clear.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.clear.setSizePolicy(policy)
        self.does = kit.label("", "muted")
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 10)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.field, 0, 0)
        grid.addWidget(self.clause, 0, 1)
        grid.addLayout(kit.column(None, kit.row(self.state, self.clear, None)), 0, 2)
        grid.addWidget(self.does, 1, 0, 1, 3)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 2)
        self.setLayout(grid)

    def _made(self) -> Field:
        setting = self.setting
        usual = rules.in_words(setting, setting.default)
        if setting.choices:
            none = tr("{usual} (unless set)", usual=usual) if setting.default else tr("not set")
            return Choice(setting.title, [("", none), *setting.choices], self._store_value)
        unit = f", {tr('in')} {setting.kind.value}" if setting.kind in SPANS else ""
        made = Line(setting.title + unit, self._store_value)
        placeholder = tr("{usual} unless set", usual=usual) if setting.default else tr("not set")
        made.edit.setPlaceholderText(placeholder)
        return made

    def _store_value(self, text: str) -> None:
        if text.strip():
            self._session.write(lambda: records.set_setting(self._store, self.setting.key, text))
        else:
            self._session.write(lambda: records.unset_setting(self._store, self.setting.key))

    def _store_clause(self, text: str) -> None:
        self._session.write(lambda: records.set_clause(self._store, self.setting.key, text))

    def unset(self) -> None:
        """Clear what the branch set; Undo sets it again."""
        self._session.deed(
            lambda: records.unset_setting(self._store, self.setting.key),
            lambda _: self._session.undoable.emit(tr("Cleared: {rule}", rule=self.setting.title)),
        )

    def show_order(self, order: records.StandingOrder) -> None:
        """Show the rule as it stands."""
        self.field.show_text(str(order.value) if order.is_set else "")
        self.clause.show_text(order.clause)
        self.clear.setVisible(order.is_set)
        if order.is_set:
            said, role = tr("set"), "met"
        elif order.value is not None:
            said, role = tr("the usual"), "unset"
        else:
            said, role = tr("not set"), "unset"
        self.state.setText(said)
        if self.state.property("role") != role:
            self.state.setProperty("role", role)
            self.state.style().unpolish(self.state)
            self.state.style().polish(self.state)
        self._say(self.field.text())

    def _tell(self, value: rules.Value | None) -> None:
        example = rules.Example(self._store.today())
        self.does.setText(rules.does(self.setting, value, example))

    def _say(self, text: str) -> None:
        """Say while it is typed what it would do; of what cannot be read, nothing."""
        try:
            value = rules.read_value(self.setting, text) if text.strip() else self.setting.default
        except DeskError:
            self.does.clear()  # why is said under the field once it is left
            return
        self._tell(value)


class Orders(QWidget):
    """Every rule under its part of the standing orders.

    The parts are built one after another, so that the window answers in between. `asked()` wants
    them as a paper.
    """

    asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("manual", "branch#standing-orders")
        self._session = session
        self.orders: dict[str, Order] = {}
        self._said: Sequence[records.StandingOrder] = ()
        settings = list(rules.SETTINGS.values())
        self._parts = [
            (title, list(group)) for title, group in groupby(settings, lambda each: each.group)
        ]
        what = kit.label(
            tr(
                "What your rule book says, and what the desk does with it. Where it is silent a "
                "usual value is taken if there is one, marked “the usual”; any other rule is “not "
                "set”, and the desk says so instead of guessing."
            ),
            "muted",
        )
        paper = kit.button(tr("As a paper…"), "printer", does=self.asked.emit)
        head = kit.row(space=16)
        head.addWidget(what, 1)
        head.addWidget(paper)
        self._column = kit.column(space=16)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.addStretch(1)
        inner = QWidget()
        inner.setLayout(self._column)
        made = kit.column(head, kit.scrolled(inner), space=12)
        made.setStretch(1, 1)
        self.setLayout(made)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._build)
        self._build()

    def _build(self) -> None:
        title, settings = self._parts.pop(0)
        rows = [Order(self._session, each) for each in settings]
        self.orders |= {row.setting.key: row for row in rows}
        card = kit.card(kit.label(title, "heading"), *rows, space=4)
        self._column.insertWidget(self._column.count() - 1, card)
        for order in self._said:
            if any(row.setting.key == order.key for row in rows):
                self.orders[order.key].show_order(order)
        if self._parts:
            self._next.start()

    def refresh(self, orders: Sequence[records.StandingOrder]) -> None:
        """Show every rule as it stands."""
        self._said = orders
        for order in orders:
            if order.key in self.orders:
                self.orders[order.key].show_order(order)
