"""The motions on the screen: the list, what each says, and whether it is in order."""

from branch_desk.motions.page.finding import TO_COME, VERDICTS
from branch_desk.motions.page.listing import MotionsPage

__all__ = ["TO_COME", "VERDICTS", "MotionsPage"]
