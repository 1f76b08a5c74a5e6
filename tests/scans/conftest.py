"""A ledger with papers, and scans of them as a copier makes them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app.annexes.catalogue import load
from app.ledger.door import Ledger
from app.records import Submission
from tests.exchange.test_proof import issue, new
from tests.support.sample import DAY

PACKAGING = str(Path(__file__).resolve().parent.parent.parent / "packaging" / "bench")
if PACKAGING not in sys.path:
    sys.path.append(PACKAGING)

from made_scans import Scan, scanned  # noqa: E402  # from the folder just named


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A ledger with three papers: one handed in, one not, one void."""
    folder = tmp_path_factory.mktemp("papers")
    catalogue = load()
    with new(folder / "t.jutaku", catalogue) as ledger:
        first, _unsent, wrong = (issue(ledger, catalogue, "MK-1024") for _ in range(3))
        ledger.submit(first, DAY, "持参")
        ledger.void(wrong, DAY, "誤り")
        return folder, ledger.key


@pytest.fixture
def ledger(base: tuple[Path, bytes], tmp_path: Path) -> Iterator[Ledger]:
    shutil.copytree(base[0], tmp_path / "copy")
    with Ledger.open(tmp_path / "copy" / "t.jutaku", base[1]) as opened:
        yield opened


@pytest.fixture
def papers(ledger: Ledger) -> tuple[Submission, Submission, Submission]:
    """Handed in, not handed in, void."""
    first, second, third = ledger.facts().all(Submission)
    return first, second, third


@pytest.fixture
def scan(ledger: Ledger) -> Callable[..., bytes]:
    """A JPEG scan of a paper's first page."""

    def make(paper: Submission, how: Scan | None = None, page: int = 0) -> bytes:
        return scanned(ledger.document_bytes(paper), page, how or Scan(150, -3.0, "upper left"))

    return make


@pytest.fixture
def several() -> Callable[[Sequence[bytes]], bytes]:
    """Pictures as the pages of one PDF, as a copier sends them."""

    def make(pictures: Sequence[bytes]) -> bytes:
        out = BytesIO()
        first, *rest = [Image.open(BytesIO(one)).convert("RGB") for one in pictures]
        first.save(out, "PDF", save_all=True, append_images=rest, resolution=150)
        return out.getvalue()

    return make


@pytest.fixture
def locked() -> Callable[[bytes], bytes]:
    """A PDF that opens with a password only."""

    def make(pdf: bytes) -> bytes:
        out = BytesIO()
        with pikepdf.open(BytesIO(pdf)) as opened:
            opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
        return out.getvalue()

    return make


@pytest.fixture
def blank() -> bytes:
    """A picture of nothing."""
    out = BytesIO()
    Image.new("RGB", (900, 1200), "white").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def stamp() -> bytes:
    """A pale seal of 6 mm on a page of A4, and no code."""
    out = BytesIO()
    page = Image.new("RGB", (1240, 1754), (244, 242, 236))
    page.paste((225, 120, 105), (600, 800, 635, 835))
    page.save(out, "PNG")
    return out.getvalue()
