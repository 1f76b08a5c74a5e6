"""Why none of the key files beside a ledger can be read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from app.filesystem import NotAFileError, open_plain
from app.ledger.errors import KeyFileDamagedError, KeyFileMissingError, KeyFileUnreadableError, LedgerError


def reason(paths: Sequence[Path]) -> LedgerError:
    """The sentence for the copies at ``paths``, none of which is a sound key file that can be read.

    What can be mended on this computer comes first: a copy that was merely not allowed to be read is whole.
    """
    for path in paths:
        if path.exists() and not _readable(path):
            return KeyFileUnreadableError(
                path, "アクセスが許可されていません", "ファイルのアクセス権を確かめるか"
            )
    if any(path.is_file() for path in paths):
        return KeyFileDamagedError(paths[0])
    for path in paths:
        if path.is_dir():
            return KeyFileUnreadableError(
                path,
                "同じ名前のフォルダがあります",
                "そのフォルダの名前を変えてバックアップから鍵ファイルを戻すか",
            )
    return KeyFileMissingError(paths[0])


def _readable(path: Path) -> bool:
    """Whether this program may look into what lies there; what is no file is told of otherwise."""
    try:
        os.close(open_plain(path))
    except NotAFileError:
        return True
    except OSError:
        return False
    return True
