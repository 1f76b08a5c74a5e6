"""How long an evidence binder of about 1,000 pages takes, how big it is, and how much memory it needs.

The ledger is the sample's, with more documents filed for one contract, more hand-overs, and attachments of
every sort: photographs, scans as PDF, files that are damaged or no picture. The binder is issued in a process
of its own, so that its peak is that of nothing else. With ``--half`` it is measured with half of it all, too:
what grows more than twice as fast as the pages is a fault.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image

from app.exchange.demo import make_demo
from app.ledger.access.opening import unlock
from app.ledger.documents import Drawn
from app.ledger.door import Ledger
from app.printing import blocks as b
from app.printing.pages import OpenPdf
from app.printing.render import render
from app.records import Asset, Attachment, Contract, Event, Statement, Submission
from app.records.attachment import AttachmentKind
from app.start import Product

DAY = date(2026, 11, 20)
NUMBER = "MK-1024"
_STATUS = Path("/proc/self/status")


def main(arguments: list[str]) -> int:
    """Measure and print a table. Returns the exit code."""
    parser = argparse.ArgumentParser(description="time, size and memory of an evidence binder")
    parser.add_argument("--documents", type=int, default=300, help="filed for the contract (default: 300)")
    parser.add_argument(
        "--events", type=int, default=2000, help="hand-overs in the registers (default: 2,000)"
    )
    parser.add_argument("--photos", type=int, default=60, help="photographs attached (default: 60)")
    parser.add_argument("--scans", type=int, default=10, help="attached PDFs of 12 pages (default: 10)")
    parser.add_argument("--half", action="store_true", help="measure half of it as well")
    parser.add_argument("--keep", type=Path, help="where to keep the binder")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.child:
        return _child(wanted.child, wanted.keep)
    print(f"{'':<12}{'pages':>8}{'seconds':>10}{'cpu':>8}{'MB':>8}{'peak MB':>10}{'open ms':>10}", flush=True)
    for parts in (2, 1) if wanted.half else (1,):
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            counts = (wanted.documents, wanted.events, wanted.photos, wanted.scans)
            documents, events, photos, scans = (count // parts for count in counts)
            _fill(folder, documents, events, photos, scans)
            command = [sys.executable, __file__, "--child", str(folder)]
            more = ["--keep", str(wanted.keep)] if wanted.keep else []
            subprocess.run([*command, *more], check=True, timeout=1800)  # noqa: S603  # this very script
    return 0


def _open(folder: Path) -> Ledger:
    passphrase = next(folder.glob("*.txt")).read_text(encoding="utf-8").strip()
    path = next(folder.glob("*.jutaku"))
    return Product().open(path, unlock(path, passphrase))


def _fill(folder: Path, documents: int, events: int, photos: int, scans: int) -> None:
    """The sample's ledger in ``folder``, with so much more in it."""
    make_demo(Product(), folder, DAY)
    with _open(folder) as ledger:
        contract = next(one for one in ledger.facts().all(Contract) if one.number == NUMBER)
        _file(ledger, contract, documents)
        _hand_over(ledger, contract, events)
        _attach(ledger, contract, photos, scans)


def _file(ledger: Ledger, contract: Contract, count: int) -> None:
    """Documents as the sample has them, filed again and again under numbers of their own."""
    held = [
        one for one in ledger.facts().of(Submission, "contract", contract.id) if one.form != "evidence-binder"
    ]
    wanted = [held[at % len(held)] for at in range(count)]
    statements = [Statement.from_canonical(one.statement) for one in wanted]
    reserved = ledger.reserve_all(statements)
    pdfs = {one.id: ledger.document_bytes(one) for one in held}
    ledger.issue_all(
        [
            Drawn(place, one.title, _apart(pdfs[one.id], at))
            for at, (place, one) in enumerate(zip(reserved, wanted, strict=True))
        ]
    )


def _apart(pdf: bytes, at: int) -> bytes:
    """The same pages as another file: a comment behind the end of a PDF changes nothing."""
    return pdf + f"%{at}\n".encode("ascii")


def _hand_over(ledger: Ledger, contract: Contract, count: int) -> None:
    assets = {one.id for one in ledger.facts().all(Asset) if one.contract == contract.id}
    pattern, first = next(
        (one, one.happened_at)
        for one in ledger.facts().all(Event)
        if one.asset in assets and isinstance(one.happened_at, datetime)
    )
    with ledger.write() as change:
        for at in range(count):
            moment = first + timedelta(minutes=at)
            change.add(replace(pattern, id=0, revision=0, happened_at=moment))


def _attach(ledger: Ledger, contract: Contract, photos: int, scans: int) -> None:
    files = [
        *_photos(photos),
        *_scans(scans),
        (b"%PDF-1.7 broken", "壊れた写し.pdf"),
        (b"PK\x03\x04" + b"\0" * 40, "一覧.xlsx"),
    ]
    for at, (data, name) in enumerate(files):
        digest = hashlib.sha256(data).hexdigest()
        one = Attachment(
            record_kind="contract",
            record_id=contract.id,
            title=f"資料{at + 1}",
            kind=AttachmentKind.CONSENT,
            file_name=name,
            data=digest,
        )
        ledger.add(one, {digest: data})


def _photos(count: int) -> Iterator[tuple[bytes, str]]:
    """Photographs of 12 megapixels with as much detail as a photograph has."""
    draw = random.Random(1)  # noqa: S311  # the same pictures each time
    for at in range(count):
        small = Image.frombytes("RGB", (200, 150), draw.randbytes(200 * 150 * 3))
        out = BytesIO()
        small.resize((4000, 3000), Image.Resampling.BICUBIC).save(out, "JPEG", quality=85)
        yield out.getvalue(), f"写真{at + 1}.jpg"


def _scans(count: int) -> Iterator[tuple[bytes, str]]:
    for at in range(count):
        pages = tuple(
            b.Sheet(
                (b.Title(f"仕様書{at + 1}"), *(b.Text("受託業務の仕様を定める。" * 12) for _ in range(14))),
                f"{page}",
            )
            for page in range(1, 13)
        )
        yield render(b.Document(f"仕様書{at + 1}", pages, f"S-{at}")), f"仕様書{at + 1}.pdf"


def _child(folder: Path, keep: Path | None) -> int:
    from app.duties.case import Case
    from app.exchange.documents.issuing import issue

    product = Product()
    with _open(folder) as ledger:
        facts = ledger.facts()
        contract = next(one for one in facts.all(Contract) if one.number == NUMBER)
        case = Case(facts, product.catalogue_of(facts), contract, DAY, forms=product.forms, today=DAY)
        start, used = time.perf_counter(), time.process_time()
        made = issue(ledger, product.forms["evidence-binder"], case)
        seconds, cpu = time.perf_counter() - start, time.process_time() - used
        peak = _peak()
        pdf = ledger.document_bytes(made)
    start = time.perf_counter()
    with OpenPdf(pdf) as opened:
        pages = opened.page_count
        for page in range(pages):
            opened.size(page)
    shown = (time.perf_counter() - start) * 1000
    print(
        f"{'binder':<12}{pages:>8}{seconds:>10.1f}{cpu:>8.1f}{len(pdf) / 1e6:>8.1f}{peak:>10.0f}"
        f"{shown:>10.1f}",
        flush=True,
    )
    if keep:
        keep.write_bytes(pdf)
    return 0


def _peak() -> float:
    """The most memory that this process ever held, in MB; 0 where the system does not tell."""
    if not _STATUS.exists():
        return 0.0
    lines = _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
