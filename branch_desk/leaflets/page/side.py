"""Beside the leaflet: what there is to see to, what is said of it, and all its words as a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from branch_desk.desk import icons, kit
from branch_desk.desk.forms import Choice, Field, Form, Line, Lines
from branch_desk.desk.tr import mark, plural, tr
from branch_desk.leaflets import layouts
from branch_desk.leaflets.rules import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from branch_desk.leaflets.records import Leaflet
    from branch_desk.leaflets.rules import Finding

    Store = Callable[[str], object]

ANSWERS = (("", mark("nobody has said yet")), ("yes", mark("yes")), ("no", mark("no")))
TALL = {"text": 3, "points": 4}
STOPS = (mark("Stops it: {message}"), "circle-alert", "danger")
WARNS = (mark("Look at: {message}"), "triangle-alert", "warning")


class Findings(QWidget):
    """What there is to see to before it is printed; each line leads to its box.

    Long lists scroll by themselves and leave the forms their room.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.verdict = kit.label("", "heading")
        self.lines = QListWidget()
        self.lines.setAccessibleName(tr("What there is to see to"))
        self.lines.setWordWrap(True)
        self.lines.setUniformItemSizes(False)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.lines.itemClicked.connect(self._ask)
        self.lines.itemActivated.connect(self._ask)
        self.setLayout(kit.column(self.verdict, self.lines, space=6))
        self._found: list[Finding] = []
        self.lines.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what was found, what stops it first."""
        stops = sum(each.severity is Severity.STOPS for each in findings)
        if stops:
            self.verdict.setText(plural(stops, "{n} thing to put right", "{n} things to put right"))
        else:
            self.verdict.setText(
                tr("Fit to print, with something to look at") if findings else tr("Fit to print")
            )
        if list(findings) == self._found:
            return
        self._found = list(findings)
        self.lines.clear()
        for each in findings:
            words, icon, tint = STOPS if each.severity is Severity.STOPS else WARNS
            item = QListWidgetItem(icons.icon(icon, tint), tr(words, message=each.message))
            item.setData(Qt.ItemDataRole.UserRole, each.where)
            item.setToolTip(tr("Go to its place"))
            self.lines.addItem(item)
        self.lines.setVisible(bool(findings))
        self._fit()

    def _ask(self, item: QListWidgetItem) -> None:
        self.asked.emit(item.data(Qt.ItemDataRole.UserRole))

    def _fit(self) -> None:
        line = self.fontMetrics().height()
        width = self.lines.viewport().width() - 2 * line
        wanted = 4
        for at in range(self.lines.count()):
            item = self.lines.item(at)
            flags = int(Qt.TextFlag.TextWordWrap)
            text = self.fontMetrics().boundingRect(
                0, 0, max(width - 20, 80), 10_000, flags, item.text()
            )
            high = text.height() + line
            item.setSizeHint(QSize(80, high))
            wanted += high
        self.lines.setFixedHeight(min(wanted, line * 12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's: break the lines anew."""
        super().resizeEvent(event)
        self._fit()


