"""Standing orders of a new branch: a typical set in plain words, each rule to be changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from branch_desk.branch import records, rules
from branch_desk.desk import kit
from branch_desk.desk.forms import Choice
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.desk.way_in.answers import Answer
from branch_desk.desk.way_in.first_steps import StepBody
from branch_desk.first_run import typical
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from branch_desk.branch.rules import Setting
    from branch_desk.desk.session import Session

NONE = "none"


def asked() -> list[Setting]:
    """Return the settings that any typical set names, in the order of the standing orders."""
    named = {key for each in typical.sets() for key in each.rules}
    return [setting for key, setting in rules.SETTINGS.items() if key in named]


class Value(Answer):
    """One rule's value; what cannot be one is said under it as soon as it is left."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.title)
        self._setting = setting

    def read(self) -> str:
        """Return what would be set; raises `Invalid` where that cannot be read."""
        text = self.text()
        if text.strip():
            rules.read_value(self._setting, text)
        return text


class OrdersBody(StepBody):
    """A typical set, and under it each of its rules; what is emptied is left not set."""

    verb = mark("Set these rules")
    wide = 760

    def __init__(self, session: Session, kind: str) -> None:
        super().__init__()
        self._session = session
        words = [(each.kind, tr(each.title)) for each in typical.sets()]
        self.which = Choice(tr("Begin with"), [*words, (NONE, tr("Nothing: leave all not set"))])
        self.which.typed.connect(self.propose)
        self.about = kit.label("", "muted")
        self.fields: dict[str, Answer | Choice] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        for number, setting in enumerate(asked()):
            field = self._field(setting)
            self.fields[setting.key] = field
            grid.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        self.setLayout(kit.column(self.which, self.about, space=8))
        self.layout().addLayout(grid)  # type: ignore[union-attr]
        self.setFocusProxy(self.which)
        self._start(kind)

    def _start(self, kind: str) -> None:
        """Show what the branch has set already, else propose what its kind usually has."""
        set_already = {
            each.key: str(each.value)
            for each in records.standing_orders(self._session.store)
            if each.is_set and each.key in self.fields
        }
        known = [each.kind for each in typical.sets()]
        self.which.start(kind if kind in known else known[0])
        self.propose(self.which.text())
        if set_already:
            for key in self.fields:
                self._show(key, set_already.get(key, ""))

    def _field(self, setting: Setting) -> Answer | Choice:
        field: Answer | Choice
        if setting.choices:
            unset = ("", tr("not set"))
            field = Choice(setting.title, [unset, *setting.choices])
        else:
            field = Value(setting)
            field.edit.setPlaceholderText(tr("not set"))
        field.typed.connect(partial(self._explain, setting.key))
        return field

    def propose(self, kind: str) -> None:
        """Show a typical set in the fields; nothing is set yet."""
        found = [each for each in typical.sets() if each.kind == kind]
        said = found[0].rules if found else {}
        self.about.setText(tr(found[0].about) if found else "")
        for key in self.fields:
            self._show(key, said.get(key, ""))

    def _show(self, key: str, text: str) -> None:
        self.fields[key].start(text)
        self._explain(key, text)

    def _explain(self, key: str, text: str) -> None:
        """Say under a field in plain words what it means, or what holds while it is not set."""
        setting = rules.SETTINGS[key]
        try:
            value = rules.read_value(setting, text) if text.strip() else None
        except Invalid:
            self.fields[key].set_hint("")  # half typed, or refused once it is left
            return
        if value is not None:
            words = "" if setting.choices else rules.in_words(setting, value)
        elif setting.default is None:
            words = tr("No value is usual: the desk says that it is not set wherever it matters.")
        else:
            default = rules.in_words(setting, setting.default)
            words = tr("Until it is set, the usual {default} is taken.", default=default)
        self.fields[key].set_hint(words)

    def go(self) -> None:
        """Set the rules in one change; what cannot be read is said under its field."""
        wrong = [field for key, field in self.fields.items() if not self._reads(key, field)]
        if wrong:
            wrong[0].setFocus()
            return
        self._session.deed(self._set, self._done)

    def _reads(self, key: str, field: Answer | Choice) -> bool:
        if isinstance(field, Choice):
            return True
        try:
            if field.text().strip():
                rules.read_value(rules.SETTINGS[key], field.text())
        except Invalid as error:
            field.complain(str(error))
            return False
        field.complain("")
        return True

    def _set(self) -> int:
        store = self._session.store
        set_now = 0
        with store.change("Set the standing orders"):
            for key, field in self.fields.items():
                if text := field.text().strip():
                    records.set_setting(store, key, text)
                    set_now += 1
                else:
                    records.unset_setting(store, key)
        return set_now

    def _done(self, count: int) -> None:
        said = plural(count, "{n} standing order is set.", "{n} standing orders are set.")
        self.finished.emit(said)
