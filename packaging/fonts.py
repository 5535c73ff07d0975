"""Refresh the fonts under `resources/fonts/` from their npm packages.

Run `python packaging/fonts.py`. Each family is fetched with `npm pack`, the faces we print with are
copied with the text of their licence (the SIL Open Font License), and `manifest.json` records
package, version and SHA-256 of every file, so that a later refresh shows what changed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

SCOPE = "@expo-google-fonts"
TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FAMILIES: dict[str, tuple[str, ...]] = {
    "inter": ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold", "700Bold_Italic"),
    "source-serif-4": ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"),
    "atkinson-hyperlegible-next": (
        "400Regular",
        "400Regular_Italic",
        "700Bold",
        "700Bold_Italic",
        "800ExtraBold",
    ),
    "barlow-condensed": ("600SemiBold", "700Bold", "800ExtraBold"),
    "noto-sans": ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"),
    "noto-naskh-arabic": ("400Regular", "700Bold"),
}


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(family: str, folder: Path) -> Path:
    """Download and unpack one family's package; return the folder it was unpacked to."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm was not found; fonts are refreshed with it (apt-get install npm).")
    packed = subprocess.run(  # noqa: S603 - the arguments are the constants above
        [npm, "pack", "--silent", f"{SCOPE}/{family}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    archive = folder / packed.stdout.strip().splitlines()[-1]
    with tarfile.open(archive) as tar:
        tar.extractall(folder / family, filter="data")
    return folder / family / "package"


def refresh(family: str, faces: tuple[str, ...], folder: Path) -> dict[str, object]:
    """Copy the faces and the licence of one family and return its entry for the manifest."""
    package = fetch(family, folder)
    files: dict[str, str] = {}
    for face in faces:
        (source,) = (package / face).glob(f"*_{face}.ttf")
        target = TARGET / source.name
        shutil.copyfile(source, target)
        files[target.name] = digest(target)
    licence = TARGET / f"OFL-{family}.txt"
    shutil.copyfile(package / "LICENSE_FONT", licence)
    files[licence.name] = digest(licence)
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    return {"package": f"{SCOPE}/{family}", "version": version, "files": files}


def main() -> None:
    """Refresh every family and rewrite the manifest."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        manifest = [refresh(family, faces, Path(folder)) for family, faces in FAMILIES.items()]
    text = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
    (TARGET / "manifest.json").write_text(text, encoding="utf-8")
    print(f"{sum(len(faces) for faces in FAMILIES.values())} faces in {TARGET}")


if __name__ == "__main__":
    main()
