"""What has too little room on a window: words that are cut, things outside or over one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QTextEdit,
    QToolButton,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTROLS = (QAbstractButton, QLabel, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)


def text_of(widget: QWidget) -> str:
    """Return what a widget says."""
    if isinstance(widget, QAbstractButton | QLabel | QLineEdit):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return ""


def called(widget: QWidget) -> str:
    """Name a widget for a person who has to find it."""
    trail, each = [], widget
    while each is not None and len(trail) < 4:
        trail.append(type(each).__name__)
        each = each.parentWidget()
    return f"{' < '.join(trail)} “{text_of(widget)[:50] or widget.accessibleName()[:50]}”"


def seen(root: QWidget) -> Iterator[QWidget]:
    """Yield everything that is shown under a widget, however far it must be scrolled to."""
    for each in root.findChildren(QWidget):
        if each.isVisibleTo(root) and not each.isWindow() and not _of_qt(each):
            yield each


def _of_qt(widget: QWidget) -> bool:
    """Whether Qt itself lays a part out: inside fields, scroll areas' own parts."""
    parent = widget.parentWidget()
    return isinstance(parent, QLineEdit | QComboBox) or widget.objectName().startswith("qt_")


def cut(root: QWidget) -> list[str]:
    """Name the words that have no room and are not told elsewhere."""
    return [called(each) + why for each in seen(root) if (why := _why_cut(each))]


def _why_cut(widget: QWidget) -> str:
    if not text_of(widget) or widget.toolTip().strip():
        return ""  # what a tool tip tells whole may be cut with "…"
    if isinstance(widget, QLabel) and widget.wordWrap():
        need = widget.heightForWidth(widget.width())
        return f" needs {need} px down, has {widget.height()}" if need > widget.height() + 1 else ""
    if isinstance(widget, QComboBox):
        return _why_cut_combo(widget)
    if not isinstance(widget, QLabel | QAbstractButton):
        return ""
    hint, has = widget.sizeHint(), widget.size()
    if isinstance(widget, QPushButton | QToolButton):
        hint = widget.minimumSizeHint().expandedTo(hint)
    if hint.width() > has.width() + 1 or hint.height() > has.height() + 1:
        return f" needs {hint.width()}x{hint.height()}, has {has.width()}x{has.height()}"
    return ""


def _why_cut_combo(combo: QComboBox) -> str:
    if combo.isEditable():
        return ""
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    field = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    need = combo.fontMetrics().horizontalAdvance(combo.currentText())
    return f" needs {need} px across, has {field.width()}" if need > field.width() + 1 else ""


def outside(root: QWidget) -> list[str]:
    """Name what stands outside of what it belongs to."""
    found = []
    for each in seen(root):
        parent = each.parentWidget()
        if isinstance(parent, QAbstractScrollArea) or _scrolled(each) or each.size().isEmpty():
            continue
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(each.geometry()):
            found.append(f"{called(each)} at {each.geometry()} outside of {parent.rect()}")
    return found


def _scrolled(widget: QWidget) -> bool:
    area = widget.parentWidget().parentWidget() if widget.parentWidget() else None
    return isinstance(area, QAbstractScrollArea) and area.viewport() is widget.parentWidget()


def over_one_another(root: QWidget) -> list[str]:
    """Name the controls of one parent that cover one another."""
    found = []
    places: dict[QWidget, list[QWidget]] = {}
    for each in seen(root):
        if isinstance(each, CONTROLS) and each.size().isValid() and not each.size().isEmpty():
            places.setdefault(each.parentWidget(), []).append(each)
    for controls in places.values():
        for at, one in enumerate(controls):
            for other in controls[at + 1 :]:
                shared: QRect = one.geometry().intersected(other.geometry())
                if shared.width() > 1 and shared.height() > 1 and not _meant(one, other):
                    found.append(f"{called(one)} and {called(other)} share {shared}")
    return found


def _meant(one: QWidget, other: QWidget) -> bool:
    """Whether one lies over the other on purpose: a picture's frame, a label a click passes."""
    through = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    return one.testAttribute(through) or other.testAttribute(through)


def wrong(root: QWidget) -> list[str]:
    """Return everything that has too little room."""
    return cut(root) + outside(root) + over_one_another(root)
