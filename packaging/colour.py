"""Write the sRGB profile that archival PDFs name as their output intent.

Run `python packaging/colour.py`. The profile is made by Little CMS (through Pillow), which puts no
condition on its use; the date in its header is blanked so that the same file comes out every time.
"""

from __future__ import annotations

from pathlib import Path

from PIL import ImageCms

TARGET = Path(__file__).resolve().parent.parent / "resources" / "colour" / "sRGB.icc"
HEADER_DATE = slice(24, 36)


def main() -> None:
    """Make the profile, blank its date and write it."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[HEADER_DATE] = bytes(HEADER_DATE.stop - HEADER_DATE.start)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(profile)
    print(f"{len(profile)} bytes in {TARGET}")


if __name__ == "__main__":
    main()
