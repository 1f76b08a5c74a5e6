"""annex learn and the examples: what the next reading follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.access import open_ledger
from app.cli.arguments import Wanted
from app.cli.output import put_json, put_line, put_table
from app.common import PeopleError
from app.start import Product

if TYPE_CHECKING:
    from app.exchange.readings.examples import Taken
    from app.records import Facts, OwnAnnex

_SHOWN = 40
_NO_TEXT = "（条文なし）"


def learn(wanted: Wanted) -> int:
    """Keep what was corrected in an own annex that was read from a text."""
    from app.exchange.readings.examples import corrected, keep, plan

    with open_ledger(wanted, Product()) as ledger:
        facts = ledger.facts()
        record = _record(facts, wanted.annex, wanted.version)
        found = corrected(record)
        if not found:
            raise PeopleError(
                f"「{record.title}」第{record.version}版に、読取りから直した条項はありません。"
                "画面で条項を直してから指定してください。"
            )
        taken = plan(facts, found, record.title)
        if not wanted.dry_run:
            keep(ledger, taken, f"「{record.title}」で直した条項を見本に登録")
    return _say(wanted, taken)


def examples(wanted: Wanted) -> int:
    """The examples of the ledger."""
    from app.exchange.readings.examples import asks_shown
    from app.records import ReadingExample

    with open_ledger(wanted, Product()) as ledger:
        held = ledger.facts().all(ReadingExample)
    if wanted.json:
        put_json(
            [{"mark": one.mark, "source": one.source, "text": one.text, **asks_shown(one)} for one in held]
        )
        return 0
    rows = [(one.name, one.source, _short(one.text) or _NO_TEXT) for one in held]
    put_table(("義務", "もとの特記事項", "条文"), rows, "読取りの見本はありません。")
    return 0


def write_examples(wanted: Wanted) -> int:
    """The examples into a file."""
    from app.exchange.readings.examples import write_out

    with open_ledger(wanted, Product()) as ledger:
        count = write_out(ledger.facts(), wanted.file, with_text=wanted.with_text)
    held = "条文を含みます" if wanted.with_text else "条文は含みません"
    if wanted.json:
        put_json({"file": str(wanted.file), "examples": count, "with_text": wanted.with_text})
    else:
        put_line(f"見本{count}件を「{wanted.file.name}」に書き出しました（{held}）。")
    return 0


def bring_examples(wanted: Wanted) -> int:
    """The examples of a file into the ledger."""
    from app.exchange.readings.examples import keep, plan, read_in

    found, source = read_in(wanted.file)
    with open_ledger(wanted, Product()) as ledger:
        taken = plan(ledger.facts(), found, source)
        if not wanted.dry_run:
            keep(ledger, taken, f"「{wanted.file.name}」の見本の取込み")
    return _say(wanted, taken)


def _say(wanted: Wanted, taken: Taken) -> int:
    if wanted.json:
        counts = {"new": len(taken.new), "changed": len(taken.changed), "same": taken.same}
        put_json({**counts, "written": not wanted.dry_run})
        return 0
    did = "登録します（まだ登録していません）" if wanted.dry_run else "登録しました"
    told = f"見本を{did}。新規{len(taken.new)}件、変更{len(taken.changed)}件、登録済み{taken.same}件。"
    put_line(told)
    return 0


def _record(facts: Facts, key: str, version: int | None) -> OwnAnnex:
    from app.records import OwnAnnex

    held = [one for one in facts.all(OwnAnnex) if one.annex == key and version in (None, one.version)]
    if not held:
        named = f"「{key}」" + (f"第{version}版" if version else "")
        raise PeopleError(
            f"自社で登録した特記事項に{named}はありません。jutaku annexes で識別名を確かめてください。"
        )
    return max(held, key=lambda one: one.version)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
