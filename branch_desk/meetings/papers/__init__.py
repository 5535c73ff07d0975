"""What a meeting prints: agenda, pack, notice, attendance sheet, order paper, minutes."""

from branch_desk.meetings.papers.agenda import agenda_paper
from branch_desk.meetings.papers.attendance import attendance_sheet
from branch_desk.meetings.papers.minutes import minutes_paper
from branch_desk.meetings.papers.notice import notice_letters, notice_paper, proof_of_notice
from branch_desk.meetings.papers.order_paper import order_paper
from branch_desk.meetings.papers.pack import agenda_pack

__all__ = [
    "agenda_pack",
    "agenda_paper",
    "attendance_sheet",
    "minutes_paper",
    "notice_letters",
    "notice_paper",
    "order_paper",
    "proof_of_notice",
]
