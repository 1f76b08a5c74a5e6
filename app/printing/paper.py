"""The paper: its size, its margins and where the foot stands, in points."""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Paper:
    """``top``, ``right``, ``bottom``, ``left``: margins of the text; ``foot``: page number above the edge.

    The code of a page and the white around it need the lower margin; across the left one, where sheets are
    bound and registers can spare the room better than below.
    """

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    foot: float
    mark: float

    @property
    def text_width(self) -> float:
        """How wide the text is."""
        return self.width - self.left - self.right


PORTRAIT = Paper(210 * MM, 297 * MM, 18 * MM, 20 * MM, 26 * MM, 22 * MM, 14 * MM, 8 * MM)
LANDSCAPE = Paper(297 * MM, 210 * MM, 16 * MM, 10 * MM, 18 * MM, 25.5 * MM, 12 * MM, 7 * MM)
HALF = Paper(148.5 * MM, 210 * MM, 14 * MM, 12 * MM, 26 * MM, 12 * MM, 16 * MM, 8 * MM)
"""One of two copies on a sheet across, which are cut apart: A5, with a code and a foot of its own."""
HALVED = Paper(297 * MM, 210 * MM, 14 * MM, 12 * MM, 26 * MM, 12 * MM, 16 * MM, 8 * MM)
"""Both of them: the margins around the two."""


def paper(landscape: bool, *, halved: bool = False) -> Paper:
    """A4, upright or across; ``halved``: across, for two copies."""
    return HALVED if halved else LANDSCAPE if landscape else PORTRAIT
