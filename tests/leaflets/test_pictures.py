from __future__ import annotations

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from branch_desk.leaflets import pictures
from branch_desk.store.errors import Invalid


def opened(data):
    return Image.open(io.BytesIO(data))


def near(colour, wanted, slip=12):
    return all(abs(a - b) <= slip for a, b in zip(colour, wanted, strict=True))


def test_a_picture_is_kept_upright_and_without_its_metadata(picture):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    clean = pictures.cleaned(picture(80, 40, exif=exif), "a.jpg")
    assert (clean.width, clean.height) == (40, 80)
    image = opened(clean.data)
    assert dict(image.getexif()) == {}
    assert b"A camera" not in clean.data
    # The top left of what is stored was the bottom left.
    assert near(image.convert("RGB").getpixel((5, 5)), (0x90, 0x30, 0x50))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "CMYK", "1", "I;16"])
def test_pictures_of_every_kind_become_rgb(mode):
    base = Image.new("L", (20, 20), 200).convert(mode if mode != "I;16" else "L")
    image = Image.new("I;16", (20, 20), 40_000) if mode == "I;16" else base
    out = io.BytesIO()
    image.save(out, "JPEG" if mode == "CMYK" else "PNG")
    clean = pictures.cleaned(out.getvalue(), "a")
    assert opened(clean.data).mode == "RGB"
    assert clean.media_type == "image/jpeg"


def test_what_is_transparent_stands_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "PNG")
    assert near(opened(pictures.cleaned(out.getvalue(), "a.png").data).getpixel((9, 9)), (255,) * 3)


def test_a_large_picture_is_brought_down_to_what_paper_shows(picture):
    clean = pictures.cleaned(picture(6000, 3000), "a.jpg")
    assert (clean.width, clean.height) == (pictures.KEPT, pictures.KEPT // 2)


def png(width, height):
    """Return a PNG that says it is so large and holds next to nothing."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(10_000, 10_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_100_million_dots_is_refused_before_it_is_decoded(size):
    with pytest.raises(Invalid, match=r"100 million dots|damaged"):
        pictures.cleaned(png(*size), "huge.png")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "neither a JPEG nor a PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a JPEG nor a PNG"),
        (b"GIF89a" + b"\0" * 40, "neither a JPEG nor a PNG"),
        (png(100, 100), "damaged"),
        (png(4, 100), "only 4 by 100 dots"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(Invalid, match=sentence):
        pictures.cleaned(data, "a.png")


def test_a_picture_cut_short_is_damaged(picture):
    whole = picture(400, 300)
    with pytest.raises(Invalid, match=r"“a\.jpg” is damaged"):
        pictures.cleaned(whole[: len(whole) // 3], "a.jpg")


def noisy(form):
    out = io.BytesIO()
    Image.radial_gradient("L").resize((32, 24)).save(out, form)
    return out.getvalue()


NOISY = [noisy("PNG"), noisy("JPEG")]


@given(st.data())
def test_a_picture_with_any_bytes_changed_is_taken_or_refused(data):
    raw = bytearray(data.draw(st.sampled_from(NOISY)))
    for at in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=6)):
        raw[at] = data.draw(st.integers(0, 255))
    try:
        found = pictures.cleaned(bytes(raw), "a")
    except Invalid as error:
        found = error
    if isinstance(found, Invalid):
        assert "“a”" in str(found)
    else:
        assert opened(found.data).size == (found.width, found.height)


def test_a_picture_is_cut_to_its_box_at_300_dots_an_inch(picture):
    image = opened(pictures.cropped(picture(4000, 3000), (148, 100), (0.5, 0.5), 300))
    assert image.size == (1748, 1181)
    assert image.info["dpi"] == (300, 300)


def test_a_small_picture_is_not_blown_up(picture):
    assert opened(pictures.cropped(picture(100, 50), (148, 74), (0.5, 0.5), 300)).size == (100, 50)


@pytest.mark.parametrize(
    ("focus", "box"),
    [
        ((0.5, 0.5), (50, 0, 150, 100)),
        ((0, 0), (0, 0, 100, 100)),
        ((1, 1), (100, 0, 200, 100)),
        ((0.6, 0.1), (70, 0, 170, 100)),
    ],
)
def test_what_is_in_focus_stays_in_view(focus, box):
    assert pictures.window(200, 100, 1.0, focus) == box


@given(
    st.integers(1, 5000),
    st.integers(1, 5000),
    st.floats(0.05, 20),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_a_window_lies_in_the_picture_and_has_its_ratio(width, height, ratio, across, down):
    left, top, right, bottom = pictures.window(width, height, ratio, (across, down))
    assert 0 <= left < right <= width + 1e-6
    assert 0 <= top < bottom <= height + 1e-6
    assert (right - left) / (bottom - top) == pytest.approx(ratio)
    assert left - 1e-6 <= across * width <= right + 1e-6
    assert top - 1e-6 <= down * height <= bottom + 1e-6


def test_resolution_is_that_of_the_part_that_shows():
    assert pictures.resolution((1748, 1181), (148, 100)) == 299
    assert pictures.resolution((1748, 4000), (148, 100)) == 299
    assert pictures.resolution((800, 400), (100, 100)) == 101


def test_a_stand_in_is_small(picture):
    assert max(opened(pictures.smaller(picture(3000, 1000), 1400)).size) == 1400
