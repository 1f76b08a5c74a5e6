"""A backup put back: what would be lost is named first, and the old or the new ledger always opens."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.common import Cancelled, Progress
from app.ledger.access import opening
from app.ledger.copies import listing, manifests, switching
from app.ledger.door import Ledger
from app.ledger.errors import BackupOpenedError, LedgerError, WriteFailedError, WrongCodeError
from app.ledger.file import copying, driver
from app.ledger.migrations import FORMAT
from app.ledger.proof.heads import Kept
from app.ledger.restoring import source
from app.ledger.restoring.restoration import OtherLedgerError, Outcome, Plan, Restoration
from app.ledger.secret import keys
from app.records import Attachment, Person, Submission
from tests.ledger.conftest import CHEAP, PASSPHRASE, Clock, fill, issue, statement

FORMATS = Path(__file__).parent / "formats"
STEPS = 13
"""Of a switch with both key files and no log."""
NEW_PASSPHRASE = "あたらしい合言葉はこちら"


@dataclass
class Drill:
    """A ledger, its backup in a folder of its own, and what was written since."""

    ledger: Ledger
    backup: Path
    clock: Clock
    code: str

    @property
    def key(self) -> bytes:
        return self.ledger.key

    def restoration(self, **given: Any) -> Restoration:
        target = given.pop("target", self.ledger.path)
        return Restoration(given.pop("backup", self.backup), self.key, target, clock=self.clock, **given)

    def restore(self, **given: Any) -> tuple[Plan, Outcome]:
        self.ledger.close()
        made = self.restoration(**given)
        return made.prepare(), made.finish()

    def open(self, path: Path | None = None) -> Ledger:
        where = path or self.ledger.path
        return Ledger.open(where, opening.unlock(where, PASSPHRASE), clock=self.clock)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with a ledger and, in ``USB``, its backup; since then came a person, a document that was
    handed in, and an attachment. Copied for every test."""
    folder = tmp_path_factory.mktemp("begun")
    with Ledger.create(folder / "台帳.jutaku", PASSPHRASE, "担当 花子", cost=CHEAP, clock=Clock())[
        0
    ] as ledger:
        fill(ledger)
        ledger.backup(folder / "USB")
        person = ledger.add(Person(name="後から入った人", employment="社員"))
        ledger.submit(issue(ledger, statement(1), b"%PDF-1.7 later"), date(2026, 4, 3), "持参")
        scan = hashlib.sha256(b"later").hexdigest()
        ledger.add(
            Attachment(
                record_kind="person",
                record_id=person.id,
                title="受領書",
                kind="受領書",
                file_name="a.pdf",
                data=scan,
            ),
            {scan: b"later"},
        )
        return folder, ledger.recovery_code()


@pytest.fixture
def drill(begun: tuple[Path, str], tmp_path: Path) -> Iterator[Drill]:
    shutil.copytree(begun[0], tmp_path, dirs_exist_ok=True)
    clock = Clock()
    clock.now += timedelta(hours=1)
    key = keys.key_from_code(begun[1])
    with Ledger.open(tmp_path / "台帳.jutaku", key, clock=clock) as ledger:
        (made,) = (tmp_path / "USB").glob("*.jutaku")
        yield Drill(ledger, made, clock, begun[1])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def left(ledger: Path) -> list[str]:
    """What a restore may leave and must not."""
    return [
        path.name
        for path in ledger.parent.iterdir()
        if ".restoring" in path.name or path.name.endswith((".part", "-aside"))
    ]


def test_what_would_be_lost_is_named_before_anything_changes(drill: Drill) -> None:
    drill.ledger.close()
    before = contents(drill.ledger.path.parent), contents(drill.backup.parent)
    restoration = drill.restoration()
    plan = restoration.prepare()
    restoration.close()
    difference = plan.difference
    assert difference is not None
    assert [(gone.record, gone.deed) for gone in difference.lost] == [
        ("person", "登録"),
        ("submission", "発行"),
        ("submission", "提出"),
        ("attachment", "登録"),
    ]
    assert [gone.entry for gone in difference.lost] == list(
        range(difference.common.sequence + 1, difference.present.sequence + 1)
    )
    assert difference.gained == ()
    assert [(one.number, one.submitted_on) for one in difference.papers] == [("2026-0003", "2026-04-03")]
    assert difference.papers[0].contract == "納税通知書作成業務"
    assert plan.made == manifests.backups(drill.backup.parent)[0].manifest.made_at
    after = contents(drill.ledger.path.parent)
    after.pop("台帳.jutaku.lock", None)
    before[0].pop("台帳.jutaku.lock", None)
    assert (after, contents(drill.backup.parent)) == before


