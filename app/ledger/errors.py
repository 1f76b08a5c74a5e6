"""What can go wrong with a ledger, each its own class with one Japanese sentence."""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.common import PeopleError

if TYPE_CHECKING:
    from app.records import Record


FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""What the system says where there is no room left, on the disk or for this user."""
REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
"""What the system says where nothing may be written, by permission or on the whole medium."""


class LedgerError(PeopleError):
    """Something about the ledger that a person can act on."""


class MissingLedgerError(LedgerError):
    by_restoring = True

    def __init__(self, path: Path) -> None:
        super().__init__(f"台帳「{path.name}」が見つかりません。保存場所を確かめて選び直してください。")


class EmptyFileError(LedgerError):
    by_restoring = True

    def __init__(self, path: Path) -> None:
        super().__init__(f"「{path.name}」は中身が空です。バックアップから復元してください。")


class TruncatedError(LedgerError):
    by_restoring = True

    def __init__(self, path: Path, what: str = "途中で切れています") -> None:
        super().__init__(
            f"台帳「{path.name}」は{what}。写している途中で終わったものなら元のファイルから写し直し、"
            "そうでなければバックアップから復元してください。"
        )


class CutOrBrokenError(TruncatedError):
    """Pages are missing, or one of the first does not hold together: nobody can tell which."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "途中で切れているか、壊れています")


