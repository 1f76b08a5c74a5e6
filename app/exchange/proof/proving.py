"""Verification as a whole: the ledger against its journal, and the journal against what was kept outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.common import Progress
from app.exchange.proof.comparing import Comparison, compare, documents_of, mark_fault
from app.exchange.proof.marks import printed
from app.ledger.copies import soundness
from app.ledger.copies.manifests import Backup, backups
from app.ledger.door import Ledger
from app.ledger.errors import LedgerError
from app.ledger.proof.heads import Kept, Lost
from app.ledger.proof.journal import LEDGER, Head
from app.ledger.proof.problems import Problem, in_order
from app.ledger.proof.verifying import Verification

MANIFEST, TYPED = "manifest", "argument"
"""Where a head comes from, beside the name of a PDF."""


@dataclass(frozen=True, slots=True)
class HeadFound:
    """One head kept outside: where it stands, of which entry it is, and whether the journal still holds it.

    ``name``: its source as people call it. ``entry`` is None where none could be read. ``said``: what is
    wrong, or why a head that does not hold is no fault; empty for one that holds.
    """

    source: str
    name: str
    entry: int | None
    holds: bool
    said: str = ""
    fault: Problem | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What a verification came to. ``unlooked``: what could not be looked at; it proves nothing of that.

    ``remarks``: what is no sign of tampering and should be known all the same.
    """

    found: Verification
    heads: tuple[HeadFound, ...]
    document: Comparison | None = None
    unlooked: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that does not agree, the first bad entry first."""
        return in_order((*self.found.problems, *(one.fault for one in self.heads if one.fault is not None)))

    @property
    def ok(self) -> bool:
        return not self.problems


def prove(
    ledger: Ledger,
    folder: Path,
    progress: Progress | None = None,
    *,
    typed: Sequence[Kept] = (),
    pdf: tuple[str, bytes] | None = None,
    quick: bool = False,
) -> Proof:
    """Verify ``ledger``, and hold every head against it: of its backups in ``folder``, of its archived PDFs,
    of ``typed`` ones and of ``pdf``, a file's name and bytes.

    ``quick`` builds on the newest backup whose head holds, and reads no archived PDF. Raises what
    ``Ledger.verify`` does.
    """
    progress = progress or Progress()
    manifests, unlooked = _manifests(folder)
    own = [one for one in manifests if one.manifest.ledger == ledger.id]
    lost = ledger.lost()
    heads = [_of_manifest(ledger, one, lost) for one in own]
    if quick:
        found = ledger.quick_check(_proven(own, heads), progress)
    else:
        found = ledger.verify(progress)
        heads.extend(_of_archive(ledger, progress))
    others = [one for one in manifests if one.manifest.ledger != ledger.id]
    heads.extend(_of_typed(ledger, one, others, lost) for one in typed)
    document = compare(ledger, pdf[1]) if pdf is not None else None
    if pdf is not None and document is not None:
        heads.append(_of_pdf(pdf[0], document, others))
    more = (unlooked, found.unlooked)
    remarks = () if quick else (ledger.clock_remark(),)
    return Proof(found, tuple(heads), document, tuple(filter(None, more)), tuple(filter(None, remarks)))


def check_typed(ledger: Ledger, folder: Path, kept: Kept) -> HeadFound:
    """Hold one typed head against the journal, without verifying the rest."""
    others = [one for one in _manifests(folder)[0] if one.manifest.ledger != ledger.id]
    return _of_typed(ledger, kept, others, ledger.lost())


def check_pdf(ledger: Ledger, folder: Path, name: str, pdf: bytes) -> tuple[Comparison, HeadFound]:
    """Hold one PDF against its archived copy and the journal, without verifying the rest."""
    others = [one for one in _manifests(folder)[0] if one.manifest.ledger != ledger.id]
    document = compare(ledger, pdf)
    return document, _of_pdf(name, document, others)


def _manifests(folder: Path) -> tuple[list[Backup], str]:
    try:
        return backups(folder), ""
    except OSError:
        return [], "バックアップの保存先を読めないため、バックアップの先頭値とは突き合わせていません。"


def _proven(own: Sequence[Backup], heads: Sequence[HeadFound]) -> Head | None:
    """The latest entry up to which the ledger was verified whole: each backup was, before it counted."""
    held = [one for one, head in zip(own, heads, strict=True) if head.holds]
    for one in sorted(held, key=lambda one: one.manifest.sequence, reverse=True):
        if not soundness.flaw(one):
            return Head(one.manifest.sequence, one.manifest.head)
    return None


def _of_manifest(ledger: Ledger, backup: Backup, lost: Sequence[Lost]) -> HeadFound:
    manifest = backup.manifest
    name = f"バックアップ「{backup.path.name}」"
    kept = Kept(manifest.sequence, manifest.head)
    held = ledger.hold(kept)
    found = HeadFound(MANIFEST, name, kept.entry, held.holds)
    if held.holds:
        return found
    for one in lost:
        # Made since, a backup holds what came after the restore, whatever its numbers.
        if one.is_end(kept) or (manifest.moment <= one.at and one.first <= kept.entry <= one.last):
            return replace(found, said=f"{_day(one)}の復元で失われた部分の値です。")
    if held.beyond:
        said = (
            f"記録{kept.entry:,}番までを含みますが、この台帳は{held.last:,}番で終わっています。"
            "台帳が古いファイルに置き換えられたか、終わりの記録が取り除かれています。"
        )
    else:
        said = (
            f"控えた記録{kept.entry:,}番の値が、この台帳の記録簿にありません。"
            "記録簿が作り直されたか、バックアップの記録（.json）が書き換えられています。"
        )
    return replace(found, said=said, fault=Problem(kept.entry, "backup", backup.path.name, said))


def _of_archive(ledger: Ledger, progress: Progress) -> Iterator[HeadFound]:
    """What is printed on the PDFs in the ledger itself: written anew, a journal no longer holds it."""
    for number, one in enumerate(documents_of(ledger)):
        progress.step(number, 0, "発行した書類に印字された値を確かめています")
        try:
            mark = printed(ledger.document_bytes(one))
        except LedgerError:
            # The file is not there: verification of the ledger has said so.
            continue
        entry = mark.head.entry if mark and mark.head else None
        wrong = mark_fault(ledger, one, mark)
        name = f"書類「{one.number}」"
        fault = Problem(entry or 0, "submission", one.number, f"保管しているPDFに{wrong}") if wrong else None
        yield HeadFound(f"{one.number}.pdf", name, entry, not wrong, wrong, fault)


def _of_typed(ledger: Ledger, kept: Kept, others: Sequence[Backup], lost: Sequence[Lost]) -> HeadFound:
    held = ledger.hold(kept)
    name = f"入力した先頭値（記録{kept.entry:,}番）"
    found = HeadFound(TYPED, name, kept.entry, held.holds)
    if held.holds:
        return found
    said = _why_not(kept, others, lost, begun=kept.entry == 0) or (
        f"この台帳は記録{held.last:,}番で終わっていて、{kept.entry:,}番がありません。"
        "打ち間違いでも別の台帳の値でもなければ、台帳が古いファイルに置き換えられたか、"
        "終わりの記録が取り除かれています。"
        if held.beyond
        else f"記録{kept.entry:,}番の値が、この台帳の記録簿と違います。"
        "打ち間違いでも別の台帳の値でもなければ、記録簿が作り直されています。"
    )
    return replace(found, said=said, fault=Problem(kept.entry, LEDGER, "", f"{name}：{said}"))


def _why_not(kept: Kept, others: Sequence[Backup], lost: Sequence[Lost], *, begun: bool) -> str:
    """What is known of a head that the journal does not hold, beyond that."""
    if other := _other(kept, others):
        return other
    if begun:
        return "別の台帳の始まりの値です。この台帳とは照合できません。"
    for one in lost:
        if one.is_end(kept):
            return f"{_day(one)}の復元で失われた部分の値です。復元前の台帳と照合してください。"
    for one in lost:
        if one.first <= kept.entry <= one.last:
            return (
                f"記録{kept.entry:,}番の値が、この台帳の記録簿と違います。{_day(one)}の復元で失われた範囲の番号"
                "のため、復元前の台帳と照合してください。そこにもなければ、記録簿が作り直されています。"
            )
    return ""


def _other(kept: Kept, others: Sequence[Backup]) -> str:
    """Of which other ledger a head is, where a backup of that one lies in the same folder."""
    for one in others:
        if one.manifest.sequence == kept.entry and one.manifest.head.startswith(kept.start):
            return f"別の台帳の値です（その台帳のバックアップ「{one.path.name}」の先頭値と同じです）。"
    return ""


def _of_pdf(name: str, document: Comparison, others: Sequence[Backup]) -> HeadFound:
    mark = document.mark
    kept = mark.head if mark else None
    found = HeadFound(name, f"「{name}」", kept.entry if kept else None, document.same)
    if document.same:
        return found
    said = (_other(kept, others) if kept and document.submission is None else "") or document.sentence
    key = document.submission.number if document.submission else ""
    return replace(found, said=said, fault=Problem(0, "submission", key, said))


def _day(lost: Lost) -> str:
    return f"{lost.at.year}年{lost.at.month}月{lost.at.day}日"