def test_the_backup_takes_the_place_and_the_old_ledger_stays_a_file_that_opens(drill: Drill) -> None:
    untouched = contents(drill.backup.parent)
    lost = drill.ledger.head()
    plan, outcome = drill.restore()
    assert outcome.kept == plan.kept
    assert outcome.kept is not None
    assert "復元前" in outcome.kept.name
    assert left(drill.ledger.path) == []
    with drill.open() as restored:
        assert restored.verify().ok
        assert "後から入った人" not in [person.name for person in restored.facts().all(Person)]
        assert [paper.number for paper in restored.facts().all(Submission)] == ["2026-0001", "2026-0002"]
    with drill.open(outcome.kept) as kept:
        assert kept.head() == lost
        assert kept.verify().ok
    assert contents(drill.backup.parent) == untouched
    forced = manifests.backups(drill.ledger.path.parent / "台帳-backup")
    assert [held.manifest.head for held in forced] == [lost.hash]


def test_what_was_lost_is_later_told_from_what_was_forged(drill: Drill) -> None:
    """A paper of the lost part must not be taken for one of a forged past: the journal names its end."""
    lost = drill.ledger.head()
    plan, _outcome = drill.restore()
    assert plan.difference is not None
    with drill.open() as restored:
        (told,) = restored.lost()
        assert (told.first, told.last) == (plan.difference.lost[0].entry, lost.sequence)
        assert told.is_end(Kept(lost.sequence, lost.hash))
        assert not told.is_end(Kept(lost.sequence, "0" * 64))
        assert not restored.hold(Kept(lost.sequence, lost.hash)).holds


def test_the_gap_is_an_entry_of_the_restored_ledgers_journal(drill: Drill) -> None:
    lost = drill.ledger.head()
    plan, outcome = drill.restore()
    assert plan.difference is not None
    with drill.open() as restored:
        last = restored.head()
        assert last.sequence == plan.difference.common.sequence + 1
        told = restored._connection.execute(
            "SELECT operation, reason FROM journal JOIN history USING (sequence) WHERE sequence = ?",
            (last.sequence,),
        ).fetchone()
    assert told[0] == "restore"
    assert outcome.kept is not None
    for part in (
        drill.backup.name,
        plan.copied.head.hash,
        outcome.kept.name,
        lost.hash,
        f"{plan.difference.lost[0].entry}〜{lost.sequence}",
    ):
        assert part in told[1]


def test_numbers_of_lost_documents_are_never_given_again_and_ask_to_be_settled(
    drill: Drill, issued: Callable[..., Any], stated: Callable[..., Any]
) -> None:
    drill.restore()
    with drill.open() as restored:
        assert [(one.number, one.count, one.open) for one in restored.skipped()] == [("2026-0003", 1, True)]
        assert issued(restored, stated(1), b"%PDF-1.7 again").number == "2026-0004"
        assert restored.verify().ok
        restored.settle_skipped(restored.skipped()[0].id, "発注者に渡していない")
        held = restored.skipped()[0]
        assert (held.open, held.settled_by, held.settled_why) == (False, "担当 花子", "発注者に渡していない")
        with pytest.raises(LedgerError, match="確認済み"):
            restored.settle_skipped(held.id, "もう一度")
        assert restored.verify().ok


@pytest.mark.parametrize("why", ["", "　 "])
def test_a_number_is_not_settled_without_a_word(drill: Drill, why: str) -> None:
    drill.restore()
    with drill.open() as restored:
        with pytest.raises(LedgerError, match="どう確かめたか"):
            restored.settle_skipped(restored.skipped()[0].id, why)
        assert restored.skipped()[0].open


def test_what_is_said_of_skipped_numbers_is_vouched_for_by_the_journal(drill: Drill) -> None:
    drill.restore()
    with drill.open() as restored:
        restored._connection.execute("UPDATE skipped_number SET submitted_on = ''")
        assert not restored.verify().ok
    with drill.open() as restored:
        restored._connection.execute("DELETE FROM skipped_number")
        found = [problem.problem for problem in restored.verify().problems]
        assert any("文書番号の数" in sentence for sentence in found)


def test_restoring_once_more_keeps_the_numbers_that_were_skipped_before(
    drill: Drill, issued: Callable[..., Any], stated: Callable[..., Any]
) -> None:
    drill.restore()
    with drill.open() as restored:
        issued(restored, stated(1), b"%PDF-1.7 second life")
    again = drill.restoration()
    again.prepare()
    again.finish()
    with drill.open() as restored:
        assert [(one.number, one.count) for one in restored.skipped()] == [("2026-0003", 1), ("2026-0004", 1)]
        assert issued(restored, stated(1), b"%PDF-1.7 third life").number == "2026-0005"
        assert restored.verify().ok


