"""Everything that can be done, by name: what stands in the menus, on every page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from branch_desk.desk.tr import tr
from branch_desk.resources import resource
from branch_desk.store.search import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenuBar

FILE = "commands.json"


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do: its name, the menu or page it is of, its shortcut as the system writes it.

    `enabled` is False where it cannot be done just now.
    """

    title: str
    where: str
    keys: str
    icon: str
    does: Callable[[], object]
    enabled: bool = True


def plain(text: str) -> str:
    """Return a menu's words without the mark of its letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def shown_keys(keys: str) -> str:
    """Write "Ctrl+N" as the system does."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def of_action(act: QAction, where: str, icon: str = "") -> Command:
    """Return what an action does, as it can be done now."""
    keys = act.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    picture = act.data() if isinstance(act.data(), str) else ""
    return Command(plain(act.text()), where, keys, picture or icon, act.trigger, act.isEnabled())


def of_menus(bar: QMenuBar, but: Iterable[QMenu]) -> Iterator[Command]:
    """Yield what the menus hold, those below them too; not what is in `but`."""
    left_out = set(but)
    for act in bar.actions():
        menu = act.menu()
        if isinstance(menu, QMenu) and menu not in left_out:
            yield from _of_menu(menu, plain(menu.title()), left_out)


def _of_menu(menu: QMenu, where: str, left_out: set[QMenu]) -> Iterator[Command]:
    for act in menu.actions():
        below = act.menu()
        if isinstance(below, QMenu):
            if below not in left_out:
                yield from _of_menu(below, plain(below.title()), left_out)
        elif not act.isSeparator():
            yield of_action(act, where)


def of_unbuilt(page: str, icon: str, do: Callable[[str, str], object]) -> list[Command]:
    """Return what a page can do that was not built yet; `do` is told the page and the name.

    The names are those of the shipped list, which `make commands` writes from the pages.
    """
    return [
        Command(tr(name), tr(page), shown_keys(keys), icon, _doing(do, page, tr(name)))
        for name, keys in _listed().get(page, ())
    ]


def _doing(do: Callable[[str, str], object], page: str, name: str) -> Callable[[], object]:
    return lambda: do(page, name)


def _listed() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = json.loads(resource(FILE).read_text("utf-8"))
    return found


def matching(commands: Iterable[Command], text: str) -> list[tuple[int, Command]]:
    """Return the commands whose words match every word of a text, best first, with how well.

    0 where the name begins with it, 1 where each word begins one of the name's, 2 where the menu or
    the page helps out.
    """
    asked = folded(text).split()
    found = []
    for each in commands:
        name = folded(each.title)
        words = name.replace("-", " ").split()
        around = [*words, *folded(each.where).split()]
        if name.startswith(" ".join(asked)):
            found.append((0, each))
        elif all(any(word.startswith(part) for word in words) for part in asked):
            found.append((1, each))
        elif all(any(word.startswith(part) for word in around) for part in asked):
            found.append((2, each))
    return sorted(found, key=lambda pair: (not pair[1].enabled, pair[0]))
