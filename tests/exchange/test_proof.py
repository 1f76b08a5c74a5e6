"""What was kept outside the ledger is held against its journal: paper, PDFs and the backups' manifests."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue, load
from app.exchange.documents import issuing
from app.exchange.proof import comparing
from app.exchange.proof.comparing import compare
from app.exchange.proof.marks import Printed, printed
from app.exchange.proof.proving import Proof, check_pdf, check_typed, prove
from app.ledger.copies.manifests import note_of
from app.ledger.door import Ledger
from app.ledger.file.driver import one, transaction
from app.ledger.proof import identity, journal
from app.ledger.proof.heads import Kept
from app.ledger.secret.keys import Cost
from app.records import SPECS, Location, Submission
from forms import all_forms
from tests.support.forging import cut_tail, forge_whole, unguarded
from tests.support.sample import DAY, Sample

CHEAP = Cost(memory=64, passes=1, lanes=1)
KINDS = ("vendor", "client", "contract", "location", "location_use")


def in_order(folder: Path) -> list[Path]:
    """The backups as they were made; two of one second differ by a number, which names do not sort by."""
    return sorted(folder.glob("*.jutaku"), key=lambda path: path.stat().st_mtime_ns)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> tuple[Path, bytes]:
    """A ledger with a document that was handed in, a backup, and a second document since."""
    folder = tmp_path_factory.mktemp("base")
    ledger = new(folder / "t.jutaku", catalogue)
    with ledger:
        issue(ledger, catalogue, "MK-1024")
        ledger.backup()
        place = ledger.facts().all(Location)[0]
        ledger.change(replace(place, room="2号室"), reason="移転")
        issue(ledger, catalogue, "MK-1024")
        ledger.backup()
    return folder, ledger.key


def new(path: Path, catalogue: Catalogue) -> Ledger:
    ledger, _code = Ledger.create(path, "とても長い合言葉です", "担当", cost=CHEAP)
    facts = Sample(catalogue).facts
    with ledger.write() as change:
        for kind in KINDS:
            for record in facts.all(SPECS[kind].cls):
                change.add(replace(record, id=0))
    return ledger


def issue(ledger: Ledger, catalogue: Catalogue, contract: str) -> Submission:
    forms = all_forms()
    case = issuing.case_of(ledger.facts(), catalogue, forms, contract, DAY)
    return issuing.issue(ledger, forms["location-notice"], case)


@pytest.fixture
def path(base: tuple[Path, bytes], tmp_path: Path) -> Path:
    """A copy of the ledger with its backups."""
    shutil.copytree(base[0], tmp_path / "copy")
    return tmp_path / "copy" / "t.jutaku"


@pytest.fixture
def key(base: tuple[Path, bytes]) -> bytes:
    return base[1]


@pytest.fixture
def ledger(path: Path, key: bytes) -> Iterator[Ledger]:
    with Ledger.open(path, key) as opened:
        yield opened


def folder_of(path: Path) -> Path:
    return path.with_name("t-backup")


def proved(path: Path, key: bytes, **wanted: Any) -> Proof:
    with Ledger.open(path, key) as ledger:
        return prove(ledger, folder_of(path), **wanted)


def said(proof: Proof) -> dict[str, str]:
    return {head.source: head.said for head in proof.heads if not head.holds}


def test_every_head_of_a_sound_ledger_holds(ledger: Ledger, path: Path) -> None:
    pdf = ledger.document_bytes(ledger.facts().all(Submission)[0])
    last = ledger.head()
    typed = (Kept(last.sequence, last.hash), Kept(last.sequence - 1, hash_at(ledger, last.sequence - 1)))
    proof = prove(ledger, folder_of(path), typed=typed, pdf=("控え.pdf", pdf))
    assert (proof.ok, proof.problems, proof.unlooked) == (True, (), ())
    found = [(head.source, head.holds) for head in proof.heads]
    sources = ["manifest", "manifest", "2026-0001.pdf", "2026-0002.pdf", "argument", "argument", "控え.pdf"]
    assert found == [(source, True) for source in sources]
    assert proof.document is not None
    assert "控えと一致しました" in proof.document.sentence


def hash_at(ledger: Ledger, entry: int) -> str:
    return str(one(ledger._connection, "SELECT hash FROM journal WHERE sequence = ?", (entry,)))


def test_what_is_printed_is_what_was_reserved(ledger: Ledger) -> None:
    for document in ledger.facts().all(Submission):
        mark = printed(ledger.document_bytes(document))
        assert mark is not None
        assert (mark.code, mark.head) == (document.code, Kept(document.head_sequence, document.head))


def test_a_past_forged_with_the_key_is_betrayed_by_paper_and_backups(path: Path, key: bytes) -> None:
    with Ledger.open(path, key) as ledger:
        copies = [ledger.document_bytes(one) for one in ledger.facts().all(Submission)]

    def moved(record: str, number: int, content: dict[str, Any]) -> None:
        if record == "contract" and number == 1:
            content["note"] = "前からこうだった"

    forge_whole(path, key, moved)
    proof = proved(path, key, pdf=("控え.pdf", copies[0]))
    assert proof.found.ok, "inside, everything agrees: only what lies outside can tell"
    assert not proof.ok
    assert not any(head.holds for head in proof.heads)
    named = {(problem.record, problem.key) for problem in proof.problems}
    assert {("submission", "2026-0001"), ("submission", "2026-0002")} <= named
    assert sum(problem.record == "backup" for problem in proof.problems) == 2
    assert proof.document is not None
    assert (proof.document.same, proof.document.submission) != (True, None)
    assert "控えと同じファイルですが" in proof.document.sentence
    assert "書き換えられています" in proof.document.sentence


def test_a_chain_forged_under_the_same_codes_is_betrayed_by_the_head(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = ledger.facts().all(Submission)[0]
    pdf = ledger.document_bytes(document)
    with unguarded(path, ledger.key) as connection:
        connection.execute(
            "UPDATE journal SET hash = ? WHERE sequence = ?", ("0" * 64, document.head_sequence)
        )
    found = compare(ledger, pdf)
    assert (found.same, found.submission) == (False, document)
    assert f"先頭値（記録{document.head_sequence}番）が記録簿にありません" in found.sentence


def test_an_older_file_put_back_is_found_by_the_manifest(path: Path, key: bytes) -> None:
    older = in_order(folder_of(path))[0]
    last = latest(path)
    shutil.copyfile(older, path)
    proof = proved(path, key)
    assert proof.found.ok
    assert [problem.entry for problem in proof.problems] == [last]
    assert "古いファイルに置き換えられたか、終わりの記録が取り除かれています" in proof.problems[0].problem
    quick = proved(path, key, quick=True)
    assert quick.problems == proof.problems
    assert "古いファイル" in said(proved(path, key, typed=(Kept(last, "0" * 64),)))["argument"]


def latest(path: Path) -> int:
    notes = folder_of(path).glob("*.json")
    return max(int(json.loads(note.read_text("utf-8"))["sequence"]) for note in notes)


def test_a_last_entry_taken_off_without_a_trace_is_found_by_the_manifest(path: Path, key: bytes) -> None:
    with Ledger.open(path, key) as ledger:
        ledger.prove_sheet()
        ledger.backup()
    cut_tail(path, key)
    proof = proved(path, key)
    assert proof.found.ok, "the entry told of nothing that stands in the rows"
    assert [problem.record for problem in proof.problems] == ["backup"]
    assert "終わりの記録が取り除かれています" in proof.problems[0].problem


def test_a_head_of_another_ledger_is_refused_as_such(
    ledger: Ledger, path: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    with new(tmp_path / "other.jutaku", catalogue) as other:
        pdf = other.document_bytes(issue(other, catalogue, "MK-1024"))
        head = other.head()
        begun = Kept(0, journal.genesis(other.id))
        unknown = check_typed(ledger, folder_of(path), Kept(head.sequence, head.hash))
        made = other.backup(folder_of(path))
    known = check_typed(ledger, folder_of(path), Kept(head.sequence, head.hash))
    assert not unknown.holds
    assert "別の台帳の値でもなければ" in unknown.said
    assert f"別の台帳の値です（その台帳のバックアップ「{made.name}」" in known.said
    assert "別の台帳の始まりの値です" in check_typed(ledger, folder_of(path), begun).said
    document, found = check_pdf(ledger, folder_of(path), "よその書類.pdf", pdf)
    assert (document.submission, found.holds) == (None, False)
    assert "この台帳から発行した書類ではありません" in found.said
    assert prove(ledger, folder_of(path)).ok, "a backup of another ledger says nothing of this one"


def test_a_document_of_this_ledger_that_was_taken_out_is_told(ledger: Ledger, path: Path) -> None:
    pdf = ledger.document_bytes(ledger.facts().all(Submission)[1])
    older = in_order(folder_of(path))[1]
    note_of(older).unlink()
    with Ledger.open(older, ledger.key) as copy:
        with unguarded(older, ledger.key) as connection:
            connection.execute("UPDATE submission SET code = 'x', pdf = 'x' WHERE id = 2")
        copy._facts = None
        assert "この書類が台帳にありません" in compare(copy, pdf).sentence


def test_what_a_restore_took_away_is_told_as_such(path: Path, key: bytes) -> None:
    older = in_order(folder_of(path))[0]
    with Ledger.open(path, key) as ledger:
        head = ledger.head()
    shutil.copyfile(older, path)
    later = datetime.now().astimezone() + timedelta(hours=1)
    with Ledger.open(path, key, clock=lambda: later) as ledger:
        first = ledger.head().sequence + 1
        told = f"復元前の台帳の記録{first}〜{head.sequence}（先頭値 {head.hash}）はこの台帳にない。"
        with transaction(ledger._connection):
            ledger._writer().append(identity.deed(ledger._connection, "restore", told))
        proof = prove(ledger, folder_of(path), typed=(Kept(head.sequence, head.hash),))
        gone = [one for one in proof.heads if not one.holds]
        assert [one.source for one in gone] == ["manifest", "argument"]
        assert all("の復元で失われた部分の値です" in one.said for one in gone)
        assert [problem.record for problem in proof.problems] == ["ledger"]
        inside = check_typed(ledger, folder_of(path), Kept(first, "0" * 64))
        assert "の復元で失われた範囲の番号" in inside.said
        # Made since, a backup is of what came after: the restore explains nothing of it.
        later += timedelta(hours=1)
        ledger.backup()
    forge_whole(path, key, lambda _record, _number, content: content.update(note="x"))
    assert sum(problem.record == "backup" for problem in proved(path, key).problems) == 2


def test_the_quick_check_builds_on_the_newest_backup_that_holds(ledger: Ledger, path: Path) -> None:
    notes = [backup.with_name(backup.name + ".json") for backup in in_order(folder_of(path))]
    sequences = [json.loads(note.read_text("utf-8"))["sequence"] for note in notes]
    proof = prove(ledger, folder_of(path), quick=True)
    assert (proof.ok, proof.found.since, proof.found.entries) == (True, sequences[1], 0)
    held = json.loads(notes[1].read_text("utf-8"))
    notes[1].write_text(json.dumps({**held, "head": "0" * 64}), "utf-8")
    proof = prove(ledger, folder_of(path), quick=True)
    assert (proof.ok, proof.found.since) == (False, sequences[0])
    for note in notes:
        note.unlink()
    proof = prove(ledger, folder_of(path), quick=True)
    assert (proof.ok, proof.found.since, proof.found.entries) == (True, 0, sequences[1])


def test_the_quick_check_sees_what_was_changed_since(ledger: Ledger, path: Path) -> None:
    place = ledger.facts().all(Location)[0]
    ledger.change(replace(place, room="3号室"), reason="移転")
    assert prove(ledger, folder_of(path), quick=True).ok
    with unguarded(path, ledger.key) as connection:
        connection.execute("UPDATE location SET room = '4号室' WHERE id = ?", (place.id,))
    (problem,) = prove(ledger, folder_of(path), quick=True).problems
    assert problem.sentence.startswith("作業・保管場所「") or problem.record == "location"
    assert problem.problem == "登録内容が記録と合いません。"


def test_a_folder_of_backups_that_is_not_there_proves_nothing_and_is_no_fault(
    ledger: Ledger, tmp_path: Path
) -> None:
    proof = prove(ledger, tmp_path / "none")
    assert proof.ok
    assert "manifest" not in {head.source for head in proof.heads}


@pytest.mark.parametrize("harm", ["cut", "damaged", "foreign"])
def test_of_a_pdf_that_shows_no_code_no_more_is_said_than_is_known(
    ledger: Ledger, path: Path, harm: str
) -> None:
    pdf = ledger.document_bytes(ledger.facts().all(Submission)[0])
    spoilt = {
        "cut": pdf[: len(pdf) // 3],
        "damaged": b"%PDF-1.7\n" + b"x" * len(pdf),
        "foreign": b"%PDF-1.7\n",
    }
    document, found = check_pdf(ledger, folder_of(path), "控え.pdf", spoilt[harm])
    assert (document.submission, found.holds) == (None, False)
    assert "この台帳から発行した書類かどうかを確かめられません" in found.said
    assert "途中で切れたか壊れたファイル" in found.said
    assert found.said.endswith("照合してください。")


def test_of_a_code_without_a_head_no_more_is_said_than_is_known(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "printed", lambda _pdf: Printed("0" * 20, None))
    assert "先頭値は読み取れません" in compare(ledger, b"%PDF-").sentence


def test_a_quick_check_praises_no_more_than_it_looked_at(ledger: Ledger, tmp_path: Path) -> None:
    quick = prove(ledger, tmp_path / "none", quick=True)
    assert quick.ok
    assert "書類に印字された先頭値" in quick.left_out
    assert quick.praise.startswith("確かめた範囲（")
    whole = prove(ledger, tmp_path / "none")
    assert (whole.left_out, whole.praise) == ("", "改変は見つかりませんでした。")


def test_a_document_that_cannot_be_read_is_no_end_of_the_proof(ledger: Ledger, path: Path) -> None:
    with unguarded(path, ledger.key) as connection:
        connection.execute("UPDATE submission SET statement = CAST(x'ff' AS TEXT)")
    proof = prove(ledger, folder_of(path))
    assert not proof.ok
    assert any("一部は、突き合わせていません" in one for one in proof.unlooked)
    assert "manifest" in {head.source for head in proof.heads}
