"""Everyone can use it: every control has a name and a role, and focus is always somewhere."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QColorDialog,
    QFileDialog,
    QLineEdit,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from branch_desk.desk.manual.window import Manual
from branch_desk.store import errors
from tests.desk.journeys.hands import name_of, type_text

PAGES = ("Today", "Members", "Meetings", "Motions", "Letters", "Leaflets", "Branch")
SYSTEMS_OWN = (QFileDialog, QColorDialog, QPrintDialog)
ROLE = QAccessible.Role
# What a person works with; a screen reader says its role and its name.
CONTROLS = {
    *(ROLE.PushButton, ROLE.CheckBox, ROLE.RadioButton, ROLE.ComboBox, ROLE.EditableText),
    *(ROLE.SpinBox, ROLE.Slider, ROLE.PageTab, ROLE.List, ROLE.Table, ROLE.Tree, ROLE.Link),
    *(ROLE.ButtonMenu, ROLE.ButtonDropDown, ROLE.ProgressBar, ROLE.Graphic, ROLE.MenuItem),
}
# Parts that the program never speaks of by themselves: cells have texts, bars have their list.
WITHIN = {ROLE.Table, ROLE.List, ROLE.Tree, ROLE.ComboBox, ROLE.ScrollBar, ROLE.SpinBox}


def controls(interface):
    """Yield every visible control under an interface."""
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is None or not child.isValid() or child.state().invisible:
            continue
        if child.role() in CONTROLS:
            yield child
        if child.role() not in WITHIN:
            yield from controls(child)


def nameless(root: QWidget) -> list[str]:
    found = []
    for each in controls(QAccessible.queryAccessibleInterface(root)):
        if not each.text(QAccessible.Text.Name).strip():
            widget = each.object()
            trail = []
            while isinstance(widget, QWidget) and len(trail) < 5:
                trail.append(type(widget).__name__)
                widget = widget.parentWidget()
            found.append(f"{each.role().name} in {' < '.join(trail)}")
    return found


def focusable_without_a_role(root: QWidget) -> list[str]:
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if widget.focusProxy() is not None:
            continue  # never holds the keyboard itself: what it hands it to is looked at
        interface = QAccessible.queryAccessibleInterface(widget)
        vague = interface is None or interface.role() in {ROLE.NoRole, ROLE.Client, ROLE.Pane}
        if vague and not widget.accessibleName():
            found.append(type(widget).__name__)
    return found


def pictures_without_words(root: QWidget) -> list[str]:
    """Buttons that show a picture alone need a tool tip for the eye."""
    return [
        f"{type(each).__name__} “{each.accessibleName()}”"
        for each in root.findChildren(QAbstractButton)
        if each.isVisible()
        and not each.text()
        and not each.icon().isNull()
        and not each.toolTip()
        and not isinstance(each.parent(), QLineEdit)
        and not each.objectName().startswith("qt_")
    ]


def wrong(root: QWidget) -> list[str]:
    """What a person who does not see it, or does not know its pictures, would miss on a window."""
    return nameless(root) + focusable_without_a_role(root) + pictures_without_words(root)


@pytest.mark.parametrize("page", PAGES)
def test_every_control_of_a_page_has_a_name_and_a_role(hand, page):
    hand.click(page)
    hand.wait()
    assert wrong(hand.window) == []
    for tabs in hand.window.stack.findChildren(QTabBar):
        for number in range(tabs.count() if tabs.isVisible() else 0):
            tabs.setCurrentIndex(number)
            hand.wait()
            assert wrong(hand.window) == [], tabs.tabText(number)


@pytest.mark.parametrize("page", PAGES)
def test_every_question_a_page_asks_has_names_for_its_fields(hand, page):
    """Open everything that a page's menu can open, and look at it as a screen reader does."""
    hand.click(page)
    menu = hand.window.menus.page_menu
    asked = [act for act in menu.actions() if act.text().endswith("…") and act.isEnabled()]
    missed = {}
    for act in asked:
        act.trigger()
        hand.wait()
        top = hand.top()
        if isinstance(top, SYSTEMS_OWN):
            top.close()
            continue
        if found := wrong(top):
            missed[act.text()] = found
        while QApplication.activeModalWidget() is not None:
            QApplication.activeModalWidget().close()
            hand.wait()
    assert missed == {}


@pytest.mark.parametrize("page", PAGES)
def test_tab_goes_round_a_page_and_the_keyboard_is_always_somewhere_visible(keys, page):
    keys.press(f"Ctrl+{PAGES.index(page) + 1}")
    seen = []
    for _ in range(200):
        keys.key("Tab")
        widget = QApplication.focusWidget()
        assert widget is not None
        assert widget.isVisible()
        assert widget.window() is keys.window
        if seen and widget is seen[0]:
            break
        seen.append(widget)
    assert len(seen) > 3
    assert widget is seen[0], "Tab never comes round"


