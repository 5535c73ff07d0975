"""Somebody else's PDF, taken apart into pages we can put into a paper.

A page goes in as it is (a form XObject) where every font is embedded and nothing in it would break
PDF/A-2a or PDF/UA-1; else it goes in as a picture of itself. Either way its text is told to screen
readers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, PdfError
from reportlab.lib.pagesizes import A4

from branch_desk.paper import gate, preview

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL import Image

_PICTURE_DPI = 200
_MOST_WORDS = 6_000
_MARKS = frozenset({"BDC", "BMC", "EMC", "MP", "DP"})
_CMYK = frozenset({"k", "K"})
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Foreign:
    """One page of an appended PDF: its size as seen, in points, and what is drawn for it.

    `picture` stands in for the page where `pdf` may not; `words` is the text on it.
    """

    title: str
    number: int
    of: int
    width: float
    height: float
    words: str
    pdf: bytes = b""
    index: int = 0
    picture: Image.Image | None = None

    @property
    def alt(self) -> str:
        """What a screen reader says for this page."""
        where = f"{self.title}, page {self.number} of {self.of}"
        return f"{where}. {self.words}" if self.words else where


@dataclass(frozen=True, slots=True)
class Attached:
    """An appended PDF: its pages, and in `problem` why there are none."""

    pages: tuple[Foreign, ...]
    problem: str = ""
    pictured: bool = False


@lru_cache(maxsize=16)
def attach(title: str, data: bytes) -> Attached:
    """Return the pages of a PDF; one that cannot be read has none and says why in a sentence."""
    name = gate.line(title)
    try:
        with Pdf.open(BytesIO(data)) as pdf:
            if not len(pdf.pages):
                return Attached((), "It has no pages.")
            return _pages(name, pdf, data)
    except pikepdf.PasswordError:
        return Attached((), "It is locked with a password. Ask whoever sent it for one without.")
    except (PdfError, ValueError, RuntimeError, RecursionError):
        return Attached((), "It is damaged or not a PDF. Ask whoever sent it to send it again.")


def _pages(title: str, pdf: Pdf, data: bytes) -> Attached:
    readable = data
    if pdf.is_encrypted:
        out = BytesIO()
        pdf.save(out, encryption=False)
        readable = out.getvalue()
    seen = preview.texts(readable)
    fit = _fit(pdf)
    cleaned = _cleaned(pdf) if fit else b""
    total = len(pdf.pages)
    pages: list[Foreign] = []
    for index in range(total):
        width, height = preview.page_size(readable, index)
        words = " ".join(gate.clean(seen[index]).split())[:_MOST_WORDS]
        scale = _PICTURE_DPI / 72 * min(1.0, A4[1] / max(width, height, 1.0))
        picture = None if fit else preview.image(readable, index, scale)
        pages.append(
            Foreign(title, index + 1, total, width, height, words, cleaned, index, picture)
        )
    return Attached(tuple(pages), pictured=not fit)


def _fit(pdf: Pdf) -> bool:
    """Tell whether the pages may go in as they are."""
    if Name.OCProperties in pdf.Root:
        return False
    return all(_page_fits(page) for page in pdf.pages)


def _page_fits(page: pikepdf.Page) -> bool:
    if len(page.obj.get("/Annots", ())) and any(_shows(one) for one in page.obj.Annots):
        return False
    return _stream_fits(page, page.resources, 0)


def _stream_fits(holder: pikepdf.Page | Object, resources: Object, depth: int) -> bool:
    """Tell whether what a page or form draws, and with what, may go in."""
    if depth > _DEEPEST:
        return False
    used: set[str] = set()
    for step in pikepdf.parse_content_stream(holder):
        operator = str(step.operator)
        if operator in _CMYK:
            return False
        if operator == "Tf":
            used.add(str(step.operands[0]))
    return _resources_fit(resources, used, depth)


def _shows(annotation: Object) -> bool:
    """Tell whether an annotation draws what would be lost with it: a filled-in field, a note."""
    return "/AP" in annotation and annotation.get("/Subtype") != Name.Link


def _resources_fit(resources: Object, used: set[str], depth: int) -> bool:
    fonts = all(_font_fits(font) for name, font in _items(resources, "/Font") if name in used)
    spaces = all(_space_fits(space) for space in _values(resources, "/ColorSpace"))
    shadings = not any(True for _ in _values(resources, "/Shading"))
    patterns = not any(True for _ in _values(resources, "/Pattern"))
    return (
        fonts
        and spaces
        and shadings
        and patterns
        and all(_xobject_fits(one, depth) for one in _values(resources, "/XObject"))
    )


def _items(resources: Object, key: str) -> Iterator[tuple[str, Object]]:
    if isinstance(resources, Dictionary) and isinstance(resources.get(key), Dictionary):
        yield from resources[key].items()


def _values(resources: Object, key: str) -> Iterator[Object]:
    yield from (value for _, value in _items(resources, key))


def _font_fits(font: Object) -> bool:
    """Tell whether a font is embedded and its text can be read back (PDF/A-2a, 6.2.11)."""
    if "/ToUnicode" not in font:
        return False
    kind = font.get("/Subtype")
    if kind == Name.Type0:
        font = font.DescendantFonts[0]
    descriptor = font.get("/FontDescriptor")
    return descriptor is not None and any(
        key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def _space_fits(space: Object) -> bool:
    return "CMYK" not in str(space.unparse() if isinstance(space, Object) else space)


def _xobject_fits(thing: Object, depth: int) -> bool:
    kind = thing.get("/Subtype")
    if kind == Name.Image:
        return _image_fits(thing)
    if kind != Name.Form:
        return False
    return _stream_fits(thing, thing.get("/Resources", Dictionary()), depth + 1)


def _image_fits(image: Object) -> bool:
    if "/Alternates" in image or "/OPI" in image or bool(image.get("/Interpolate", False)):
        return False
    filters = str(image.get("/Filter", ""))
    return not ("JPX" in filters or "LZW" in filters) and _space_fits(
        image.get("/ColorSpace", Name.DeviceRGB)
    )


def _cleaned(pdf: Pdf) -> bytes:
    """Return the file with its own marks taken out, which would be marks inside ours."""
    done: set[tuple[int, int]] = set()
    for page in pdf.pages:
        page.contents_coalesce()
        page.obj.Contents = pdf.make_stream(_unmarked(page))
        for key in ("/Annots", "/StructParents", "/Metadata", "/PieceInfo", "/AA"):
            if key in page.obj:
                del page.obj[key]
        _clean_forms(page.resources, done, 0)
    for key in ("/StructTreeRoot", "/Metadata", "/AcroForm", "/Names"):
        if key in pdf.Root:
            del pdf.Root[key]
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _unmarked(holder: pikepdf.Page | Object) -> bytes:
    steps = pikepdf.parse_content_stream(holder)
    return pikepdf.unparse_content_stream(
        [step for step in steps if str(step.operator) not in _MARKS]
    )


def _clean_forms(resources: Object, done: set[tuple[int, int]], depth: int) -> None:
    if depth > _DEEPEST:
        return
    for form in _values(resources, "/XObject"):
        if form.objgen in done:
            continue
        done.add(form.objgen)
        for key in ("/StructParents", "/StructParent", "/Metadata", "/PieceInfo", "/Ref"):
            if key in form:
                del form[key]
        if form.get("/Subtype") == Name.Form:
            form.write(_unmarked(form))
            _clean_forms(form.get("/Resources", Dictionary()), done, depth + 1)
