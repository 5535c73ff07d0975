"""The pictures of the manual are those that `make pictures` renders, no more and no fewer."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from runpy import run_path

import pytest
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def pictures() -> dict:
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(ROOT / "packaging")
        return run_path(str(ROOT / "packaging" / "pictures.py"))


def test_every_picture_has_its_maker_and_every_maker_its_picture(pictures):
    made = {path.stem for path in pictures["FOLDER"].iterdir()}
    assert made == set(pictures["SCREENS"]) | set(pictures["PAPERS"])
    assert not set(pictures["SCREENS"]) & set(pictures["PAPERS"])


def test_a_name_there_is_not_is_said_before_anything_is_built(pictures, capsys):
    assert pictures["main"](["tomorrow"]) == 2
    assert "There is no picture tomorrow" in capsys.readouterr().out


def test_a_picture_is_packed_the_same_each_time_and_keeps_its_colours(pictures):
    drawn = Image.new("RGB", (320, 200), "#FFFFFF")
    ImageDraw.Draw(drawn).rectangle((20, 20, 200, 120), fill="#1F6F54")
    packed = pictures["packed"](drawn)
    assert packed == pictures["packed"](drawn)
    with Image.open(BytesIO(packed)) as read:
        assert read.format == "PNG"
        assert read.convert("RGB").getpixel((100, 60)) == (0x1F, 0x6F, 0x54)
