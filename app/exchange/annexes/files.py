"""Own annexes in and out of the ledger, as text or as a workbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.annexes.annex import Annex
from app.annexes.catalogue import Catalogue
from app.annexes.files.annex_file import decode
from app.annexes.files.faults import AnnexFaultsError, Fault
from app.annexes.files.text import text_of
from app.annexes.own.annexes import examine
from app.common import PeopleError, Progress
from app.exchange.annexes.sheet import Sheets, read_sheet, workbook
from app.exchange.json_text import read_file
from app.file_kinds import FileKind, kind_of
from app.ledger.door import Ledger
from app.records import Facts, OwnAnnex

_SHEET, _TEXT = ".xlsx", ".toml"
_MARK = b"\xef\xbb\xbf"
"""What Windows' editor puts before UTF-8."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An annex file as it was read: the annex and its text, or every fault in it."""

    annex: Annex | None
    text: str = ""
    faults: tuple[Fault, ...] = ()
    problems: tuple[str, ...] = ()


def check(path: Path, catalogue: Catalogue, facts: Facts, progress: Progress | None = None) -> Checked:
    """Read the file at ``path`` against what else there is; writes nothing.

    Raises ``PeopleError`` only where the file cannot be read at all; ``Cancelled``.
    """
    data = read_file(path)
    shown = f"「{path.name}」"
    kind = kind_of(data, path.name)
    # A text whose characters nobody can tell says so itself, with the line.
    is_text = kind is FileKind.TEXT or (kind is FileKind.UNKNOWN and path.suffix.lower() == _TEXT)
    if not (kind.is_book or is_text):
        raise PeopleError(_refusal(shown, kind))
    try:
        if kind.is_book:
            return _in_sheets(read_sheet(data, shown, progress), catalogue, facts, shown)
        text = _kept(decode(data.removeprefix(_MARK), shown))
        return Checked(examine(catalogue, facts, text, shown), text)
    except AnnexFaultsError as error:
        return Checked(None, faults=error.faults, problems=error.problems)


def _refusal(shown: str, kind: FileKind) -> str:
    """What a file is that is no annex, and what to do with it."""
    if kind is FileKind.EMPTY:
        return f"{shown}は中身が空です。別のファイルを選んでください。"
    if kind is FileKind.LOCKED:
        return f"{shown}は{kind.label}のため読めません。パスワードを外し、「.xlsx」で保存し直してください。"
    if kind.is_table:
        return f"{shown}は{kind.label}のため読めません。Excelで開き、「.xlsx」で保存し直してください。"
    return (
        f"{shown}は{kind.label}のため読めません。特記事項として読めるのは、"
        "書き出した形のExcelブック（.xlsx）か、テキスト（.toml）です。"
    )


def _in_sheets(sheets: Sheets, catalogue: Catalogue, facts: Facts, shown: str) -> Checked:
    try:
        return Checked(examine(catalogue, facts, sheets.text, shown), sheets.text)
    except AnnexFaultsError as error:
        # People have the workbook before them and never see the text.
        raise AnnexFaultsError(shown, [sheets.placed(fault) for fault in error.faults]) from error


def store(
    ledger: Ledger,
    checked: Checked,
    backups: Path | None,
    *,
    published_on: date | None = None,
    update: bool = False,
    progress: Progress | None = None,
) -> OwnAnnex:
    """Keep a checked annex in the ledger, as a draft unless ``published_on`` is given, after a backup.

    ``update`` lets it take the place of a draft of the same key and version. Raises ``PeopleError``.
    """
    annex = checked.annex
    if annex is None:
        more = f"（ほかに{len(checked.problems) - 1}件の誤りがあります）" if len(checked.problems) > 1 else ""
        raise PeopleError(f"特記事項を取り込めませんでした。{checked.problems[0]}{more}", checked.problems)
    held = _held(ledger.facts(), annex)
    _refuse(held, annex, update=update)
    if backups is not None:
        ledger.secure(backups, progress)
    made = replace(
        held or OwnAnnex(annex=annex.key, version=annex.version, title="", content=""),
        title=annex.title,
        published_on=published_on,
        content=checked.text,
    )
    reason = f"「{annex.title}」第{annex.version}版の取込み"
    return ledger.change(made, reason=reason) if held else ledger.add(made, reason=reason)


def exported(annex: Annex, path: Path) -> bytes:
    """The whole annex as a workbook or as text, by the suffix of ``path``. Raises ``PeopleError``."""
    return workbook(annex) if path.suffix.lower() == _SHEET else text_of(annex).encode("utf-8")


def _kept(text: str) -> str:
    """The text as the ledger keeps it: no tabs, no blank ends."""
    return text.replace("\t", "    ").rstrip()


def _held(facts: Facts, annex: Annex) -> OwnAnnex | None:
    own = facts.all(OwnAnnex)
    return next((one for one in own if (one.annex, one.version) == (annex.key, annex.version)), None)


def _refuse(held: OwnAnnex | None, annex: Annex, *, update: bool) -> None:
    named = f"「{annex.key}」第{annex.version}版"
    if held is not None and held.published_on is not None:
        raise PeopleError(f"{named}は確定しているため変更できません。版の番号を上げて取り込んでください。")
    if held is not None and not update:
        raise PeopleError(
            f"{named}は既に登録されています。更新するときは「更新」（--update）を指定してください。"
        )
