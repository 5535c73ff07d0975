import threading
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from branch_desk import app, machine
from branch_desk.branch import records as branch
from branch_desk.desk import clipboard, kit
from branch_desk.desk.backing_up import last_backup
from branch_desk.desk.closing import Waiting
from branch_desk.desk.command_box import CommandBox
from branch_desk.desk.forms import Field, Line
from branch_desk.desk.menus import letter_of
from branch_desk.desk.way_in.doors import Doors
from branch_desk.desk.way_in.unlock import Unlock
from branch_desk.desk.window import Window
from branch_desk.desk.workspace import Coming
from branch_desk.members import records as members
from branch_desk.members.rules import EventKind
from branch_desk.store.errors import Conflict, Invalid

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SECRET = "correct horse"  # the template's


CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)


@pytest.fixture
def window(look, remembered, qtbot):
    made = Window(app.program(), look, remembered)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.isVisible(), timeout=20_000)


@pytest.fixture
def desk(window, branch_file, template, qtbot):
    window.show_store(app.open_branch(branch_file, template[1]))
    settle(window, qtbot)
    return window


def settle(window, qtbot):
    for _ in range(2):
        QApplication.processEvents()
        qtbot.waitUntil(
            lambda: (
                window._workers.idle and (window.session is None or window.session.workers.idle)
            ),
            timeout=20_000,
        )


def screen(window):
    return window.stack.currentWidget()


def said(window):
    return [each.text.text() for each in window.workspace.toasts.shown]


def press(parent, words):
    """Press a button of the question that is open, by its words."""
    buttons = [each for each in parent.findChildren(QAbstractButton) if each.isVisible()]
    (button,) = [each for each in buttons if each.text().replace("&", "") == words]
    QTest.mouseClick(button, LEFT)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def field(window, name):
    """A field of the page in front, by its name."""
    return next(
        each for each in window.workspace.page.findChildren(Field) if each.name.startswith(name)
    )


def refuse(window, qtbot):
    """Leave something in a field that cannot be stored."""
    window.workspace.show_page("Branch")
    settle(window, qtbot)

    def no(_):
        raise Invalid("That is no colour.")

    made = Line("Colour of the band", no)
    window.workspace.page.body.addWidget(made)
    made.edit.setText("no colour")
    made.leave()
    assert made.refused
    return made


@pytest.mark.parametrize("number", range(1, 8))
def test_each_page_has_its_key_and_its_menu(desk, qtbot, number):
    name = app.PAGES[number - 1][0]
    QTest.keyClick(desk, getattr(Qt.Key, f"Key_{number}"), CONTROL)
    settle(desk, qtbot)
    assert desk.workspace.page.name == name
    assert desk.menus.page_menu.title() == f"&{name}"
    page = desk.workspace.page
    shown = [each for each in desk.menus.page_menu.actions() if not each.isSeparator()]
    assert [*page.actions_of_page(), *page.actions_around()] == shown
    assert desk.menus.pages.actions()[number - 1].isChecked()


def test_a_change_is_undone_by_its_key_from_anywhere(desk, qtbot):
    store = desk.session.store
    members.add(store, forename="Ada", surname="Okafor")
    settle(desk, qtbot)
    assert desk.workspace.bottom.change.whole() == "Last change: Add a member"
    assert "Add a member" in desk.menus.undo.text()
    QTest.keyClick(desk, Qt.Key.Key_Z, CONTROL)
    settle(desk, qtbot)
    assert members.counts(store).total == 0
    assert said(desk) == ["Undone: Add a member"]
    assert not desk.menus.undo.isEnabled()
    QTest.keyClick(desk, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    settle(desk, qtbot)
    assert members.counts(store).total == 1


def test_lock_leaves_nothing_of_the_branch_to_see(desk, qtbot, branch_file):
    branch.set_details(desk.session.store, name="Highfield", accent="#7A1FA2")
    members.add(desk.session.store, forename="Ada", surname="Okafor")
    desk.workspace.show_page("Branch")
    settle(desk, qtbot)
    desk.workspace.show_page("Members")
    settle(desk, qtbot)
    assert desk.windowTitle() == "Highfield - Branch Desk"
    store = desk.session.store
    desk.activateWindow()
    qtbot.waitUntil(desk.isActiveWindow)
    QTest.keyClick(desk, Qt.Key.Key_L, CONTROL)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, 0)
    assert desk.windowTitle() == "Branch Desk"
    assert isinstance(screen(desk), Unlock)
    everything = " ".join(
        each.text()
        for kind in (QLabel, QLineEdit, QAbstractButton)
        for each in desk.findChildren(kind)
    )
    for secret in ("Highfield", "Okafor", branch_file.stem):
        assert secret not in everything
    assert desk.session is None
    assert not desk.menus.lock.isEnabled()
    with pytest.raises(Exception, match="closed"):
        store.value("SELECT 1")
    qtbot.keyClicks(screen(desk).passphrase.edit, SECRET)
    qtbot.keyClick(screen(desk).passphrase.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.workspace is not None, timeout=20_000)
    assert members.counts(desk.session.store).total == 1


