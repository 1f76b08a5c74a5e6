"""Which ledger a command means, and the key that opens it."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.cli.arguments import Wanted
from app.cli.output import put_error
from app.common import PeopleError
from app.file_kinds import FileKind, kind_of
from app.filesystem import may_be_there, read_plain
from app.preferences import Preferences, default_ledger
from app.start import Product

if TYPE_CHECKING:
    from app.duties.case import FormFace
    from app.ledger.door import Ledger
    from app.records import Contract, Facts, Record, Submission

R = TypeVar("R", bound="Record")
LOOK_ONLY = "この台帳は書込み禁止の場所にあるため、閲覧のみで開きました。"
_LONGEST_FILE = 4096
_MAY_HOLD_ONE = (
    FileKind.TEXT,
    FileKind.CSV,
    FileKind.JSON,
    FileKind.XML,
    FileKind.PAGE,
    FileKind.UNKNOWN,
    FileKind.EMPTY,
)
"""A passphrase may look like anything that is text."""
_VARIABLE = "JUTAKU_PASSPHRASE_FILE"


def open_ledger(wanted: Wanted, product: Product) -> Ledger:
    """The ledger of the command line, open. Raises ``PeopleError``.

    What has to be known first goes to the error stream: nothing can be written, the clock is behind.
    """
    path = ledger_path(wanted)
    ledger = product.open(path, _key(path, wanted))
    for sentence in (LOOK_ONLY if ledger.read_only else "", ledger.clock_behind(), *ledger.notices):
        if sentence:
            put_error(sentence)
    if wanted.ledger is not None:
        Preferences().set(ledger=str(path))
    return ledger


def has_ledger(wanted: Wanted) -> bool:
    """Whether a command that can do without a ledger is meant to look into one, and there is one."""
    if wanted.ledger is not None:
        return True
    path = Preferences().ledger() or default_ledger()
    return passphrase_file(wanted) is not None and may_be_there(path)


def ledger_path(wanted: Wanted) -> Path:
    """``--ledger``, else the ledger used last, else the usual place. Raises ``PeopleError``."""
    if wanted.ledger is not None:
        return wanted.ledger.absolute()
    last = Preferences().ledger()
    path = last or default_ledger()
    if last is None and not may_be_there(path):
        raise PeopleError(
            "開く台帳が決まっていません。--ledger で台帳を指定するか、jutaku new で作成してください。"
        )
    return path


def passphrase_file(wanted: Wanted) -> Path | None:
    """``--passphrase-file``, else the one that the environment names."""
    if wanted.passphrase_file is not None:
        return wanted.passphrase_file
    named = os.environ.get(_VARIABLE)
    return Path(named) if named else None


def read_passphrase(path: Path) -> str:
    """The passphrase in a file: its text without the line end. Raises ``PeopleError``."""
    return read_secret(path, "パスフレーズ")


def read_secret(path: Path, what: str) -> str:
    """One line of text from a file; ``what`` is the Japanese word for it. Raises ``PeopleError``."""
    try:
        data = read_plain(path, _LONGEST_FILE)
    except OSError:
        raise PeopleError(
            f"{what}のファイル「{path.name}」を読めません。場所とアクセス権を確かめてください。"
        ) from None
    kind = kind_of(data, path.name)
    if kind not in _MAY_HOLD_ONE:
        raise PeopleError(
            f"{what}のファイル「{path.name}」は{kind.label}です。"
            f"メモ帳などで、{what}を1行だけ書いたテキストファイル（文字コードはUTF-8）を作ってください。"
        )
    try:
        text = data.decode("utf-8-sig") if len(data) <= _LONGEST_FILE else ""
    except UnicodeDecodeError:
        text = ""
    held = text.rstrip("\r\n")
    if not held or "\n" in held:
        raise PeopleError(f"{what}のファイル「{path.name}」には、{what}をUTF-8で1行だけ書いてください。")
    return held


def now() -> datetime:
    """This computer's own clock, with its time zone."""
    return datetime.now().astimezone()


def today() -> date:
    """The day on this computer's own calendar."""
    return now().date()


def contract_of(facts: Facts, number: str) -> Contract:
    """The contract with that number. Raises ``PeopleError``."""
    from app.records import Contract

    found = _keyed(facts, Contract, number)
    if found is not None:
        return found
    raise PeopleError(f"契約番号「{number}」の契約は登録されていません。番号を確かめてください。")


def form_of(product: Product, name: str) -> FormFace:
    form = product.forms.get(name)
    if form is None:
        raise PeopleError(f"様式「{name}」はありません。{'・'.join(product.forms)} から指定してください。")
    return form


def submission_of(facts: Facts, number: str) -> Submission:
    """The document with that number. Raises ``PeopleError``."""
    from app.records import Submission

    found = _keyed(facts, Submission, number)
    if found is not None:
        return found
    raise PeopleError(f"文書番号「{number}」の書類はありません。jutaku documents で番号を確かめてください。")


def record_of(facts: Facts, kind: str, key: str) -> Record | None:
    """The record of a type with that natural key, or that id where its type has no key; else None."""
    from app.records import SPECS
    from app.records.known import Known

    spec, text = SPECS[kind], key.strip()
    held = (
        Known(facts).held(kind, text) if spec.key else int(text) if text.isascii() and text.isdigit() else 0
    )
    return facts.named(kind, held)


def _keyed(facts: Facts, cls: type[R], key: str) -> R | None:
    """The record with that natural key, in whatever spelling where only one is meant."""
    from app.records.known import Known

    return facts.find(cls, Known(facts).held(cls.spec.name, key.strip()))


def _key(path: Path, wanted: Wanted) -> bytes:
    from app.ledger.access import opening

    file = passphrase_file(wanted)
    if file is not None:
        return opening.unlock(path, read_passphrase(file))
    opening.examine(path)
    key = opening.unlock_from_keyring(path)
    if key is None:
        raise PeopleError(
            "台帳を開くパスフレーズがありません。--passphrase-file か環境変数 "
            f"{_VARIABLE} でパスフレーズのファイルを指定してください。"
        )
    return key
