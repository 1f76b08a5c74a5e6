"""The commands and their options, and what is said in Japanese when they are used wrongly."""

from __future__ import annotations

import argparse
import ast
import re
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app.cli.options import acts, desks, handouts, machines, readings, whole
from app.cli.options.life import add_commands
from app.common import PeopleError

if TYPE_CHECKING:
    from app.ledger.proof.heads import Kept

_MESSAGES = (
    (r"the following arguments are required: (.*)", "{} を指定してください。"),
    (r"unrecognized arguments: (.*)", "{} は使えません。"),
    (r"argument (.*?): expected (?:one|at least one) argument", "{} に値を指定してください。"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from .*", "{}の「{}」はありません。"),
    (
        r"argument (.*?): invalid day value: (.*)",
        "{} の {} は日付として読めません。2026-04-01、R8.4.1 のように、年も含めて指定してください。",
    ),
    (r"argument .*?: (記録の種類.*|台帳の名前.*)", "{}"),
    (r"argument (--head): (先頭値.*)", "{} の値が正しくありません。{}"),
    (r"argument (.*?): invalid int value: (.*)", "{} の {} は整数ではありません。"),
    (r"argument (.*?): not allowed with argument (.*)", "{} と {} は一緒に使えません。"),
    (r"argument (.*?): ignored explicit argument .*", "{} に値は付けられません。"),
    (r"ambiguous option: (.*?) could match .*", "{} では特定できません。"),
    (r"argument FILE: not one", "台帳のファイルは1つずつ開きます。1つだけ指定してください。"),
)
"""What argparse says (the only wording it has), and what people read instead."""


_NO_VALUE = re.compile(r"(\S+) に値を指定してください。")


class UsageError(Exception):
    """The command line cannot be understood; ``str`` is what to print, usage line included."""


class Wanted(argparse.Namespace):
    """What the command line asked for; the names are those of the options."""

    command: str | None
    ledger: Path | None
    passphrase_file: Path | None
    new_passphrase_file: Path
    json: bool
    kind: str
    file: Path
    files: list[Path]
    """What was dropped on the icon of the window: none, or one ledger."""
    folder: Path
    path: Path
    recovery: Path
    plain: bool
    archive_passphrase_file: Path | None
    new_sheet: Path | None
    other_passphrase_file: Path | None
    keep_records: list[str]
    take_records: list[str]
    both_records: list[str]
    officer: str
    schema: bool
    update: bool
    sheet: str
    sheet_for: str
    encoding: str
    replace: bool
    map: Path | None
    rest: Path | None
    remembered: bool
    annex: str
    document: int
    all_proposals: bool
    with_text: bool
    deed: str
    version: int | None
    publish: bool
    contract: str
    on: date | None
    form: str
    draft: bool
    again: bool
    about: list[str]
    places: list[str]
    suggest: bool
    keep: bool
    own_form: bool
    contracts: list[str]
    all_contracts: bool
    cover: bool
    set: str
    together: bool
    out: Path
    number: str
    how: str
    received_by: str
    why: str
    text: str
    pdf: Path | None
    head: list[Kept]
    quick: bool
    ics: Path
    since: date | None
    dir: Path | None
    backup: Path
    tray: bool
    to: Path | None
    dry_run: bool
    change: int
    listed: bool
    partly: bool
    recovery_code_file: Path | None
    until: date | None
    scan: Path | None
    record: str
    key: str
    line: int | None
    keys: list[str]
    title: str
    what: str
    script: Path | None
    register: bool
    owner: str


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        options["formatter_class"] = _Help
        options["add_help"] = False
        super().__init__(**options)
        self.given = self.add_argument_group("指定するもの")
        self.options = self.add_argument_group("オプション")
        self.options.add_argument("-h", "--help", action="help", help="この説明を表示します")

    def _print_message(self, message: str, file: Any = None) -> None:
        # argparse would end with an error of the program where the stream's encoding lacks Japanese.
        if message and file is not None:
            encoding = file.encoding or "utf-8"
            file.write(message.encode(encoding, "replace").decode(encoding))

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{self.format_usage()}{self.prog}: {in_japanese(message)}")


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "使い方: " if prefix is None else prefix)


def in_japanese(message: str) -> str:
    """What argparse complains of, in Japanese."""
    for pattern, sentence in _MESSAGES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(*map(_as_given, match.groups()))
    return "指定が正しくありません。--help で使い方を確かめてください。"


def _as_given(value: str) -> str:
    """A value as it was given: argparse quotes it as a program would, a path with each backslash twice."""
    with suppress(ValueError, SyntaxError):
        return str(ast.literal_eval(value)) if value[:1] in "'\"" else value
    return value


