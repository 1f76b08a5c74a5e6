"""The command that changes how a ledger is opened."""

from __future__ import annotations

from app.cli.access import ledger_path, passphrase_file, read_passphrase
from app.cli.arguments import Wanted
from app.cli.output import put_error, put_json, put_line
from app.common import PeopleError, Progress
from app.preferences import Preferences
from app.start import Product


def passphrase(wanted: Wanted) -> int:
    """Change the passphrase, after a backup; the present one must be given, a remembered key is no proof."""
    from app.ledger.access import opening

    path, file = ledger_path(wanted), passphrase_file(wanted)
    if file is None:
        raise PeopleError("--passphrase-file で、現在のパスフレーズを書いたファイルを指定してください。")
    new = read_passphrase(wanted.new_passphrase_file)

    def say(_done: int, _total: int, what: str) -> None:
        if what:
            put_error(what)

    with Product().open(path, opening.unlock(path, read_passphrase(file))) as ledger:
        ledger.change_passphrase(new, backups=Preferences().backups(path), progress=Progress(say))
    if wanted.json:
        put_json({"ledger": str(path), "changed": True})
    else:
        put_line("パスフレーズを変更しました。変更する前のバックアップは、前のパスフレーズで開きます。")
    return 0