def test_everything_over_a_page_has_names_too(hand, tmp_path):
    """HQ's list in review, the command box, what is said at the foot, the manual, a date's days."""
    hand.click("Members")
    listed = tmp_path / "HQ.csv"
    listed.write_text("Membership No,Surname,Forename\n1,Okafor,Ada\n2,Howells,Bryn\n", "utf-8")
    hand.drop(listed)
    hand.sees("nothing changed yet")
    assert wrong(hand.window) == []
    hand.window.activateWindow()  # as it is for whoever dropped something on it
    hand.press("Ctrl+K")
    assert wrong(hand.window) == []
    hand.press("Escape")
    hand.window.session.undoable.emit("Something was done")
    hand.sees("Something was done")
    assert wrong(hand.window) == []
    hand.press("F1")
    manual = hand.top()
    assert isinstance(manual, Manual)
    assert wrong(manual) == []
    manual.close()


def test_the_way_in_has_names_too(hand, tmp_path):
    """The doors, the five steps of a new branch, the passphrase, the sheet, files in trouble."""
    window = hand.window
    path = window.session.store.path
    window.way_in.show_doors()
    assert wrong(window) == []
    naming = window.way_in.show_new()
    naming.plan.folder = tmp_path
    assert wrong(window) == []
    hand.fill("Name of the branch", "Highfield")
    hand.click("Next: its passphrase")
    hand.until(lambda: hasattr(window.stack.currentWidget(), "new"))
    assert wrong(window) == []
    new = window.stack.currentWidget().new
    for field in (new.first, new.second):
        type_text(field.edit, "violet cabin monday otter spoon")
        hand.wait()
        assert wrong(window) == []
    QTest.keyClick(new.second.edit, Qt.Key.Key_Return)
    hand.until(lambda: hasattr(window.stack.currentWidget(), "without"))
    assert wrong(window) == []
    window.stack.currentWidget().without.click()
    window.stack.currentWidget().go.click()
    for step in ("Standing orders", "HQ's list", "First meeting"):
        hand.sees(step)
        hand.wait()
        assert wrong(window) == [], step
        window.stack.currentWidget().escaped()
    hand.until(lambda: window.workspace is not None)
    hand.wait()
    asking = window.way_in.show_unlock(path)
    assert wrong(window) == []
    asking.sheet_asked.emit()
    assert wrong(window) == []
    for kind in (errors.InUse, errors.NotFound, errors.DiskFull):
        window.way_in.show_unlock(path, kind(path))
        assert wrong(window) == []
    window.way_in.show_restore(path)
    assert wrong(window) == []


def test_why_a_field_was_refused_reaches_who_does_not_see_it(hand):
    hand.click("Branch")
    hand.wait()
    hand.fill("Colour", "no colour at all")
    hand.key("Tab")
    field = hand.find("Colour", (QLineEdit,))
    said = QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Description)
    assert "Not stored" in said
    assert "not a colour" in said


LATE = pytest.mark.xfail(reason="Tab comes to the choice of the paper last, though it is on top")


@pytest.mark.parametrize(
    "page", [pytest.param(each, marks=LATE) if each == "Meetings" else each for each in PAGES]
)
def test_tab_goes_as_the_eye_does_and_is_seen_wherever_it_stands(keys, page):
    """Within a column nothing further up comes next; what has the keyboard looks different."""
    keys.press(f"Ctrl+{PAGES.index(page) + 1}")
    window, back, unseen = keys.window, [], []
    keys.key("Tab")
    last = first = QApplication.focusWidget()
    for _ in range(200):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        QApplication.processEvents()
        widget = QApplication.focusWidget()
        # A card that was read afresh meanwhile has other lines now, and kept the keyboard.
        if isValid(last) and goes_back(last, widget, window):
            back.append(f"{name_of(last)} → {name_of(widget)}")
        if not shows_focus(widget):
            unseen.append(f"{type(widget).__name__} “{name_of(widget)}”")
        if widget is first:
            break
        last = widget
    assert back == []
    assert unseen == []


def goes_back(last: QWidget, widget: QWidget, window: QWidget) -> bool:
    """Whether the next is above the last by more than a row although they share a column."""
    inside = last.parentWidget()
    if inside is not widget.parentWidget() or inside is None:
        return False
    here, there = (QRect(e.mapTo(window, e.rect().topLeft()), e.size()) for e in (last, widget))
    shares = min(here.right(), there.right()) > max(here.left(), there.left())
    left_of = there.right() < here.left() and abs(there.center().y() - here.center().y()) < 8
    return (shares and there.bottom() < here.top()) or left_of


def shows_focus(widget: QWidget) -> bool:
    """Whether a widget is drawn differently with the keyboard than without."""
    with_it = widget.grab().toImage()
    widget.clearFocus()
    QApplication.processEvents()
    without = widget.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    return with_it != without
