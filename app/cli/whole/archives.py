"""The whole ledger out into an archive, and a new ledger from one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.access import now, open_ledger, passphrase_file, read_passphrase, today
from app.cli.arguments import Wanted
from app.cli.output import Steps, put_error, put_json, put_line
from app.common import PeopleError
from app.filesystem import remove_file
from app.preferences import Preferences
from app.start import Product

if TYPE_CHECKING:
    from app.exchange.archive.archiving import Archived
    from app.ledger.archiving.incoming import Brought
    from app.ledger.door import Ledger


def archive(wanted: Wanted) -> int:
    """Write the whole ledger to a file of open formats, sealed where a passphrase is given for it."""
    from app.exchange.archive import archiving
    from app.exchange.archive.words import PLAIN

    given = wanted.passphrase_file
    passphrase = read_passphrase(given) if given is not None and not wanted.plain else ""
    with _opened(wanted) as ledger, Steps() as progress:
        made = archiving.archive(ledger, wanted.out, passphrase, progress, clock=now)
    if not made.sealed:
        put_error(PLAIN)
    if wanted.json:
        put_json(_value(made))
        return 0
    held = made.manifest.described
    sealed = "暗号化したアーカイブ" if made.sealed else "アーカイブ"
    put_line(
        f"{sealed}「{wanted.out}」を作成し、読み直して確かめました（{made.size / 1024 / 1024:,.1f}MB）。"
    )
    put_line(f"記録 {held.sequence:,}件、先頭値 {held.sequence}:{held.head}")
    return 0


def unarchive(wanted: Wanted) -> int:
    """Make a ledger of an archive, and its recovery sheet where one is asked for: both, or neither."""
    from app.exchange.archive import archiving
    from app.exchange.saving import check_place
    from app.ledger.file.places import cloud_warning

    file = passphrase_file(wanted)
    if file is None:
        raise PeopleError("--passphrase-file で、パスフレーズを書いたファイルを指定してください。")
    passphrase = read_passphrase(file)
    own = wanted.archive_passphrase_file
    if wanted.new_sheet is not None:
        check_place(wanted.new_sheet)
        if wanted.new_sheet.exists():
            raise PeopleError(
                f"「{wanted.new_sheet.name}」は既にあります。回復シートは別の名前で保存してください。"
            )
    path = wanted.path.absolute()
    with Steps() as progress:
        brought = archiving.unarchive(
            wanted.file,
            path,
            passphrase,
            own_passphrase=None if own is None else read_passphrase(own),
            progress=progress,
            clock=now,
        )
    entries, head = _finished(wanted, path, brought)
    Preferences().set(ledger=str(path))
    if brought.own_key and wanted.new_sheet is None:
        put_error(
            "元の台帳とは別の鍵になったため、元の回復シートでは開けません。"
            "設定の「パスフレーズと回復シート」から、新しい回復シートを印刷してください。"
        )
    if wanted.json:
        sheet = str(wanted.new_sheet) if wanted.new_sheet else None
        put_json(
            {"ledger": str(path), "entries": entries, "head": head, "own_key": brought.own_key}
            | {"recovery": sheet}
        )
        return 0
    put_line(f"台帳「{path}」を作成し、検証しました（記録 {entries:,}件、先頭値 {entries}:{head}）。")
    if warning := cloud_warning(path):
        put_line(warning)
    if wanted.new_sheet is not None:
        put_line(f"回復シート「{wanted.new_sheet}」を印刷し、金庫など施錠できる場所に保管してください。")
    return 0


def _opened(wanted: Wanted) -> Ledger:
    """The ledger. Where the passphrase is the archive's alone, by what opens the ledger otherwise."""
    from app.ledger.errors import WrongPassphraseError

    try:
        return open_ledger(wanted, Product())
    except WrongPassphraseError as wrong:
        if wanted.passphrase_file is None:
            raise
        with suppress(PeopleError):
            return open_ledger(Wanted(**{**vars(wanted), "passphrase_file": None}), Product())
        raise wrong from None


def _finished(wanted: Wanted, path: Path, brought: Brought) -> tuple[int, str]:
    """The head of the new ledger, once its sheet is saved."""
    from app.exchange.recovery_sheet import recovery_pdf
    from app.exchange.saving import save
    from app.ledger.secret.keys import key_paths

    try:
        with Product().open(path, brought.key) as ledger:
            head = ledger.head()
            if wanted.new_sheet is not None:
                sheet = recovery_pdf(path.stem, today(), ledger.officer, ledger.recovery_code())
                save(wanted.new_sheet, sheet)
    except BaseException:
        # The archive still holds everything; a ledger without the sheet that was asked for would be lost
        # with its passphrase.
        for made in (path, *key_paths(path)):
            with suppress(OSError):
                remove_file(made)
        raise
    return head.sequence, head.hash


def _value(made: Archived) -> dict[str, Any]:
    held = made.manifest.described
    return {
        "archive": str(made.path),
        "encrypted": made.sealed,
        "ledger": held.ledger,
        "entries": held.sequence,
        "head": held.head,
        "records": made.manifest.counts,
        "files": sum(name.startswith("files/") for name in made.manifest.parts),
        "bytes": made.size,
    }