def day(text: str) -> date:
    """A day as people write it, western or 和暦."""
    # Late: no other option needs the records, and every start reads the command line.
    from app.records.typed_days import parse_day

    return parse_day(text)


def head(text: str) -> Kept:
    """A head of the journal as it is printed. Raises ``ArgumentTypeError`` with one Japanese sentence."""
    from app.ledger.proof.heads import parse_head

    try:
        return parse_head(text)
    except PeopleError as error:
        raise argparse.ArgumentTypeError(error.sentence) from None


def parse(arguments: list[str]) -> Wanted:
    """Read the command line. Raises ``UsageError``; prints the help and exits where that is asked for."""
    try:
        return _parser().parse_args(arguments, Wanted(files=[], tray=False))
    except UsageError as error:
        raise UsageError(_with_dash(str(error), arguments)) from None


def _with_dash(told: str, arguments: list[str]) -> str:
    """``told``, and why a value that begins with a dash was taken for none (``--measures -1×2``)."""
    found = _NO_VALUE.search(told)
    option = found[1].split("/")[-1] if found else ""
    at = arguments.index(option) + 1 if option in arguments else len(arguments)
    value = arguments[at] if at < len(arguments) else ""
    if not re.match(r"-[^-]", value) or value == "-h":
        return told
    before = told[: found.start()] if found else told
    why = f"「{value}」は「-」で始まるため、値として読めません。"
    return f"{before}{why}「{option}={value}」のように「=」でつないでください。"


def parse_window(arguments: list[str]) -> Wanted:
    """Read what ``jutaku-window`` was started with; ``files`` holds what was dropped on its icon."""
    parser = _Parser(prog="jutaku-window", description="受託台帳の画面を開きます。")
    parser.given.add_argument(
        "files", type=Path, nargs="*", metavar="FILE", help="開く台帳（省略時は前回の台帳）"
    )
    _common(parser, defaults=True)
    parser.options.add_argument(
        "--tray", action="store_true", help="画面を開かず、通知領域で期限を知らせます（設定で選んだとき）"
    )
    wanted = parser.parse_args(arguments, Wanted(command=None))
    if len(wanted.files) > 1 or (wanted.files and wanted.ledger):
        parser.error("argument FILE: not one")
    return wanted


def _parser() -> _Parser:
    parser = _Parser(
        prog="jutaku",
        description="受託台帳：自治体との契約の個人情報に関する義務を記録し、届出書類を作成します。"
        "コマンドを付けずに起動すると画面が開きます。",
    )
    _common(parser, defaults=True)
    commands = parser.add_subparsers(
        dest="command", metavar="コマンド", title="コマンド", parser_class=_Parser
    )
    _ledger_commands(commands)
    _record_commands(commands)
    _duty_commands(commands)
    _document_commands(commands)
    return parser


def _common(parser: _Parser, *, defaults: bool = False) -> None:
    """Options that may stand before or after the command; only the outer parser gives them defaults."""
    none: Any = None if defaults else argparse.SUPPRESS
    no: Any = False if defaults else argparse.SUPPRESS
    parser.options.add_argument(
        "--ledger", type=Path, default=none, metavar="PATH", help="台帳（省略時は前回の台帳）"
    )
    parser.options.add_argument(
        "--passphrase-file",
        type=Path,
        default=none,
        metavar="FILE",
        help="パスフレーズを書いたファイル（省略時は環境変数 JUTAKU_PASSPHRASE_FILE、次にOSの資格情報）",
    )
    parser.options.add_argument("--json", action="store_true", default=no, help="結果をJSONで出力します")


def _command(commands: Any, name: str, about: str) -> _Parser:
    made: _Parser = commands.add_parser(name, help=about, description=about)
    _common(made)
    return made


