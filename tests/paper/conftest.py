"""Papers to look at: one with every kind of block, and ways to read a PDF back."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from branch_desk.paper import charts, preview
from branch_desk.paper.blocks import (
    AddressWindow,
    Appended,
    Brand,
    Bullets,
    Chart,
    Column,
    Cover,
    Document,
    Facts,
    Figure,
    Heading,
    Markdown,
    Note,
    Section,
    Table,
    Text,
    Together,
    WriteIn,
)

BRAND = Brand(
    "Hollow Lane Branch",
    "#1F6F54",
    "Regional office",
    "12 Example Street\nHollowby HB1 2CD",
    "secretary@example.org",
)
PLAIN = (
    "The branch notes that the library on Hollow Lane has been open two days a week since the "
    "autumn, and that the county has not answered the letters of those who use it. "
)
MOTION = f"""This branch **notes** that:

1. {PLAIN}
2. the county's own figures show *four hundred* visits a week;
   - of which half are by children, and
   - a third by people with no other way to get on line;
3. there is [a report](https://example.org/report) on it.

This branch **resolves** to write ~~next year~~ ++this month++, and to ask its councillors to speak.

> Nobody has told us when it will open again.

{PLAIN * 3}
"""


class Paper:
    """A PDF read back."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pdf = pikepdf.open(BytesIO(data))
        self.texts = [text.replace("\r\n", "\n") for text in preview.texts(data)]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def words(self) -> str:
        return " ".join(self.text.split())

    def elements(self, tag: str = "") -> list[pikepdf.Object]:
        """Every structure element, or those of one tag, in reading order."""
        found: list[pikepdf.Object] = []

        def walk(node: pikepdf.Object) -> None:
            if isinstance(node, pikepdf.Array):
                for one in node:
                    walk(one)
            elif isinstance(node, pikepdf.Dictionary) and node.get("/S") is not None:
                if not tag or "/" + tag == node.S:
                    found.append(node)
                if "/K" in node:
                    walk(node.K)

        walk(self.pdf.Root.StructTreeRoot.K)
        return found

    def tags(self) -> list[str]:
        return [str(element.S)[1:] for element in self.elements()]

    def fonts(self) -> dict[str, bool]:
        """The name of each font and whether it is embedded."""
        found = {}
        for page in self.pdf.pages:
            for font in page.resources.get("/Font", {}).values():
                descriptor = font.get("/FontDescriptor", {})
                found[str(font.BaseFont)] = "/FontFile2" in descriptor
        return found

    def images(self, page: int) -> list[pikepdf.Object]:
        """The pictures a page draws."""
        things = self.pdf.pages[page].resources.get("/XObject", {})
        return [one for one in things.values() if one.Subtype == "/Image"]

    def picture(self, page: int, scale: float = 60 / 72) -> Image.Image:
        return preview.image(self.data, page, scale).convert("L")


@pytest.fixture
def read():
    """Read a PDF back."""
    return Paper


@pytest.fixture(scope="session")
def drawn_picture() -> bytes:
    image = Image.new("RGBA", (600, 280), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((60, 40, 220, 200), fill="#1F6F54")
    pen.rectangle((280, 60, 540, 220), fill="#C96F2F")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def foreign(size=(595, 842), pages=1, **options) -> bytes:
    """A PDF from elsewhere whose fonts are not embedded."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, **options)
    for number in range(pages):
        canvas.drawString(72, size[1] - 72, f"Treasurer's report, sheet {number + 1}")
        canvas.rect(36, 36, size[0] - 72, size[1] - 72)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="session")
def not_embedded():
    return foreign


def _report(picture: bytes) -> Section:
    months = [date(2025, month, 1) for month in range(1, 13)]
    members = charts.Series("Members", [(day, 400 - 3 * day.month) for day in months])
    said = charts.Series("Said they resign", [(day, day.month**2 / 2) for day in months])
    parts = [("Jan", (12, 4, 2)), ("Feb", (9, 14, 3)), ("Mar", (4, 24, 9)), ("Apr", (6, 11, 5))]
    names = ("Joined", "Said they resign", "Recorded")
    waiting = [("Regional office", 121), ("Membership office", 64), ("Conference", 7)]
    rows = [
        (f"Person {i} {'of the long name ' * (i % 4)}", "member", f"£{i * 11.11:,.2f}")
        for i in range(45)
    ]
    columns = (Column("Name", 3), Column("Standing", 2), Column("Arrears", 1, numeric=True))
    return Section(
        "Membership report",
        (
            Chart(charts.line_over_time([members, said]), "Members fell to 364.", "Members"),
            Chart(charts.stacked_bars(parts, names), "Resignations peaked in March.", "By month"),
            Chart(charts.horizontal_bars(waiting, unit="days"), "The oldest waits 121 days.", ""),
            Table(columns, rows, total=("Total", "", "£10,998.90")),
            Together(
                (Heading("The hall", 3), Figure(picture, "A disc and a box", "As drawn", 0.6))
            ),
            Text("Small print.", "small"),
            Text("Quiet print.", "quiet"),
        ),
    )


def _agenda() -> Section:
    return Section(
        "Agenda",
        (
            Facts((("When", "Thursday 14 May 2026, 7.30 pm"), ("Where", "The Old Library"))),
            Text("Members may bring a guest.", "lead"),
            Heading("Order of business"),
            Bullets(("Welcome and apologies", "Minutes", "Motions"), "number"),
            Bullets(("The notice went out", "The hall is booked"), "tick"),
            Bullets(("In favour", "Against"), "box"),
            Bullets(("One thing", "Another")),
            Note("Only emergency motions can be taken now.", "Deadline"),
            WriteIn("Apologies", 3),
        ),
    )


@pytest.fixture(scope="session")
def every_block(drawn_picture) -> Document:
    """A pack with a cover, contents, every block and two appended PDFs."""
    motion = Section(
        "Motion 2026/07: keep the library on Hollow Lane open",
        (
            Facts((("Mover", "Agnieszka Wójcik-Łęska"), ("Seconder", "Siân Ŵyn"))),
            Markdown(MOTION, numbered=True),
            Heading("Reasons"),
            Markdown(PLAIN * 5, serif=True),
            Heading("What it costs", 3),
            Text("Nothing but a stamp."),
        ),
        head="Motion 2026/07",
        starts="right",
    )
    attendance = Section(
        "Attendance",
        (
            Table(
                (Column("Name", 2), Column("Signature", 3)),
                [(f"Person {i}", "") for i in range(5)],
                row_height=11,
            ),
        ),
        starts="flow",
    )
    return Document(
        "Agenda pack, 14 May 2026",
        BRAND,
        (
            _agenda(),
            motion,
            Appended("Treasurer's report", foreign(pages=2)),
            _report(drawn_picture),
            attendance,
        ),
        cover=Cover(
            "Agenda pack",
            "Branch meeting",
            ("Thursday 14 May 2026, 7.30 pm", "The Old Library, Hollow Lane"),
            (Text("Please bring this pack."),),
        ),
        contents=True,
        duplex=True,
        made_on=date(2026, 5, 1),
    )


@pytest.fixture(scope="session")
def letter() -> Document:
    window = AddressWindow(
        ("The Membership Office", "1 Head Street", "Bigtown BT1 1AA"), "14 May 2026", "Ref. 2026/31"
    )
    text = Text(f"Dear colleague,\n\n{PLAIN * 2}\n\nYours sincerely,\n\n\nNon ap Rhys")
    return Document(
        "Letter to the membership office",
        BRAND,
        (Section("Letter", (window, text), show_title=False),),
    )


@pytest.fixture
def one_section():
    """Make a paper of one section from blocks."""

    def make(*blocks, **options) -> Document:
        return Document("A paper", BRAND, (Section("A section", blocks),), **options)

    return make
