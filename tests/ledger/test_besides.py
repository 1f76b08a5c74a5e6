"""What is no plain file beside a ledger is named; nothing waits for it, and nothing is written through it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app.ledger.access import unfinished
from app.ledger.door import Ledger
from app.ledger.errors import LedgerError, StrangeBesideError
from app.ledger.file import driver
from tests.ledger.conftest import CHEAP, PASSPHRASE
from tests.ledger.strange import dangling, link, loop, pipe, posix

ENDS = ("-wal", "-shm", "-journal", ".lock")


def folder(path: Path) -> None:
    path.mkdir()


def device(path: Path) -> None:
    path.symlink_to("/dev/null")


KINDS = [
    pytest.param(folder, "フォルダ", id="folder"),
    *(pytest.param(kind, "リンク", id=kind.__name__, marks=posix) for kind in (link, dangling, loop, device)),
    pytest.param(pipe, "パイプ", id="pipe", marks=posix),
]


@pytest.fixture
def closed(ledger: Ledger) -> Ledger:
    ledger.close()
    for end in ENDS:
        ledger.path.with_name(ledger.path.name + end).unlink(missing_ok=True)
    ledger.path.with_name("victim").write_text("another", "utf-8")
    return ledger


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(("strange", "kind"), KINDS)
def test_it_is_named_before_anything_is_opened(
    closed: Ledger, end: str, strange: Callable[[Path], None], kind: str
) -> None:
    side = closed.path.with_name(closed.path.name + end)
    strange(side)
    before, names = closed.path.read_bytes(), sorted(closed.path.parent.iterdir())
    with pytest.raises(StrangeBesideError, match=f"「{side.name}」が通常のファイルではない.*{kind}"):
        Ledger.open(closed.path, closed.key)
    assert closed.path.read_bytes() == before
    assert sorted(closed.path.parent.iterdir()) == names
    assert closed.path.with_name("victim").read_text("utf-8") == "another"


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(("strange", "kind"), KINDS)
def test_no_ledger_is_made_beside_it(
    tmp_path: Path, end: str, strange: Callable[[Path], None], kind: str
) -> None:
    path = tmp_path / "新規.jutaku"
    strange(path.with_name(path.name + end))
    before = sorted(tmp_path.iterdir())
    with pytest.raises(StrangeBesideError, match=kind):
        Ledger.create(path, PASSPHRASE, "担当者", cost=CHEAP)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("end", ["", "-wal", "-journal"])
def test_a_folder_where_a_new_ledger_is_built_is_named(tmp_path: Path, end: str) -> None:
    path = tmp_path / "新規.jutaku"
    (there := path.with_name(unfinished.temporary_of(path).name + end)).mkdir()
    with pytest.raises(LedgerError, match=f"「{there.name}」が通常のファイルではない"):
        Ledger.create(path, PASSPHRASE, "担当者", cost=CHEAP)
    assert list(tmp_path.iterdir()) == [there]


@posix
def test_a_copy_that_is_proven_waits_for_no_pipe(ledger: Ledger, tmp_path: Path) -> None:
    made = ledger.backup(tmp_path / "safe")
    pipe(made.with_name(f"{made.name}-journal"))
    with pytest.raises(StrangeBesideError):
        driver.connect(made, ledger.key)
    with closing(driver.connect(made, ledger.key, "ro", immutable=True)) as connection:
        assert driver.one(connection, "PRAGMA application_id") == driver.APPLICATION_ID


@posix
def test_a_ledger_reached_by_a_link_is_looked_at_where_it_lies(closed: Ledger, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (there := tmp_path / "elsewhere" / closed.path.name).symlink_to(closed.path)
    Ledger.open(there, closed.key).close()
    pipe(closed.path.with_name(f"{closed.path.name}-journal"))
    with pytest.raises(StrangeBesideError):
        Ledger.open(there, closed.key)