def _ledger_commands(commands: Any) -> None:
    new = _command(commands, "new", "新しい台帳を作り、回復シートをPDFで保存します")
    new.given.add_argument("path", type=whole.new_ledger, metavar="PATH", help="作る台帳（.jutaku）")
    new.options.add_argument(
        "--recovery", type=Path, required=True, metavar="SHEET.pdf", help="回復シートの保存先"
    )
    new.options.add_argument(
        "--officer", default="", metavar="NAME", help="担当者の氏名（省略時はログイン名）"
    )
    verify = _command(commands, "verify", "台帳の記録と書類が改変されていないか検証します")
    verify.options.add_argument(
        "--pdf", type=Path, default=None, metavar="F", help="発行した控えと照合するPDF"
    )
    verify.options.add_argument(
        "--head",
        type=head,
        nargs="+",
        action="extend",
        default=[],
        metavar="SEQ:HEX",
        help="書類に印字された台帳の先頭値（267:1a2b3c4d… のように8桁以上）",
    )
    verify.options.add_argument(
        "--quick",
        action="store_true",
        help="ファイルの傷みと、最後に全体を検証したバックアップより後の記録だけを検証します",
    )
    passphrase = _command(
        commands, "passphrase", "バックアップを作ってから、台帳を開くパスフレーズを変更します"
    )
    passphrase.options.add_argument(
        "--new-passphrase-file",
        type=Path,
        required=True,
        metavar="FILE",
        help="新しいパスフレーズを1行だけ書いたファイル",
    )
    backup = _command(commands, "backup", "検証済みのバックアップを作ります")
    backup.given.add_argument("folder", type=Path, metavar="DIR", help="保存先のフォルダ")
    _restore_commands(commands)
    whole.add_commands(partial(_command, commands))
    _command(commands, "places", "台帳、バックアップ、設定の場所を表示します")
    demo = _command(commands, "demo", "見本の台帳と書類を作ります")
    demo.given.add_argument("folder", type=Path, metavar="DIR", help="保存先のフォルダ")
    _on(demo, "見本の基準日（省略時はきょう）")


def _restore_commands(commands: Any) -> None:
    backups = _command(commands, "backups", "バックアップの一覧と、使えるかどうかを表示します")
    backups.options.add_argument(
        "--dir",
        type=Path,
        default=None,
        metavar="DIR",
        help="フォルダ（省略時はこの台帳のバックアップの保存先）",
    )
    restore = _command(
        commands, "restore", "バックアップを検証し、台帳と入れ替えるか、別のファイルに復元します"
    )
    restore.given.add_argument(
        "backup", type=Path, metavar="BACKUP", help="バックアップのファイル（.jutaku）"
    )
    restore.options.add_argument(
        "--to",
        type=whole.new_ledger,
        default=None,
        metavar="NEW.jutaku",
        help="新しく作る台帳（省略時は今の台帳と入れ替え）",
    )
    restore.options.add_argument(
        "--dry-run", action="store_true", help="失われる記録を表示するだけで、何も変更しません"
    )
    restore.options.add_argument(
        "--recovery-code-file",
        type=Path,
        default=None,
        metavar="FILE",
        help="回復コードを書いたファイル（パスフレーズも指定すると、復元した台帳をそれで開けるようにします）",
    )


def _record_commands(commands: Any) -> None:
    records = _command(commands, "records", "記録の件数、又は一種類の記録を表示します")
    records.given.add_argument(
        "kind", nargs="?", default="", metavar="KIND", help="記録の種類（device など）"
    )
    records.options.add_argument("--schema", action="store_true", help="記録の項目の定義を表示します")
    _import(_command(commands, "import", "JSON、Excel、CSVのファイルから記録を取り込みます"))
    _export(_command(commands, "export", "記録をExcelブックかCSVに書き出します"))
    blank = _command(commands, "template", "記入して取り込むためのExcelブックを書き出します")
    blank.given.add_argument("kind", metavar="KIND", help="記録の種類（device など）")
    blank.given.add_argument("file", type=Path, metavar="FILE.xlsx", help="保存先")
    search = _command(commands, "search", "すべての記録から探します")
    search.given.add_argument("text", metavar="TEXT", help="探す語")


def _import(parser: _Parser) -> None:
    parser.given.add_argument("kind", metavar="KIND", help="記録の種類（device など）")
    file = "取り込むファイル（.json、.xlsx、.xlsm、.xls、.csv、.tsv）。「-」は標準入力"
    parser.given.add_argument("file", type=Path, metavar="FILE", help=file)
    parser.options.add_argument("--sheet", metavar="NAME", default="", help="取り込むシート")
    parser.options.add_argument(
        "--map", type=Path, metavar="MAP.json", help="シート、見出しの行、列の項目、表にない値の指定"
    )
    parser.options.add_argument("--update", action="store_true", help="登録済みの記録を更新します")
    parser.options.add_argument(
        "--remembered",
        action="store_true",
        help="同じ見出しの表を前に取り込んだときの、列の対応と答えを使います",
    )
    parser.options.add_argument(
        "--rest",
        type=Path,
        metavar="FILE.xlsx",
        help="要確認・誤りの行を理由と共にこのブックに保存し、ほかの行を取り込みます",
    )
    parser.options.add_argument(
        "--dry-run", action="store_true", help="書き込まずに、各行がどうなるかを表示します"
    )


