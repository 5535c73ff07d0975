"""The agenda of one meeting: its items in order, and what is placed under each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from branch_desk.correspondence import records as correspondence
from branch_desk.desk import files, kit, words
from branch_desk.desk.ask import Ask
from branch_desk.desk.forms import Choice, Form, Line, Lines
from branch_desk.meetings import records
from branch_desk.motions import records as motions
from branch_desk.store.errors import Conflict, Invalid
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

    from branch_desk.desk.session import Session
    from branch_desk.meetings.records import AgendaItem

ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Placed:
    """One thing under an item: what it is called, and how it is taken off again."""

    text: str
    remove: Callable[[], object]


class AgendaPanel(QWidget):
    """Shows and changes one agenda."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._store = session, session.store
        self._meeting: int | None = None
        self._item: int | None = None
        self._make_actions()
        self.items = QTreeWidget()
        self.items.setAccessibleName("Agenda")
        self.items.setColumnCount(2)
        self.items.setHeaderHidden(True)
        self.items.setRootIsDecorated(False)
        self.items.setItemsExpandable(False)
        self.items.setIndentation(24)
        self.items.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.items.header().setStretchLastSection(False)
        self.items.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.items.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.items.header().resizeSection(1, 70)
        self.items.setMinimumSize(340, 200)
        self.items.itemSelectionChanged.connect(self._picked)
        self.empty = kit.label(
            "Nothing is on the agenda yet. Lay out puts on the standing items of this kind of "
            "meeting, the motions that came in time, and the letters that wait for an answer.",
            "muted",
        )
        self.item_form = Form(
            (
                (("title", Line("Item", self._change_title)),),
                (("minutes", Line("Minutes allowed", self._change_minutes)),),
                (("notes", Lines("Report or note under it", self._change_notes, height=3)),),
            )
        )
        self.placed = kit.column(space=4)
        self.detail = kit.card(self.item_form, self.placed, space=8)
        first = kit.row(
            kit.press(self.lay_out, role="primary", text="Lay out"),
            kit.press(self.add, text="Add item…"),
            None,
            *(_small(act) for act in (self.up, self.down, self.remove)),
        )
        second = kit.row(
            kit.label("Under this item:", "label", wrap=False),
            kit.press(self.motion, role="quiet", text="Motion…"),
            kit.press(self.letter, role="quiet", text="Letter…"),
            kit.press(self.pdf, role="quiet", text="PDF…"),
            None,
        )
        layout = kit.column(first, self.empty, self.items, second, self.detail, space=8)
        layout.setStretch(2, 1)
        layout.setContentsMargins(0, 8, 8, 0)
        self.setLayout(layout)

    def _make_actions(self) -> None:
        self.lay_out = kit.action("Lay out the agenda", self.do_lay_out, keys="Ctrl+T")
        self.lay_out.setData("list-ordered")
        self.add = kit.action("Add an item…", self.ask_item, keys="Ctrl+Shift+I")
        self.add.setData("plus")
        self.up = kit.action("Move the item up", lambda: self.move_by(-1), keys="Alt+Up")
        self.up.setData("chevron-up")
        self.down = kit.action("Move the item down", lambda: self.move_by(1), keys="Alt+Down")
        self.down.setData("chevron-down")
        self.remove = kit.action("Remove the item", self.do_remove, keys="Ctrl+Delete")
        self.remove.setData("trash-2")
        self.motion = kit.action("Place a motion under the item…", self.ask_motion)
        self.motion.setData("scroll-text")
        self.letter = kit.action("Place a letter under the item…", self.ask_letter)
        self.letter.setData("mail")
        self.pdf = kit.action("Append a PDF to the item…", self.browse_pdf)
        self.pdf.setData("paperclip")

    @property
    def actions_of_agenda(self) -> Sequence[QAction]:
        """The agenda's actions, for the page's menu."""
        of_item = (self.up, self.down, self.remove, self.motion, self.letter, self.pdf)
        return (self.lay_out, self.add, *of_item)

    # Showing

    def show_meeting(self, meeting_id: int | None) -> None:
        """Show the agenda of a meeting; the item that was chosen stays chosen."""
        if meeting_id != self._meeting:
            self.item_form.leave()
            self._item = None
        self._meeting = meeting_id
        found = [] if meeting_id is None else records.agenda(self._store, meeting_id)
        chosen = self._item
        self.items.blockSignals(True)  # noqa: FBT003 -- Qt's setter
        self.items.clear()
        for number, item in enumerate(found, start=1):
            line = self._line(number, item)
            self.items.addTopLevelItem(line)
            for at in range(line.childCount()):
                if (under := line.child(at)) is not None:
                    under.setFirstColumnSpanned(True)
        self.items.expandAll()
        self.items.blockSignals(False)  # noqa: FBT003 -- Qt's setter
        self.empty.setVisible(not found)
        self.items.setVisible(bool(found))
        self.lay_out.setEnabled(meeting_id is not None)
        self.add.setEnabled(meeting_id is not None)
        row = next((at for at, item in enumerate(found) if item.id == chosen), 0)
        if (chosen_line := self.items.topLevelItem(row)) is not None:
            self.items.setCurrentItem(chosen_line)
        self._picked()

    def _line(self, number: int, item: AgendaItem) -> QTreeWidgetItem:
        allowed = f"{item.minutes} min" if item.minutes else ""
        made = QTreeWidgetItem([f"{number}.  {item.title}", allowed])
        made.setData(0, ID, item.id)
        made.setToolTip(0, item.title)
        made.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for each in self._placed_under(item):
            under = QTreeWidgetItem([each.text])
            under.setData(0, ID, item.id)
            under.setToolTip(0, each.text)
            made.addChild(under)
        return made

    def _placed_under(self, item: AgendaItem) -> list[_Placed]:
        store = self._store
        threads = [Ref("thread", each) for each in item.threads]
        letters = [Ref("letter", each) for each in item.letters]
        return [
            *(
                self._linked(
                    item, Ref("motion", motion.id), f"Motion {motion.number}: {motion.title}"
                )
                for motion in motions.many(store, item.motions)
            ),
            *(
                self._linked(item, ref, f"Letter: {store.title(ref)}")
                for ref in (*threads, *letters)
            ),
            *(
                _Placed(
                    f"PDF: {paper.title} ({words.count(paper.pages, 'page')})",
                    partial(records.remove_document, store, paper.id),
                )
                for paper in records.documents(store, item.id)
            ),
        ]

    def _linked(self, item: AgendaItem, ref: Ref, text: str) -> _Placed:
        return _Placed(text, partial(records.take_off, self._store, item.meeting, ref))

    def _picked(self) -> None:
        picked = self.items.selectedItems()
        item_id = int(picked[0].data(0, ID)) if picked else None
        if item_id != self._item:
            self.item_form.leave()
        for act in (self.up, self.down, self.remove, self.motion, self.letter, self.pdf):
            act.setEnabled(item_id is not None)
        self.detail.setVisible(item_id is not None)
        kit.clear(self.placed)
        if item_id is None:
            self._item = None
            return
        item = records.item(self._store, item_id)
        texts = {"title": item.title, "minutes": str(item.minutes or ""), "notes": item.notes}
        if item_id == self._item:
            self.item_form.show_texts(texts)
        else:
            self._item = item_id
            self.item_form.start(texts)
        for each in self._placed_under(item):
            self.placed.addWidget(self._placed_line(each))

    def _placed_line(self, placed: _Placed) -> QWidget:
        off = kit.button("", "x", role="quiet")
        off.setAccessibleName(f"Take off: {placed.text}")
        off.setToolTip("Take it off the agenda")
        off.clicked.connect(lambda: self._session.deed(placed.remove))
        line = kit.row(space=4)
        line.addWidget(kit.label(placed.text), 1)
        line.addWidget(off)
        return kit.box(line)

    # Fields of an item

    def _change_title(self, text: str) -> None:
        item_id = self._item
        if item_id is not None:
            self._session.write(lambda: records.change_item(self._store, item_id, title=text))

    def _change_minutes(self, text: str) -> None:
        item_id, minutes = self._item, _minutes(text)
        if item_id is not None:
            self._session.write(lambda: records.change_item(self._store, item_id, minutes=minutes))

    def _change_notes(self, text: str) -> None:
        item_id = self._item
        if item_id is not None:
            self._session.write(lambda: records.change_item(self._store, item_id, notes=text))

    # Deeds

    def do_lay_out(self) -> None:
        """Put on the standing items and what is due, as one change."""
        meeting_id = self._meeting
        if meeting_id is not None:
            self._session.deed(lambda: records.lay_out(self._store, meeting_id), self._laid_out)

    def _laid_out(self, done: records.LaidOut) -> None:
        parts = [
            words.count(len(done.items), "standing item"),
            words.count(len(done.motions), "motion"),
            words.count(len(done.threads), "letter"),
        ]
        said = f"Laid out: {', '.join(parts)}."
        if done.left_out:
            said += " Left out: " + " ".join(reason for _, reason in done.left_out)
        self._session.said.emit(said)

    def ask_item(self) -> None:
        """Ask for one more item, before the chosen one or last."""
        meeting_id, before = self._meeting, self._item
        if meeting_id is None:
            return
        title, minutes = Line("Item"), Line("Minutes allowed")
        where = Choice("Where", (("last", "at the end"), ("before", "before the chosen item")))

        def add() -> int:
            return records.add_item(
                self._store,
                meeting_id,
                title.text(),
                minutes=_minutes(minutes.text()),
                before=before if where.text() == "before" else None,
            )

        ask = Ask(self, "Add an item", (title, minutes, where), "Add", add)
        if ask.exec() and isinstance(ask.answer, int):
            self._item = ask.answer

    def move_by(self, places: int) -> None:
        """Move the chosen item up or down."""
        item_id = self._item
        if self._meeting is None:
            return
        order = [each.id for each in records.agenda(self._store, self._meeting)]
        place = order.index(item_id) + 1 + places if item_id in order else 0
        if item_id is not None and 1 <= place <= len(order):
            self._session.deed(lambda: records.move_item(self._store, item_id, place))

    def do_remove(self) -> None:
        """Take the chosen item off the agenda."""
        item_id = self._item
        if item_id is not None:
            self._session.deed(lambda: records.remove_item(self._store, item_id))

    def ask_motion(self) -> None:
        """Ask which open motion to place under the chosen item."""
        open_ids = [
            each for state in motions.OPEN for each in motions.ids(self._store, state=state)
        ]
        choices = [
            (str(each.id), f"{each.number} {each.title}")
            for each in motions.many(self._store, sorted(open_ids, reverse=True))
        ]
        self._ask_placed(
            "Place a motion",
            "Motion",
            choices,
            "There is no motion still to be taken; take one in on the Motions page.",
            lambda item, chosen: records.place_motion(self._store, item, chosen),
        )

    def ask_letter(self) -> None:
        """Ask which thread of letters to place under the chosen item."""
        today = self._store.today()
        waiting = {each.thread: each for each in correspondence.waiting(self._store, today)}
        choices = [
            (str(each.thread), f"{each.subject}, {each.office}: {each.days} days waiting")
            for each in waiting.values()
        ]
        newest = correspondence.many(self._store, correspondence.ids(self._store)[:60])
        others = {each.thread: each for each in reversed(newest) if each.thread not in waiting}
        choices += [
            (str(thread), f"{each.subject}, {words.short_day(each.on)}")
            for thread, each in reversed(others.items())
        ]
        self._ask_placed(
            "Place a letter",
            "Letter",
            choices,
            "There are no letters; bring one in on the Letters page.",
            lambda item, chosen: records.place_letter(self._store, item, Ref("thread", chosen)),
        )

    def _ask_placed(
        self,
        title: str,
        name: str,
        choices: Sequence[tuple[str, str]],
        nothing: str,
        place: Callable[[int, int], object],
    ) -> None:
        item_id = self._item
        if item_id is None:
            return
        if not choices:
            self._session.fail(Conflict(nothing))
            return
        chosen = Choice(name, choices)
        chosen.combo.setMinimumContentsLength(40)
        Ask(self, title, (chosen,), "Place it", lambda: place(item_id, int(chosen.text()))).exec()

    def browse_pdf(self) -> None:
        """Ask for a PDF to append to the chosen item."""
        start = self._session.remembered.text("folder") or str(Path.home())
        path, _ = QFileDialog.getOpenFileName(self, "Append a PDF", start, "PDF (*.pdf)")
        if path:
            self.append_pdf(Path(path))

    def append_pdf(self, path: Path) -> None:
        """Append a PDF to the chosen item."""
        item_id = self._item
        if item_id is None:
            self._session.fail(
                Conflict("Lay out the agenda first, then choose the item it is for.")
            )
            return

        def append() -> int:
            data = files.read(path)
            return records.append_document(
                self._store,
                item_id,
                title=path.stem,
                data=data,
                name=path.name,
                pages=_pages(data, path.name),
            )

        self._session.deed(append)


def _small(act: QAction) -> QPushButton:
    made = kit.press(act, role="quiet")
    made.setText("")
    made.setAccessibleName(act.text())
    return made


def _minutes(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal():
        raise Invalid(f"“{text.strip()}” is not a number of minutes.")
    return int(text)


def _pages(data: bytes, name: str) -> int:
    import pypdfium2

    from branch_desk.paper import preview

    try:
        return preview.page_count(data)
    except pypdfium2.PdfiumError as error:
        raise Invalid(f"“{name}” cannot be read as a PDF, or needs a password.") from error