def test_what_is_being_typed_is_stored_by_the_lock(desk, qtbot, template, branch_file):
    desk.workspace.show_page("Branch")
    settle(desk, qtbot)
    edit = field(desk, "HQ").edit
    edit.setFocus()
    qtbot.keyClicks(edit, "National Office")
    desk.lock()
    with app.open_branch(branch_file, template[1]) as store:
        assert branch.details(store).hq == "National Office"


def test_closing_asks_before_it_drops_what_a_field_refused(desk, qtbot):
    refused = refuse(desk, qtbot)
    assert not desk.close()
    (question,) = desk.findChildren(QMessageBox)
    assert refused.name in question.text()
    assert "not stored" in question.text()
    press(question, "Cancel")
    assert desk.session is not None
    desk.close()
    press(desk.findChild(QMessageBox), "Close without it")
    assert desk.session is None
    assert not desk.isVisible()


@pytest.mark.parametrize("way", ["start", "browse", "open_file", "change_passphrase"])
def test_going_to_another_branch_asks_first_too(desk, qtbot, branch_file, monkeypatch, way):
    monkeypatch.setattr(Doors, "browse", lambda _: None)
    refuse(desk, qtbot)
    words = [branch_file] if way == "open_file" else []
    getattr(desk, way)(*words)
    press(desk.findChild(QMessageBox), "Cancel")
    assert desk.session is not None
    getattr(desk, way)(*words)
    press(desk.findChild(QMessageBox), "Close without it")
    assert desk.session is None
    assert desk.workspace is None


def hold_up(window):
    """Begin long work that cannot be cancelled and ends when told."""
    begun, go = threading.Event(), threading.Event()

    def work(_):
        begun.set()
        assert go.wait(20)

    window.session.workers.long("Backing up", work, lambda _: None, cancels=False)
    assert begun.wait(10)
    return go


def test_quitting_while_a_backup_runs_says_so_and_goes_on_answering(desk, qtbot):
    members.add(desk.session.store, forename="Ada", surname="Okafor")
    desk.workspace.show_page("Members")
    settle(desk, qtbot)
    go = hold_up(desk)
    store = desk.session.store
    assert not desk.close()
    assert desk.isVisible()
    assert isinstance(screen(desk), Waiting)
    assert "“Backing up” is finished first" in screen(desk).said.text()
    texts = " ".join(each.text() for each in desk.findChildren(QLabel))
    assert "Okafor" not in texts
    desk.close()
    go.set()
    qtbot.waitUntil(lambda: not desk.isVisible(), timeout=10_000)
    with pytest.raises(Exception, match="closed"):
        store.value("SELECT 1")


def test_another_branch_is_asked_for_once_the_backup_is_through(desk, qtbot, branch_file):
    go = hold_up(desk)
    desk.open_file(branch_file)
    assert isinstance(screen(desk), Waiting)
    desk.start()
    go.set()
    qtbot.waitUntil(lambda: not isinstance(screen(desk), Waiting), timeout=10_000)
    assert desk.session is None


