"""One leaflet: what it says in a form, the leaflet itself live beside it, and what to see to."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QFileDialog, QSplitter, QVBoxLayout, QWidget

from branch_desk.desk import files, kit
from branch_desk.desk.forms import Choice, Field, Form, Line, Lines
from branch_desk.desk.preview import Preview
from branch_desk.leaflets import layouts, records
from branch_desk.leaflets.rules import Severity
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.leaflets.records import Leaflet, Material
    from branch_desk.leaflets.rules import Finding

PICTURES = "Pictures (*.jpg *.jpeg *.png)"
ANSWERS = (("", "nobody has said yet"), ("yes", "yes"), ("no", "no"))
OUTPUTS = (
    ("look", "As it looks (prints on A4, to be cut)"),
    ("home", "For the branch's printer: A4, to be cut"),
    ("shop", "For a print shop"),
    ("marks", "For a print shop, with cut marks"),
)
TALL = {"text": 4, "points": 4}


class LeafletDetail(QWidget):
    """Shows one leaflet; fields store themselves, the preview follows every keystroke."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._id: int | None = None
        self._layout = ""
        self._typed: dict[str, str] = {}
        self.heading = kit.label("", "title")
        self.about = kit.label("", "muted")
        self.choose = kit.action("Choose a picture…", self.browse)
        self.choose.setData("image")
        self.without = kit.action("Take the picture off", self.remove_picture)
        self.texts: Form | None = None
        self.holder = QVBoxLayout()
        self.holder.setContentsMargins(0, 0, 0, 0)
        self.picture = Form(
            (
                (
                    (
                        "alt",
                        Line("What the picture shows, for those who cannot see it", self._alt),
                    ),
                ),
                (("credit", Line("Who made it", self._credit)),),
            )
        )
        self.of_it = Form(
            (
                (("title", Line("Title of this leaflet", self._detail("title"))),),
                (
                    (
                        "election_material",
                        Choice("Is it election material?", ANSWERS, self._set_election),
                    ),
                    ("copies", Line("Copies", self._set_copies)),
                ),
                (("printer", Lines("Printer", self._detail("printer"), height=2)),),
                (("promoter", Lines("Promoter", self._detail("promoter"), height=2)),),
                (("on_behalf_of", Lines("On behalf of", self._detail("on_behalf_of"), height=2)),),
            )
        )
        self.findings = QVBoxLayout()
        self.findings.setSpacing(4)
        self.verdict = kit.label("", "heading")
        buttons = kit.row(kit.press(self.choose), kit.press(self.without, role="quiet"), None)
        inner = QWidget()
        column = kit.column(
            kit.card(self.verdict, self.findings),
            kit.card(kit.label("What it says", "heading"), self.holder, space=12),
            kit.card(kit.label("Picture", "heading"), buttons, self.picture, space=12),
            kit.card(
                kit.label("This leaflet", "heading"),
                self.of_it,
                kit.label("Imprint lines left empty are the branch's own.", "label"),
                space=12,
            ),
            None,
            space=12,
        )
        column.setContentsMargins(0, 0, 8, 0)
        inner.setLayout(column)
        self.preview = Preview(session, "leaflet", large_print=False)
        self.output = QComboBox()
        self.output.setAccessibleName("Made for")
        for key, name in OUTPUTS:
            self.output.addItem(name, key)
        self.output.activated.connect(self._show_soon)
        self.preview.top.addWidget(self.output, 1)
        self._check_later = QTimer(self, singleShot=True, interval=200)
        self._check_later.timeout.connect(self._check)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(12)
        self.split.addWidget(kit.scrolled(inner))
        self.split.addWidget(self.preview)
        self.split.setSizes([400, 430])
        layout = kit.column(kit.column(self.heading, self.about, space=2), self.split, space=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @property
    def actions_of_leaflet(self) -> Sequence[QAction]:
        """The leaflet's actions, for the page's menu."""
        return (self.choose, self.without, *self.preview.actions_of_preview)

    # Showing

    def show_leaflet(self, leaflet_id: int | None) -> None:
        """Show a leaflet; what was typed into the one before is stored first."""
        if leaflet_id != self._id:
            for form in self._forms():
                form.leave()
        found = records.many(self._store, [leaflet_id]) if leaflet_id is not None else []
        self.setVisible(bool(found))
        if not found:
            self._id = None
            self.preview.show_nothing()
            return
        leaflet = found[0]
        fresh = leaflet.id != self._id
        self._id = leaflet.id
        self._typed = {} if fresh else self._typed
        if leaflet.layout != self._layout:
            self._build(layouts.load(leaflet.layout))
            fresh = True
        self.heading.setText(leaflet.title)
        self.about.setText(layouts.load(leaflet.layout).title)
        self.without.setEnabled(leaflet.picture is not None)
        self.picture.setVisible(leaflet.picture is not None)
        for form, texts in zip(self._forms(), _texts(leaflet), strict=True):
            if fresh:
                form.start(texts)
            else:
                form.show_texts(texts)
        self._show_soon()

    def _forms(self) -> tuple[Form, ...]:
        own = (self.texts,) if self.texts is not None else ()
        return (*own, self.picture, self.of_it)

    def _build(self, layout: layouts.Layout) -> None:
        kit.clear(self.holder)
        self._layout = layout.name
        rows: list[Sequence[tuple[str, Field]]] = []
        for each in layout.fields:
            store = self._text(each.name)
            hint = each.hint or (
                f"One to a line, such as: {each.sample}" if each.kind == "points" else ""
            )
            made: Field = (
                Lines(each.label, store, hint=hint, height=TALL[each.kind])
                if each.kind in TALL
                else Line(each.label, store, hint=hint)
            )
            made.typed.connect(partial(self._follow, each.name))
            rows.append(((each.name, made),))
        self.texts = Form(rows)
        self.holder.addWidget(self.texts)

    def _follow(self, name: str, text: str) -> None:
        self._typed[name] = text
        self._show_soon()

    def _show_soon(self) -> None:
        leaflet_id, output = self._id, str(self.output.currentData())
        if leaflet_id is None:
            return
        typed = dict(self._typed)
        name = self.heading.text() if output == "look" else f"{self.heading.text()} ({output})"

        def make(_: object, output: str = output) -> bytes:
            return _pdf(self._material(leaflet_id, typed), output)

        final = partial(make, None, "home") if output == "look" else None
        self.preview.show_paper(make, name, final)
        self._check_later.start()

    def _material(self, leaflet_id: int, typed: Mapping[str, str]) -> Material:
        material = records.material(self._store, leaflet_id)
        if not typed:
            return material
        leaflet = material.leaflet
        texts = material.layout.texts({**leaflet.texts, **typed})
        return replace(material, leaflet=replace(leaflet, texts=texts))

    def _check(self) -> None:
        leaflet_id, typed = self._id, dict(self._typed)
        if leaflet_id is None:
            return

        def check() -> list[Finding]:
            from branch_desk.leaflets import papers

            return papers.check(self._material(leaflet_id, typed))

        self._session.workers.quick(
            "leaflet checked", check, self._show_findings, failed=self._session.fail, owner=self
        )

    def _show_findings(self, findings: Sequence[Finding]) -> None:
        stops = sum(each.severity is Severity.STOPS for each in findings)
        self.verdict.setText(
            f"{stops} to put right before it can be printed"
            if stops
            else ("Fit to print, with something to look at" if findings else "Fit to print")
        )
        kit.clear(self.findings)
        for each in findings:
            role = "error" if each.severity is Severity.STOPS else "warning"
            line = kit.row(kit.label(each.message, role), space=8)
            if self._field(each.where) is not None:
                go = kit.button("Go there", role="quiet")
                go.setAccessibleName(f"Go to: {each.message}")
                go.clicked.connect(partial(self.go_to, each.where))
                line.addWidget(go)
            self.findings.addWidget(kit.box(line))

    def _field(self, where: str) -> Field | None:
        for form in self._forms():
            if where in form.fields:
                return form.fields[where]
        return None

    def go_to(self, where: str, _: object = None) -> None:
        """Put the cursor where a finding leads."""
        field = self._field(where)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    # Fields

    def _change(self, **fields: object) -> None:
        leaflet_id = self._id
        if leaflet_id is not None:
            self._session.write(lambda: records.change(self._store, leaflet_id, **fields))

    def _text(self, name: str) -> Callable[[str], None]:
        def store(text: str) -> None:
            self._change(texts={name: text})
            self._typed.pop(name, None)

        return store

    def _detail(self, key: str) -> Callable[[str], None]:
        return lambda text: self._change(**{key: text})

    def _set_election(self, text: str) -> None:
        self._change(election_material={"yes": True, "no": False}.get(text))

    def _set_copies(self, text: str) -> None:
        plain = text.strip().replace(",", "")
        if plain and not plain.isdecimal():
            raise Invalid(f"“{text.strip()}” is not a number of copies.")
        self._change(copies=int(plain or 0))

    def _alt(self, text: str) -> None:
        self._describe(alt=text)

    def _credit(self, text: str) -> None:
        self._describe(credit=text)

    def _describe(self, *, alt: str | None = None, credit: str | None = None) -> None:
        leaflet_id = self._id
        if leaflet_id is None:
            return
        picture = records.get(self._store, leaflet_id).picture
        if picture is None:
            return
        self._session.write(
            lambda: records.describe_picture(
                self._store,
                leaflet_id,
                alt=picture.alt if alt is None else alt,
                credit=picture.credit if credit is None else credit,
                focus=picture.focus,
            )
        )

    # The picture

    def browse(self) -> None:
        """Ask for a picture."""
        start = self._session.remembered.text("picture folder") or str(Path.home())
        path, _ = QFileDialog.getOpenFileName(self, "Choose a picture", start, PICTURES)
        if path:
            self.set_picture(path)

    def set_picture(self, path: str) -> None:
        """Put a picture on the leaflet."""
        leaflet_id, file = self._id, Path(path)
        if leaflet_id is None:
            return
        self._session.remembered.keep("picture folder", str(file.parent))
        self._session.deed(
            lambda: records.set_picture(self._store, leaflet_id, files.read(file), file.name)
        )

    def remove_picture(self) -> None:
        """Take the picture off."""
        leaflet_id = self._id
        if leaflet_id is not None:
            self._session.deed(lambda: records.remove_picture(self._store, leaflet_id))


def _pdf(material: Material, output: str) -> bytes:
    from branch_desk.leaflets import papers

    match output:
        case "home":
            return papers.home(material)
        case "shop":
            return papers.shop(material)
        case "marks":
            return papers.shop(material, marks=True)
        case _:
            return papers.preview(material)


def _texts(leaflet: Leaflet) -> tuple[Mapping[str, str], ...]:
    layout = layouts.load(leaflet.layout)
    said = {each.name: leaflet.texts.get(each.name, "") for each in layout.fields}
    picture = leaflet.picture
    about = {
        "alt": picture.alt if picture else "",
        "credit": picture.credit if picture else "",
    }
    election = {True: "yes", False: "no", None: ""}[leaflet.election_material]
    of_it = {
        "title": leaflet.title,
        "election_material": election,
        "copies": f"{leaflet.copies:,}" if leaflet.copies else "",
        "printer": leaflet.printer,
        "promoter": leaflet.promoter,
        "on_behalf_of": leaflet.on_behalf_of,
    }
    return said, about, of_it
