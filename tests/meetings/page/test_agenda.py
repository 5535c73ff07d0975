"""The agenda built by hand: what is dragged, dropped on it and placed from the tray."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu

from branch_desk.meetings import records
from branch_desk.meetings.page.agenda.carried import ref_in
from branch_desk.meetings.page.agenda.tree import TITLE
from branch_desk.meetings.rules import LONDON, MeetingKind
from branch_desk.motions import records as motions
from branch_desk.store.links import Ref


@pytest.fixture
def earlier(store):
    return records.add(
        store, kind=MeetingKind.ORDINARY, starts_at=datetime(2026, 4, 2, 19, 30, tzinfo=LONDON)
    )


def let_go(widget, point: QPoint, data: QMimeData) -> bool:
    """Let go of what is carried, as the system tells a widget; returns whether it was welcome."""
    actions, none = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.KeyboardModifier
    buttons = Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(point, actions, data, buttons, none.NoModifier)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    move = QDragMoveEvent(point, actions, data, buttons, none.NoModifier)
    QApplication.sendEvent(widget, move)
    widget.repaint()
    drop = QDropEvent(QPointF(point), actions, data, buttons, none.NoModifier)
    QApplication.sendEvent(widget, drop)
    return True


def place_of(agenda, row: int, part: float) -> QPoint:
    rect = agenda.tree.visualItemRect(agenda.tree.topLevelItem(row))
    return QPoint(rect.left() + 40, rect.top() + round(rect.height() * part))


def carry(agenda, row: int, onto: int, part: float) -> bool:
    data = agenda.tree.mimeData([agenda.tree.topLevelItem(row)])
    return let_go(agenda.tree.viewport(), place_of(agenda, onto, part), data)


def choose(agenda, row: int) -> None:
    agenda.tree.setCurrentItem(agenda.tree.topLevelItem(row))


def files(*paths) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_laying_out_puts_on_what_is_due_and_is_one_undo(
    motion, letter, page, agenda, store, meeting, settled, titles
):
    assert "Motions" in titles()
    placed = records.agenda(store, meeting)
    assert [each for item in placed for each in item.motions] == [motion]
    assert [each for item in placed for each in item.threads] == [letter]
    assert agenda.tree.topLevelItemCount() == len(placed) + 2
    page.session.undo()
    settled()
    assert titles() == []
    assert agenda.empty.isVisible()


def test_what_is_left_out_is_said_with_the_reason(store, page, settled, qtbot, meeting):
    motions.add(store, title="Late", text="Now.", mover="Ada", received_on=date(2026, 6, 1))
    with qtbot.waitSignal(page.session.undoable) as said:
        page.panel.agenda.lay_out.trigger()
    assert said.args[0].startswith("Laid out: 9 standing items. Left out: Motion 2026/01 Late: ")
    settled()


def test_where_nothing_is_due_it_says_so_and_no_other_change_is_undone(
    agenda, page, store, meeting, settled, qtbot
):
    records.change_details(store, meeting, place="Upstairs")
    settled()
    said, offered = [], []
    page.session.undoable.connect(said.append)
    page.session.undoable.connect(lambda _: offered.append(page.session.made()))
    agenda.lay_out.trigger()
    assert said == ["Nothing to lay out: all that is due is on the agenda already."]
    assert offered == [None]


def test_an_item_dragged_between_two_others_moves_there(agenda, titles, settled, page):
    before = titles()
    assert carry(agenda, 3, 1, 0.2)
    settled()
    assert titles()[:3] == [before[0], before[3], before[1]]
    assert carry(agenda, 0, 2, 0.8)
    settled()
    assert titles()[:3] == [before[3], before[1], before[0]]
    page.session.undo()
    settled()
    assert titles()[0] == before[0]


def test_an_item_dragged_below_the_last_is_last(agenda, titles, settled):
    first = titles()[0]
    data = agenda.tree.mimeData([agenda.tree.topLevelItem(0)])
    agenda.tree.resize(400, 900)
    last = agenda.tree.visualItemRect(agenda.tree.topLevelItem(8))
    assert let_go(agenda.tree.viewport(), QPoint(50, last.bottom() + 30), data)
    settled()
    assert titles()[-1] == first
    last = agenda.tree.visualItemRect(agenda.tree.topLevelItem(8))
    assert carry(agenda, 0, 8, 0.9)
    settled()


def test_an_item_let_go_where_it_is_stays(agenda, titles, settled, store):
    before, log = titles(), len(store.rows("SELECT id FROM meeting"))
    carry(agenda, 2, 2, 0.2)
    settled()
    assert titles() == before
    assert log == len(store.rows("SELECT id FROM meeting"))


def test_what_stands_under_an_item_is_dragged_to_another(
    motion, letter, agenda, store, meeting, settled
):
    rows = [agenda.tree.topLevelItem(at).text(TITLE) for at in range(11)]
    at = next(n for n, text in enumerate(rows) if text.startswith("Motion 2026"))
    assert carry(agenda, at, 0, 0.5)
    settled()
    assert records.agenda(store, meeting)[0].motions == (motion,)
    assert agenda.tree.current().item == records.agenda(store, meeting)[0].id


def test_the_tray_offers_what_could_go_on_and_enter_places_it(
    motion, letter, earlier, page, store, meeting, settled, qtbot
):
    agenda, tray = page.panel.agenda, page.panel.agenda.tray
    late = motions.add(store, title="Late", text="Now.", mover="Bo", received_on=date(2026, 6, 1))
    doing = records.minute(
        store, earlier, records.EntryKind.ACTION, "Paint the door", owner="Ciara"
    )
    settled()
    assert [each.ref for each in tray.offers()] == [
        Ref("motion", motion),
        Ref("thread", letter),
        Ref("action", doing),
        Ref("motion", late),
    ]
    assert "Received 1 June 2026" in tray.offers()[-1].why
    late = tray.list.item(tray.list.count() - 1)
    assert late.text().endswith("\nreceived 1 Jun 2026")
    assert tray.offers()[-1].why in late.toolTip()
    tray.list.setFocus()
    qtbot.keyClick(tray.list, Qt.Key.Key_Return)
    settled()
    first = records.agenda(store, meeting)[0]
    assert (first.title, first.motions) == ("Motions", (motion,))
    assert tray.offers()[0].ref == Ref("thread", letter)
    choose(agenda, 0)
    tray.place.click()
    settled()
    assert records.agenda(store, meeting)[0].threads == (letter,)
    tray.place.click()
    settled()
    assert records.agenda(store, meeting)[0].notes == "- Matter arising: Paint the door (Ciara)"


def test_what_the_last_meeting_left_open_is_offered_first(
    motion, letter, earlier, store, page, settled
):
    under = records.add_item(store, earlier, "Business")
    records.place_motion(store, under, motion)
    records.place_letter(store, under, Ref("thread", letter))
    settled()
    offers = page.panel.agenda.tray.offers()
    assert {each.heading for each in offers} == {"Left open last time"}
    assert {each.ref for each in offers} == {Ref("motion", motion), Ref("thread", letter)}


def test_a_thing_of_the_tray_dragged_between_items_becomes_one(
    motion, agenda, store, meeting, settled, page, titles
):
    late = motions.add(store, title="Late", text="Now.", received_on=date(2026, 6, 1))
    settled()
    tray = agenda.tray
    line = tray.list.item(tray.list.count() - 1)
    data = tray.list.mimeData([line])
    assert ref_in(data) == Ref("motion", late)
    assert let_go(agenda.tree.viewport(), place_of(agenda, 1, 0.1), data)
    settled()
    second = records.agenda(store, meeting)[1]
    assert second.motions == (late,)
    assert "Late" in second.title
    page.session.undo()
    settled()
    assert len(titles()) == 9


def test_an_action_dragged_between_items_becomes_one_of_its_own(
    earlier, agenda, store, meeting, settled
):
    doing = records.minute(store, earlier, records.EntryKind.ACTION, "Paint the door")
    settled()
    agenda._dropped(Ref("action", doing), agenda_spot(agenda, 0))
    settled()
    assert records.agenda(store, meeting)[0].title == "Paint the door"
    assert agenda.tray.offers() == []


def agenda_spot(agenda, row):
    from branch_desk.meetings.page.agenda.carried import Spot

    return Spot(None, agenda.tree.topLevelItem(row).data(TITLE, Qt.ItemDataRole.UserRole).item)


def test_the_menu_at_an_item_offers_the_same(motion, page, store, meeting, settled, qtbot):
    agenda = page.panel.agenda
    records.add_item(store, meeting, "Business")
    settled()
    choose(agenda, 0)
    agenda.place.trigger()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    chosen = next(each for each in menu.actions() if each.text().startswith("Motion 2026"))
    chosen.trigger()
    menu.close()
    settled()
    assert records.agenda(store, meeting)[0].motions == (motion,)
    with qtbot.waitSignal(page.session.failed) as said:
        agenda.place.trigger()
    assert said.args[0] == "Nothing waits to be placed on this agenda."


def test_a_pdf_dropped_on_an_item_is_appended_and_in_the_pack(
    page, agenda, store, meeting, settled, pdf, qtbot
):
    settled()
    qtbot.waitUntil(lambda: page.panel.preview.view.is_drawn, timeout=30_000)
    before = len(page.panel.preview.view.pdf)
    assert let_go(agenda.tree.viewport(), place_of(agenda, 3, 0.5), files(pdf))
    settled()
    item = records.agenda(store, meeting)[3]
    assert [each.title for each in records.documents(store, item.id)] == ["accounts"]
    qtbot.waitUntil(lambda: len(page.panel.preview.view.pdf or ()) > before, timeout=30_000)
    at = next(n for n in range(10) if "accounts" in agenda.tree.topLevelItem(n).text(TITLE))
    assert carry(agenda, at, 0, 0.5)
    settled()
    first = records.agenda(store, meeting)[0]
    assert [each.title for each in records.documents(store, first.id)] == ["accounts"]
    agenda.remove.trigger()
    settled()


def test_a_pdf_dropped_between_items_is_a_new_one(agenda, store, meeting, settled, pdf, titles):
    assert let_go(agenda.tree.viewport(), place_of(agenda, 2, 0.1), files(pdf))
    settled()
    assert titles()[2] == "accounts"


def test_a_pdf_let_go_on_the_page_goes_to_the_chosen_item(page, agenda, store, pdf, settled):
    choose(agenda, 4)
    page.drop([str(pdf)])
    settled()
    item = agenda.tree.current().item
    assert [each.title for each in records.documents(store, item)] == ["accounts"]


def test_what_is_no_pdf_is_refused_and_the_rest_still_appended(
    page, agenda, tmp_path, qtbot, choosing, pdf, store, settled
):
    path = tmp_path / "photo.pdf"
    path.write_bytes(b"not a pdf")
    choosing(path, pdf)
    with qtbot.waitSignal(page.session.failed) as said:
        agenda.pdf.trigger()
    assert "“photo.pdf” is not a PDF" in said.args[0]
    settled()
    item = agenda.tree.current().item
    assert [each.title for each in records.documents(store, item)] == ["accounts"]


def test_a_pdf_without_an_agenda_has_no_place(page, pdf, qtbot):
    with qtbot.waitSignal(page.session.failed) as said:
        page.drop([str(pdf)])
    assert "Lay out the agenda first" in said.args[0]


def test_what_is_neither_file_nor_of_the_desk_is_not_welcome(agenda):
    data = QMimeData()
    data.setText("anything")
    assert not let_go(agenda.tree.viewport(), place_of(agenda, 0, 0.5), data)
    QApplication.sendEvent(agenda.tree.viewport(), QDragLeaveEvent())
