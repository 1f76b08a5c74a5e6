"""import: what is known from earlier imports, and the rows that are left for mending."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from app.cli.output import Steps
from app.common import PeopleError
from app.exchange import saving
from app.exchange.mending import rest, runs
from app.exchange.sheets.book import Book
from app.exchange.tables import planning
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import TablePlan
from app.records import Facts, Spec

_SHEET = ".xlsx"


def check_rest(path: Path, *, dry: bool) -> None:
    """Raise ``PeopleError`` if the rows left over could not be saved, before anything is brought in."""
    if dry:
        raise PeopleError("--rest は、--dry-run と一緒には指定できません。")
    if path.suffix.lower() != _SHEET:
        raise PeopleError(f"--rest のファイルの名前の終わりを「{_SHEET}」にしてください。")
    saving.check_place(path)


class Asked:
    """One table that is brought in, and the ledger into which it comes."""

    def __init__(self, facts: Facts, spec: Spec[Any], book: Book, update: bool, today: date) -> None:
        self._facts, self._spec, self._book = facts, spec, book
        self._update, self._today = update, today

    def plan(self, said: Said, *, recalled: bool) -> tuple[TablePlan, Said, list[str]]:
        """The plan, what is said of the table, and what is known from an earlier one.

        ``recalled``: what was said of a table with these columns before holds where nothing else is said.
        """
        planned = self._plan(said)
        found = runs.remembered(self._facts, planned)
        if found is None:
            none = "同じ見出しの表を前に取り込んだ記録はありません。"
            return planned, said, [none] if recalled else []
        if not recalled:
            why = f"{runs.when(found.run)}に取り込んだ「{found.run.file_name}」の列の対応があります"
            return planned, said, [f"{why}（使うときは --remembered）。"] if found.matters else []
        said = runs.with_remembered(said, found)
        return self._plan(said), said, [found.sentence]

    def seen_before(self, digest: str) -> list[str]:
        """What is to be said where the very same file was brought in before."""
        run = runs.before(self._facts, self._spec, digest)
        return [runs.told_of(run)] if run is not None else []

    def without_rest(self, planned: TablePlan, said: Said) -> tuple[bytes | None, TablePlan, Said]:
        """The workbook of the rows asked about or wrong (None for none), and the plan without them."""
        before = said.without
        while left := rest.hindering(planned) - said.without:
            # A row may name another one, which is left out by now.
            said = replace(said, without=said.without | left)
            planned = self._plan(said)
        if said.without == before:
            return None, planned, said
        data, _ = rest.made(
            self._facts,
            self._spec,
            self._book,
            said,
            update=self._update,
            today=self._today,
            progress=Steps(),
        )
        return data, planned, said

    def _plan(self, said: Said) -> TablePlan:
        return planning.plan(
            self._facts,
            self._spec,
            self._book,
            said,
            update=self._update,
            today=self._today,
            progress=Steps(),
        )