def test_what_only_the_backup_has_is_named_too(drill: Drill, tmp_path: Path) -> None:
    """Restored, written on, and then the ledger of before put back: both have what the other has not."""
    _plan, outcome = drill.restore()
    with drill.open() as second:
        second.add(Person(name="別の人", employment="社員"))
        ahead = second.backup(tmp_path / "二つ目")
    assert outcome.kept is not None
    for path, target in zip(
        (outcome.kept, *keys.key_paths(outcome.kept)),
        (drill.ledger.path, *keys.key_paths(drill.ledger.path)),
        strict=True,
    ):
        shutil.copyfile(path, target)
    made = drill.restoration(backup=ahead)
    difference = made.prepare().difference
    made.close()
    assert difference is not None
    assert [gone.record for gone in difference.gained] == ["ledger", "person"]
    assert difference.gained[0].deed == "バックアップからの復元"
    assert len(difference.lost) == 4
    assert difference.papers[0].number == "2026-0003"


def test_a_document_that_comes_back_is_not_told_as_lost(
    drill: Drill, tmp_path: Path, issued: Callable[..., Any], stated: Callable[..., Any]
) -> None:
    """2026-0003 went with the first restore and is in the backup made just before it."""
    whole = drill.ledger.backup(tmp_path / "全部")
    drill.restore()
    with drill.open() as restored:
        (line,) = restored.skipped()
        restored.settle_skipped(line.id, "渡していない")
        issued(restored, stated(1), b"%PDF-1.7 second life")
    made = drill.restoration(backup=whole)
    difference = made.prepare().difference
    assert difference is not None
    assert [paper.number for paper in difference.papers] == ["2026-0004"]
    assert [paper.number for paper in difference.returning] == ["2026-0003"]
    settled = next(gone for gone in difference.lost if gone.operation == "settle number")
    assert (settled.label, settled.deed) == ("文書番号", "番号の確認")
    assert "2026-0003" in settled.title
    assert "渡していない" in settled.title
    assert all(drill.ledger.id not in gone.title for gone in difference.lost)
    made.finish()
    with drill.open() as again:
        assert [line.number for line in again.skipped()] == ["2026-0004"]
        assert again.verify().ok
        assert issued(again, stated(1), b"%PDF-1.7 third life").number == "2026-0005"


def test_every_deed_of_the_ledger_itself_has_words(drill: Drill) -> None:
    drill.ledger.prove_sheet()
    drill.ledger.note_wrong_tries(2)
    drill.ledger.close()
    made = drill.restoration()
    difference = made.prepare().difference
    made.close()
    assert difference is not None
    deeds = [(gone.label, gone.deed, gone.title) for gone in difference.lost if gone.record == "ledger"]
    assert deeds == [
        ("台帳", "回復シートの確認", ""),
        ("台帳", "パスフレーズの誤入力の記録", "2回"),
    ]


@pytest.mark.parametrize("harm", ["zeroed", "flipped"])
def test_what_was_proven_broken_is_never_again_called_sound(drill: Drill, harm: str) -> None:
    sound = drill.backup.read_bytes()
    {"zeroed": zeroed, "flipped": flipped}[harm](drill.backup)
    if harm == "flipped":
        assert listing.judged(drill.backup).verified, "a few pages do not show it"
    drill.ledger.close()
    with pytest.raises(source.BrokenBackupError) as refused:
        drill.restoration().prepare()
    (held,) = listing.listed(drill.backup.parent)
    assert not held.verified
    assert held.problem == refused.value.flaw
    drill.backup.write_bytes(sound)
    assert not listing.judged(drill.backup).verified, "not before it was proven whole again"
    drill.restore()
    assert listing.judged(drill.backup).verified