def _export(parser: _Parser) -> None:
    parser.given.add_argument("kind", metavar="KIND", help="記録の種類（device など）")
    parser.given.add_argument("file", type=Path, metavar="FILE", help="保存先（.xlsx か .csv）")
    parser.options.add_argument(
        "--sheet-for",
        choices=("people", "import"),
        default="import",
        help="people：一覧の表示のまま、import：すべての項目（省略時。そのまま取り込めます）",
    )
    parser.options.add_argument(
        "--encoding",
        choices=("utf-8", "cp932"),
        default="",
        help="CSVの文字コード（省略時は utf-8。cp932 で表せない文字があれば書き出しません）",
    )
    parser.options.add_argument(
        "--replace", action="store_true", help="cp932 で表せない文字を「〓」に置き換えます"
    )


def _duty_commands(commands: Any) -> None:
    _command(commands, "annexes", "特記事項の目録を表示します")
    clauses = _command(commands, "clauses", "特記事項の条項と義務を表示します")
    clauses.given.add_argument("annex", metavar="ANNEX", help="特記事項（kimitsu-hoji など）")
    _version(clauses)
    _annex_commands(_command(commands, "annex", "特記事項を読み取り、検査し、取り込み、書き出します"))
    duties = _command(commands, "duties", "義務の状態、期限、根拠、次の手順を表示します")
    _contract(duties, required=False)
    _on(duties, "基準日（省略時はきょう）")
    balance = _command(commands, "balance", "情報資産の受領、複写、返還、廃棄と残数を表示します")
    _contract(balance, required=False)
    _on(balance, "基準日（省略時はきょう）")
    handovers = _command(commands, "handovers", "署名済みの控えのない受領、返還、引渡を古い順に表示します")
    _contract(handovers, required=False)
    outside = _command(commands, "outside", "持ち出されたままのものを、期限を過ぎたものから表示します")
    _contract(outside, required=False)
    _on(outside, "基準日（省略時はきょう）")
    desks.add_commands(partial(_command, commands), _on)
    checks = _command(commands, "checks", "記録どうしの食い違いを表示します")
    _contract(checks, required=False)
    _on(checks, "基準日（省略時はきょう）")
    drift = _command(commands, "drift", "提出した書類と現況との相違を表示します")
    _contract(drift, required=False)
    _on(drift, "基準日（省略時はきょう）")
    _calendar(_command(commands, "calendar", "期限を予定表のファイル（iCalendar）に保存します"))


def _calendar(parser: _Parser) -> None:
    parser.options.add_argument("--ics", type=Path, required=True, metavar="FILE", help="保存先（.ics）")
    _contract(parser, required=False)
    _period(parser, "この日以後の期限", "この日以前の期限")


def _period(parser: _Parser, first: str, last: str) -> None:
    for name, dest, about in (("--from", "since", first), ("--to", "until", last)):
        parser.options.add_argument(name, dest=dest, type=day, default=None, metavar="DAY", help=about)


def _annex_commands(annex: _Parser) -> None:
    deeds = annex.add_subparsers(
        dest="deed", metavar="操作", title="操作", parser_class=_Parser, required=True
    )
    file = "特記事項のファイル（.toml か .xlsx）"
    check = _command(deeds, "check", "特記事項のファイルの誤りを行番号とともに表示します")
    check.given.add_argument("file", type=Path, metavar="FILE", help=file)
    bring = _command(deeds, "import", "特記事項のファイルか文章を、台帳に下書きとして登録します")
    bring.given.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=f"{file}、又は文章（.txt、.docx、.pdf）。「-」は標準入力の文章",
    )
    bring.options.add_argument("--publish", action="store_true", help="確定して登録します（変更できません）")
    bring.options.add_argument("--update", action="store_true", help="登録済みの下書きを更新します")
    out = _command(deeds, "export", "特記事項をファイルに書き出します")
    out.given.add_argument("annex", metavar="ANNEX", help="特記事項（kimitsu-hoji など）")
    _version(out)
    out.options.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="保存先（.toml か .xlsx）"
    )
    readings.add_commands(partial(_command, deeds), bring, _version)


def _version(parser: _Parser) -> None:
    parser.options.add_argument(
        "--version", type=int, default=None, metavar="N", help="版（省略時は最新の版）"
    )


def _client_form(parser: _Parser) -> None:
    parser.given.add_argument("file", type=Path, metavar="FILE", help="様式のファイル（.docx、.xlsx）")
    _contract(parser, required=True)
    parser.options.add_argument("--form", required=True, metavar="FORM", help="様式（location-notice など）")
    _on(parser, "適用の始期（省略時はきょう）")
    parser.options.add_argument(
        "--place",
        dest="places",
        action="append",
        default=[],
        metavar="PLACE=NAME",
        help="場所と項目（様式!B5=契約番号、チェック1=届出の区分=新規 など。繰返し可）",
    )
    parser.options.add_argument(
        "--suggest", action="store_true", help="見出しが項目の名前と同じ空欄にも記入します"
    )
    parser.options.add_argument("--keep", action="store_true", help="発注者の様式として登録します")


