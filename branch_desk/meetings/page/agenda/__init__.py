"""The agenda of one meeting, built by dragging."""

from branch_desk.meetings.page.agenda.panel import AgendaPanel

__all__ = ["AgendaPanel"]
