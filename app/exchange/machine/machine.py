"""A PC as it told of itself. What it did not tell is blank, and said; nothing stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.records.device import Encryption

UNTOLD = "確認できませんでした"
_PLACEHOLDERS = frozenset(
    {
        *("", "0", "none", "n/a", "unknown", "invalid", "default string", "not applicable", "not specified"),
        *("system serial number", "system manufacturer", "system product name", "chassis serial number"),
        *("to be filled by o.e.m.", "to be filled by oem", "o.e.m.", "oem", "123456789", "00000000"),
    }
)
"""What makers of boards leave where the maker of the PC wrote nothing: it would be the same of many PCs."""


@dataclass(frozen=True, slots=True)
class Disk:
    """A storage unit or volume. ``encryption`` None: not told, which is never taken for encrypted.

    ``why``: what is known of an encryption that protects nothing now, in a sentence.
    """

    name: str
    encryption: Encryption | None
    tool: str = ""
    method: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """One PC on the day ``on``. Texts are blank where they were not told.

    ``patched``: the last update and its day, as people read it. ``remarks``: what else it told, in sentences.
    """

    on: date
    name: str = ""
    maker: str = ""
    model: str = ""
    serial: str = ""
    os: str = ""
    capacity: str = ""
    disks: tuple[Disk, ...] = ()
    anti_malware: str = ""
    patched: str = ""
    server: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """How people are told which PC it is."""
        return self.name or self.serial or "名前の分からないPC"

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What it told under what it is called, in order; of what it did not tell, that."""
        told = (
            ("コンピュータ名", self.name),
            ("メーカー", self.maker),
            ("型番", self.model),
            ("製造番号", self.serial),
            ("OS", self.os),
            ("容量", self.capacity),
            *((f"記憶装置 {disk.name}の暗号化", _encryption(disk)) for disk in self.disks),
            *(() if self.disks else (("記憶装置の暗号化", ""),)),
            ("マルウェア対策ソフト", self.anti_malware),
            ("最後の更新プログラム", self.patched),
        )
        return tuple((label, text or UNTOLD) for label, text in told)

    @property
    def untold(self) -> tuple[str, ...]:
        """What it did not tell, by the names that people call it by."""
        return tuple(label for label, text in self.rows if text.startswith(UNTOLD))


def named(text: object) -> str:
    """A text as a maker wrote it; empty for what stands for nothing."""
    bare = " ".join(str(text).split()) if isinstance(text, str) else ""
    return "" if bare.casefold() in _PLACEHOLDERS or not bare.strip("0.- ") else bare


def capacity(sizes: list[int]) -> str:
    """Sizes in bytes as they are printed on what is sold: 512GB, 2TB."""
    return "、".join(
        f"{size / 10**12:.0f}TB" if size >= 10**12 and size % 10**12 < 10**11 else f"{size / 10**9:.0f}GB"
        for size in sizes
        if size >= 10**9
    )


def _encryption(disk: Disk) -> str:
    if disk.encryption is None:
        return f"{UNTOLD}（{disk.why}）" if disk.why else ""
    return "　".join(part for part in (str(disk.encryption), disk.tool, disk.method) if part)
