"""Verification as a whole: the ledger against its journal, and the journal against what was kept outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.common import Progress
from app.exchange.proof.comparing import Comparison, documents_of, mark_fault
from app.exchange.proof.given import compare_paper
from app.exchange.proof.marks import printed
from app.ledger.copies import soundness
from app.ledger.copies.manifests import Backup, backups
from app.ledger.door import Ledger
from app.ledger.errors import DamagedError, LedgerError
from app.ledger.proof.heads import Kept, Lost
from app.ledger.proof.journal import LEDGER, Head
from app.ledger.proof.problems import Problem, in_order
from app.ledger.proof.verifying import Verification

_UNHELD = "読めない部分があるため、台帳の外に残る先頭値とは突き合わせていません。"

_UNREAD = "読めない登録があるため、発行した書類に印字された先頭値の一部は、突き合わせていません。"

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
    quick: bool = False

    @property
    def praise(self) -> str:
        """What may be said where nothing was found: of no more than was looked at."""
        if not self.quick:
            begun = "確かめた範囲では、" if self.unlooked else ""
            return f"{begun}改変は見つかりませんでした。"
        since = self.found.since
        looked = f"記録{since:,}番より後の登録" if since else "記録簿のつながり、記録簿にある登録"
        pages = "" if self.found.unlooked else "、ファイルの傷み"
        return f"確かめた範囲（{looked}{pages}、台帳の構造）では、改変は見つかりませんでした。"

    @property
    def left_out(self) -> str:
        """What a quick verification leaves out by its nature, as one sentence; empty for a whole one."""
        if not self.quick:
            return ""
        before = f"記録{self.found.since:,}番までの登録内容、" if self.found.since else ""
        return (
            f"簡易の検証のため、{before}記録簿を通さずに加えられた行、参照先のない行、保管したファイルと"
            "書類に印字された先頭値、文書番号の数、検索の索引は確かめていません。"
        )

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
    try:
        return _proof(ledger, folder, progress, typed, pdf, quick=quick)
    except DamagedError:
        # What is kept outside cannot be held against a file that cannot be read. What it is that cannot be
        # read the verification of the file itself tells, which asks every question on its own.
        found = ledger.quick_check(None, progress) if quick else ledger.verify(progress)
    more = tuple(filter(None, (_UNHELD, found.unlooked)))
    return Proof(_with_damage(found), (), None, more, (), quick)


def _proof(
    ledger: Ledger,
    folder: Path,
    progress: Progress,
    typed: Sequence[Kept],
    pdf: tuple[str, bytes] | None,
    *,
    quick: bool,
) -> Proof:
    manifests, unlooked = _manifests(folder)
    unread = ""
    own = [one for one in manifests if one.manifest.ledger == ledger.id]
    lost = ledger.lost()
    heads = [_of_manifest(ledger, one, lost) for one in own]
    if quick:
        found = ledger.quick_check(_proven(own, heads), progress)
    else:
        found = ledger.verify(progress)
        archived, unread = _archived(ledger, progress)
        heads.extend(archived)
        if unread:
            found = _with_damage(found)
    others = [one for one in manifests if one.manifest.ledger != ledger.id]
    heads.extend(_of_typed(ledger, one, others, lost) for one in typed)
    document = compare_paper(ledger, pdf[1], pdf[0]) if pdf is not None else None
    if pdf is not None and document is not None:
        heads.append(_of_pdf(pdf[0], document, others))
    more = tuple(filter(None, (unlooked, unread, found.unlooked)))
    remarks = () if quick else tuple(filter(None, (ledger.clock_remark(),)))
    return Proof(found, tuple(heads), document, more, remarks, quick)


def check_typed(ledger: Ledger, folder: Path, kept: Kept) -> HeadFound:
    """Hold one typed head against the journal, without verifying the rest."""
    others = [one for one in _manifests(folder)[0] if one.manifest.ledger != ledger.id]
    return _of_typed(ledger, kept, others, ledger.lost())


def check_pdf(ledger: Ledger, folder: Path, name: str, pdf: bytes) -> tuple[Comparison, HeadFound]:
    """Hold one PDF against its archived copy and the journal, without verifying the rest."""
    others = [one for one in _manifests(folder)[0] if one.manifest.ledger != ledger.id]
    document = compare_paper(ledger, pdf, name)
    return document, _of_pdf(name, document, others)


def _manifests(folder: Path) -> tuple[list[Backup], str]:
    try:
        return backups(folder), ""
    except OSError:
        return [], "バックアップの保存先を読めないため、バックアップの先頭値とは突き合わせていません。"


def _with_damage(found: Verification) -> Verification:
    """``found``, and never without a word of what could not be read."""
    problems = found.problems or (Problem(0, LEDGER, "", DamagedError().sentence),)
    return replace(found, ok=False, problems=problems)


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


def _archived(ledger: Ledger, progress: Progress) -> tuple[list[HeadFound], str]:
    """What ``_of_archive`` finds, and one sentence where not all of it can be read."""
    held: list[HeadFound] = []
    try:
        held.extend(_of_archive(ledger, progress))
    except DamagedError:
        return held, _UNREAD
    return held, ""


def _of_archive(ledger: Ledger, progress: Progress) -> Iterator[HeadFound]:
    """What is printed on the PDFs in the ledger itself: written anew, a journal no longer holds it."""
    for number, one in enumerate(documents_of(ledger)):
        progress.step(number, 0, "発行した書類に印字された値を確かめています")
        try:
            mark = printed(ledger.document_bytes(one))
        except DamagedError:
            raise
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
