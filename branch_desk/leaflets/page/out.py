"""Out of the desk: on paper, as a file, by e-mail; what stops it is shown instead."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QMessageBox, QWidget

from branch_desk.desk import ask, files, kit
from branch_desk.desk.pdf import Pdf
from branch_desk.desk.preview.outlets import Outlets, Paper
from branch_desk.desk.tr import mark, tr
from branch_desk.leaflets import records, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.leaflets.records import Material
    from branch_desk.leaflets.rules import Finding

PNG = ".png"
OUTPUTS = (
    (
        "home",
        mark("Our own printer"),
        mark("A4 sheets with marks to cut along; the edge of each leaflet stays white."),
    ),
    (
        "shop",
        mark("A print shop"),
        mark("One leaflet in printing inks, its colours 3 mm over the edge, without marks."),
    ),
    (
        "marks",
        mark("A print shop, with cut marks"),
        mark("As for a print shop, with marks at the corners. Ask which the shop wants."),
    ),
    (
        "phone",
        mark("Phones"),
        mark("A picture (PNG) of the leaflet, to post or to send in a message."),
    ),
)


class Out(QWidget):
    """What it is made for, in a sentence, and the buttons.

    Where something is to be put right first, that is said and nothing is printed, saved or sent;
    `stopped(finding)` asks to be shown the first of it. A draft may be saved all the same, except
    of election material without its imprint.
    """

    stopped = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._id: int | None = None
        self._name = ""
        self._about = ""
        self.made_for = kit.Combo()
        self.made_for.setAccessibleName(tr("Made for"))
        for key, name, _ in OUTPUTS:
            self.made_for.addItem(tr(name), key)
        self.made_for.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.made_for.setMinimumContentsLength(9)
        self.made_for.activated.connect(self._tell)
        self.sentence = kit.label("", "label")
        self.print_action = kit.action(tr("Print…"), self.print_it, keys="Ctrl+P")
        self.print_action.setData("printer")
        self.save_action = kit.action(tr("Save PDF…"), self.save_it, keys="Ctrl+Shift+S")
        self.save_action.setData("file-down")
        self.mail_action = kit.action(tr("E-mail…"), self.mail_it)
        self.mail_action.setData("mail-plus")
        self._outlets = Outlets(session, self)
        self._save = kit.press(self.save_action)
        buttons = kit.row(
            kit.label(tr("For"), "label", wrap=False),
            self.made_for,
            None,
            kit.press(self.mail_action, role="quiet"),
            self._save,
            kit.press(self.print_action, role="primary"),
        )
        self.setLayout(kit.column(buttons, self.sentence, space=4))
        self._tell()

    @property
    def actions_of_out(self) -> Sequence[QAction]:
        """Its actions, for the page's menu."""
        return (self.print_action, self.save_action, self.mail_action)

    @property
    def output(self) -> str:
        """What it is made for now."""
        return str(self.made_for.currentData())

    def show_leaflet(self, leaflet_id: int | None, name: str, sheets: str) -> None:
        """Take a leaflet, its name and what its copies come to at home."""
        self._id, self._name, self._about = leaflet_id, name, sheets
        for each in self.actions_of_out:
            each.setEnabled(leaflet_id is not None)
        self._tell()

    def _tell(self) -> None:
        key, _, sentence = OUTPUTS[self.made_for.currentIndex()]
        said = tr(sentence)
        self.sentence.setText(f"{said} {self._about}".strip() if key == "home" else said)
        phone = key == "phone"
        self.save_action.setText(tr("Save picture…") if phone else tr("Save PDF…"))
        self._save.setText(self.save_action.text())
        self._save.setAccessibleName(self.save_action.text())
        for act in (self.print_action, self.mail_action):
            act.setEnabled(self._id is not None and not phone)

    def _made(self, then: Callable[[bytes], object], *, drafts: bool = False) -> None:
        """Make what was asked for in the long lane; go on with it, or say what stops it."""
        leaflet_id, output, store = self._id, self.output, self._session.store
        if leaflet_id is None:
            return

        def done(made: bytes | list[Finding]) -> None:
            if isinstance(made, bytes):
                then(made)
            else:
                self._stop(leaflet_id, made, drafts=drafts)

        self._session.workers.long(
            tr("Laying out {name}", name=self._name),
            lambda _: _file(records.material(store, leaflet_id), output),
            done,
            failed=self._session.fail,
            owner=self,
            cancels=False,
        )

    def _stop(self, leaflet_id: int, findings: list[Finding], *, drafts: bool) -> None:
        """Name all that is to be put right, and lead to the first; a draft may be saved."""
        box = ask.confirm(
            self,
            tr("It cannot go out yet"),
            "\n".join([tr("It cannot go out yet."), *(f"• {each.message}" for each in findings)]),
            tr("Show me"),
            lambda: self.stopped.emit(findings[0]),
        )
        if drafts and not any(each.finding == rules.IMPRINT for each in findings):
            save = box.addButton(tr("Save a draft…"), QMessageBox.ButtonRole.ActionRole)
            save.clicked.connect(lambda: self._save_draft(leaflet_id))

    def _save_draft(self, leaflet_id: int) -> None:
        from branch_desk.leaflets import papers

        store, name = self._session.store, tr("Draft of {name}", name=self._name)
        self._session.workers.long(
            tr("Laying out {name}", name=name),
            lambda _: papers.draft(records.material(store, leaflet_id)),
            lambda data: self._outlets.save(Paper(name, Pdf(data), None, 0)),
            failed=self._session.fail,
            owner=self,
            cancels=False,
        )

    def _paper(self, data: bytes) -> Paper:
        return Paper(self._name, Pdf(data), None, 0)

    def print_it(self) -> None:
        """Ask which printer, then print."""
        self._made(lambda data: self._outlets.print(self._paper(data), both_sides=False))

    def mail_it(self) -> None:
        """Open a draft with the leaflet attached in the mail program, or save it as a file."""
        self._made(lambda data: self._outlets.mail(self._paper(data), None))

    def save_it(self) -> None:
        """Ask where, then write the file whole or not at all."""
        if self.output == "phone":
            self._made(self._save_picture, drafts=True)
        else:
            self._made(lambda data: self._outlets.save(self._paper(data)), drafts=True)

    def _save_picture(self, data: bytes) -> None:
        start = Path(self._session.remembered.text("folder") or str(Path.home()))
        offered = str(start / files.file_name(self._name, PNG))
        title, kinds = self.save_action.text(), tr("Picture (*.png)")
        ask.file_to_save(self, title, offered, kinds, partial(self._write, data))

    def _write(self, data: bytes, path: Path) -> None:
        if path.suffix.lower() != PNG:
            path = path.with_name(path.name + PNG)
            if path.exists():  # the system's dialog was told the name without its ending
                title = tr("Replace the file?")
                named = {"name": path.name, "folder": path.parent}
                text = tr("There is a file {name} in {folder} already.", **named)
                ask.confirm(self, title, text, tr("Replace it"), lambda: self._store(data, path))
                return
        self._store(data, path)

    def _store(self, data: bytes, path: Path) -> None:
        self._session.remembered.keep("folder", str(path.parent))
        said = tr("Saved {name} in {folder}.", name=path.name, folder=path.parent)
        self._session.deed(lambda: files.write(path, data), lambda _: self._session.said.emit(said))


def _file(material: Material, output: str) -> bytes | list[Finding]:
    """Return the file, or what is to be put right first."""
    from branch_desk.leaflets import papers

    if found := rules.stops(papers.check(material)):
        return found
    match output:
        case "shop":
            return papers.shop(material)
        case "marks":
            return papers.shop(material, marks=True)
        case "phone":
            return papers.phone(material)
        case _:
            return papers.home(material)
