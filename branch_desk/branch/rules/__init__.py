"""The standing orders: which rules a branch can set, what may be said for each, what each does."""

from branch_desk.branch.rules.effects import Example, does
from branch_desk.branch.rules.settings import (
    SETTINGS,
    QuorumRule,
    Setting,
    SettingKind,
    Threshold,
    Value,
    accent,
    clock,
    email,
    in_words,
    known,
    quorum_needed,
    quorum_rule,
    read_value,
    threshold,
)

__all__ = [
    "SETTINGS",
    "Example",
    "QuorumRule",
    "Setting",
    "SettingKind",
    "Threshold",
    "Value",
    "accent",
    "clock",
    "does",
    "email",
    "in_words",
    "known",
    "quorum_needed",
    "quorum_rule",
    "read_value",
    "threshold",
]
