"""Pictures of the screens before the desk: doors, assistant, passphrases, and what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from branch_desk.store import errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QLineEdit
    from screens import Camera

    from branch_desk.desk.way_in.screen import Screen
    from branch_desk.store.store import Store

Kind = TypeVar("Kind", bound="Screen")
NAME = "Highfield and District Residents' Association"
WEAK, STRONG = "highfield1", "lantern orbit thistle marble"


def _type(edit: QLineEdit, text: str) -> None:
    """Put a text into a field as if it was typed."""
    edit.setText(text)
    edit.textEdited.emit(text)


class WayIn:
    """Leads a camera through the screens of the way in; ends with no branch open."""

    def __init__(
        self, camera: Camera, path: Path, opened: Callable[[], Store], now: datetime
    ) -> None:
        self._camera, self._window = camera, camera.window
        self._path, self._opened, self._now = path, opened, now

    def take(self) -> None:
        """Take them all."""
        self._window.close_session()
        self._doors()
        self._assistant()
        self._passphrases()
        self._troubles()

    def _on(self, kind: type[Kind]) -> Kind:
        """Wait for a screen of a kind."""
        found: list[Kind] = []

        def there() -> bool:
            shown = self._window.stack.currentWidget()
            found[:] = [shown] if isinstance(shown, kind) else []
            return bool(found)

        self._camera.wait(there, f"no {kind.__name__} was shown")
        return found[0]

    def _doors(self) -> None:
        doors = self._window.way_in.show_doors()
        self._camera.take("doors")
        doors.wait("Building the demo branch; this takes a few seconds.")
        self._camera.take("doors, building the demo")
        doors.wait("")
        doors.notice.show_text(str(errors.AlreadyExists(self._path)))
        self._camera.take("doors, something is in the way")
        for path in self._window.remembered.recent():
            self._window.remembered.forget(path)
        self._window.way_in.show_doors()
        self._camera.take("doors of a first run")

    def _assistant(self) -> None:
        from branch_desk.desk.way_in.first_steps import StepScreen
        from branch_desk.desk.way_in.keep_sheet import Sheet
        from branch_desk.desk.way_in.starting import Naming, Securing
        from branch_desk.desk.workspace import Workspace

        camera = self._camera
        self._window.start()
        naming = self._on(Naming)
        camera.take("assistant 1")
        naming.next()
        camera.take("assistant 1, without a name")
        _type(naming.name.edit, NAME)
        naming.keep_at(self._path.with_name(f"Begun {len(list(self._path.parent.iterdir()))}"))
        camera.take("assistant 1, named")
        naming.go.click()
        securing = self._on(Securing)
        camera.take("assistant 2")
        _type(securing.new.first.edit, WEAK)
        camera.wait(lambda: securing.new.judged is not None, "the passphrase was not judged")
        camera.take("assistant 2, a weak passphrase")
        _type(securing.new.first.edit, STRONG)
        _type(securing.new.second.edit, WEAK)
        securing.go.click()
        camera.take("assistant 2, not the same")
        securing.new.draw()
        camera.take("assistant 2, random words")
        _type(securing.new.second.edit, securing.new.text())
        securing.go.click()
        sheet = self._on(Sheet)
        camera.take("assistant 2, the recovery sheet")
        sheet.without.setChecked(True)
        camera.take("assistant 2, without the sheet")
        sheet.go.click()
        number = 3
        while isinstance(self._window.stack.currentWidget(), StepScreen):
            camera.take(f"assistant {number}")
            self._on(StepScreen).skip.click()
            number += 1
        camera.wait(lambda: self._window.workspace is not None, "the desk was not shown")
        camera.take("assistant, through")
        if not isinstance(self._window.stack.currentWidget(), Workspace):
            raise SystemExit("The assistant did not end at the desk.")
        self._window.close_session()

    def _passphrases(self) -> None:
        from branch_desk.desk.way_in.held import HeldTexts, Typed
        from branch_desk.desk.way_in.passphrases import Change, Recover
        from branch_desk.desk.way_in.unlock import Unlock

        camera, window = self._camera, self._window
        window.way_in.show_unlock(self._path)
        unlock = self._on(Unlock)
        camera.take("unlock")
        _type(unlock.passphrase.edit, "not it")
        unlock.unlock()
        camera.wait(unlock.go.isEnabled, "the passphrase was not tried")
        camera.take("unlock, wrong passphrase")
        unlock.sheet_asked.emit()
        recover = self._on(Recover)
        camera.take("recover")
        recover.sheet.edit.setPlainText("ABCD-EFGH")
        recover.go.click()
        camera.take("recover, mistyped")
        window.show_store(self._opened())
        window.show_page("Today")
        camera.settle()
        window.lock()
        camera.take("locked")
        window.way_in.show_unlock(self._path)
        unlock = self._on(Unlock)
        _type(unlock.passphrase.edit, window.program.demo_passphrase)
        unlock.unlock()
        camera.wait(lambda: window.workspace is not None, "the branch was not opened")
        held = HeldTexts(
            window,
            [
                Typed("Colour", "mauve", "“mauve” is not a colour such as #1F6F54."),
                Typed("Note", "rang at six\nring back on Monday", "“Add a note” was still open."),
            ],
        )
        held.open()
        camera.take("what was held", held)
        held.close()
        window.way_in.change_passphrase()
        self._on(Change)
        camera.take("change the passphrase")
        window.way_in.show_doors()

    def _troubles(self) -> None:
        from branch_desk.desk.closing import Waiting
        from branch_desk.desk.way_in.trouble import WAYS

        camera, window = self._camera, self._window
        for kind in WAYS:
            if kind is errors.InUse:
                error: Exception = errors.InUse(self._path, who="Zofia Gołąb", since=self._now)
            else:
                error = kind(self._path, why="input or output error", found="a folder")
            window.way_in.show_unlock(self._path, error)
            camera.take(f"trouble {kind.__name__}")
        window.way_in.show_restore(self._path)
        camera.take("restore")
        window.show_screen(Waiting("Bring in HQ's list"))
        camera.take("waiting before closing")
