"""HQ's list in, as a review and then one change; the members out as CSV."""

from branch_desk.members.exchange.applying import apply
from branch_desk.members.exchange.columns import Unclear
from branch_desk.members.exchange.compare import FieldChange, Outcome
from branch_desk.members.exchange.deciding import Decisions, parts, settle, without
from branch_desk.members.exchange.drafts import MOST_HIDDEN, batches
from branch_desk.members.exchange.export import export_csv, guarded
from branch_desk.members.exchange.lines import Problem
from branch_desk.members.exchange.reviewing import Entry, ListColumn, Review, review
from branch_desk.members.exchange.values import field_value

__all__ = [
    "MOST_HIDDEN",
    "Decisions",
    "Entry",
    "FieldChange",
    "ListColumn",
    "Outcome",
    "Problem",
    "Review",
    "Unclear",
    "apply",
    "batches",
    "export_csv",
    "field_value",
    "guarded",
    "parts",
    "review",
    "settle",
    "without",
]
