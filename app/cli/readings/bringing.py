"""annex import of a text: the user's own annex as a draft, to be looked at in the window."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.access import open_ledger
from app.cli.arguments import Wanted
from app.cli.output import Steps, put_error, put_json, put_line
from app.cli.readings.reading import STANDARD_INPUT, documents_json, documents_told, read_text
from app.common import PeopleError
from app.start import Product

if TYPE_CHECKING:
    from app.exchange.readings.bringing import Brought

_CATALOGUE = (".toml",)
_BOOKS = (".xlsx", ".xlsm")
_HEAD = 4096
_ENTRY = re.compile(rb"^\s*(?:schema|base_version)\s*=\s*\d", re.MULTILINE)


def is_text(wanted: Wanted) -> bool:
    """Whether what is brought in is a text to be read, and no annex file. A workbook is one where a key,
    a title or one of several annexes is asked for, which an annex file says itself."""
    suffix = wanted.file.suffix.lower()
    if wanted.file == STANDARD_INPUT:
        return True
    if suffix in _BOOKS:
        return bool(wanted.key or wanted.title or wanted.document)
    return suffix not in _CATALOGUE and not _is_annex_file(wanted.file)


def _is_annex_file(path: Path) -> bool:
    """Whether a text begins as annex files do, whatever its name ends in."""
    try:
        with path.open("rb") as file:
            return _ENTRY.search(file.read(_HEAD)) is not None
    except OSError:
        return False


def bring(wanted: Wanted) -> int:
    """Keep the text as a draft, or say with ``--dry-run`` what would be kept."""
    from app.exchange.readings.bringing import plan, store

    if wanted.publish:
        raise PeopleError(
            "文章から読み取った特記事項は、確かめる前に確定できません。"
            "--publish を外して登録し、画面で条項を確かめてから確定してください。"
        )
    product = Product()
    read = read_text(wanted.file)
    with open_ledger(wanted, product) as ledger, Steps() as progress:
        facts = ledger.facts()
        brought = plan(
            facts,
            product.catalogue_of(facts),
            read.reading,
            key=wanted.key,
            title=wanted.title,
            document=wanted.document,
            all_proposed=wanted.all_proposals,
            update=wanted.update,
            progress=progress,
        )
        if not wanted.dry_run:
            store(ledger, brought)
    for sentence in read.told:
        put_error(sentence)
    if wanted.json:
        put_json(_json(brought, written=not wanted.dry_run))
    else:
        for line in _told(brought, written=not wanted.dry_run):
            put_line(line)
    return 0


def _json(brought: Brought, *, written: bool) -> dict[str, Any]:
    annex, numbers = brought.annex, brought.review.numbers()
    return {
        "annex": annex.key,
        "version": annex.version,
        "title": annex.title,
        "published": False,
        "written": written,
        "clauses": len(annex.clauses),
        "duties": sum(len(clause.kinds) for clause in annex.clauses),
        **documents_json(brought.review),
        "to_check": [numbers[at] for at in brought.review.open],
    }


def _told(brought: Brought, *, written: bool) -> list[str]:
    annex = brought.annex
    did = "下書きとして登録しました" if written else "下書きとして登録します（まだ登録していません）"
    duties = sum(len(clause.kinds) for clause in annex.clauses)
    told = [
        f"「{annex.title}」第{annex.version}版（{annex.key}）を{did}。"
        f"条項は{len(annex.clauses)}、読み取った義務は{duties}です。"
    ]
    told.extend(documents_told(brought.review))
    if brought.open:
        told.append(
            f"{brought.open}条項は人の確認が要ります。画面の「特記事項」で開き、条項を確かめてから確定してください。"
        )
    else:
        told.append("確かでない条項はありません。画面の「特記事項」で確かめてから確定してください。")
    return told
