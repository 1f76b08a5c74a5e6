"""The vocabulary of a printed document: what stands on the paper, not how it is drawn.

Plain frozen data. A form's ``draw`` builds a :class:`Document` from these and hands it to
``app.printing.render.render``. All text is literal (no markup); a full-width space at the start
of a paragraph is kept as its indent; line feeds are kept. ``☐`` and ``☑`` may stand anywhere in a
text. Lengths are points unless a name says millimetres; ``indent`` and ``hang`` count characters
of the text's own size.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["left", "right", "center", "justify"]
"""``justify`` aligns both edges of every line but the last of a paragraph."""

BLANK_DATE = "令和　　年　　月　　日"
"""A date to be filled in by hand."""


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title: gothic, large, centred, shrunk to stay on one line if need be."""

    text: str


@dataclass(frozen=True, slots=True)
class FormNumber:
    """様式第3号（第6条関係）: what a client calls the form, at the top left of the first sheet.

    It is shrunk to stay on one line; what would become too small to read goes on to the next.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. ``hang`` moves every line but the first to the right (for "１　……" lists).

    ``leads``: it is the head of what follows and never stands alone at the foot of a page.
    """

    text: str
    align: Align = "left"
    size: float = 10.5
    indent: float = 0
    bold: bool = False
    before: float = 0
    after: float = 0
    hang: float = 0
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom the document goes, one line each, honorific included."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who submits: labelled rows in the right half, labels spread to one width.

    The name in ``seal_row`` (from 0) is followed by the vendor's seal image ``seal`` (PNG or JPEG), or by a
    dashed 印 circle where there is none; no seal place when ``seal_row`` is None.
    """

    rows: tuple[tuple[str, str], ...]
    seal: bytes | None = None
    seal_row: int | None = None


@dataclass(frozen=True, slots=True)
class Ki:
    """記, centred: the particulars follow."""


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered head ("１　廃棄・消去の内容"); stays on the page of what follows it."""

    number: str
    text: str


CellText: TypeAlias = str | tuple[str, ...]
"""What stands in a cell: one text, or one in each lane of the row."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: ``width`` is its share of the table's width, not a length.

    ``fit`` keeps the cell on one line by shrinking it a little; what would become too small to read wraps at
    its full size. ``lower``: the title below the first, over the lower of two lanes.
    """

    title: str
    width: float
    align: Align = "left"
    fit: bool = False
    lower: str = ""

    @property
    def titles(self) -> tuple[str, ...]:
        """What stands in its head, one text in each lane."""
        return (self.title, self.lower) if self.lower else (self.title,)


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table over the full width; its head row repeats on every page.

    Every row has as many cells as there are columns. A cell of several texts has one in each lane of its
    row, below one another; a plain text in such a row stands once, beside all its lanes. A row moves to the
    next page as a whole, unless it takes a great part of a page: then it goes on there.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[CellText, ...], ...]
    size: float = 9
    head: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled form sheet: shaded label, value. A row may hold two pairs (label, value, label, value).

    ``label`` is the share of the whole width that a label takes.
    """

    rows: tuple[tuple[str, ...], ...]
    size: float = 10
    label: float = 0.22


@dataclass(frozen=True, slots=True)
class Consent:
    """The client's answer on the same sheet: framed, to be ticked, numbered, dated, named and sealed by hand.

    ``addressee``: to whom the answer goes (the vendor). ``signer``: who answers (the client, its department).
    ``verb``: the clause's own word for the answer (承諾, 承認, 同意, 許可).
    """

    addressee: tuple[str, ...]
    signer: tuple[str, ...]
    verb: str = "承諾"
    sentence: str = "次のとおり回答します。"
    remarks: str = "条件・理由"
    number: str = "文書番号　　　　　第　　　　　号"
    name: str = "職・氏名"

    @property
    def heading(self) -> str:
        """What stands at its head: 承諾欄, and whose it is to fill in."""
        return f"{self.verb}欄（発注者記入）"

    @property
    def choices(self) -> tuple[str, ...]:
        """What is ticked: one of these."""
        return f"{self.verb}する", f"条件を付けて{self.verb}する", f"{self.verb}しない"


@dataclass(frozen=True, slots=True)
class Signature:
    """Ruled lines in the right half, filled in by hand where the value is empty.

    ``seal_row`` (from 0) gets a dashed 印 circle.
    """

    rows: tuple[tuple[str, str], ...] = (("日付", BLANK_DATE), ("所属", ""), ("氏名", ""))
    seal_row: int | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture at most ``height_mm`` high, its caption below it; ``file``: the name of the file it is in."""

    image: bytes
    caption: str = ""
    height_mm: float = 80
    file: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One place in a chart: its ``texts`` below one another, the first as a heading.

    ``above``: the number (from 0) of the box it hangs from, one that stands before it; None at the top.
    """

    texts: tuple[str, ...]
    above: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Who stands under whom, drawn with lines: from the top down where the paper is wide enough for that.

    Else the boxes stand in rows, each further in than the one it hangs from, over as many pages as needed.
    A box is followed by all that hangs from it, and only then by its neighbour.
    """

    boxes: tuple[Box, ...]
    size: float = 9


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty space, dropped at the top of a page."""

    mm: float


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows starts on a new page of the same sheet."""


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """These stay on one page when a page can hold them."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class End:
    """以上, at the right edge, on the page of what precedes it."""

    text: str = "以上"


Block: TypeAlias = (
    Title
    | FormNumber
    | Text
    | Addressee
    | Submitter
    | Ki
    | Item
    | Table
    | Grid
    | Consent
    | Signature
    | Photo
    | Chart
    | Gap
    | NewPage
    | KeepTogether
    | End
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A part with its own entry in the outline and its own n／m page numbers.

    ``continues``: it belongs to the sheet before, and its pages are numbered on with that one's. ``close``:
    where it takes more than a page, its lines stand close, so that as much as can be is on the first.
    ``single``: it is packed closer still where that keeps all of it on one page, answer and all.
    ``copy``: which copy of a paper it is (正, 副, 控), where more than one is printed. ``second``: the copy
    beside it on the right half of one sheet of paper, beyond a line to cut along; either takes one half.
    """

    blocks: tuple[Block, ...]
    title: str
    landscape: bool = False
    continues: bool = False
    close: bool = False
    single: bool = False
    copy: str = ""
    second: Sheet | None = None

    @property
    def halves(self) -> tuple[Sheet, ...]:
        """What stands side by side on its paper, from the left; itself alone where it has one of its own."""
        return (self,) if self.second is None else (self, self.second)

    @property
    def printed(self) -> tuple[Block, ...]:
        """All that is printed on its paper, in the order in which it is drawn."""
        return tuple(block for half in self.halves for block in half.blocks)


@dataclass(frozen=True, slots=True)
class Mark:
    """What leads back from the paper to the archive, printed small at the foot of every page.

    ``code``: hexadecimal verification code; ``head``: the journal's head before the entry of this
    document; ``sequence``: that head's number; ``ledger``: hex digits that tell this ledger from others.
    """

    code: str
    head: str
    sequence: int
    ledger: str


@dataclass(frozen=True, slots=True)
class Document:
    """All that is printed in one go. ``number`` None: a draft, 下書き on every page.

    ``title``: what the file is called in its metadata. ``on``: the day printed, which the file takes for
    the day on which it was made.
    """

    title: str
    sheets: tuple[Sheet, ...]
    number: str | None = None
    author: str = ""
    mark: Mark | None = None
    on: date | None = None
