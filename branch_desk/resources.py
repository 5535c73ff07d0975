"""Where the files that ship with the program lie: one answer for a checkout and for a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "_resources", _PACKAGE.parent / "resources")


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as `resource("fonts", "manifest.json")`.

    A wheel carries them inside the package, a checkout beside it. Raises `FileNotFoundError` naming
    the resource: it can only mean a broken installation or a slip in the code.
    """
    for place in _PLACES:
        path = place.joinpath(*parts)
        if path.exists():
            return path
    name = "/".join(parts)
    raise FileNotFoundError(
        f"The program's own file “{name}” is missing; install Branch Desk again."
    )