class CutOrLongerError(TruncatedError):
    """What lies at the end is no page of ours; only with the key can one tell where the end should be."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "途中で切れているか、後ろに余計なデータが付いています")


class LongerError(TruncatedError):
    """There are ``surplus`` bytes behind the end that the file itself tells of."""

    def __init__(self, path: Path, surplus: int) -> None:
        super().__init__(path, f"自身の示す大きさより{surplus:,}バイト長く、後ろに余計なデータが付いています")


class BackupOpenedError(LedgerError):
    """A file of a backup folder was to be opened as the ledger itself."""

    by_restoring = True

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"「{path.name}」はバックアップです。書き込むとバックアップでなくなるため、直接は開けません。"
            "「バックアップから復元」で、台帳の場所に戻して開いてください。"
        )


class NotOursError(LedgerError):
    """``kind`` is what the file is instead, where that can be told."""

    def __init__(self, path: Path, kind: str = "") -> None:
        told = f"{kind}で、" if kind else ""
        super().__init__(
            f"「{path.name}」は{told}受託台帳のファイルではありません。"
            "拡張子 .jutaku の台帳を選んでください。"
        )


class PlainDatabaseError(LedgerError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"「{path.name}」は暗号化されていない別のデータベースです。受託台帳のファイルを選んでください。"
        )


class NewerFormatError(LedgerError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"台帳「{path.name}」は新しい版の受託台帳で作られています。"
            "ファイルには手を加えていません。受託台帳を更新してから開いてください。"
        )


class WrongPassphraseError(LedgerError):
    def __init__(self) -> None:
        super().__init__("パスフレーズが違います。入力し直すか、回復コードで開いてください。")


class WrongKeyError(LedgerError):
    by_restoring = True

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"この鍵では台帳「{path.name}」を開けません。"
            "別の台帳の鍵か、ファイルの先頭が壊れています。台帳と鍵の組を確かめてください。"
        )


class WrongCodeError(LedgerError):
    """``group``: the one in which a single slip would explain it, counted from 1; 0 where none would."""

    def __init__(self, group: int = 0) -> None:
        self.group = group
        where = f"の{group}組目に打ち間違いがあるようです" if group else "に打ち間違いがあります"
        super().__init__(f"回復コード{where}。回復シートと見比べて入力し直してください。")


class KeyFileMissingError(LedgerError):
    by_restoring = True

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"台帳を開くための鍵ファイル「{path.name}」が、台帳と同じフォルダにありません。"
            "バックアップから鍵ファイルを戻すか、回復コードで開いてください。"
        )


class KeyFileDamagedError(LedgerError):
    by_restoring = True

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"台帳を開くための鍵ファイル「{path.name}」とその控えが、どちらも壊れています。"
            "バックアップから鍵ファイルを戻すか、回復コードで開いてください。"
        )


class KeyFileUnreadableError(LedgerError):
    """``reason``: what stands in the way of reading it."""

    def __init__(self, path: Path, reason: str, remedy: str) -> None:
        super().__init__(
            f"台帳を開くための鍵ファイル「{path.name}」を読めません（{reason}）。{remedy}、回復コードで開いてください。"
        )


class InUseError(LedgerError):
    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or "台帳は別の画面か処理が使用中です。終わってからもう一度お試しください。")


class DamagedError(LedgerError):
    by_restoring = True

    def __init__(self, name: str = "") -> None:
        which = f"台帳「{name}」" if name else "台帳のファイル"
        super().__init__(f"{which}が壊れています。バックアップから復元してください。")


class AlteredFormatError(DamagedError):
    """What the file says of its own format is not what it holds; nothing in it was changed."""

    def __init__(self, name: str) -> None:
        LedgerError.__init__(
            self,
            f"台帳「{name}」は、版の記録が中身と合いません。壊れているか、外から書き換えられています。"
            "台帳には手を加えていません。バックアップから復元してください。",
        )


class DiskFullError(LedgerError):
    def __init__(self) -> None:
        super().__init__(
            "ディスクの空きが足りないため保存できませんでした。何も書き込んでいません。"
            "空きを作ってからもう一度保存してください。"
        )


class NoRoomToOpenError(DiskFullError):
    """The disk that holds ``path`` has no room even for what is made beside a ledger while it is open."""

    def __init__(self, path: Path) -> None:
        LedgerError.__init__(
            self,
            f"台帳「{path.name}」のあるディスク（フォルダ「{path.parent}」）に空きがないため、開けません。"
            "閲覧や検証だけでも、作業用のファイルのための空きが要ります。"
            "このディスクの不要なファイルを別の媒体に移すか削除して、空きを作ってから開き直してください。",
        )


class ReadOnlyError(LedgerError):
    def __init__(self) -> None:
        super().__init__(
            "台帳のファイルかフォルダが書込み禁止のため保存できません。"
            "書込みを許可してからもう一度お試しください。"
        )


class WriteFailedError(LedgerError):
    def __init__(self) -> None:
        super().__init__(
            "ディスクの読み書きに失敗したため処理を取り消しました。"
            "ディスクの状態を確かめてからもう一度お試しください。"
        )


class NoRoomError(WriteFailedError):
    """There was no room for the file ``name``, which is as it was; what was written beside it may stand."""

    def __init__(self, name: str) -> None:
        LedgerError.__init__(
            self,
            f"ディスクの空きが足りないため「{name}」を書き込めませんでした。"
            "空きを作ってからもう一度お試しください。",
        )


class LongNameError(WriteFailedError):
    """No file can be made under the name ``name``, or so deep."""

    def __init__(self, name: str) -> None:
        LedgerError.__init__(
            self,
            f"「{name}」は名前かパスが長すぎるため書き込めません。"
            "台帳と鍵ファイルの名前を同じだけ短くするか、浅いフォルダに移してから、もう一度お試しください。",
        )


def of_opening(error: OSError) -> LedgerError:
    """What keeps a file from being made or written: no room, no permission, or whatever fails otherwise.

    Only a refusal is a medium to read from; said of a full disk, or of a file that grew larger than the disk
    takes, it would send people to the wrong place.
    """
    if error.errno in FULL:
        return DiskFullError()
    if error.errno in REFUSED:
        return ReadOnlyError()
    if error.errno == errno.ENAMETOOLONG:
        return LongNameError(Path(error.filename or "").name)
    return WriteFailedError()


class UncertainError(LedgerError):
    """The end of a write failed, and a dying disk may or may not hold it."""

    def __init__(self) -> None:
        super().__init__(
            "ディスクの読み書きに失敗し、保存されたかどうかを確かめられません。"
            "受託台帳を終了し、ディスクの状態を確かめてから開き直して、いまの内容が登録されているか確かめてください。"
        )


class LedgerGoneError(LedgerError):
    """The file that is open no longer lies at its path: what is written into it, nobody finds again."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"開いている台帳「{path.name}」が元の場所にないか、別のファイルに置き換えられました（移動、削除、媒体の取外しなど）。"
            "いまの内容は保存していません。受託台帳を終了し、ファイルを元の場所に戻すか、"
            "バックアップから復元して、開き直してください。"
        )


class LookOnlyError(ReadOnlyError):
    """Something would be written to a ledger that is open for reading alone."""

    def __init__(self) -> None:
        LedgerError.__init__(
            self,
            "この台帳は書込み禁止の場所にあるため、閲覧だけができます。保存していません。"
            "書込みのできるフォルダに、鍵ファイルと一緒に写してから開き直してください。",
        )


