"""Death while a ledger changes its format or takes in its log: it opens, and tells the truth."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.ledger.door import Ledger
from app.ledger.errors import UnprovenFormatError
from app.ledger.file import driver, migrating
from app.ledger.migrations import FORMAT, MIGRATIONS
from app.ledger.proof import identity
from app.ledger.secret import keys
from tests.ledger.kept import KEPT, as_killed, copied

Look = Callable[[str], None]


@contextmanager
def looked_at(monkeypatch: pytest.MonkeyPatch, path: Path, look: Look) -> Iterator[None]:
    """Call ``look`` before every statement that is run on a writer's connection to ``path``."""
    real = driver.connect

    def connect(where: Path, key: bytes, *args: Any, **kwargs: Any) -> Any:
        connection = real(where, key, *args, **kwargs)
        if where == path:
            connection.set_trace_callback(look)
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(driver, "connect", connect)
        yield


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    folder.mkdir()
    return copied(request.param, folder)


def opens_and_says_so(path: Path, passphrase: str) -> int:
    """How many entries the journal of a ledger left by a crash holds; it opens, and all of it is true."""
    with Ledger.open(path, keys.open_with_passphrase(path, passphrase)) as ledger:
        found = ledger.verify()
        assert found.problems == ()
        assert ledger.quick_check().problems == ()
        assert identity.content(ledger._connection)["format"] == FORMAT
        deeds = driver.one(ledger._connection, "SELECT count(*) FROM journal WHERE operation = 'migrate'")
        assert deeds == 1
        return found.entries


def test_a_kill_at_any_point_of_a_migration_leaves_a_ledger_that_opens(
    old: Path, passphrase: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = keys.open_with_passphrase(old, passphrase)
    seen: list[str] = []
    with looked_at(monkeypatch, old, seen.append):
        shutil.copytree(old.parent, tmp_path / "rehearsal")
        Ledger.open(old, key).close()
    begins = [at for at, said in enumerate(seen) if said.startswith("BEGIN IMMEDIATE")]
    ends = [at for at, said in enumerate(seen) if said.startswith("COMMIT")]
    assert len(ends) == 1, "one transaction, or a crash between two leaves a half new ledger"
    inside = range(begins[-1], ends[0])
    wanted = {begins[-1], *inside[:: len(inside) // 2], ends[0], ends[0] + 1, len(seen) - 1}
    shutil.rmtree(old.parent)
    (tmp_path / "rehearsal").rename(old.parent)

    left: list[Path] = []
    count = 0

    def look(_said: str) -> None:
        nonlocal count
        if count in wanted:
            left.append(as_killed(old, tmp_path / f"killed-{count}"))
        count += 1

    with looked_at(monkeypatch, old, look):
        Ledger.open(old, key).close()
    assert len(left) == len(wanted)
    entries = {opens_and_says_so(path, passphrase) for path in left}
    assert len(entries) == 1


@pytest.mark.parametrize("steps", [1, len(MIGRATIONS)])
def test_a_ledger_left_between_two_formats_by_an_earlier_program_goes_on(
    old: Path, passphrase: str, steps: int
) -> None:
    key = keys.open_with_passphrase(old, passphrase)
    with closing(driver.connect(old, key)) as connection:
        pending = [step for step in MIGRATIONS if step.number > migrating.format_of(connection)]
        # Earlier programs committed each step, and the identity row and the journal after the last one.
        migrating.migrate(connection, lambda: datetime.now().astimezone(), pending[:steps])
    opens_and_says_so(old, passphrase)
    assert not list(old.parent.glob("*-backup")), "a half new ledger cannot prove itself as a copy"


def test_a_ledger_that_does_not_prove_itself_is_not_brought_to_a_new_format(
    old: Path, passphrase: str
) -> None:
    key = keys.open_with_passphrase(old, passphrase)
    with closing(driver.connect(old, key)) as connection:
        connection.execute("UPDATE person SET name = '別の人'")
        driver.checkpoint(connection)
    before = {path.name: path.read_bytes() for path in old.parent.glob("format*") if path.is_file()}
    with pytest.raises(
        UnprovenFormatError, match="登録内容が記録と合いません。台帳には手を加えていません"
    ) as caught:
        Ledger.open(old, key)
    assert "設定" not in str(caught.value), "settings are where only an open ledger leads"
    after = {path.name: path.read_bytes() for path in old.parent.glob("format*") if path.is_file()}
    assert {name: data for name, data in after.items() if not name.endswith(".lock")} == before


def test_a_migration_whose_settling_fails_changes_nothing(old: Path, passphrase: str) -> None:
    def settle() -> None:
        raise ZeroDivisionError

    with closing(driver.connect(old, keys.open_with_passphrase(old, passphrase))) as connection:
        before = (migrating.schema_entries(connection), migrating.format_of(connection))
        with pytest.raises(ZeroDivisionError):
            migrating.migrate(connection, lambda: datetime.now().astimezone(), settle=settle)
        assert (migrating.schema_entries(connection), migrating.format_of(connection)) == before
        assert driver.one(connection, "PRAGMA foreign_keys") == 1
    opens_and_says_so(old, passphrase)
