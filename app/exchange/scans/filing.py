"""Filing the stamped copy: the scan is kept with its paper, and the day of acceptance set, in one change."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from app.common import PeopleError, Progress
from app.exchange.scans.binding import Bound, Intake, bind, remark, unfit
from app.exchange.scans.reading import read_scan
from app.filesystem import read_given
from app.ledger import documents
from app.ledger.door import Ledger
from app.ledger.writing import LARGEST_FILE
from app.records import Attachment, Facts, Submission
from app.records.attachment import AttachmentKind

_UNREAD = "（照合用コードを読み取れませんでした）"


@dataclass(frozen=True, slots=True)
class Given:
    """A file that came back, read: its name, its bytes, what it holds."""

    name: str
    data: bytes
    intake: Intake


def take_in(ledger: Ledger, path: Path, progress: Progress | None = None) -> Given:
    """Read a scan and bind its pages; nothing is written. Raises ``PeopleError`` in one sentence."""
    called = f"「{path.name}」"
    data = _copy(ledger, path)
    pages = read_scan(data, called, progress)
    return Given(path.name, data, bind(ledger.id, ledger.facts(), pages, called))


def take_in_as(ledger: Ledger, path: Path, paper: Submission, progress: Progress | None = None) -> Given:
    """Read a scan that somebody says is of ``paper``: what its code says counts more, where one is read.

    Raises ``PeopleError`` where it is of another paper, shows nothing, or none of it may be filed.
    """
    if said := unfit(paper, ledger.facts()):
        raise PeopleError(said)
    called = f"「{path.name}」"
    data = _copy(ledger, path)
    pages = read_scan(data, called, progress)
    if not any(page.codes or page.newer for page in pages):
        if all(page.empty for page in pages):
            raise PeopleError(
                f"{called}には何も写っていません。受領印を受けた書類を読み取ったファイルを選んでください。"
            )
        numbers = tuple(page.number for page in pages)
        bound = Bound(paper, (), (), remark(paper))
        return Given(path.name, data, Intake((bound,), (), numbers, len(pages)))
    intake = bind(ledger.id, ledger.facts(), pages, called)
    if intake.refused:
        raise PeopleError(f"{called}の{intake.refused[0]}")
    if others := [one.submission.number for one in intake.bound if one.submission.id != paper.id]:
        raise PeopleError(
            f"{called}は書類「{paper.number}」の控えではなく、書類「{others[0]}」の控えです。"
            "ファイルか文書番号を確かめてください。"
        )
    return Given(path.name, data, intake)


def _copy(ledger: Ledger, path: Path) -> bytes:
    """The bytes of what came back. What the program wrote itself bears nobody's stamp, and proves nothing."""
    data, facts = read_copy(path), ledger.facts()
    digest = hashlib.sha256(data).hexdigest()
    again = (one.data for one in facts.all(Attachment) if one.kind == AttachmentKind.REISSUED.value)
    if digest in {*(one.pdf for one in facts.all(Submission)), *again}:
        raise PeopleError(
            f"「{path.name}」は、発行したPDFそのものです。受領印を受けた紙を読み取ったファイルを選んでください。"
        )
    return data


def read_copy(path: Path) -> bytes:
    """The bytes of a file to be kept. Raises ``PeopleError`` in one sentence."""
    data = read_given(path, LARGEST_FILE, "解像度を下げるか、書類ごとに分けてください。")
    if not data:
        raise PeopleError(f"「{path.name}」は中身が空です。別のファイルを選んでください。")
    return data


def file_copies(ledger: Ledger, given: Given, on: date | None, today: date) -> list[Submission]:
    """Keep each paper's part of the scan with it; ``on``: the day of acceptance, None: it is not set.

    All of it is one change, or nothing is written. A file that is kept already is not kept twice. Returns the
    papers as they are now. Raises ``LedgerError``.
    """
    done = []
    with ledger.write() as change:
        facts = ledger.facts()
        for bound in given.intake.bound:
            paper = bound.submission
            if on is not None and bound.accepts:
                paper = documents.accept(change, paper, on)
            data = _part(given, bound)
            digest = hashlib.sha256(data).hexdigest()
            if digest not in _kept(facts, paper):
                change.add(_attachment(given, bound, digest, on or today), {digest: data})
            done.append(paper)
    return done


def kept_already(facts: Facts, given: Given) -> Sequence[Submission]:
    """The papers of a scan with which the same file is kept."""
    return [
        one.submission
        for one in given.intake.bound
        if hashlib.sha256(_part(given, one)).hexdigest() in _kept(facts, one.submission)
    ]


def _kept(facts: Facts, paper: Submission) -> set[str]:
    held = facts.of(Attachment, "record_id", paper.id)
    return {one.data for one in held if one.record_kind == Submission.spec.name}


def _part(given: Given, bound: Bound) -> bytes:
    """The whole file where it is of one paper alone: as it came is how it proves most."""
    if given.intake.whole:
        return given.data
    from app.printing.copies.parting import only_pages

    return only_pages(given.data, bound.pages)


def _attachment(given: Given, bound: Bound, digest: str, on: date) -> Attachment:
    """What is kept; that only a person said of which paper it is, stays with it."""
    paper, name = bound.submission, PurePath(given.name)
    own = given.name if given.intake.whole else f"{name.stem}_{paper.number}{name.suffix}"
    return Attachment(
        record_kind=Submission.spec.name,
        record_id=paper.id,
        title=f"{paper.number} の控え{'' if bound.pages else _UNREAD}",
        kind=AttachmentKind.STAMPED.value,
        received_on=on,
        file_name=own,
        data=digest,
    )
