"""The real pages of a paper beside what is being edited."""

from branch_desk.desk.preview.cover import PaperCover
from branch_desk.desk.preview.preview import Preview
from branch_desk.desk.preview.sheets import Zoom
from branch_desk.desk.preview.view import PdfView

__all__ = ["PaperCover", "PdfView", "Preview", "Zoom"]