class Side(QWidget):
    """The findings over three tabs: the leaflet, its picture, and all its words."""

    def __init__(
        self,
        of_it: Mapping[str, Store],
        of_picture: Mapping[str, Store],
        buttons: Sequence[QWidget],
    ) -> None:
        super().__init__()
        self.findings = Findings()
        self.sheets = kit.label("", "label")
        self.of_it = Form(_leaflet_rows(of_it))
        self.picture = Form(
            (
                (
                    (
                        "alt",
                        Line(
                            tr("What the picture shows"),
                            of_picture["alt"],
                            hint=tr("For those who cannot see it."),
                        ),
                    ),
                ),
                (("credit", Line(tr("Who made it"), of_picture["credit"])),),
            )
        )
        self.no_picture = kit.label(
            tr("Drop a JPEG or a PNG on the leaflet, or choose one here."), "muted"
        )
        self.words: Form | None = None
        self.holder = kit.column()
        self.tabs = kit.tabs()
        self.tabs.setAccessibleName(tr("What is said of the leaflet"))
        imprint = kit.label(tr("Imprint lines left empty are the branch's own."), "label")
        inner = (
            kit.column(self.of_it, self.sheets, imprint, None, space=8),
            kit.column(self.no_picture, kit.row(*buttons, None), self.picture, None, space=12),
            kit.column(self.holder, None),
        )
        names = (tr("Leaflet"), tr("Picture"), tr("Words"))
        for name, column in zip(names, inner, strict=True):
            column.setContentsMargins(0, 4, 8, 0)
            held = QWidget()
            held.setLayout(column)
            self.tabs.addTab(kit.scrolled(held), name)
        made = kit.column(self.findings, self.tabs, space=12)
        made.setStretch(1, 1)
        self.setLayout(made)

    def build_words(self, layout: layouts.Layout, store: Callable[[str], Store]) -> Form:
        """Make the form of all the words of a layout."""
        kit.clear(self.holder)
        rows: list[Sequence[tuple[str, Field]]] = []
        for each in layout.fields:
            hint = each.hint or (
                tr("One to a line, such as: {sample}", sample=each.sample.split("\n")[0])
                if each.kind == "points"
                else ""
            )
            field: Field = (
                Lines(each.label, store(each.name), hint=hint, height=TALL[each.kind])
                if each.kind in TALL
                else Line(each.label, store(each.name), hint=hint)
            )
            rows.append(((each.name, field),))
        self.words = Form(rows)
        self.holder.addWidget(self.words)
        return self.words

    def forms(self) -> tuple[Form, ...]:
        """Return every form, in the order of `texts`."""
        own = (self.words,) if self.words is not None else ()
        return (*own, self.picture, self.of_it)

    def field(self, where: str) -> tuple[int, Field] | None:
        """Return the tab and the field a finding leads to, where it is no box."""
        if where in self.of_it.fields:
            return 0, self.of_it.fields[where]
        if where in self.picture.fields:
            return 1, self.picture.fields[where]
        return None


def _leaflet_rows(store: Mapping[str, Store]) -> list[Sequence[tuple[str, Field]]]:
    named = [(each.name, tr(each.title)) for each in layouts.every()]
    answers = [(value, tr(word)) for value, word in ANSWERS]
    return [
        (
            (
                "title",
                Line(
                    tr("Title of this leaflet"),
                    store["title"],
                    hint=tr("What you find it by; it is not printed."),
                ),
            ),
        ),
        (("layout", Choice(tr("Layout"), named, store["layout"])),),
        (
            (
                "election_material",
                Choice(tr("Is it election material?"), answers, store["election_material"]),
            ),
        ),
        (("copies", Line(tr("Copies"), store["copies"])),),
        (("printer", Lines(tr("Printer"), store["printer"], height=2)),),
        (("promoter", Lines(tr("Promoter"), store["promoter"], height=2)),),
        (("on_behalf_of", Lines(tr("On behalf of"), store["on_behalf_of"], height=2)),),
    ]


def texts(leaflet: Leaflet) -> tuple[Mapping[str, str], ...]:
    """Return what stands in the forms: the words, the picture, the leaflet."""
    layout = layouts.load(leaflet.layout)
    said = {each.name: leaflet.texts.get(each.name, "") for each in layout.fields}
    picture = leaflet.picture
    about = {"alt": picture.alt if picture else "", "credit": picture.credit if picture else ""}
    of_it = {
        "title": leaflet.title,
        "layout": leaflet.layout,
        "election_material": {True: "yes", False: "no", None: ""}[leaflet.election_material],
        "copies": f"{leaflet.copies:,}" if leaflet.copies else "",
        "printer": leaflet.printer,
        "promoter": leaflet.promoter,
        "on_behalf_of": leaflet.on_behalf_of,
    }
    return said, about, of_it
