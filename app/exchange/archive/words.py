"""What an archive says of itself to whoever opens it without the program."""

from __future__ import annotations

from app.ledger.archiving.described import Described
from app.records import SPECS

PLAIN = "このアーカイブは暗号化していません。受け取った人はだれでも、個人情報を含むすべての記録を読めます。"
"""Said wherever one is written without a passphrase."""

_SEALED = """受託台帳 アーカイブ（暗号化）

このzipの中の archive.zip.age は、受託台帳の全体を書き出したアーカイブをパスフレーズで暗号化したものです。

受託台帳で戻すには
  「アーカイブから台帳を作成」（コマンドでは jutaku unarchive）で、このzipのまま選んでください。

受託台帳を使わずに開くには
  暗号化の形式は age-encryption.org/v1（仕様 https://c2sp.org/age ）です。対応するソフト（age、rageなど）で
    age -d -o archive.zip archive.zip.age
  のように復号し、パスフレーズを入力すると、ふつうのzipになります。中の README.txt に続きの説明があります。
  パスフレーズは、全角と半角などをUnicodeのNFKCで揃えて使っています。
"""

_PLAIN_HEAD = """受託台帳 アーカイブ

受託台帳の全体を、受託台帳がなくても読める形で書き出したものです。個人情報を含みます。
台帳の識別番号 {ledger}　台帳の形式 {format}　記録 {sequence}件　記録簿の先頭値 {head}

受託台帳で戻すには
  「アーカイブから台帳を作成」（コマンドでは jutaku unarchive）で、zipのまま選んでください。

文字コードはすべてUTF-8です。.jsonl は1行に1件のJSON（JSON Lines）で、テキストエディタでも読めます。

manifest.json
  作成日時と、すべてのファイルの大きさとSHA-256です。ファイルが書き出したときのままかは、SHA-256で確かめられます。
  WindowsのPowerShellでは Get-FileHash ファイル名 と入力します。
schema.json
  記録の種類ごとの項目の名前（name）、表示名（label）、型（type）、選択肢、参照先です。
  書き出した受託台帳の版のもので、jutaku records --schema --json と同じ内容です。
records/種類.jsonl
  記録です。取り消した記録も含みます。1行が1件で、どの記録にも次の項目があります。
    id 番号（ほかの記録から参照されます）、revision 改訂の回数、recorded_at・recorded_by 登録の日時と登録者、
    retired_at・retired_why 取消しの日時と理由（取り消していなければ空）
  日付は 2026-04-01、はい・いいえは 1・0 です。ほかの記録への参照は、その記録の id です。
files/SHA-256.拡張子
  発行した書類のPDFと、添付したファイルです。records の中では、SHA-256で指されています。
  例：records/submission.jsonl の pdf が、その書類のPDFの名前です。
journal.jsonl
  記録簿です。1行が1回の書込みで、前の行のハッシュ（previous）を含むハッシュ（hash）で連なっています。
history.jsonl
  記録簿の各行で書き込まれた内容（content）、番号や名称（record_key）、理由（reason）と、
  記録簿のハッシュを計算するための値（salt）です。
ledger/
  そのほか、台帳の識別情報（meta）、形式の更新（migration）、文書番号（number_sequence、skipped_number）、
  予定表に書き出した期限（calendar_event）、検索の索引（search）、次に付く番号（sqlite_sequence）、
  パスフレーズで暗号化された台帳の鍵（key_file）です。

このアーカイブで分かること・分からないこと
  SHA-256は、書き出した後の破損を見つけます。manifest.json ごと作り直した改変は見つけられません。
  記録の改変は、受託台帳で戻したときに記録簿との照合で見つかります。記録簿ごと作り直した改変は、
  発行した書類やバックアップに残る先頭値との照合でだけ見つかります。

記録の種類
"""


def sealed_note() -> str:
    """What stands beside a sealed archive."""
    return _crlf(_SEALED)


def readme(described: Described) -> str:
    """What stands in the archive itself."""
    head = _PLAIN_HEAD.format(
        ledger=described.ledger,
        format=described.format,
        sequence=described.sequence,
        head=described.head,
    )
    return _crlf(head + "".join(f"  {name}.jsonl　{spec.label}\n" for name, spec in SPECS.items()))


def _crlf(text: str) -> str:
    """Line ends that every editor of Windows shows as such."""
    return text.replace("\n", "\r\n")
