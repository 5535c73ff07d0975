from PySide6.QtWidgets import QPushButton, QWidget

from branch_desk.desk import kit


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
