import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

import branch_desk
from branch_desk.desk import kit
from branch_desk.desk.forms import Choice


def test_a_button_keeps_the_ellipsis_that_says_it_will_ask(qtbot):
    acted = []
    act = kit.action("They promised an &answer by…", lambda: acted.append(1))
    made = kit.press(act, role="quiet")
    qtbot.addWidget(made)
    assert made.text() == "They promised an answer by…"
    made.click()
    assert acted == [1]
    act.setEnabled(False)
    assert not made.isEnabled()


def test_pictures_follow_the_theme_where_it_is_changed(qtbot, look):
    act = kit.action("Add…", lambda: None)
    act.setData("plus")
    holder = QWidget()
    holder.setLayout(kit.row(kit.press(act), kit.button("Leave it", "x", role="quiet")))
    qtbot.addWidget(holder)

    def drawn():
        return [each.icon().pixmap(18).toImage() for each in holder.findChildren(QPushButton)]

    before = drawn()
    look.set_mode("dark")
    kit.paint_again(holder)
    assert all(one != other for one, other in zip(before, drawn(), strict=True))


def test_a_picture_keeps_clear_of_the_words_beside_it_and_stands_alone_without_them(qtbot):
    made = kit.button("Print…", "printer")
    qtbot.addWidget(made)
    size = made.iconSize()
    assert size.width() >= size.height() + 4
    picture = made.icon().pixmap(size).toImage()
    clear = range(picture.width() - 4, picture.width())
    assert all(picture.pixelColor(x, y).alpha() == 0 for x in clear for y in range(size.height()))
    made.setText("")
    assert made.iconSize().width() == made.iconSize().height()


def wheel(at: QWidget) -> None:
    window = at.window()
    place = at.mapTo(window, at.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(place), QPoint(0, -120))


@pytest.mark.parametrize("focused", [False, True])
def test_the_wheel_scrolls_the_page_and_changes_no_box_it_passes_over(qtbot, focused):
    stored = []
    choice = Choice("Seconder", [("a", "none"), ("b", "one"), ("c", "two")], stored.append)
    choice.start("b")
    number = kit.Spin()
    number.setValue(7)
    tall = QLabel("Under them")
    tall.setFixedHeight(2_000)
    inner = QWidget()
    inner.setLayout(kit.column(choice, number, tall))
    area = kit.scrolled(inner)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    for box in (choice.combo, number):
        if focused:
            box.setFocus()
        area.verticalScrollBar().setValue(0)
        wheel(box)
        assert area.verticalScrollBar().value() > 0
    assert (choice.text(), number.value(), stored) == ("b", 7, [])


def test_every_box_is_one_that_the_wheel_leaves_alone():
    root = Path(branch_desk.__file__).parent
    made = re.compile(r"\bQ(ComboBox|SpinBox|DoubleSpinBox|DateEdit|TimeEdit|DateTimeEdit)\(")
    found = [
        f"{path.relative_to(root)}: {hit[0]}"
        for path in root.rglob("*.py")
        for hit in made.finditer(path.read_text())
    ]
    assert found == []
