"""A small script for the other PCs: it asks what ``windows`` asks, and leaves one file beside itself."""

from __future__ import annotations

from pathlib import Path

from app.exchange import saving
from app.exchange.machine.windows import QUESTIONS

NAMES = ("pc-info.cmd", "pc-info.ps1")
"""The file that is opened, and the script that it runs."""
ENDING = ".pc.json"

_STARTER = (
    "@echo off\r\n"
    'powershell.exe -NoLogo -NoProfile -ExecutionPolicy Bypass -File "%~dp0pc-info.ps1"\r\n'
    "pause\r\n"
)
_BEGINNING = """# このPCの情報を、台帳に取り込むためのファイルに書き出します。
# 読み取るもの：コンピュータ名、メーカー、型番、製造番号、OS、記憶装置の容量と暗号化の状態、
# マルウェア対策ソフト、最後の更新プログラム。それ以外のファイルや個人の情報は読み取りません。
# 管理者の権限は要りません。通信はせず、PCの設定は何も変更しません。
# 使い方：pc-info.cmd と同じフォルダに置き、pc-info.cmd をダブルクリックします。
# 同じフォルダに「コンピュータ名.pc.json」ができます。受託台帳で取り込んでください。
"""
_END = r"""
$place = Join-Path $PSScriptRoot ($env:COMPUTERNAME + '.pc.json')
try {
    [IO.File]::WriteAllText($place, $json, (New-Object Text.UTF8Encoding $true))
    Write-Host "「$place」に書き出しました。"
}
catch {
    Write-Host '書き出せませんでした。このフォルダに書き込めるかを確かめてください。'
    exit 1
}
"""


def files() -> dict[str, bytes]:
    """The script and its starter, by their names. Windows PowerShell takes a script for UTF-8 by its mark."""
    script = (_BEGINNING + QUESTIONS + _END).replace("\r\n", "\n").replace("\n", "\r\n")
    return {NAMES[0]: _STARTER.encode("ascii"), NAMES[1]: script.encode("utf-8-sig")}


def write(folder: Path) -> tuple[Path, ...]:
    """Write both into ``folder``; return where they are. Raises ``PeopleError``."""
    made = {folder / name: data for name, data in files().items()}
    for place in made:
        saving.check_place(place)
    for place, data in made.items():
        saving.save(place, data)
    return tuple(made)