class UnsettledError(LedgerError):
    """Entries still wait in the log, which cannot be read here: the file alone is an older state."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"台帳「{path.name}」の最後の記録は「{path.name}-wal」に残っていて、書込み禁止の場所では読めません。"
            f"「{path.name}」で始まるファイルをすべて、書込みのできるフォルダに写してから開いてください。"
        )


class OldFormatHereError(LedgerError):
    """A ledger of an older format where nothing can be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"台帳「{path.name}」は以前の版の受託台帳で作られていて、書込み禁止の場所では開けません。"
            f"「{path.name}」で始まるファイルをすべて、書込みのできるフォルダに写してから開いてください。"
        )


class UnprovenFormatError(LedgerError):
    """A ledger of an older format that does not prove itself: what is wrong now would be carried over."""

    by_restoring = True

    def __init__(self, path: Path, found: str) -> None:
        super().__init__(
            f"台帳「{path.name}」は以前の版の形式で、新しい形式に移す前の検証で誤りが見つかったため開けません。"
            f"{found}台帳には手を加えていません。バックアップから復元してください。"
        )


class StrangeLogError(LedgerError):
    """The log beside the file belongs to another state of it: brought in, it would destroy both."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"「{path.name}-wal」は、台帳「{path.name}」の続きではありません。"
            "どちらにも手を加えていません。"
            f"「{path.name}-wal」（「{path.name}-shm」があればそれも）を"
            "別のフォルダに移してから開き直してください。"
        )


class StrangeBesideError(LedgerError):
    """``side``, which is no plain file but a ``kind``, stands where a file of the ledger ``path`` belongs."""

    def __init__(self, path: Path, side: Path, kind: str) -> None:
        super().__init__(
            f"「{side.name}」が通常のファイルではない（{kind}）ため、台帳「{path.name}」を扱えません。"
            "どちらにも手を加えていません。"
            f"「{side.name}」を別のフォルダに移すか削除してから、もう一度お試しください。"
        )


class FieldsError(LedgerError):
    """``fields``: field path → sentences, of one record; the empty path is the record as a whole."""

    def __init__(
        self, sentence: str, fields: Mapping[str, Sequence[str]], problems: Sequence[str] = ()
    ) -> None:
        super().__init__(sentence, problems)
        self.fields = {path: tuple(sentences) for path, sentences in fields.items()}


class InvalidRecordError(FieldsError):
    """Every problem of a record at once; the message is the first with its record."""

    def __init__(self, label: str, fields: Mapping[str, Sequence[str]]) -> None:
        sentences = [sentence for found in fields.values() for sentence in found]
        super().__init__(f"{label}：{sentences[0]}", fields, sentences)


class Refusal(Protocol):
    """What a rule over several records says of one of those written: the field, and one sentence."""

    @property
    def record(self) -> Record: ...

    @property
    def path(self) -> str: ...

    @property
    def sentence(self) -> str: ...


class RefusedError(FieldsError):
    """What only the whole change can tell; ``fields`` are those of the record that is found wrong first."""

    def __init__(self, found: Sequence[Refusal]) -> None:
        first = found[0].record
        fields: dict[str, list[str]] = {}
        for one in found:
            if (one.record.spec.name, one.record.id) == (first.spec.name, first.id):
                fields.setdefault(one.path, []).append(one.sentence)
        sentences = tuple(dict.fromkeys(one.sentence for one in found))
        super().__init__(sentences[0], fields, sentences)


class StaleRecordError(LedgerError):
    def __init__(self, label: str) -> None:
        super().__init__(
            f"この{label}は他の画面で変更されました。最新の内容を確かめてからもう一度入力してください。"
        )


class MovedError(LedgerError):
    """The ledger was written while a document was made from it: the paper would tell what no longer holds."""

    def __init__(self) -> None:
        super().__init__("書類を作っている間に台帳が変わりました。もう一度発行してください。")


class UnknownRecordError(LedgerError):
    def __init__(self, label: str) -> None:
        super().__init__(f"{label}が見つかりません。取り消されていないか確かめてください。")


class DuplicateKeyError(FieldsError):
    """The natural key ``key``, of the fields ``names``, is taken; ``held``: as its record spells it."""

    def __init__(self, label: str, key: str, names: Sequence[str] = (), held: str = "") -> None:
        known = f"「{key}」は既に登録されています"
        if held not in ("", key):
            known = (
                f"「{key}」は、登録済みの「{held}」と同じです"
                "（全角と半角、大文字と小文字、空白、ハイフンの違いは区別しません）"
            )
        sentence = f"{label}{known}。別の番号・名称にするか、登録済みのものを変更してください。"
        super().__init__(sentence, {name: [sentence] for name in names})