def test_a_copy_that_cannot_be_made_sure_changes_nothing(
    drill: Drill, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill.ledger.close()
    before = drill.ledger.path.read_bytes()
    made = drill.restoration()
    made.prepare()

    def refuse(_handle: int) -> None:
        raise OSError(errno.EIO, "disk")

    monkeypatch.setattr("app.ledger.restoring.candidate.os.fsync", refuse)
    with pytest.raises(WriteFailedError):
        made.finish()
    monkeypatch.undo()
    assert drill.ledger.path.read_bytes() == before
    assert not switching.candidate_of(drill.ledger.path).exists()


def test_another_key_or_a_bare_copy_leaves_no_mark(drill: Drill) -> None:
    before = set(contents(drill.backup.parent))
    with pytest.raises(source.OtherKeyError):
        source.check_key(drill.backup, bytes(32))
    manifests.note_of(drill.backup).unlink()
    flipped(drill.backup)
    drill.ledger.close()
    with pytest.raises(source.BrokenBackupError):
        drill.restoration().prepare()
    assert set(contents(drill.backup.parent)) == before - {manifests.note_of(drill.backup).name}


@pytest.mark.parametrize("new", [False, True])
def test_key_files_left_without_a_ledger_are_kept_aside(drill: Drill, new: bool) -> None:
    drill.ledger.close()
    drill.ledger.path.unlink()
    first, second = keys.key_paths(drill.ledger.path)
    first.write_bytes(b"of another ledger")
    plan, outcome = drill.restore(new=new)
    assert plan.kept is None
    (aside,) = drill.ledger.path.parent.glob("*以前の鍵*")
    assert aside.read_bytes() == b"of another ledger"
    assert aside.name.endswith("-key")
    assert any(aside.name in note for note in outcome.notes)
    assert first.read_bytes() == keys.key_paths(drill.backup)[0].read_bytes()
    assert second.read_bytes() == keys.key_paths(drill.backup)[1].read_bytes()
    with drill.open() as ledger:
        assert ledger.verify().ok


def test_key_files_kept_aside_are_back_where_the_ledger_could_not_be_put(
    drill: Drill, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill.ledger.close()
    drill.ledger.path.unlink()
    for path in keys.key_paths(drill.ledger.path):
        path.write_bytes(b"former")
    made = drill.restoration()
    made.prepare()

    def refuse(*_given: Path) -> None:
        raise PermissionError(13, "refused")

    monkeypatch.setattr("app.ledger.access.creation.rename_to_free", refuse)
    with pytest.raises(LedgerError):
        made.finish()
    assert [path.read_bytes() for path in keys.key_paths(drill.ledger.path)] == [b"former"] * 2
    assert not list(drill.ledger.path.parent.glob("*以前の鍵*"))
    assert left(drill.ledger.path) == []


def test_a_ledger_that_is_gone_while_open_says_that_losses_are_unknown(drill: Drill) -> None:
    drill.ledger.close()
    drill.ledger.path.unlink()
    made = drill.restoration(held=True)
    plan = made.prepare()
    made.close()
    assert plan.loses
    assert "見つかりません" in plan.problem


class Died(BaseException):
    """The process ends here: nothing after it runs."""


@pytest.mark.parametrize("at", range(STEPS + 1))
@pytest.mark.parametrize("changed", [False, True], ids=["one passphrase", "two passphrases"])
def test_cut_short_at_any_step_the_old_or_the_new_ledger_opens(
    drill: Drill, at: int, changed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if changed:
        drill.ledger.change_passphrase(NEW_PASSPHRASE, cost=CHEAP)
    ledger, old = drill.ledger.path, drill.ledger.head()
    drill.ledger.close()
    made = drill.restoration()
    plan = made.prepare()
    steps, ran = switching.steps, []

    def cut(*given: Any) -> Iterator[switching.Step]:
        for number, step in enumerate(steps(*given)):
            if number == at:
                raise Died
            ran.append(number)
            yield step

    with monkeypatch.context() as patched:
        patched.setattr(switching, "steps", cut)
        # What a process does that was killed: nothing.
        patched.setattr(switching, "_take_back", lambda *_: None)
        patched.setattr(switching, "_remove", lambda _paths: None)
        patched.setattr(switching, "discard", lambda _ledger: None)
        try:
            made.finish()
            whole = True
        except Died:
            whole = False
    assert (whole, len(ran)) == (at == STEPS, at)
    phrases = [PASSPHRASE, NEW_PASSPHRASE] if changed else [PASSPHRASE]
    opened = [phrase for phrase in phrases if opens(ledger, phrase)]
    assert opened, f"nobody gets in after step {at}"
    with Ledger.open(ledger, drill.key, clock=drill.clock) as found:
        head = found.head()
        assert found.verify().ok
        assert head == old or head.sequence == plan.copied.head.sequence + 1
    assert left(ledger) == []
    new = head != old
    assert opens(ledger, PASSPHRASE) == (new or not changed)
    assert opens(ledger, NEW_PASSPHRASE) == (changed and not new)
    kept = [path for path in ledger.parent.glob("台帳-復元前-*") if path.suffix == ".jutaku"]
    assert not new or len(kept) == 1
    for path in kept:
        with Ledger.open(path, opening.unlock(path, phrases[-1])) as held:
            assert held.head() == old


def opens(ledger: Path, passphrase: str) -> bool:
    try:
        opening.peek(ledger, opening.unlock(ledger, passphrase))
    except LedgerError:
        return False
    return True


@pytest.mark.parametrize("at", range(STEPS))
def test_a_disk_that_fails_at_any_step_leaves_one_whole_ledger_and_nothing_else(
    drill: Drill, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, old = drill.ledger.path, drill.ledger.head()
    drill.ledger.close()
    made = drill.restoration()
    made.prepare()
    steps = switching.steps
    error = (OSError(28, "no space"), OSError(5, "I/O"), PermissionError(13, "held open"))[at % 3]

    def failing(*given: Any) -> Iterator[switching.Step]:
        for number, step in enumerate(steps(*given)):
            if number == at:
                raise error
            yield step

    with monkeypatch.context() as patched:
        patched.setattr(switching, "steps", failing)
        with pytest.raises(LedgerError):
            made.finish()
    switched = drill.open()
    with switched as found:
        if found.head() == old:
            assert not list(ledger.parent.glob("台帳-復元前-*"))
        assert found.verify().ok
    assert left(ledger) == []


def test_a_restore_that_is_called_off_leaves_nothing(drill: Drill) -> None:
    drill.ledger.close()
    before = contents(drill.ledger.path.parent)
    before.pop("台帳.jutaku.lock", None)
    for when in range(6):
        with pytest.raises(Cancelled):
            drill.restoration().prepare(impatient(when))
        after = contents(drill.ledger.path.parent)
        after.pop("台帳.jutaku.lock", None)
        assert after == before


def impatient(steps: int) -> Progress:
    """Calls the job off at a later step."""
    told: list[int] = []

    def say(done: int, _total: int, _what: str) -> None:
        told.append(done)
        if len(told) > steps:
            progress.cancel()

    progress = Progress(say)
    return progress


def test_a_ledger_written_to_since_it_was_compared_is_not_replaced(drill: Drill) -> None:
    made = drill.restoration(held=True)
    made.prepare()
    drill.ledger.add(Person(name="まだ居た人", employment="社員"))
    head = drill.ledger.head()
    drill.ledger.close()
    with pytest.raises(LedgerError, match="変更されました"):
        made.finish()
    with drill.open() as ledger:
        assert ledger.head() == head


def test_a_ledger_that_is_open_is_not_replaced(drill: Drill) -> None:
    with pytest.raises(LedgerError, match="使用中"):
        drill.restoration().prepare()
    assert left(drill.ledger.path) == []


# A ledger that cannot be read any more


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def first_page_gone(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(os.urandom(4096) + data[4096:])


def overwritten(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + path.read_bytes()[16:])


@pytest.mark.parametrize("broken", [emptied, cut, first_page_gone, overwritten])
def test_a_ledger_that_cannot_be_read_is_kept_as_it_is_and_said(
    drill: Drill, broken: Callable[[Path], None]
) -> None:
    drill.ledger.close()
    broken(drill.ledger.path)
    data = drill.ledger.path.read_bytes()
    made = drill.restoration()
    plan = made.prepare()
    assert plan.difference is None
    assert plan.problem
    outcome = made.finish()
    assert outcome.kept is not None
    assert outcome.kept.read_bytes() == data
    assert any("バックアップにできませんでした" in note for note in outcome.notes)
    with drill.open() as ledger:
        assert ledger.verify().ok
        (unknown,) = ledger.skipped()
        assert unknown.unknown
        assert unknown.open


def test_the_log_of_a_broken_ledger_goes_with_it_and_never_meets_the_new_one(drill: Drill) -> None:
    drill.ledger.close()
    log = drill.ledger.path.with_name(f"{drill.ledger.path.name}-wal")
    log.write_bytes(b"what was written last")
    emptied(drill.ledger.path)
    _plan, outcome = drill.restore()
    assert outcome.kept is not None
    assert outcome.kept.with_name(f"{outcome.kept.name}-wal").read_bytes() == b"what was written last"
    assert not log.exists()
    with drill.open() as ledger:
        assert ledger.verify().ok


def test_numbers_nobody_can_tell_are_settled_with_the_last_one_in_use(
    drill: Drill, issued: Callable[..., Any], stated: Callable[..., Any]
) -> None:
    drill.ledger.close()
    emptied(drill.ledger.path)
    drill.restore()
    with drill.open() as ledger:
        ledger.settle_skipped(ledger.skipped()[0].id, "控えの束で確かめた", last=7)
        assert ledger.verify().ok
        assert issued(ledger, stated(1), b"%PDF-1.7 next").number == "2026-0008"
        assert ledger.verify().ok


@pytest.mark.parametrize("last", [0, 1, 2])
def test_a_last_number_that_is_given_already_skips_none(drill: Drill, last: int) -> None:
    drill.ledger.close()
    emptied(drill.ledger.path)
    drill.restore()
    with drill.open() as ledger:
        ledger.settle_skipped(ledger.skipped()[0].id, "控えの束で確かめた", last=last)
        assert ledger.skipped()[0].count == 0
        assert ledger.verify().ok


# On another computer, from any folder


def test_a_backup_and_the_recovery_sheet_alone_make_a_ledger_that_opens(drill: Drill, tmp_path: Path) -> None:
    usb, here = tmp_path / "媒体", tmp_path / "別のPC"
    usb.mkdir()
    here.mkdir()
    alone = usb / "写し.jutaku"
    shutil.copyfile(drill.backup, alone)
    with pytest.raises(LedgerError, match="回復コード"):
        source.by_passphrase(alone, PASSPHRASE)
    key = source.by_code(alone, drill.code)
    assert key == drill.key
    made = Restoration(alone, key, here / "台帳.jutaku", clock=drill.clock, new=True)
    plan = made.prepare(passphrase=NEW_PASSPHRASE, cost=CHEAP)
    assert any("作成時の記録" in note for note in plan.notes)
    outcome = made.finish()
    assert sorted(contents(usb)) == ["写し.jutaku"]
    assert outcome.kept is None
    with Ledger.open(outcome.path, opening.unlock(outcome.path, NEW_PASSPHRASE)) as ledger:
        assert ledger.notices == ()
        assert ledger.verify().ok
        assert ledger.skipped()[0].unknown
    assert opens(outcome.path, NEW_PASSPHRASE)
    assert not opens(outcome.path, PASSPHRASE)


def test_a_passphrase_made_of_the_names_in_the_backup_is_refused_and_nothing_is_left(
    drill: Drill, tmp_path: Path
) -> None:
    for target, weak in (
        (tmp_path / "新.jutaku", f"{drill.ledger.officer}2026"),
        (tmp_path / "架空商事台帳.jutaku", "架空商事台帳2026"),
    ):
        before = contents(tmp_path)
        made = drill.restoration(target=target, new=True)
        with pytest.raises(LedgerError, match="台帳の名前から推測できる"):
            made.prepare(passphrase=weak, cost=CHEAP)
        assert {name for name in contents(tmp_path) if not name.endswith(".lock")} <= set(before)


def test_without_key_files_the_restored_ledger_opens_by_its_code_and_says_so(
    drill: Drill, tmp_path: Path
) -> None:
    for path in keys.key_paths(drill.backup):
        path.unlink()
    made = drill.restoration(target=tmp_path / "新.jutaku", new=True)
    plan = made.prepare()
    assert any("回復コードで開きます" in note for note in plan.notes)
    outcome = made.finish()
    key = opening.unlock_with_code(outcome.path, drill.code)
    Ledger.open(outcome.path, key).close()


def test_a_lost_key_file_of_the_backup_is_made_good_by_the_ledgers_own(drill: Drill) -> None:
    for path in keys.key_paths(drill.backup):
        path.unlink()
    assert source.by_passphrase(drill.backup, PASSPHRASE, drill.ledger.path) == drill.key
    drill.restore()
    drill.open().close()


def test_the_key_files_that_stay_keep_their_passphrase(drill: Drill) -> None:
    drill.ledger.change_passphrase(NEW_PASSPHRASE, cost=CHEAP)
    for path in keys.key_paths(drill.backup):
        path.unlink()
    drill.restore()
    path = drill.ledger.path
    with Ledger.open(path, opening.unlock(path, NEW_PASSPHRASE), clock=drill.clock) as ledger:
        assert ledger.notices == ()
        assert ledger.verify().ok
    assert opens(path, NEW_PASSPHRASE)


def test_an_older_passphrase_opens_and_is_said(drill: Drill) -> None:
    drill.ledger.change_passphrase(NEW_PASSPHRASE, cost=CHEAP)
    with pytest.raises(source.BackupPassphraseError, match="作成したとき"):
        source.by_passphrase(drill.backup, NEW_PASSPHRASE)
    plan, _outcome = drill.restore()
    assert any("作成したときのパスフレーズ" in note for note in plan.notes)
    drill.open().close()


@pytest.mark.parametrize("name", ["format-1", "format-2", "format-3"])
def test_a_backup_of_an_older_format_is_restored_and_brought_up_to_date(
    name: str, tmp_path: Path, clock: Clock
) -> None:
    kept = FORMATS / f"{name}.jutaku"
    for path in (kept, *keys.key_paths(kept)):
        shutil.copyfile(path, tmp_path / path.name)
    kept = tmp_path / kept.name
    before = contents(tmp_path)
    key = source.by_passphrase(kept, PASSPHRASE)
    target = tmp_path / "ここ" / "台帳.jutaku"
    target.parent.mkdir()
    made = Restoration(kept, key, target, clock=clock, new=True)
    plan = made.prepare()
    assert plan.copied.format < FORMAT
    assert any("古い形式" in note for note in plan.notes)
    made.finish()
    assert contents(tmp_path) == before
    with Ledger.open(target, opening.unlock(target, PASSPHRASE), clock=clock) as ledger:
        assert ledger.verify().ok
    assert sorted(path.name for path in target.parent.iterdir() if "backup" in path.name) == []


# Backups that are none


def test_a_backup_of_another_ledger_does_not_take_the_place(
    drill: Drill, make: Callable[..., tuple[Ledger, str]], tmp_path: Path, filled: Callable[[Ledger], None]
) -> None:
    other, _code = make("別の会社.jutaku")
    filled(other)
    theirs = other.backup(tmp_path / "別")
    key = other.key
    other.close()
    drill.ledger.close()
    before = contents(drill.ledger.path.parent)
    with pytest.raises(OtherLedgerError, match=r"別の台帳（株式会社見本𠮷）.*「台帳」") as refused:
        Restoration(theirs, key, drill.ledger.path, clock=drill.clock).prepare()
    assert "別のファイルとして" in refused.value.sentence
    after = contents(drill.ledger.path.parent)
    for held in (before, after):
        held.pop("台帳.jutaku.lock", None)
    assert after == before
    made = Restoration(theirs, key, tmp_path / "並べて.jutaku", clock=drill.clock, new=True)
    made.prepare()
    with Ledger.open(made.finish().path, key) as ledger:
        assert ledger.verify().ok


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 // 4096 * 4096])


def zeroed(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 * 5 : 4096 * 6] = bytes(4096)
    path.write_bytes(data)


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def text(path: Path) -> None:
    path.write_text("バックアップではない", "utf-8")
    for key_file in keys.key_paths(path):
        key_file.unlink()
    manifests.note_of(path).unlink()


def removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (emptied, "空"),
        (cut, "途中まで"),
        (half, "途中まで"),
        (zeroed, "6ページ目が壊れています）。別の"),
        (flipped, "壊れています）?。別の"),
        (first_page_gone, "この鍵では開けません"),
        (overwritten, "別のデータベース"),
        (text, "受託台帳のバックアップではありません"),
        (removed, "見つかりません"),
    ],
)
def test_a_backup_that_is_none_is_refused_with_its_own_sentence_and_nothing_changes(
    drill: Drill, harm: Callable[[Path], None], said: str
) -> None:
    drill.ledger.close()
    harm(drill.backup)
    before = contents(drill.ledger.path.parent)
    with pytest.raises(LedgerError, match=said) as refused:
        drill.restoration().prepare()
    assert "バックアップから復元してください" not in refused.value.sentence
    after = contents(drill.ledger.path.parent)
    for held in (before, after):
        held.pop("台帳.jutaku.lock", None)
    assert after == before


def test_a_backup_of_a_newer_format_is_left_as_it_is(drill: Drill) -> None:
    with closing(driver.connect(drill.backup, drill.key)) as connection:
        connection.execute(f"PRAGMA user_version={FORMAT + 1}")
        driver.checkpoint(connection)
    drill.ledger.close()
    before = contents(drill.backup.parent)
    with pytest.raises(source.NewerBackupError, match="更新してから復元"):
        drill.restoration().prepare()
    assert contents(drill.backup.parent) == before
    assert left(drill.ledger.path) == []


def test_a_folder_is_no_backup(drill: Drill) -> None:
    with pytest.raises(LedgerError, match="フォルダです"):
        source.look(drill.backup.parent)


def test_a_ledger_is_not_restored_from_itself(drill: Drill) -> None:
    drill.ledger.close()
    with pytest.raises(LedgerError, match="同じファイル"):
        drill.restoration(backup=drill.ledger.path).prepare()


def test_a_name_that_is_taken_is_not_overwritten(drill: Drill, tmp_path: Path) -> None:
    taken = tmp_path / "ある.jutaku"
    taken.write_bytes(b"mine")
    with pytest.raises(LedgerError, match="既にあります"):
        drill.restoration(target=taken, new=True).prepare()
    assert taken.read_bytes() == b"mine"


def test_a_missing_folder_is_one_sentence(drill: Drill, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="フォルダ"):
        drill.restoration(target=tmp_path / "ない" / "台帳.jutaku", new=True).prepare()


def test_a_disk_without_room_is_said_before_anything_is_written(
    drill: Drill, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill.ledger.close()
    usage = shutil.disk_usage(drill.ledger.path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=1024 * 1024))
    with pytest.raises(LedgerError, match="空き 1MB"):
        drill.restoration().prepare()
    assert left(drill.ledger.path) == []


FAILURES = (
    (errno.ENOSPC, "空きが足りない"),
    (errno.EFBIG, "読み書きに失敗"),
    (errno.EIO, "読み書きに失敗"),
    (errno.ENODEV, "読み書きに失敗"),
    (errno.EACCES, "に書き込めません"),
    (errno.EPERM, "に書き込めません"),
    (errno.EROFS, "に書き込めません"),
)


def test_a_disk_that_fills_up_or_refuses_is_one_sentence(
    drill: Drill, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill.ledger.close()

    def failing(number: int) -> Callable[..., str]:
        def fail(*_given: Any) -> str:
            raise OSError(number, os.strerror(number))

        return fail

    for number, said in FAILURES:
        with monkeypatch.context() as patched:
            patched.setattr(copying, "_poured", failing(number))
            with pytest.raises(LedgerError, match=said):
                drill.restoration().prepare()
    monkeypatch.setattr(os, "open", forbidden(os.open))
    with pytest.raises(LedgerError, match="書き込めません"):
        drill.restoration().prepare()
    monkeypatch.undo()
    assert left(drill.ledger.path) == []


def forbidden(real: Callable[..., int]) -> Callable[..., int]:
    def opened(path: Any, flags: int, *given: Any) -> int:
        if str(path).endswith(".restoring"):
            raise PermissionError(13, "read-only")
        return real(path, flags, *given)

    return opened


def test_a_wrong_code_is_not_a_wrong_backup(drill: Drill) -> None:
    with pytest.raises(WrongCodeError):
        source.by_code(drill.backup, drill.code[:-1] + ("0" if drill.code[-1] != "0" else "1"))


# Opening a backup as though it were the ledger


def test_a_file_of_the_backup_folder_is_not_written_into(drill: Drill) -> None:
    before = contents(drill.backup.parent)
    with pytest.raises(BackupOpenedError, match="バックアップから復元"):
        Ledger.open(drill.backup, drill.key)
    assert contents(drill.backup.parent) == before


def test_a_changed_backup_that_still_proves_itself_is_restored_and_said(drill: Drill) -> None:
    note = manifests.note_of(drill.backup)
    held = note.read_text("utf-8")
    note.unlink()
    with Ledger.open(drill.backup, drill.key, clock=drill.clock) as opened:
        opened.add(Person(name="ここに書いた人", employment="社員"))
    note.write_text(held, "utf-8")
    plan, _outcome = drill.restore()
    assert any("中身が変わっています" in note for note in plan.notes)
    with drill.open() as ledger:
        assert "ここに書いた人" in [person.name for person in ledger.facts().all(Person)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sequence": 1}, "の記録の件数が"),
        ({"format": FORMAT - 1}, "の形式が"),
        ({"head": "0" * 64}, "の先頭値が"),
        ({"ledger": "0" * 36}, "の台帳の識別情報が"),
        ({"made_at": "2001-01-01T00:00:00+09:00"}, "の作成日時が"),
        ({"made_at": "8999-01-01T00:00:00+09:00"}, "作成日時が8999-01-01"),
        ({"sequence": 1, "head": "a" * 64}, "の記録の件数・先頭値が"),
        ({"sha256": "a" * 64}, "中身が変わっています"),
        ({}, ""),
    ],
)
def test_a_manifest_that_contradicts_its_file_is_told_as_that(
    drill: Drill, changed: dict[str, Any], said: str
) -> None:
    note = manifests.note_of(drill.backup)
    note.write_text(json.dumps({**json.loads(note.read_text("utf-8")), **changed}), "utf-8")
    drill.ledger.close()
    restoration = drill.restoration()
    plan = restoration.prepare()
    restoration.close()
    assert len(plan.notes) == bool(said)
    assert all(said in note and note.endswith("。") for note in plan.notes)
    assert ("中身が変わって" in "".join(plan.notes)) is ("sha256" in changed)
