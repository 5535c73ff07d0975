"""One rule's word on a motion, and the way to what would mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from branch_desk.desk import kit
from branch_desk.desk.tr import mark, tr
from branch_desk.motions.rules import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QFrame

    from branch_desk.motions.rules import Finding

# What a rule's mark says, how it looks, and its name in full.
VERDICTS = {
    Verdict.MET: (mark("✓ Met"), "met", mark("met")),
    Verdict.BROKEN: (mark("✗ Broken"), "broken", mark("broken")),
    Verdict.RULING: (mark("? Ruling"), "doubt", mark("for the chair to rule")),
    Verdict.NOT_SET: (mark("Not set"), "unset", mark("not set")),
}
TO_COME = (mark("! To come"), "doubt", mark("still to come"))
# Which field mends a rule's complaint; a rule the branch has not set is mended on its own page.
FIELDS = {
    "in writing": "text",
    "mover": "mover",
    "seconder": "seconder",
    "deadline": "received_on",
    "emergency": "arose_on",
    "word limit": "text",
    "threshold": "kind",
}
ORDERS, MEETING, KIND = "orders", "meeting", "kind"


def mends(finding: Finding, *, has_meeting: bool, is_received: bool) -> tuple[str, str]:
    """Return what would mend a finding and how the way there is called; empty for nothing to mend.

    It is a field's key, "orders" for the standing orders, or "meeting" for calling one.
    """
    if finding.verdict is Verdict.MET:
        return "", ""
    if finding.verdict is Verdict.NOT_SET:
        if finding.rule == "deadline" and not is_received:
            return "received_on", tr("Say when it came")
        if finding.rule == "deadline" and not has_meeting:
            return MEETING, tr("Call a meeting")
        return ORDERS, tr("Set it in the standing orders")
    words = {
        "in writing": tr("Write the text"),
        "mover": tr("Say which member"),
        "seconder": tr("Say which member"),
        "deadline": tr("Check when it came"),
        "emergency": tr("Say when it arose"),
        "word limit": tr("Shorten the text"),
    }
    field = FIELDS.get(finding.rule, "")
    return (field, words[finding.rule]) if finding.rule in words else ("", "")


def line(
    finding: Finding,
    look: tuple[str, str, str],
    mend: tuple[str, str],
    go: Callable[[str], object],
) -> QFrame:
    """Return a finding as a line: its mark, its sentence, and the way to what would mend it."""
    text, role, name = look
    sign = kit.label(tr(text), role, wrap=False)
    sign.setAccessibleName(tr(name))
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    widest = max((tr(word) for word, _, _ in (*VERDICTS.values(), TO_COME)), key=len)
    sign.setMinimumWidth(sign.fontMetrics().horizontalAdvance(widest) + 24)
    says = kit.label(finding.message)
    made = kit.row(kit.column(sign, None), space=12)
    made.addWidget(says, 1)
    where, word = mend
    if where:
        way = kit.button(word, role="quiet", does=lambda: go(where))
        way.setAccessibleDescription(finding.message)
        made.addLayout(kit.column(way, None))
    return kit.box(made)
