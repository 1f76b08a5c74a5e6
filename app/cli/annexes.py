"""Commands on annexes: what there is, what they ask, and the user's own in and out of the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.access import has_ledger, open_ledger, today
from app.cli.arguments import Wanted
from app.cli.output import put_error, put_json, put_line, put_table
from app.common import PeopleError
from app.start import Product

if TYPE_CHECKING:
    from app.annexes.catalogue import Annex, Catalogue
    from app.annexes.clause import Clause
    from app.exchange.annexes.files import Checked
    from app.records import Facts


def annexes(wanted: Wanted) -> int:
    """The annexes of the catalogue, and the ledger's own where a ledger is named."""
    catalogue = Product().catalogue_of(_facts(wanted))
    if wanted.json:
        put_json([_annex(catalogue, annex) for annex in catalogue.annexes] + _barred(catalogue))
        return 0
    rows = [(a.key, a.title, _versions(catalogue, a.key), str(len(a.clauses))) for a in catalogue.annexes]
    rows += [(a.key, a.title, f"{a.version}（下書き）", str(len(a.clauses))) for a in catalogue.drafts]
    put_table(("特記事項", "名称", "版", "条項"), rows, "特記事項はありません。")
    for one in catalogue.unreadable:
        put_line(one.sentence)
    return 0


def clauses(wanted: Wanted) -> int:
    """The clauses of one annex, in its newest version or the one asked for."""
    from app.annexes.kinds import kind_label

    held = Product().catalogue_of(_facts(wanted)).clauses(wanted.annex, version=wanted.version)
    if wanted.json:
        put_json([_clause(clause) for clause in held])
    else:
        rows = [
            (clause.number, clause.heading, "・".join(kind_label(kind) for kind in clause.kinds))
            for clause in held
        ]
        put_table(("条項", "見出し", "義務"), rows, "条項はありません。")
    return 0


def annex(wanted: Wanted) -> int:
    """Check an annex file, keep it in the ledger, write one out; or what is done with the text of one."""
    deeds = {"check": _check, "import": _import, "export": _export}
    if wanted.deed in deeds:
        return deeds[wanted.deed](wanted)
    from app.cli.readings import commands

    return commands.DEEDS[wanted.deed](wanted)


def _check(wanted: Wanted) -> int:
    from app.exchange.annexes.files import check

    facts = _facts(wanted)
    checked = check(wanted.file, Product().catalogue_of(facts), facts)
    if wanted.json:
        put_json({"ok": not checked.problems, "problems": _problems(checked)})
    for problem in () if wanted.json else checked.problems or ("問題はありません。",):
        put_line(problem)
    if checked.problems:
        put_error(f"{len(checked.problems)}件の誤りがあります。{checked.problems[0]}")
    return 1 if checked.problems else 0


def _problems(checked: Checked) -> list[dict[str, Any]]:
    """Each fault with its line; in a workbook that is the row, with sheet and column beside it."""
    return [
        {
            "line": fault.line,
            "message": fault.sentence,
            **({"sheet": fault.sheet, "column": fault.column} if fault.sheet else {}),
        }
        for fault in checked.faults
    ]


def _import(wanted: Wanted) -> int:
    from app.cli.readings.bringing import bring, is_text
    from app.exchange.annexes.files import check, store
    from app.preferences import Preferences

    if is_text(wanted):
        return bring(wanted)

    product = Product()
    with open_ledger(wanted, product) as ledger:
        checked = check(wanted.file, product.catalogue_of(ledger.facts()), ledger.facts())
        made = store(
            ledger,
            checked,
            Preferences().backups(ledger.path),
            published_on=today() if wanted.publish else None,
            update=wanted.update,
        )
    state = "確定" if made.published_on else "下書き"
    if wanted.json:
        put_json({"annex": made.annex, "version": made.version, "published": made.published_on is not None})
    else:
        put_line(f"「{made.title}」第{made.version}版を{state}として登録しました。")
    return 0


def _export(wanted: Wanted) -> int:
    from app.exchange.annexes.files import exported
    from app.exchange.saving import check_place, save

    path: Path = wanted.out
    if path.suffix.lower() not in (".toml", ".xlsx"):
        raise PeopleError(f"「{path.name}」の拡張子は .toml か .xlsx にしてください。")
    check_place(path)
    held = Product().catalogue_of(_facts(wanted)).annex(wanted.annex, wanted.version)
    save(path, exported(held, path))
    if wanted.json:
        put_json({"annex": held.key, "version": held.version, "file": str(path)})
    else:
        put_line(f"「{held.title}」第{held.version}版を「{path.name}」に書き出しました。")
    return 0


def _facts(wanted: Wanted) -> Facts:
    """What the ledger holds; nothing where none is named, since the product's annexes need no key."""
    from app.records import Facts

    if not has_ledger(wanted):
        return Facts(())
    with open_ledger(wanted, Product()) as ledger:
        return ledger.facts()


def _versions(catalogue: Catalogue, key: str) -> str:
    return "・".join(str(version) for version in catalogue.versions(key))


def _annex(catalogue: Catalogue, annex: Annex) -> dict[str, Any]:
    return {
        "annex": annex.key,
        "title": annex.title,
        "version": annex.version,
        "versions": list(catalogue.versions(annex.key)),
        "parties": {part.key: dict(part.words) for part in annex.parts},
        "options": [{"key": option.key, "label": option.label} for option in annex.options],
        "clauses": len(annex.clauses),
    }


def _barred(catalogue: Catalogue) -> list[dict[str, Any]]:
    """What no contract can carry: drafts, and texts that cannot be used with the reason."""
    drafts = [{**_annex(catalogue, annex), "draft": True} for annex in catalogue.drafts]
    broken = [
        {"annex": one.key, "title": one.title, "version": one.version, "problem": one.sentence}
        for one in catalogue.unreadable
    ]
    return drafts + broken


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "annex": clause.annex,
        "clause": clause.number,
        "heading": clause.heading,
        "summary": clause.summary,
        "kinds": list(clause.kinds),
        "when": list(clause.when),
        "parameters": dict(clause.parameters),
        "options": list(clause.options),
    }
