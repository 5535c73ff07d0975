"""The structure tree of a tagged PDF: what a screen reader is told about the marks on the page.

Elements are made while a paper is laid out, in reading order; drawing adds marked-content ids to
them; `write_tree` puts the whole into the file (ISO 32000-1, 14.7; PDF/UA-1, ISO 14289-1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from pikepdf import Array, Dictionary, Name, String

if TYPE_CHECKING:
    from pikepdf import Object, Pdf


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of marked content: the page it is on, from 0, and its id there."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotation: the page it is on, from 0, and its place among that page's annotations."""

    page: int
    index: int


Kid: TypeAlias = "Element | Marked | Annotated"


@dataclass(slots=True, eq=False)
class Element:
    """One node of the structure tree; `tag` is a standard structure type such as "P" or "TH"."""

    tag: str
    kids: list[Kid] = field(default_factory=list)
    alt: str = ""
    actual: str = ""
    lang: str = ""
    scope: str = ""
    numbering: str = ""

    def add(self, tag: str, *, alt: str = "", scope: str = "", numbering: str = "") -> Element:
        """Append a child element and return it."""
        child = Element(tag, alt=alt, scope=scope, numbering=numbering)
        self.kids.append(child)
        return child

    def mark(self, page: int, mcid: int) -> None:
        """Say that marked content of a page belongs here."""
        self.kids.append(Marked(page, mcid))


def prune(element: Element) -> bool:
    """Drop elements that hold nothing; return whether this one holds something.

    A table's cells and a figure's are kept: an empty cell still counts.
    """
    element.kids = [kid for kid in element.kids if not isinstance(kid, Element) or prune(kid)]
    return bool(element.kids) or element.tag in {"TH", "TD"}


class _Writer:
    """Turns elements into PDF objects and gathers the parent tree on the way."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._marks: list[dict[int, Object]] = [{} for _ in self._pages]
        self._annotations: list[tuple[int, Object]] = []

    def element(self, element: Element, parent: Object) -> Object:
        """Write one element and all below it."""
        node = Dictionary(Type=Name.StructElem, S=Name("/" + element.tag), P=parent)
        own = self._pdf.make_indirect(node)
        self._attributes(element, own)
        kids = [self._kid(kid, own) for kid in element.kids]
        own.K = kids[0] if len(kids) == 1 else Array(kids)
        return own

    def _attributes(self, element: Element, node: Object) -> None:
        if element.alt:
            node.Alt = String(element.alt)
        if element.actual:
            node.ActualText = String(element.actual)
        if element.lang:
            node.Lang = String(element.lang)
        if element.scope:
            node.A = Dictionary(O=Name.Table, Scope=Name("/" + element.scope))
        if element.numbering:
            node.A = Dictionary(O=Name.List, ListNumbering=Name("/" + element.numbering))

    def _kid(self, kid: Kid, own: Object) -> Object:
        if isinstance(kid, Element):
            return self.element(kid, own)
        if isinstance(kid, Marked):
            self._marks[kid.page][kid.mcid] = own
            return Dictionary(Type=Name.MCR, Pg=self._pages[kid.page], MCID=kid.mcid)
        annotation = self._pages[kid.page].Annots[kid.index]
        annotation.StructParent = len(self._pages) + len(self._annotations)
        self._annotations.append((kid.page, own))
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self._pages[kid.page])

    def parents(self) -> Dictionary:
        """Return the number tree from pages and annotations back to their elements."""
        nums: list[Object | int] = []
        for index, (page, marks) in enumerate(zip(self._pages, self._marks, strict=True)):
            page.StructParents = index
            page.Tabs = Name.S
            row = Array([marks[mcid] for mcid in range(len(marks))])
            nums += [index, self._pdf.make_indirect(row)]
        for offset, (_, element) in enumerate(self._annotations):
            nums += [len(self._pages) + offset, element]
        return Dictionary(Nums=Array(nums))

    @property
    def next_key(self) -> int:
        """The first free key of the parent tree."""
        return len(self._pages) + len(self._annotations)


def write_tree(pdf: Pdf, root: Element) -> None:
    """Write the structure tree of a document, its parent tree and the mark that it is tagged."""
    prune(root)
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    writer = _Writer(pdf)
    tree.K = writer.element(root, tree)
    tree.ParentTree = pdf.make_indirect(writer.parents())
    tree.ParentTreeNextKey = writer.next_key
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)
