"""Who the branch is, who holds which office, and what its standing orders say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QFrame, QGridLayout, QVBoxLayout, QWidget

from branch_desk.branch import records, rules
from branch_desk.desk import kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, Field, Line, Lines
from branch_desk.desk.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session

DETAILS = (
    ("name", "Name of the branch", "", 1),
    ("address", "Address", "Stands on letters and papers.", 3),
    ("email", "E-mail", "", 1),
    ("hq", "HQ", "What the body above the branch is called.", 1),
    ("hq_email", "HQ's e-mail", "", 1),
)
IMPRINT = (
    ("printer", "Printer", "Name and address of whoever prints it.", 2),
    ("promoter", "Promoter", "Name and address of whoever causes it to be published.", 2),
    ("on_behalf_of", "On behalf of", "Name and address, where that is somebody else.", 2),
)


SPANS = {rules.SettingKind.DAYS, rules.SettingKind.MONTHS, rules.SettingKind.MINUTES}


def _named(setting: rules.Setting) -> str:
    """Name a rule with the unit it is given in."""
    return f"{setting.title}, in {setting.kind.value}" if setting.kind in SPANS else setting.title


class BranchPage(Page):
    """Details, officers and standing orders, as forms that store themselves."""

    name = "Branch"
    icon = "landmark"
    tables = frozenset({"branch", "officer", "standing_order"})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.appoint = kit.action("Appoint an officer…", self.ask_officer, keys="Ctrl+N")
        self.appoint.setData("user-plus")
        self.pick = kit.action("Choose the branch's colour…", self.ask_colour)
        self.head.addWidget(kit.press(self.appoint, role="primary", text="Appoint an officer…"))
        self.fields: dict[str, Field] = {}
        self.orders: dict[str, Field] = {}
        self.tabs = kit.tabs()
        self.tabs.addTab(kit.scrolled(self._details()), "Details")
        self.officers = QVBoxLayout()
        self.officers.setSpacing(8)
        holder = QWidget()
        holder.setLayout(kit.column(self.officers, None))
        self.tabs.addTab(kit.scrolled(holder), "Officers")
        self.tabs.addTab(kit.scrolled(self._standing_orders()), "Standing orders")
        self.body.addWidget(self.tabs)

    def actions_of_page(self) -> Sequence[QAction]:
        """Return the page's actions."""
        return (self.appoint, self.pick)

    def _details(self) -> QWidget:
        left = [self._detail(*each) for each in DETAILS]
        self.fields["accent"] = Line(
            "Colour", self._store("accent"), hint="For headings and bands, such as #1F6F54."
        )
        pick = kit.row(kit.press(self.pick, text="Choose a colour…"), None)
        left.append(self.fields["accent"])
        right = [self._detail(*each) for each in IMPRINT]
        says = kit.label(
            "In the UK, election material in print must name its printer, its promoter and whom "
            "it is published for, each with an address. The desk asks; it gives no legal advice.",
            "muted",
        )
        imprint = kit.card(
            kit.label("Imprint of leaflets", "heading"), says, *right, None, space=12
        )
        about = kit.card(kit.label("Who we are", "heading"), *left, pick, None, space=12)
        made = QWidget()
        made.setLayout(kit.row(about, imprint, space=16))
        return made

    def _detail(self, key: str, name: str, hint: str, height: int) -> Field:
        store = self._store(key)
        made: Field = (
            Line(name, store, hint=hint)
            if height == 1
            else Lines(name, store, hint=hint, height=height)
        )
        self.fields[key] = made
        return made

    def _store(self, key: str) -> Callable[[str], object]:
        return lambda text: self.session.write(
            lambda: records.set_details(self.store, **{key: text})
        )

    def _standing_orders(self) -> QWidget:
        made = QWidget()
        column = kit.column(
            kit.label(
                "What your rule book says. A rule that is not set is shown as “not set”, and "
                "the desk then says so instead of guessing.",
                "muted",
            ),
            space=16,
        )
        groups: dict[str, list[rules.Setting]] = {}
        for setting in rules.SETTINGS.values():
            groups.setdefault(setting.group, []).append(setting)
        for title, settings in groups.items():
            grid = QGridLayout()
            grid.setContentsMargins(16, 16, 16, 16)
            grid.setHorizontalSpacing(16)
            grid.setVerticalSpacing(12)
            grid.addWidget(kit.label(title, "heading"), 0, 0, 1, 2)
            for number, setting in enumerate(settings):
                field = self._order(setting)
                self.orders[setting.key] = field
                grid.addWidget(field, 1 + number // 2, number % 2)
            grid.setColumnStretch(0, 1)
            grid.setColumnStretch(1, 1)
            column.addWidget(kit.box(grid, "card"))
        column.addStretch(1)
        made.setLayout(column)
        return made

    def _order(self, setting: rules.Setting) -> Field:
        def store(text: str) -> None:
            if text.strip():
                self.session.write(lambda: records.set_setting(self.store, setting.key, text))
            else:
                self.session.write(lambda: records.unset_setting(self.store, setting.key))

        default = rules.in_words(setting, setting.default)
        if setting.choices:
            unset = f"{default} (unless set)" if setting.default is not None else "not set"
            choices = [("", unset), *setting.choices]
            return Choice(setting.title, choices, store)
        made = Line(_named(setting), store)
        made.edit.setPlaceholderText(
            f"{default} unless set" if setting.default is not None else "not set"
        )
        return made

    def refresh(self) -> None:
        """Read the branch again."""
        details = records.details(self.store)
        self.session.identify()
        for key, field in self.fields.items():
            field.show_text(str(getattr(details, key)))
        for order in records.standing_orders(self.store):
            field = self.orders[order.key]
            field.show_text(str(order.value) if order.is_set else "")
        self._show_officers()
        missing = sum(order.value is None for order in records.standing_orders(self.store))
        serving = len(records.officers(self.store, self.store.today()))
        self.summary.setText(
            f"{words.count(serving, 'officer')} · {words.count(missing, 'rule')} not set"
        )

    def _show_officers(self) -> None:
        kit.clear(self.officers)
        today = self.store.today()
        found = records.officers(self.store)
        if not found:
            empty = kit.label(
                "Nobody yet. The chair, secretary and treasurer stand on papers and letters; "
                "appoint them with the button above.",
                "muted",
            )
            self.officers.addWidget(empty)
        serving = [each for each in found if each.until is None or each.until >= today]
        for officer in serving + [each for each in found if each not in serving]:
            self.officers.addWidget(self._officer(officer, serves=officer in serving))

    def _officer(self, officer: records.Officer, *, serves: bool) -> QFrame:
        term = f"since {words.short_day(officer.since)}" if officer.since else ""
        if officer.until:
            term += f" until {words.short_day(officer.until)}"
        texts = kit.column(
            kit.label(officer.name, "heading"),
            kit.label(" · ".join(part for part in (officer.office, term.strip()) if part), "muted"),
            space=2,
        )
        parts: list[QWidget | None] = [None]
        if serves and officer.until is None:
            end = kit.button("Term ended today", role="quiet")
            end.setAccessibleName(f"{officer.office} {officer.name}: term ended today")
            end.clicked.connect(lambda: self._end(officer.id))
            parts.append(end)
        line = kit.row(*parts)
        inner = kit.row(space=12, margin=12)
        inner.addLayout(texts, 1)
        inner.addLayout(line)
        return kit.box(inner, "card")

    def _end(self, officer_id: int) -> None:
        today = self.store.today()
        self.session.deed(lambda: records.end_office(self.store, officer_id, today))

    def ask_officer(self) -> None:
        """Ask who takes which office."""
        office, name, since = (
            Line("Office"),
            Line("Name"),
            Line("Since", hint="Such as 14 May 2026."),
        )
        since.start(words.short_day(self.store.today()))

        def appoint() -> int:
            start = words.read_date(since.text(), self.store.today())
            return records.add_officer(self.store, office.text(), name.text(), since=start)

        self.tabs.setCurrentIndex(1)
        Ask(self, "Appoint an officer", (office, name, since), "Appoint", appoint).exec()

    def ask_colour(self) -> None:
        """Ask for the branch's colour."""
        before = QColor(records.details(self.store).accent)
        picked = QColorDialog.getColor(before, self, "The branch's colour")
        if picked.isValid():
            colour = picked.name().upper()
            self.session.deed(lambda: records.set_details(self.store, accent=colour))
