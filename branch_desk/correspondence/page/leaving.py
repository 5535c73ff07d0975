"""What is offered where a letter seems to be a resignation, or was recorded as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.desk import kit
from branch_desk.desk.tr import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QFrame, QPushButton

    from branch_desk.correspondence.records import Leaving


def strip(leaving: Leaving, asked: Callable[[str, Leaving], object]) -> QFrame:
    """Say what a letter seems to be and offer the next step.

    `asked` is given "record and ask", "record", "stays", "member" or "ask".
    """
    if not leaving.recorded:
        return _guess(leaving, asked)
    if leaving.confirmed:
        return _line(
            tr("{name} resigned by this letter, and HQ has recorded it.", name=leaving.name),
            _button(tr("Open {name}", name=leaving.name), "member", leaving, asked),
        )
    if leaving.asked is not None:
        said = tr(
            "Recorded that {name} resigns. HQ was asked to confirm it and has not recorded it yet.",
            name=leaving.name,
        )
        again = _button(tr("Ask HQ again…"), "ask", leaving, asked)
        return _line(said, again, _button(tr("Open the member"), "member", leaving, asked))
    return _line(
        tr("Recorded that {name} resigns. HQ has not recorded it yet.", name=leaving.name),
        _button(tr("Ask HQ to confirm…"), "ask", leaving, asked, role="primary"),
        _button(tr("Open the member"), "member", leaving, asked),
    )


def _guess(leaving: Leaving, asked: Callable[[str, Leaving], object]) -> QFrame:
    if leaving.member is None:
        said = tr(
            "This may be a resignation: it says “{words}”. That is a guess. No member has this "
            "name or address; say who it is.",
            words=leaving.words,
        )
    else:
        said = tr(
            "This may be a resignation by {name}: it says “{words}”. That is a guess; read it.",
            name=leaving.name,
            words=leaving.words,
        )
    return _line(
        said,
        _button(
            tr("Record it and ask HQ to confirm…"), "record and ask", leaving, asked, role="primary"
        ),
        _button(tr("Record that they resign"), "record", leaving, asked),
        _button(tr("It is no resignation"), "stays", leaving, asked),
    )


def _button(
    text: str,
    what: str,
    leaving: Leaving,
    asked: Callable[[str, Leaving], object],
    *,
    role: str = "quiet",
) -> QPushButton:
    return kit.button(text, role=role, does=lambda: asked(what, leaving))


def _line(text: str, *buttons: QPushButton) -> QFrame:
    says = kit.label(text)
    made = kit.box(kit.column(says, kit.row(*buttons, None), space=8, margin=12), "flag")
    made.setAccessibleName(text)
    return made
