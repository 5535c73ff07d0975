from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

from branch_desk.desk import clipboard


def test_what_is_copied_is_there_as_text_and_formatted(qapp):
    clipboard.put("**bold**", "<b>bold</b>")
    assert clipboard.text() == "**bold**"
    assert "<b>bold</b>" in QGuiApplication.clipboard().mimeData().html()
    clipboard.put("plain")
    assert not QGuiApplication.clipboard().mimeData().hasHtml()
    clipboard.forget()


def test_what_the_desk_copied_is_forgotten(qapp):
    clipboard.put("Okafor, Ada")
    assert clipboard.is_ours()
    clipboard.forget()
    assert clipboard.text() == ""
    clipboard.forget()


def test_what_a_field_copied_by_itself_is_forgotten_too(qapp, qtbot, monkeypatch):
    from PySide6.QtWidgets import QLineEdit

    line = QLineEdit("Okafor")
    qtbot.addWidget(line)
    line.selectAll()
    line.copy()
    # The plugin without a screen cannot tell whose it is; those with one can.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)
    clipboard.forget()
    assert clipboard.text() == ""


def test_what_another_program_copied_stays(qapp, monkeypatch):
    data = QMimeData()
    data.setText("a recipe")
    QGuiApplication.clipboard().setMimeData(data)
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: False)
    clipboard.forget()
    assert clipboard.text() == "a recipe"
    monkeypatch.undo()
    clipboard.forget()


def test_what_was_only_selected_is_forgotten_where_the_system_keeps_it(qapp, monkeypatch):
    cleared = []
    monkeypatch.setattr(QClipboard, "supportsSelection", lambda _: True)
    monkeypatch.setattr(QClipboard, "ownsSelection", lambda _: True)
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)
    monkeypatch.setattr(QClipboard, "clear", lambda _, mode=None: cleared.append(mode))
    clipboard.forget()
    assert QClipboard.Mode.Selection in cleared
