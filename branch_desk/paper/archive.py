"""What makes a finished PDF accessible and archivable: metadata, output intent, links, bookmarks.

PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), as veraPDF checks them.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Pdf, Stream, String

from branch_desk.paper.structure import Element, write_tree
from branch_desk.resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


_PRODUCER = "Branch Desk"
_UA_SCHEMA = """\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 the file keeps to</pdfaProperty:description></rdf:li>\
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


@dataclass(frozen=True, slots=True)
class Place:
    """A place to go to: a page, from 0, and a height on it in points."""

    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Link:
    """A clickable area on a page; `target` is the key of a place, or an address with its scheme."""

    page: int
    box: tuple[float, float, float, float]
    target: str
    words: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; `level` 0 is the top."""

    title: str
    key: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself."""

    title: str
    lang: str = "en-GB"
    author: str = ""
    subject: str = ""
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A page of another PDF, by its index there, that is drawn on one of our pages."""

    page: int
    pdf: bytes
    index: int


def xmp(about: About) -> bytes:
    """Return the XMP packet that claims PDF/UA-1 and PDF/A-2a."""
    title, author, subject = escape(about.title), escape(about.author), escape(about.subject)
    creator = f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
    said = f'<rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>'
    made = f"{about.made_on.isoformat()}T00:00:00Z" if about.made_on else ""
    fields = [
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>',
        f"<dc:language><rdf:Bag><rdf:li>{escape(about.lang)}</rdf:li></rdf:Bag></dc:language>",
        creator if author else "",
        f"<dc:description>{said}</dc:description>" if subject else "",
        f"<xmp:CreateDate>{made}</xmp:CreateDate>" if made else "",
        f"<pdf:Producer>{_PRODUCER}</pdf:Producer>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
    ]
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
        'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" '
        'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
        f"{''.join(fields)}</rdf:Description>{_UA_SCHEMA}</rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()


@cache
def _profile() -> bytes:
    return resource("colour", "sRGB.icc").read_bytes()


def _intent(pdf: Pdf) -> Dictionary:
    profile = Stream(pdf, _profile())
    profile.N = 3
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )


def _describe(pdf: Pdf, about: About, *, archival: bool) -> None:
    info = pdf.make_indirect(Dictionary(Title=String(about.title), Producer=String(_PRODUCER)))
    if about.author:
        info.Author = String(about.author)
    if about.subject:
        info.Subject = String(about.subject)
    if about.made_on:
        info.CreationDate = String(f"D:{about.made_on:%Y%m%d}000000Z")
    pdf.trailer.Info = info
    pdf.Root.Lang = String(about.lang)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if archival:
        packet = Stream(pdf, xmp(about))
        packet.Type = Name.Metadata
        packet.Subtype = Name.XML
        pdf.Root.Metadata = pdf.make_indirect(packet)
        pdf.Root.OutputIntents = Array([_intent(pdf)])


def _destination(pdf: Pdf, place: Place) -> Array:
    return Array([pdf.pages[place.page].obj, Name.XYZ, 0, round(place.top, 2), 0])


def _annotate(pdf: Pdf, links: Sequence[Link], places: Mapping[str, Place]) -> None:
    for link in links:
        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([round(edge, 2) for edge in link.box]),
            Border=Array([0, 0, 0]),
            F=4,
            Contents=String(link.words),
        )
        if link.target in places:
            annotation.Dest = _destination(pdf, places[link.target])
        else:
            annotation.A = Dictionary(S=Name.URI, URI=String(link.target))
        page = pdf.pages[link.page].obj
        if Name.Annots not in page:
            page.Annots = Array()
        page.Annots.append(pdf.make_indirect(annotation))


def _bookmark(pdf: Pdf, bookmarks: Sequence[Bookmark], places: Mapping[str, Place]) -> None:
    with pdf.open_outline() as outline:
        path: list[OutlineItem] = []
        for bookmark in bookmarks:
            item = OutlineItem(bookmark.title, _destination(pdf, places[bookmark.key]))
            del path[bookmark.level :]
            (path[-1].children if path else outline.root).append(item)
            path.append(item)


def finish(
    drawn: bytes,
    root: Element,
    about: About,
    *,
    links: Sequence[Link] = (),
    places: Mapping[str, Place] | None = None,
    bookmarks: Sequence[Bookmark] = (),
    forms: Mapping[str, Form] | None = None,
    archival: bool = True,
) -> bytes:
    """Return the PDF that ReportLab drew with everything it does not write itself.

    `forms` are pages of other PDFs by resource name.
    Without `archival` no claim to PDF/A or PDF/UA is made: a print shop's file in CMYK.
    """
    places = places or {}
    with Pdf.open(BytesIO(drawn)) as pdf:
        _place(pdf, forms or {})
        _annotate(pdf, links, places)
        if bookmarks:
            _bookmark(pdf, bookmarks, places)
        if Name.PageMode in pdf.Root:
            del pdf.Root.PageMode
        write_tree(pdf, root)
        _describe(pdf, about, archival=archival)
        out = BytesIO()
        pdf.save(
            out,
            object_stream_mode=ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return out.getvalue()


def _place(pdf: Pdf, forms: Mapping[str, Form]) -> None:
    """Copy pages of other PDFs in as form XObjects; what pages share is copied once."""
    with ExitStack() as stack:
        sources: dict[bytes, Pdf] = {}
        for name, form in forms.items():
            if form.pdf not in sources:
                sources[form.pdf] = stack.enter_context(Pdf.open(BytesIO(form.pdf)))
            page = sources[form.pdf].pages[form.index]
            resources = pdf.pages[form.page].obj.Resources
            if Name.XObject not in resources:
                resources.XObject = Dictionary()
            resources.XObject[Name("/" + name)] = pdf.copy_foreign(page.as_form_xobject())
