"""Commands on the ledger file itself: making, proving and copying it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from app.cli.access import open_ledger, passphrase_file, read_passphrase, today
from app.cli.arguments import Wanted
from app.cli.output import put_error, put_json, put_line, put_table
from app.common import PeopleError, Progress
from app.filesystem import may_be_there, remove_file
from app.preferences import Preferences, data_folder
from app.start import Product

if TYPE_CHECKING:
    from app.exchange.demo import Demo
    from app.exchange.proof.proving import Proof


def new(wanted: Wanted) -> int:
    """Make a ledger and save its recovery sheet: both, or neither."""
    from app.exchange.recovery_sheet import recovery_pdf
    from app.exchange.saving import check_place, save
    from app.ledger.file.lock import login_name
    from app.ledger.file.places import cloud_warning
    from app.ledger.secret.keys import key_paths

    file = passphrase_file(wanted)
    if file is None:
        raise PeopleError("--passphrase-file で、パスフレーズを書いたファイルを指定してください。")
    passphrase = read_passphrase(file)
    check_place(wanted.recovery)
    if wanted.recovery.exists():
        raise PeopleError(
            f"「{wanted.recovery.name}」は既にあります。回復シートは別の名前で保存してください。"
        )
    path, officer = wanted.path.absolute(), wanted.officer.strip() or login_name()
    ledger, code = Product().create(path, passphrase, officer)
    try:
        with ledger:
            save(wanted.recovery, recovery_pdf(path.stem, today(), officer, code))
    except BaseException:
        # A ledger without its sheet would be lost with its passphrase; it holds nothing yet.
        for made in (path, *key_paths(path)):
            with suppress(OSError):
                remove_file(made)
        raise
    Preferences().set(ledger=str(path))
    if wanted.json:
        put_json({"ledger": str(path), "recovery": str(wanted.recovery), "officer": officer})
    else:
        put_line(f"台帳「{path}」を作成しました。")
        if warning := cloud_warning(path):
            put_line(warning)
        put_line(f"回復シート「{wanted.recovery}」を印刷し、金庫など施錠できる場所に保管してください。")
    return 0


def verify(wanted: Wanted) -> int:
    """Check the ledger against its journal, and the journal against every head kept outside it."""
    from app.exchange.proof.given import read_paper
    from app.exchange.proof.proving import prove

    pdf = (wanted.pdf.name, read_paper(wanted.pdf)) if wanted.pdf else None
    with open_ledger(wanted, Product()) as ledger:
        folder = Preferences().backups(ledger.path)
        proof = prove(ledger, folder, typed=wanted.head, pdf=pdf, quick=wanted.quick)
    _show_proof(wanted, proof)
    problems = proof.problems
    if problems:
        more = f"（ほかに{len(problems) - 1}件）" if len(problems) > 1 else ""
        put_error(f"検証で誤りが見つかりました。{problems[0].sentence}{more}")
    return 1 if problems else 0


def backup(wanted: Wanted) -> int:
    """Copy the ledger into a folder and prove the copy."""
    from app.ledger.copies.claims import freed_words

    folder = wanted.folder.absolute()
    with open_ledger(wanted, Product()) as ledger:
        freed = freed_words(ledger.clear_backups(folder))
        path = ledger.backup(folder)
    if wanted.json:
        put_json({"backup": str(path)})
    else:
        put_line(f"バックアップ「{path}」を作成し、検証しました。")
        if freed:
            put_line(freed)
    return 0


def places(wanted: Wanted) -> int:
    """Where the user's own files lie: for who moves to another PC, and for the uninstaller."""
    preferences = Preferences()
    ledger = wanted.ledger.absolute() if wanted.ledger else preferences.ledger()
    asked = (
        ("ledger", "台帳", ledger),
        ("backups", "バックアップ", ledger and preferences.backups(ledger)),
        ("settings", "設定", preferences.path),
        ("errors", "不具合の記録", data_folder() / "log"),
    )
    found = [(key, name, str(path)) for key, name, path in asked if path is not None and may_be_there(path)]
    if wanted.json:
        put_json({key: path for key, _name, path in found})
        return 0
    for _key, name, path in found:
        put_line(f"{name}：{path}")
    if not found:
        put_line("このPCには、まだ台帳も設定もありません。")
    return 0


def demo(wanted: Wanted) -> int:
    """Make the sample ledger with its documents; without a display, pictures of the screens as well."""
    from app.cli.window import has_display
    from app.exchange.demo import make_demo

    def say(done: int, _total: int, what: str) -> None:
        if what and not wanted.json:
            put_line(f"{done + 1}. {what}")

    product = Product()
    folder = wanted.folder.absolute()
    day = wanted.on or today()
    made = make_demo(product, folder, day, Progress(say))
    if not has_display():
        say(4, 5, "画面の画像を保存しています")
        save_pictures(product, made, day)
    if wanted.json:
        put_json({"ledger": str(made.path), "passphrase": str(made.passphrase_file)})
    else:
        put_line(f"見本の台帳：{made.path}（パスフレーズ：{made.passphrase_file}）")
    return 0


def save_pictures(product: Product, made: Demo, day: date) -> None:
    """The main screens of the sample as PNG files beside it, as they look on ``day``."""
    from app.ledger.access.opening import unlock
    from app.ui.context import Program
    from app.ui.shell.shots import shoot

    key = unlock(made.path, read_passphrase(made.passphrase_file))
    program = Program(product, Preferences(), today=lambda: day)
    with product.open(made.path, key) as ledger:
        shoot(program, ledger, made.path.parent)


def _show_proof(wanted: Wanted, proof: Proof) -> None:
    if wanted.json:
        put_json(_proof_value(proof))
        return
    found = proof.found
    since = f"（{found.since:,}番より後だけ）" if found.since else ""
    kind = "簡易に検証" if proof.quick else "検証"
    put_line(f"記録 {found.entries:,}件を{kind}しました{since}。")
    holding = sum(one.holds for one in proof.heads)
    put_line(f"台帳の外に残る先頭値 {len(proof.heads):,}件のうち、{holding:,}件が記録簿と一致しました。")
    for sentence in (proof.left_out, *proof.unlooked, *proof.remarks):
        if sentence:
            put_line(sentence)
    for one in proof.heads:
        if not one.holds and one.fault is None:
            put_line(f"{one.name}：{one.said}")
    if proof.document is not None and proof.document.same:
        put_line(proof.document.sentence)
    rows = [(str(p.entry), p.named, p.problem) for p in proof.problems]
    put_table(("番号", "記録", "内容"), rows, proof.praise)


def _proof_value(proof: Proof) -> dict[str, Any]:
    value: dict[str, Any] = {
        "ok": proof.ok,
        "entries": proof.found.entries,
        "problems": [
            {"entry": p.entry, "record": p.record, "key": p.key, "problem": p.problem} for p in proof.problems
        ],
        "heads": [{"source": h.source, "entry": h.entry, "holds": h.holds} for h in proof.heads],
    }
    if proof.quick:
        value |= {"quick": True, "since": proof.found.since}
    if unlooked := [one for one in (proof.left_out, *proof.unlooked) if one]:
        value["unlooked"] = unlooked
    if proof.remarks:
        value["remarks"] = list(proof.remarks)
    if proof.document is not None:
        value["document"] = proof.document.submission.number if proof.document.submission else None
    return value
