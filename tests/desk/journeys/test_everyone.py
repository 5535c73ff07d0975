"""Everyone can use it: every control has a name and a role, and focus is always somewhere."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QColorDialog, QFileDialog, QWidget

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


@pytest.mark.parametrize("page", PAGES)
def test_every_control_of_a_page_has_a_name_and_a_role(hand, page):
    hand.click(page)
    hand.wait()
    assert nameless(hand.window) == []
    assert focusable_without_a_role(hand.window) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_question_a_page_asks_has_names_for_its_fields(hand, page):
    """Open everything that a page's menu can open, and look at it as a screen reader does."""
    hand.click(page)
    menu = hand.window.menus.page_menu
    asked = [act for act in menu.actions() if act.text().endswith("…") and act.isEnabled()]
    wrong = {}
    for act in asked:
        act.trigger()
        hand.wait()
        top = hand.top()
        if isinstance(top, SYSTEMS_OWN):
            top.close()
            continue
        if found := nameless(top) + focusable_without_a_role(top):
            wrong[act.text()] = found
        while QApplication.activeModalWidget() is not None:
            QApplication.activeModalWidget().close()
            hand.wait()
    assert wrong == {}


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
