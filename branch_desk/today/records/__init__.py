"""What is due across everything, and what changed lately."""

from branch_desk.today.records.lately import Lately, lately
from branch_desk.today.records.meeting import Lack, NextMeeting
from branch_desk.today.records.months import MONTHS, Month, months
from branch_desk.today.records.people import NAMED, Attention, Named, longest
from branch_desk.today.records.today import Ruling, Step, Today, today

__all__ = [
    "MONTHS",
    "NAMED",
    "Attention",
    "Lack",
    "Lately",
    "Month",
    "Named",
    "NextMeeting",
    "Ruling",
    "Step",
    "Today",
    "lately",
    "longest",
    "months",
    "today",
]