def _document_commands(commands: Any) -> None:
    _command(commands, "forms", "作成できる様式を表示します")
    issue = _command(commands, "issue", "書類を発行して控えを保管し、PDFを保存します")
    issue.given.add_argument("form", metavar="FORM", help="様式（location-notice など）")
    _contract(issue, required=True)
    _on(issue, "書類の日付（省略時はきょう）")
    issue.options.add_argument(
        "--again", action="store_true", help="再提出：提出済みの内容をもう一度出します"
    )
    issue.options.add_argument(
        "--about",
        action="append",
        default=[],
        metavar="RECORD:KEY",
        help="対象の記録（approval:AP-001 など。繰り返して指定できます）",
    )
    _period(issue, "対象期間の初日", "対象期間の末日")
    issue.options.add_argument(
        "--own-form", action="store_true", help="発注者の様式があっても、自社の様式で作成します"
    )
    issue.options.add_argument("--draft", action="store_true", help="番号を付けない下書きにします")
    issue.options.add_argument("--out", type=Path, required=True, metavar="F.pdf", help="保存先")
    _client_form(
        _command(commands, "client-form", "発注者のWord・Excelの様式を読み込み、記入する場所を決めます")
    )
    batch = _command(commands, "batch", "複数の書類をまとめて発行し、PDFをフォルダに保存します")
    batch.given.add_argument(
        "set", metavar="FORM", help="様式、又は before-start（着手前の書類一式）、on-change（変更の届出）"
    )
    batch.options.add_argument(
        "--contract", dest="contracts", action="append", default=[], metavar="N", help="契約番号（繰返し可）"
    )
    batch.options.add_argument("--all-contracts", action="store_true", help="すべての契約を対象にします")
    _on(batch, "書類の日付（省略時はきょう）")
    _period(batch, "対象期間の初日", "対象期間の末日")
    batch.options.add_argument(
        "--cover", action="store_true", help="契約ごとに書類送付書も発行します（before-start のとき）"
    )
    batch.options.add_argument(
        "--together", action="store_true", help="1つのPDFにもまとめます（発注者の様式の書類は含みません）"
    )
    batch.options.add_argument(
        "--dry-run", action="store_true", help="発行せず、発行できるかだけを表示します"
    )
    batch.options.add_argument("--out", type=Path, required=True, metavar="DIR", help="保存先のフォルダ")
    binder = _command(commands, "binder", "契約と期間の証跡綴りを発行します（issue evidence-binder と同じ）")
    _contract(binder, required=True)
    _on(binder, "書類の日付（省略時はきょう）")
    _period(binder, "対象期間の初日", "対象期間の末日")
    binder.options.add_argument("--draft", action="store_true", help="番号を付けない下書きにします")
    binder.options.add_argument("--out", type=Path, required=True, metavar="F.pdf", help="PDFの保存先")
    submit = _command(commands, "submit", "書類を提出したことを記録します")
    submit.given.add_argument("number", metavar="NUMBER", help="文書番号")
    _on(submit, "提出日", required=True)
    submit.options.add_argument("--how", required=True, metavar="HOW", help="提出方法（持参・郵送・電子）")
    submit.options.add_argument("--received-by", default="", metavar="NAME", help="受領者")
    void = _command(commands, "void", "発行した書類を無効にします（番号は残ります）")
    void.given.add_argument("number", metavar="NUMBER", help="文書番号")
    void.options.add_argument("--why", required=True, metavar="TEXT", help="無効にする理由")
    _on(void, "無効にする日（省略時はきょう）")
    add_commands(partial(_command, commands), _on)
    acts.add_commands(partial(_command, commands))
    handouts.add_commands(partial(_command, commands))
    machines.add_commands(partial(_command, commands))
    documents = _command(commands, "documents", "発行した書類と、現況との相違を表示します")
    _contract(documents, required=False)
    _on(documents, "基準日（省略時はきょう）")


def _contract(parser: _Parser, *, required: bool) -> None:
    parser.options.add_argument("--contract", required=required, default="", metavar="N", help="契約番号")


def _on(parser: _Parser, about: str, *, required: bool = False) -> None:
    parser.options.add_argument("--on", type=day, required=required, default=None, metavar="DAY", help=about)
