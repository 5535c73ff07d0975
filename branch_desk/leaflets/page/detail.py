"""One leaflet: the picture to type on, what to see to beside it, and the ways out under it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QSplitter, QWidget

from branch_desk.desk import kit
from branch_desk.desk.forms.form import jump
from branch_desk.desk.page import Elided
from branch_desk.desk.pdf import Pdf
from branch_desk.desk.tr import plural, tr
from branch_desk.leaflets import layouts, records
from branch_desk.leaflets.page import side
from branch_desk.leaflets.page.board import Board, Sheet
from branch_desk.leaflets.page.keeping import Keeping
from branch_desk.leaflets.page.out import Out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QAction, QImage

    from branch_desk.desk.session import Session
    from branch_desk.leaflets.papers import Board as Drawn
    from branch_desk.leaflets.records import Leaflet, Material
    from branch_desk.leaflets.rules import Finding


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the lane answers: what it drew from, the boxes, and the picture."""

    material: Material
    drawn: Drawn
    image: QImage
    texts: dict[str, str]


class LeafletDetail(QWidget):
    """Shows one leaflet to be edited where it stands; the picture follows every keystroke."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self.leaflet_id: int | None = None
        self._layout = ""
        self.leaflet: Leaflet | None = None
        self.typed: dict[str, str] = {}
        self._material: Material | None = None
        self._begin = False
        self.heading = Elided("", "heading")
        self.about = Elided("", "label")
        self.keep = keep = Keeping(self, session)
        self._make_actions()
        self.sheet = Sheet(session, self.keep.text)
        self.board = Board(self.sheet)
        self.out = Out(session)
        self.side = side.Side(
            {
                "title": keep.detail("title"),
                "layout": keep.layout,
                "election_material": keep.election,
                "copies": keep.copies,
                "printer": keep.detail("printer"),
                "promoter": keep.detail("promoter"),
                "on_behalf_of": keep.detail("on_behalf_of"),
            },
            {"alt": keep.of_picture("alt"), "credit": keep.of_picture("credit")},
            (kit.press(self.choose), kit.press(self.without, role="quiet")),
        )
        self.as_printed = QCheckBox(tr("As printed"))
        self.as_printed.setToolTip(tr("Leave out the empty boxes that can be typed in"))
        self.as_printed.toggled.connect(lambda *_: self.draw())
        self._draw_later = QTimer(self, singleShot=True, interval=0)
        self._draw_later.timeout.connect(self._draw)
        self._check_later = QTimer(self, singleShot=True, interval=200)
        self._check_later.timeout.connect(self._check)
        self._lay_out()
        self._connect()

    def _make_actions(self) -> None:
        self.choose = kit.action(tr("Choose a picture…"), self.keep.browse)
        self.choose.setData("image")
        self.without = kit.action(tr("Take the picture off"), self.keep.remove_picture)
        self.edit = kit.action(tr("Type on the leaflet"), self.begin_typing, keys="Ctrl+E")
        self.larger = kit.action(tr("Larger"), lambda: self.board.zoom(1), keys="Ctrl++")
        self.smaller = kit.action(tr("Smaller"), lambda: self.board.zoom(-1), keys="Ctrl+-")
        self.whole = kit.action(tr("The whole leaflet"), lambda: self.board.zoom(0), keys="Ctrl+0")
        for act, icon in ((self.larger, "zoom-in"), (self.smaller, "zoom-out")):
            act.setData(icon)

    def _lay_out(self) -> None:
        zooms = [kit.press(act, role="quiet", text=" ") for act in (self.smaller, self.larger)]
        for press, act in zip(zooms, (self.smaller, self.larger), strict=True):
            press.setText("")
            press.setAccessibleName(act.text())
        titles = kit.column(self.heading, self.about, space=0)
        head = kit.row(space=4)
        head.addLayout(titles, 1)
        head.addWidget(self.as_printed)
        for press in zooms:
            head.addWidget(press)
        left = QWidget()
        inner = kit.column(head, self.board, self.out, space=8)
        inner.setStretch(1, 1)
        left.setLayout(inner)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(16)
        self.split.addWidget(left)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([560, 290])
        layout = kit.column(self.split)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.sheet.typed.connect(self._follow)
        self.sheet.chosen.connect(self._chosen)
        self.sheet.opened.connect(self.board.show_box)
        self.sheet.dropped.connect(self.keep.take)
        self.board.resized.connect(self.draw)
        self.side.findings.asked.connect(self.go_to)
        self.out.stopped.connect(self._stopped)
        self._session.look.changed.connect(self.draw)

    @property
    def actions_of_leaflet(self) -> Sequence[QAction]:
        """The leaflet's actions, for the page's menu."""
        return (
            self.edit,
            self.choose,
            self.without,
            *self.out.actions_of_out,
            self.larger,
            self.smaller,
            self.whole,
        )

    # Showing

    def show_leaflet(self, leaflet_id: int | None) -> None:
        """Show a leaflet; what was typed into the one before is stored first."""
        fresh = leaflet_id != self.leaflet_id
        if fresh:
            self.sheet.close_box()
            for form in self.side.forms():
                form.leave()
        found = records.many(self._store, [leaflet_id]) if leaflet_id is not None else []
        self.setVisible(bool(found))
        self._material = None
        if not found:
            self.leaflet_id = self.leaflet = None
            self.sheet.show_nothing()
            self.out.show_leaflet(None, "", "")
            return
        leaflet = found[0]
        self.leaflet_id, self.leaflet = leaflet.id, leaflet
        if fresh:
            self.typed = {}
            self.sheet.show_nothing()
        layout = layouts.load(leaflet.layout)
        if leaflet.layout != self._layout:
            self._layout = leaflet.layout
            words = self.side.build_words(layout, self.keep.text)
            for key, field in words.fields.items():
                field.typed.connect(partial(self._follow, key))
            fresh = True
        self._tell(leaflet, layout)
        for form, said in zip(self.side.forms(), side.texts(leaflet), strict=True):
            if fresh:
                form.start(said)
            else:
                form.show_texts(said)
        if self.sheet.field is not None and self.sheet.open_key not in self.typed:
            self.sheet.field.show_text(leaflet.texts.get(self.sheet.open_key, ""))
        self.draw()

    def _tell(self, leaflet: Leaflet, layout: layouts.Layout) -> None:
        page = layout.page
        size = tr("{width:g} by {height:g} mm", width=page.width, height=page.height)
        self.heading.setText(leaflet.title)
        self.about.setText(f"{tr(layout.title)} · {size}")
        has = leaflet.picture is not None
        self.without.setEnabled(has)
        self.side.picture.setVisible(has)
        self.side.no_picture.setVisible(not has)
        self.choose.setEnabled(layout.picture != "none")
        self._session.workers.quick(
            "leaflet sheets",
            lambda: _sheets(layout, leaflet.copies),
            lambda found: self._tell_sheets(leaflet, *found),
            owner=self,
        )

    def _tell_sheets(self, leaflet: Leaflet, on_one: int, sheets: int) -> None:
        if leaflet.id != self.leaflet_id:
            return
        said = plural(on_one, "One to a sheet of A4", "{n} to a sheet of A4")
        if leaflet.copies:
            copies = plural(leaflet.copies, "{n} copy", "{n} copies")
            needs = plural(sheets, "{n} sheet", "{n} sheets")
            said = tr("{said}: {copies}, {sheets}", said=said, copies=copies, sheets=needs)
        self.side.sheets.setText(f"{said}.")
        self.out.show_leaflet(leaflet.id, leaflet.title, f"{said}.")

    def begin(self) -> None:
        """Open the first box for typing as soon as the leaflet is drawn: it is a new one."""
        self._begin = True

    def _follow(self, name: str, text: str) -> None:
        self.typed[name] = text
        self.draw()

    def draw(self) -> None:
        """Draw the leaflet as it stands and as it is being typed, soon."""
        self._draw_later.start()

    def _draw(self) -> None:
        leaflet_id, typed, kept = self.leaflet_id, dict(self.typed), self._material
        if leaflet_id is None:
            return
        room, scale = not self.as_printed.isChecked(), self.board.scale()
        ratio = self.devicePixelRatioF()

        def make() -> _Shown:
            from branch_desk.leaflets import papers

            material = kept or records.material(self._store, leaflet_id)
            shown = _with(material, typed)
            drawn = papers.board(shown, room=room)
            pdf = Pdf(drawn.pdf)
            image = pdf.picture(0, max(80, round(drawn.size[0] * scale * ratio)))
            return _Shown(material, drawn, image, dict(shown.leaflet.texts))

        self._session.workers.quick(
            "leaflet", make, self._show, failed=self._session.fail, owner=self
        )

    def _show(self, shown: _Shown) -> None:
        if shown.material.leaflet.id != self.leaflet_id:
            return
        self._material = shown.material
        self.sheet.show_drawn(shown.material.layout, shown.drawn, shown.image, shown.texts)
        self.board.set_size(shown.drawn.size)
        self._check_later.start()
        if self._begin:
            self._begin = False
            self.begin_typing()

    def begin_typing(self) -> None:
        """Open the first text that is empty, else the first."""
        keys = self.sheet.texts_of()
        empty = [key for key in keys if self.sheet.spots[key].empty]
        required = [key for key in empty if layouts.load(self._layout).field(key).required]
        if keys:
            self._open((required or empty or keys)[0])

    def _open(self, key: str) -> bool:
        return self.sheet.open(key)

    # What to see to

    def _check(self) -> None:
        material, typed = self._material, dict(self.typed)
        if material is None or self.leaflet_id is None:
            return

        def check() -> list[Finding]:
            from branch_desk.leaflets import papers

            return papers.check(_with(material, typed))

        self._session.workers.quick(
            "leaflet checked",
            check,
            self.side.findings.show_findings,
            failed=self._session.fail,
            owner=self,
        )

    def _stopped(self, finding: Finding) -> None:
        self.go_to(finding.where)

    def go_to(self, where: str) -> None:
        """Open the box, or the field, that a finding leads to."""
        if where == "accent":
            self._session.go("Branch", None, "details")
            return
        if where == "texts":
            self.begin_typing()
            return
        if where == "picture" and self.leaflet is not None and self.leaflet.picture is not None:
            self.show_tab(1)
            lacking = "alt" if not self.leaflet.picture.alt else "credit"
            jump(self.side.picture.fields[lacking])
            return
        if where == "picture":
            self._focus_spot("picture")
            return
        if found := self.side.field("printer" if where == "imprint" else where):
            self.show_tab(found[0])
            jump(found[1])
        elif not self._open(where) and self.side.words is not None:
            field = self.side.words.fields.get(where)
            if field is not None:
                self.show_tab(2)
                jump(field)

    def show_tab(self, number: int) -> None:
        """Turn the side to the leaflet, its picture or all the words."""
        self.side.tabs.setCurrentIndex(number)

    def _focus_spot(self, key: str) -> None:
        if key in self.sheet.spots:
            self.sheet.spots[key].setFocus(Qt.FocusReason.OtherFocusReason)
            self.board.show_box(key)

    def _chosen(self, key: str) -> None:
        if key == "imprint":
            self.go_to("imprint")
        else:
            self.show_tab(1)
            self.keep.browse()


def _with(material: Material, typed: Mapping[str, str]) -> Material:
    """Return what a leaflet is drawn from with what is being typed on it."""
    if not typed:
        return material
    known = {each.name for each in material.layout.fields}
    typed = {name: text for name, text in typed.items() if name in known}
    texts = material.layout.texts({**material.leaflet.texts, **typed})
    return replace(material, leaflet=replace(material.leaflet, texts=texts))


def _sheets(layout: layouts.Layout, copies: int) -> tuple[int, int]:
    from branch_desk.leaflets import papers

    return papers.sheets_needed(layout, copies)
