"""What is shipped with the program may be shipped with it."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent.parent
ALLOWED = re.compile(
    r"\b(MIT|MIT-CMU|BSD|Apache|MPL|Mozilla Public|LGPL|Lesser General Public|HPND|PSF|"
    r"Python Software Foundation|ISC|Unlicense|Public Domain|0BSD|zlib)\b",
    re.IGNORECASE,
)
REFUSED = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)


def runtime(name: str, seen: dict[str, Distribution]) -> dict[str, Distribution]:
    """Every distribution the program needs to run, by name."""
    found = distribution(name)
    seen[found.metadata["Name"].lower()] = found
    for line in found.requires or []:
        need = Requirement(line)
        wanted = need.marker is None or need.marker.evaluate({"extra": ""})
        if wanted and need.name.lower() not in seen:
            runtime(need.name, seen)
    return seen


def stated(found: Distribution) -> str:
    """The licence as the package states it: expression, classifiers or text, in that order."""
    about = found.metadata
    classifiers = [
        line.rsplit(" :: ", 1)[-1]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::") and line != "License :: OSI Approved"
    ]
    words = about["License-Expression"] or " / ".join(classifiers) or about["License"]
    return words or " / ".join(known(file.read_text()) for file in texts(found))


def texts(found: Distribution) -> list[Path]:
    """The licence files a package brings."""
    names = found.metadata.get_all("License-File") or []
    files = [file for file in found.files or [] if file.name in names]
    return [Path(str(found.locate_file(file))) for file in files]


def known(text: str) -> str:
    """The name of a licence that is given only as its text."""
    flat = " ".join(text.split())
    return "zlib" if "must not be misrepresented; you must not claim" in flat else flat[:60]


def test_every_package_the_program_runs_on_has_a_licence_that_fits():
    found = runtime("branch-desk", {})
    found.pop("branch-desk")
    assert len(found) > 15
    wrong = {
        name: stated(each)
        for name, each in found.items()
        if not ALLOWED.search(stated(each))
        # Where several are offered, one that fits is enough.
        or (REFUSED.search(stated(each)) and not re.search(r"LGPL|Lesser|\bOR\b", stated(each)))
    }
    assert wrong == {}


def test_the_lock_files_name_no_index_and_hash_every_package():
    for lock in ("lock.txt", "lock-dev.txt"):
        text = (ROOT / "packaging" / lock).read_text()
        pins = re.findall(r"^[\w.-]+==", text, re.MULTILINE)
        assert len(pins) > 15
        assert "http" not in text
        assert all("--hash=sha256:" in part for part in re.split(r"\n(?=\S)", text.strip()))
