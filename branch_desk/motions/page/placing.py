"""From a motion to the meeting that takes it: placed on the agenda in one step, or gone to.

Meetings stand above motions in the layers; they are looked up by name.
"""

from __future__ import annotations

from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from branch_desk.desk import words
from branch_desk.desk.tr import tr
from branch_desk.motions import records
from branch_desk.motions.rules import OPEN
from branch_desk.store.links import Ref

if TYPE_CHECKING:
    from branch_desk.desk.session import Session
    from branch_desk.motions.records import Motion


class Placing:
    """Places motions on the agenda of the meeting that comes next, and leads to their meetings."""

    def __init__(self, session: Session) -> None:
        self._session, self._store = session, session.store

    def is_to_place(self, motion: Motion) -> bool:
        """Whether a motion is still to be taken and stands on no agenda yet."""
        return motion.state in OPEN and not self._placed(motion.id)

    def place(self, motion_id: int) -> None:
        """Place a motion with the others of the next meeting; asks for one where none is called."""
        coming = self._coming()
        if coming is None:
            self._session.go("Meetings", 0, "call")
            return
        meetings = self._meetings()
        number = records.get(self._store, motion_id).number

        def deed() -> None:
            with self._store.change(f"Place motion {number} on the agenda"):
                kind = meetings.ItemKind.MOTIONS
                item = meetings.item_for(self._store, coming.id, kind, "Motions")
                meetings.place_motion(self._store, item, motion_id)

        day = words.day(coming.on)
        said = tr("Motion {number} is on the agenda of {day}.", number=number, day=day)
        self._session.deed(deed, lambda _: self._session.undoable.emit(said))

    def go(self, motion_id: int) -> None:
        """Go to the meeting a motion is placed at, else to the next, else to calling one."""
        placed, coming = self._placed(motion_id), self._coming()
        if placed:
            self._session.go("Meetings", placed[-1])
        elif coming is not None:
            self._session.go("Meetings", coming.id)
        else:
            self._session.go("Meetings", 0, "call")

    def _placed(self, motion_id: int) -> list[int]:
        found: list[int] = self._meetings().placed_at(self._store, Ref("motion", motion_id))
        return found

    def _coming(self) -> Any:  # noqa: ANN401 -- a meeting, whose class stands above
        return self._meetings().next_meeting(self._store, self._store.moment())

    @staticmethod
    def _meetings() -> Any:  # noqa: ANN401 -- a module that stands above
        return resolve_name("branch_desk.meetings.records")