def test_the_passphrase_is_not_changed_while_something_runs(desk, qtbot):
    go = hold_up(desk)
    desk.menus.passphrase.trigger()
    assert "Backing up" in desk.workspace.notice.text()
    assert desk.session is not None
    go.set()
    settle(desk, qtbot)


def test_a_backup_shows_no_cancel_for_it_has_none(desk, qtbot, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    desk.backing_up.into(folder)
    assert desk.workspace.bottom.progress.isVisible()
    assert not desk.workspace.bottom.cancel.isVisible()
    settle(desk, qtbot)
    assert len(list(folder.glob("*.branch"))) == 1


def test_the_branchs_colour_and_name_are_on_the_window_at_once(desk, qtbot):
    desk.workspace.show_page("Branch")
    settle(desk, qtbot)
    for name, text in (("Name", "Highfield"), ("Colour", "#7A1FA2")):
        field(desk, name).edit.setText(text)
        field(desk, name).leave()
    settle(desk, qtbot)
    assert desk.windowTitle() == "Highfield - Branch Desk"
    assert desk.look.theme.colours["accent"] == "#7A1FA2"


def test_a_backup_is_made_checked_and_said(desk, qtbot, tmp_path, choosing):
    folder = tmp_path / "stick"
    folder.mkdir()
    assert desk.workspace.bottom.backup.text() == "No backup yet"
    choosing(folder)
    qtbot.mouseClick(desk.workspace.bottom.backup, LEFT)
    settle(desk, qtbot)
    assert len(list(folder.glob("*.branch"))) == 1
    assert desk.workspace.bottom.backup.text() == "Backed up today"
    assert "Backed up and checked" in said(desk)[0]
    desk.backing_up.into(tmp_path / "gone")
    settle(desk, qtbot)
    assert "gone" in desk.workspace.notice.text()


def test_long_work_shows_progress_with_a_cancel_that_works(desk, qtbot):
    import threading

    begun = threading.Event()

    def work(progress):
        while True:
            progress(3, 10)
            begun.set()

    desk.session.workers.long("Counting", work, pytest.fail)
    qtbot.waitUntil(lambda: desk.workspace.bottom.progress.value() == 3, timeout=10_000)
    assert desk.workspace.bottom.work.whole() == "Counting 30 %"
    assert desk.workspace.bottom.progress.accessibleDescription() == "30 %"
    qtbot.mouseClick(desk.workspace.bottom.cancel, LEFT)
    qtbot.waitUntil(lambda: not desk.workspace.bottom.progress.isVisible(), timeout=10_000)


def test_find_goes_to_the_search_box(desk, qtbot):
    desk.workspace.show_page("Members")
    settle(desk, qtbot)
    QTest.keyClick(desk, Qt.Key.Key_F, CONTROL)
    assert desk.workspace.page.search.hasFocus()
    desk.workspace.show_page("Today")
    desk.menus.find.trigger()


def test_the_look_can_be_fixed_and_is_remembered(desk, look, remembered, qtbot):
    desk.menus.looks.actions()[2].trigger()
    assert look.theme.name == "dark"
    assert remembered.text("look") == "dark"
    dark = desk.grab().toImage()
    assert dark.pixelColor(dark.width() - 4, dark.height() // 2).lightness() < 60
    desk.menus.looks.actions()[1].trigger()
    light = desk.grab().toImage()
    assert light.pixelColor(light.width() - 4, light.height() // 2) != QColor(0, 0, 0)
    assert light.pixelColor(light.width() - 4, light.height() // 2).lightness() > 200


def test_another_branch_can_be_asked_for_from_the_desk(desk, monkeypatch):
    monkeypatch.setattr(Doors, "browse", lambda _: None)
    desk.menus.open.trigger()
    assert isinstance(screen(desk), Doors)
    assert desk.session is None


def test_about_names_the_licences(desk):
    desk.menus.about.trigger()
    box = desk.findChild(QMessageBox)
    assert "MIT" in box.informativeText()
    assert "ISC" in box.informativeText()
    box.close()


def test_the_window_comes_back_as_it_was_left(desk, look, remembered, qtbot):
    desk.resize(1111, 666)
    desk.close()
    again = Window(app.program(), look, remembered)
    qtbot.addWidget(again)
    assert again.height() == 666


@pytest.mark.parametrize("name", [name for name, _, _ in app.PAGES])
def test_every_control_has_a_name_and_can_be_reached(desk, qtbot, name):
    desk.workspace.show_page(name)
    settle(desk, qtbot)
    for control in desk.workspace.findChildren(QWidget):
        if not isinstance(control, CONTROLS) or not control.isVisibleTo(desk):
            continue
        inner = isinstance(control.parentWidget(), QComboBox | QAbstractScrollArea | QLineEdit)
        if inner or control.objectName().startswith("qt_"):
            continue
        named = control.accessibleName() or (
            control.text() if isinstance(control, QAbstractButton) else ""
        )
        assert named, control
        if (
            not isinstance(control, QAbstractItemView)
            and control.metaObject().className() != "QTableCornerButton"
        ):
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control


@pytest.mark.parametrize("name", [name for name, _, _ in app.PAGES])
def test_no_two_shortcuts_are_the_same_on_a_page(desk, qtbot, name):
    desk.workspace.show_page(name)
    settle(desk, qtbot)
    actions = {
        act for menu in desk.menuBar().actions() for act in menu.menu().actions() if not act.menu()
    }
    # A key that a widget alone hears, such as Delete in a list, is heard where the focus is.
    own = Qt.ShortcutContext.WidgetShortcut
    window_wide = [act for act in actions if act.shortcutContext() != own]
    keys = [key.toString() for act in window_wide for key in act.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("name", [name for name, _, _ in app.PAGES])
@pytest.mark.parametrize("width", [1280, 1024])
def test_nothing_makes_the_window_wider_than_a_small_screen(desk, qtbot, name, width):
    desk.workspace.show_page(name)
    settle(desk, qtbot)
    desk.resize(width, 640)
    QApplication.processEvents()
    assert desk.minimumSizeHint().width() <= 1024


def test_a_thing_named_elsewhere_is_gone_to(desk, qtbot):
    ada = members.add(desk.session.store, forename="Ada", surname="Okafor")
    members.add(desk.session.store, forename="Bryn", surname="Howells")
    desk.session.go("Members", ada)
    settle(desk, qtbot)
    page = desk.workspace.page
    assert page.table.current_id() == ada
    page.search.setText("howells")
    settle(desk, qtbot)
    desk.session.go("Members", ada)
    qtbot.waitUntil(lambda: page.table.current_id() == ada, timeout=10_000)
    assert page.search.text() == ""
    page.split.splitterMoved.emit(1, 1)
    page.back_action.trigger()
    assert page.table.hasFocus()


def test_a_row_is_opened_by_enter_where_there_is_no_room_for_both(desk, qtbot):
    members.add(desk.session.store, forename="Ada", surname="Okafor")
    desk.resize(1024, 640)
    desk.workspace.show_page("Members")
    settle(desk, qtbot)
    page = desk.workspace.page
    assert not page.right.isVisible()
    page.table.choose_row(0)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.right.isVisible)
    page.back_action.trigger()
    assert page.list.isVisible()


def test_a_change_that_has_to_wait_says_so(desk, qtbot):
    import threading

    begun, go = threading.Event(), threading.Event()
    store = desk.session.store

    def long(progress):
        with store.change("A long one"):
            begun.set()
            go.wait(10)

    desk.session.long_deed("Long", long, lambda _: None)
    assert begun.wait(10)
    desk.session.deed(lambda: branch.set_details(store, hq="HQ"))
    qtbot.waitUntil(lambda: "waits" in desk.workspace.bottom.work.text())
    go.set()
    qtbot.waitUntil(lambda: branch.details(store).hq == "HQ")
    settle(desk, qtbot)


def test_without_a_branch_open_nothing_of_a_branch_can_be_done(window, tmp_path):
    doors = window.way_in.show_doors()
    menus = window.menus
    for act in (menus.undo, menus.redo, menus.find, menus.lock, menus.go, menus.back_up):
        assert not act.isEnabled()
    for deed in (window.lock, window.undo, window.redo, window.find_on_page, window.look_at_day):
        deed()
    window.go_to_anything()
    window.change_passphrase()
    window.show_page("Members")
    window.backing_up.ask()
    window.backing_up.into(tmp_path)
    window.backing_up.show()
    assert screen(window) is doors
    assert list(tmp_path.glob("*.branch")) == []


def test_thinking_better_of_a_backup_makes_none(desk):
    desk.menus.back_up.trigger()
    dialog = desk.findChild(QFileDialog)
    dialog.reject()
    assert not desk.session.workers.busy


# What comes back, and what time does


def another(desk, qtbot):
    """Close the window and open another one on the same settings."""
    path, key = desk.session.store.path, desk.session.store.key
    desk.close()
    made = Window(app.program(), desk.look, desk.remembered)
    qtbot.addWidget(made)
    made.show()
    made.show_store(app.open_branch(path, key))
    settle(made, qtbot)
    return made


def test_the_page_that_was_in_front_last_comes_back(desk, qtbot):
    desk.workspace.show_page("Leaflets")
    settle(desk, qtbot)
    again = another(desk, qtbot)
    assert again.workspace.page.name == "Leaflets"
    again.remembered.keep("page", "Gone with an older release")
    third = another(again, qtbot)
    assert third.workspace.page.name == "Today"
    third.close()


def test_a_window_left_on_a_screen_that_is_gone_comes_back_on_one_that_is_there(
    desk, look, remembered, qtbot, monkeypatch
):
    desk.move(40_000, 40_000)
    desk.close()
    again = Window(app.program(), look, remembered)
    qtbot.addWidget(again)
    places = [each.availableGeometry() for each in QApplication.screens()]
    assert any(place.intersects(again.frameGeometry()) for place in places)


def test_nothing_of_a_member_is_remembered_outside_the_file(desk, qtbot):
    ada = members.add(desk.session.store, forename="Ada", surname="Okafor", number="0907071")
    desk.session.go("Members", ada)
    settle(desk, qtbot)
    desk.close()
    desk.remembered._settings.sync()
    kept = (desk.remembered.folder / "desk.ini").read_text("utf-8")
    assert "page=Members" in kept
    for secret in ("Okafor", "Ada", "0907071"):
        assert secret not in kept


class Clock:
    def __init__(self):
        self.now = datetime(2026, 5, 14, 23, 59, tzinfo=ZoneInfo("Europe/London"))

    def __call__(self):
        return self.now


def test_at_midnight_what_the_day_brings_is_done_and_every_page_read_again(
    window, branch_file, template, qtbot, monkeypatch
):
    clock = Clock()
    monkeypatch.setattr(machine, "clock", clock)
    window.show_store(app.open_branch(branch_file, template[1]))
    settle(window, qtbot)
    store = window.session.store
    kept_up, read = [], []
    monkeypatch.setattr(store, "keep_up", lambda: kept_up.append(store.today()))
    page = window.workspace.page
    monkeypatch.setattr(page, "refresh", lambda: read.append(store.today()))
    window.look_at_day()
    assert kept_up == []
    clock.now += timedelta(minutes=2)
    window.look_at_day()
    settle(window, qtbot)
    qtbot.waitUntil(lambda: bool(read))
    assert kept_up == [clock.now.date()]
    assert read == [clock.now.date()]
    window.look_at_day()
    assert len(kept_up) == 1


# Notices


def test_a_failure_moves_nothing_and_goes_when_the_next_thing_is_done_right(desk, qtbot):
    store = desk.session.store
    before = desk.workspace.page.geometry()
    desk.session.deed(store.undo)
    notice = desk.workspace.notice
    assert notice.isVisible()
    assert desk.workspace.page.geometry() == before
    assert desk.workspace.stack.rect().contains(notice.geometry())
    desk.session.deed(lambda: branch.set_details(store, name="Highfield"))
    assert not notice.isVisible()
    desk.session.deed(store.redo)
    assert notice.isVisible()
    desk.workspace.show_page("Members")
    settle(desk, qtbot)
    assert not notice.isVisible()


def test_a_failure_leaves_the_page_s_head_in_sight_and_esc_closes_it(desk, qtbot):
    desk.workspace.show_page("Members")
    settle(desk, qtbot)
    desk.session.failed.emit("That cannot be done. " * 12)
    page, notice = desk.workspace.page, desk.workspace.notice
    assert notice.geometry().top() > page.search.mapTo(desk.workspace.stack, QPoint(0, 40)).y()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert not notice.isVisible()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)


def test_toasts_move_nothing_either(desk, qtbot):
    before = desk.workspace.page.geometry()
    desk.session.said.emit("Done.")
    QApplication.processEvents()
    assert desk.workspace.page.geometry() == before


# The command box


def go_to(desk, qtbot, text):
    QTest.keyClick(desk, Qt.Key.Key_K, CONTROL)
    box = desk.findChild(CommandBox)
    qtbot.keyClicks(box.edit, text)
    settle(desk, qtbot)
    return box


def test_a_member_is_gone_to_by_name_from_any_page(desk, qtbot):
    members.add(desk.session.store, forename="Bryn", surname="Howells")
    ada = members.add(desk.session.store, forename="Ada", surname="Okafor")
    box = go_to(desk, qtbot, "okafor")
    qtbot.keyClick(box.edit, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert desk.workspace.page.name == "Members"
    assert desk.workspace.page.table.current_id() == ada
    assert not box.isVisible()
    box = go_to(desk, qtbot, "")
    assert box.lines.lines[0].title == "Ada Okafor"
    QTest.keyClick(desk, Qt.Key.Key_K, CONTROL)
    assert not box.isVisible()


def test_a_command_of_a_page_that_was_never_shown_is_found_and_done(desk, qtbot, answering):
    asked = answering()
    box = go_to(desk, qtbot, "write a motion")
    titles = [(each.title, each.kind) for each in box.lines.lines]
    assert ("Write a motion…", "Motions") in titles
    qtbot.keyClick(box.edit, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert desk.workspace.page.name == "Motions"
    assert len(asked) <= 1


def test_a_command_that_needs_something_chosen_says_so(desk, qtbot):
    desk.workspace.do("Leaflets", "Make a copy")
    coming = desk.workspace._coming
    coming._give_up.setInterval(1)
    coming._give_up.start()
    qtbot.waitUntil(lambda: any("needs something chosen" in each for each in said(desk)))
    desk.workspace.do("Leaflets", "No such thing")
    assert "No such thing" in said(desk)[-1]


def test_every_entry_of_every_menu_has_a_letter_of_its_own(desk, qtbot):
    for name, _, _ in app.PAGES:
        desk.workspace.show_page(name)
        settle(desk, qtbot)
        desk.menus.page_menu.aboutToShow.emit()
        bar = [each.text() for each in desk.menuBar().actions()]
        for texts in (bar, *map(entries, menus_below(desk.menuBar()))):
            letters = [letter_of(each) for each in texts]
            given = [each for each in letters if each]
            assert len(given) == len(letters) or len(letters) > 20, (name, texts)
            assert sorted(given) == sorted(set(given)), (name, texts)


def menus_below(bar):
    """Every menu of a bar or a menu, and those below them."""
    for act in bar.actions():
        if act.menu() is not None:
            yield act.menu()
            yield from menus_below(act.menu())


def entries(menu):
    return [each.text() for each in menu.actions() if not each.isSeparator()]


# Text size, motion, the manual


def test_text_grows_to_twice_and_is_remembered(desk, look, remembered, qtbot):
    before = desk.workspace.rail.buttons["Today"].sizeHint().height()
    for _ in range(8):
        desk.menus.larger.trigger()
    settle(desk, qtbot)
    assert look.percent == 200
    assert remembered.text("text size") == "200"
    assert desk.workspace.rail.buttons["Today"].sizeHint().height() > 1.4 * before
    assert desk.workspace.page.name == "Today"
    desk.menus.smaller.trigger()
    assert look.percent == 175
    desk.menus.usual.trigger()
    assert look.percent == 100
    desk.menus.smaller.trigger()
    assert look.percent == 100


def test_at_twice_the_size_the_rail_scrolls_and_no_word_of_it_is_cut(desk, look, qtbot):
    desk.resize(1280, 800)
    look.set_percent(200)
    settle(desk, qtbot)
    rail = desk.workspace.rail
    for made in rail.buttons.values():
        words = made.fontMetrics().horizontalAdvance(made.text())
        assert made.width() >= words
        assert rail.width() >= made.width()
    last = rail.buttons["Branch"]
    last.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert rail.rect().contains(last.mapTo(rail, last.rect().center()))
    bottom = desk.workspace.bottom
    assert bottom.width() <= 1280
    assert bottom.height() >= bottom.file.fontMetrics().height()
    look.set_percent(100)


def test_less_motion_is_kept(desk, look, remembered):
    assert not look.less_motion
    desk.menus.still.trigger()
    assert look.less_motion
    assert remembered.text("motion") == "less"
    desk.menus.still.trigger()
    assert not look.less_motion


def test_the_manual_opens_at_the_page_one_is_on(desk, qtbot):
    desk.workspace.show_page("Letters")
    settle(desk, qtbot)
    desk.menus.manual.trigger()
    manual = desk._manual
    assert manual.isVisible()
    assert not manual.isModal()
    assert manual.reader.name == "letters"
    desk.workspace.page.setProperty("manual", "hq-list")
    desk.activateWindow()
    desk.workspace.page.table.setFocus()
    desk.menus.manual.trigger()
    assert manual.reader.name == "hq-list"
    desk.menus.keyboard.trigger()
    assert manual.reader.name == "keyboard"
    desk.lock()
    desk.menus.manual.trigger()
    assert manual.reader.name == "start"


# The bottom line and the rail


def test_the_backup_is_asked_for_after_a_fortnight(desk, remembered, monkeypatch):
    store = desk.session.store
    bottom = desk.workspace.bottom
    assert not bottom.backup.property("late")
    first = store.today()
    monkeypatch.setattr(store, "today", lambda: first + timedelta(days=14))
    desk.backing_up.show()
    assert bottom.backup.text() == "No backup yet"
    assert bottom.backup.property("late")
    _, late = last_backup(remembered, store.path, first + timedelta(days=13))
    assert not late
    for key in remembered._settings.allKeys():
        if key.startswith("first opened/"):
            remembered.keep(key.replace("first opened", "backup"), "2026-05-14")
    assert last_backup(remembered, store.path, date(2026, 5, 27)) == (
        "Backed up 13 days ago",
        False,
    )
    assert last_backup(remembered, store.path, date(2026, 6, 4)) == (
        "21 days without a backup",
        True,
    )


def test_a_long_title_never_widens_the_window(desk, qtbot):
    with desk.session.store.change("Lay out " + "the very long title of an agenda " * 8) as change:
        change.insert("thread", subject="x", subject_key="x", office="HQ")
    settle(desk, qtbot)
    assert desk.minimumSizeHint().width() <= 1024
    change = desk.workspace.bottom.change
    assert change.text().endswith("…")
    assert len(change.whole()) > 200


def test_the_rail_counts_what_needs_somebody_to_act(desk, qtbot):
    store = desk.session.store
    ada = members.add(store, forename="Ada", surname="Okafor")
    members.record_event(store, ada, EventKind.RESIGNATION_SAID)
    rail = desk.workspace.rail
    qtbot.waitUntil(lambda: rail.buttons["Members"].badge == 1, timeout=10_000)
    assert rail.buttons["Members"].accessibleDescription() == "1 needs action"
    assert rail.buttons["Members"].accessibleName() == "Members"
    assert rail.buttons["Today"].accessibleDescription() == ""
    rail.show_badges({"Members": 250})
    assert not rail.grab().isNull()
    assert rail.buttons["Members"].accessibleDescription() == "250 need action"


# Corners


def test_a_command_of_a_page_waits_until_the_page_has_read_what_it_needs(desk, qtbot):
    done = []
    act = kit.action("Do it", lambda: done.append(1))
    act.setEnabled(False)
    coming = Coming(desk.workspace, act)
    assert done == []
    act.setEnabled(True)
    qtbot.waitUntil(lambda: done == [1])
    act.setEnabled(False)
    act.setEnabled(True)
    assert not coming._give_up.isActive()
    assert done == [1]


def test_a_command_that_waits_is_given_up_once_another_page_is_turned_to(desk, qtbot):
    done = []
    act = kit.action("Do it", lambda: done.append(1))
    act.setEnabled(False)
    desk.workspace._coming = Coming(desk.workspace, act)
    desk.workspace.show_page("Members")
    settle(desk, qtbot)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert desk.workspace.findChildren(Coming) == []
    act.setEnabled(True)
    settle(desk, qtbot)
    assert done == []


def test_what_waited_for_long_work_and_cannot_be_stored_is_told_on_leaving(desk, qtbot):
    store = desk.session.store
    begun, go = threading.Event(), threading.Event()

    def work(_):
        begun.set()
        assert go.wait(20)

    def refuse_it():
        raise Conflict("The minutes are agreed.")

    desk.session.long_deed("Importing", work, lambda _: None)
    assert begun.wait(10)
    desk.session.deed(refuse_it)
    desk.start()
    assert isinstance(screen(desk), Waiting)
    go.set()
    qtbot.waitUntil(lambda: bool(desk.findChildren(QMessageBox)), timeout=10_000)
    box = desk.findChild(QMessageBox)
    assert "The minutes are agreed." in box.text()
    box.accept()
    qtbot.waitUntil(lambda: not isinstance(screen(desk), Waiting))
    with pytest.raises(Exception, match="closed"):
        store.value("SELECT 1")


def test_quitting_a_locked_desk_lets_its_long_work_finish(desk, qtbot):
    go = hold_up(desk)
    store = desk.session.store
    desk.lock()
    assert desk.session is None
    assert not desk.close()
    assert isinstance(screen(desk), Waiting)
    go.set()
    qtbot.waitUntil(lambda: not desk.isVisible(), timeout=10_000)
    with pytest.raises(Exception, match="closed"):
        store.value("SELECT 1")


def test_a_notice_keeps_its_place_when_the_window_grows(desk, qtbot):
    desk.session.failed.emit("That cannot be done. " * 12)
    notice, stack = desk.workspace.notice, desk.workspace.stack
    tall = notice.height()
    desk.resize(1000, 700)
    QApplication.processEvents()
    assert stack.rect().contains(notice.geometry())
    desk.resize(1280, 800)
    QApplication.processEvents()
    assert stack.rect().contains(notice.geometry())
    assert tall < 120


def test_a_chosen_language_is_kept_for_the_next_start(desk, remembered):
    desk.set_language("cy")
    assert remembered.text("language") == "cy"
    assert "started again" in said(desk)[-1]


def test_text_is_not_made_larger_under_a_field_that_would_lose_its_text(desk, look, qtbot):
    refused = refuse(desk, qtbot)
    look.set_percent(150)
    settle(desk, qtbot)
    assert refused.text() == "no colour"
    assert refused.isVisible()
    look.set_percent(100)
    refused.edit.clear()
    refused.deleteLater()


def test_the_command_box_grows_with_the_window_and_goes_with_the_lock(desk, qtbot):
    box = go_to(desk, qtbot, "members")
    desk.resize(1100, 700)
    QApplication.processEvents()
    assert box.size() == desk.size()
    desk.lock()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert desk.findChild(CommandBox) is None


def test_what_the_desk_copied_goes_off_the_clipboard_with_the_window(desk):
    clipboard.put("Okafor, Ada", "<b>Okafor</b>")
    assert desk.close()
    assert not clipboard.is_ours()
    assert clipboard.text() == ""


def test_a_page_turned_to_by_keys_has_the_keyboard_in_its_list(desk, qtbot):
    members.add(desk.session.store, forename="Ada", surname="Okafor")
    for _ in range(2):
        QTest.keyClick(desk, Qt.Key.Key_2, CONTROL)
        settle(desk, qtbot)
        assert desk.workspace.page.table.hasFocus()
        QTest.keyClick(desk, Qt.Key.Key_1, CONTROL)
        settle(desk, qtbot)
