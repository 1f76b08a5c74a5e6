"""Whether a disposal leaves anything readable: its method against the medium, and against what was said.

Asked wherever a disposal counts: for its own duty, its approval, its certificate, the return that it stands
in for, and the closing of the contract. What is only probable is a doubt, never a fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from app.duties.holding.parties import folded
from app.records import Approval, Asset, Device, Disposal, Facts, Instruction
from app.records import asset as assets
from app.records.days import wareki
from app.records.device import DeviceKind, Encryption
from app.records.disposal import DisposalLine, LineResult, Method, Outcome
from app.records.instruction import InstructionKind
from app.records.kinds import OTHER


class Carrier(StrEnum):
    """What keeps the information in the end; two of them name what is not known."""

    PAPER = "紙"
    FLASH = "フラッシュメモリ"
    OPTICAL = "光学媒体"
    MAGNETIC = "磁気ディスク"
    DRIVE = "種類の記録がない記憶装置"
    DATA = "置き場所の記録がない電子データ"
    UNKNOWN = "種類の記録がない媒体"


class Flaw(NamedTuple):
    """Why line ``row`` (from 0) of a disposal may be readable still, or is not as it was to be done.

    ``words``: the reason, to be read after 「…は、」 and before 「。」. ``certain``: a breach; else a doubt.
    """

    row: int
    words: str
    certain: bool


_PAPER = (Method.SHREDDED, Method.DISSOLVED, Method.BURNED)
ERASING = (Method.OVERWRITTEN, Method.KEY_ERASED)
"""Methods that are done by software and leave the medium as it was."""
DESTROYING = (*_PAPER, Method.CRUSHED, Method.DEGAUSSED)
"""Methods after which the medium can no longer be used."""
_FITS: Mapping[Carrier, tuple[Method, ...]] = MappingProxyType(
    {
        Carrier.PAPER: _PAPER,
        Carrier.FLASH: (Method.CRUSHED, *ERASING),
        Carrier.OPTICAL: (Method.CRUSHED, Method.SHREDDED, Method.BURNED),
        Carrier.MAGNETIC: (Method.CRUSHED, Method.DEGAUSSED, *ERASING),
        Carrier.DRIVE: (Method.CRUSHED, *ERASING),
        Carrier.DATA: (Method.CRUSHED, *ERASING),
        Carrier.UNKNOWN: (),
    }
)
"""Methods after which a carrier can be neither read nor restored (flash memory is not magnetic)."""
_MAY_FIT: Mapping[Carrier, tuple[Method, ...]] = MappingProxyType(
    {
        Carrier.DRIVE: (Method.DEGAUSSED,),
        Carrier.DATA: (Method.DEGAUSSED,),
        Carrier.UNKNOWN: tuple(Method),
    }
)
_OF_ASSETS: Mapping[str, Carrier] = MappingProxyType(
    {
        assets.Medium.PAPER: Carrier.PAPER,
        assets.Medium.USB: Carrier.FLASH,
        assets.Medium.OPTICAL: Carrier.OPTICAL,
        assets.Medium.HDD: Carrier.MAGNETIC,
        assets.Medium.DATA: Carrier.DATA,
    }
)
_OF_DEVICES: Mapping[str, Carrier] = MappingProxyType(
    {
        DeviceKind.PC: Carrier.DRIVE,
        DeviceKind.SERVER: Carrier.DRIVE,
        DeviceKind.USB: Carrier.FLASH,
        DeviceKind.HDD: Carrier.MAGNETIC,
        DeviceKind.OPTICAL: Carrier.OPTICAL,
        DeviceKind.MOBILE: Carrier.FLASH,
        DeviceKind.PAPER_BOX: Carrier.PAPER,
    }
)
_FLASH = ("ssd", "nvme", "emmc", "ufs", "m.2", "フラッシュ", "usbメモリ", "sdカード")
_MAGNETIC = ("hdd", "ハードディスク", "磁気")
_WORDS: Mapping[Method, tuple[str, ...]] = MappingProxyType(
    {
        Method.SHREDDED: ("裁断", "細断", "シュレッダ"),
        Method.DISSOLVED: ("溶解",),
        Method.BURNED: ("焼却",),
        Method.CRUSHED: ("破壊", "破砕", "粉砕", "穿孔"),
        Method.DEGAUSSED: ("磁気消去", "消磁", "磁気破壊"),
        Method.OVERWRITTEN: ("ソフト", "上書き"),
        Method.KEY_ERASED: ("暗号化消去", "暗号鍵"),
    }
)
"""Words of clauses, instructions and conditions → the method they name."""
_OPEN = ("その他", "準じ", "同等", "等", "など", "方法")
"""Words after which other methods are admitted as well."""
_TURNED = ("以外", "不可", "禁", "避け", "せず", "ないこと")
"""Words that may turn what is named into its opposite: only a person can read them."""
_EQUAL = ("その他", "準じ", "同等", "等", "など")
_WORDLESS = (
    "廃棄",
    "消去",
    "処分",
    "破棄",
    "判読",
    "復元",
    *(word for words in _WORDS.values() for word in words),
)
"""Words by which a sentence that names no method readably still speaks of disposal."""
_BAD = re.compile(
    r"(不合格|不良|失敗|未完|未確認|不一致|差異|異常|エラー|残存|残って|残留|(?<![裁細])断片|(?<![不未非])検出"
    r"|判読でき|復元でき|(判読|復元|読み?取り?)可能|読み取れ|読め|ＮＧ|NG)"
    r"(?![^。、]{0,3}(なし|無し|無く|なく|ない|ません|ず|不能)|[はが：:]?[0０]件"
    r"|(な|る)?(データ|情報|断片|ファイル|文字|もの)?[はがも]?(検出|確認|発見|存在|残存)?(され|し|せ)?"
    r"(なし|無し|なく|ない|ません|ず))"
)
"""Words of a verification that tell of something that can be read still, unless they are denied."""
_SURE = (Carrier.FLASH, Carrier.MAGNETIC, Carrier.OPTICAL, Carrier.PAPER)
_ASKING = (InstructionKind.INSTRUCTION, InstructionKind.RETURN)


def flaws(
    facts: Facts, disposal: Disposal, methods: Iterable[str] = (), approvals: Iterable[Approval] = ()
) -> tuple[Flaw, ...]:
    """Everything that keeps the lines of a disposal that have ended from being done as they had to be.

    ``methods``: those a clause names. ``approvals``: those it rests on, whose conditions may name others.
    """
    asked, conditions = tuple(methods), tuple(one for one in approvals if one.conditions)
    found = []
    for row, line in enumerate(disposal.lines):
        if disposal.ended(line):
            reasons = [
                *_misfit(facts, disposal.method, line),
                *_said(facts, disposal, line, asked, conditions),
                *_verified(disposal),
            ]
            found += [_flaw(disposal, row, words, certain) for words, certain in reasons]
    return tuple(found)


def _flaw(disposal: Disposal, row: int, words: str, certain: bool) -> Flaw:
    """With its reason on record it is for a person to judge, and never right by that alone."""
    why = disposal.method_reason
    return Flaw(row, f"{words}（理由・追加の措置：{why}）" if why else words, certain and not why)


def misfits(facts: Facts, disposal: Disposal) -> tuple[Flaw, ...]:
    """The lines on whose medium the method certainly cannot work, done or meant, whatever the reason."""
    return tuple(
        Flaw(row, words, certain)
        for row, line in enumerate(disposal.lines)
        if line.result != LineResult.FAILED
        for words, certain in _misfit(facts, disposal.method, line)
        if certain
    )


def not_ended(disposal: Disposal, line: DisposalLine) -> str:
    """Why ``line`` of a disposal that was done has ended nothing; empty where it has.

    The reason is to be read after 「…は、」 and before 「。」.
    """
    if disposal.ended(line):
        return ""
    if line.result == LineResult.FAILED:
        return "不良のままで、廃棄・消去が終わっていません"
    judged = disposal.judged(line)
    if judged == Outcome.FAILED:
        return f"確認の判定が「{judged}」で、廃棄・消去が終わっていません"
    told = f"が「{judged}」の" if judged else "の記録がない"
    return f"確認の判定{told}ため、廃棄・消去が終わったとはいえません"


def contradicted(disposal: Disposal) -> str:
    """What is written of the verification, where it may say that something can be read still; else empty."""
    told = disposal.verification_result
    return told if _BAD.search(told) else ""


def made_good(
    facts: Facts, done: Iterable[Disposal], disposal: Disposal, line: DisposalLine
) -> Disposal | None:
    """The later disposal of ``done``, by day, that finished what ``line`` of ``disposal`` left readable.

    None while any of the quantity is open. One by a method that does not fit finishes nothing.
    """
    left = line.quantity
    for other in done:
        if other.id == disposal.id or other.done_on < disposal.done_on:
            continue
        for held in other.lines:
            same = (held.asset, held.device) == (line.asset, line.device)
            if same and other.ended(held) and not any(_misfit(facts, other.method, held)):
                left -= held.quantity
        if left <= 0:
            return other
    return None


def carriers(facts: Facts, line: DisposalLine) -> frozenset[Carrier]:
    """What kept the information of a line: the storages of its device, else the kind of its medium."""
    device = facts.find(Device, line.device)
    if device is not None:
        of_kind = _OF_DEVICES.get(device.kind, Carrier.UNKNOWN)
        named_ones = (_storage(one.name) for one in device.storages)
        found = frozenset(one or (of_kind if of_kind in _SURE else Carrier.DRIVE) for one in named_ones)
        return found or frozenset((of_kind,))
    asset = facts.find(Asset, line.asset)
    return frozenset((_OF_ASSETS.get(asset.medium if asset else line.medium, Carrier.UNKNOWN),))


def named(text: str) -> frozenset[Method]:
    """The methods that a sentence names; none where it names none or may forbid what it names."""
    if any(word in text for word in _TURNED):
        return frozenset()
    return frozenset(method for method, words in _WORDS.items() if any(word in text for word in words))


def _storage(name: str) -> Carrier | None:
    text = folded(name)
    if any(word in text for word in _FLASH):
        return Carrier.FLASH
    return Carrier.MAGNETIC if any(word in text for word in _MAGNETIC) else None


def _misfit(facts: Facts, method: str, line: DisposalLine) -> Iterator[tuple[str, bool]]:
    """Why the method leaves what carried the line readable, and whether that is certain."""
    if method.startswith(OTHER):
        yield f"方法が「{method}」のため、判読も復元もできないかを確かめる必要があります", False
        return
    for carrier in sorted(carriers(facts, line)):
        if method in _FITS[carrier]:
            continue
        if method in _MAY_FIT.get(carrier, ()):
            yield f"{carrier}のため、「{method}」で復元できなくなるかを確かめる必要があります", False
        else:
            yield f"{carrier}であり、「{method}」では復元できるおそれがあります", True
    device = facts.find(Device, line.device)
    if method == Method.KEY_ERASED and device is not None:
        if any(one.encryption != Encryption.FULL for one in device.storages):
            yield f"全体が暗号化されていない記憶装置があり、「{method}」では復元できるおそれがあります", True
        elif not device.storages:
            yield f"記憶装置の暗号化の記録がなく、「{method}」で足りるかを確かめる必要があります", False


def _said(
    facts: Facts,
    disposal: Disposal,
    line: DisposalLine,
    methods: tuple[str, ...],
    conditions: tuple[Approval, ...],
) -> Iterator[tuple[str, bool]]:
    """How the method differs from what the clause, the client's instruction or a condition names."""
    method = disposal.method
    wanted = frozenset(one for text in methods for one in named(text))
    free = any(word in text for text in methods for word in _OPEN)
    if wanted and not free and method not in wanted and not method.startswith(OTHER):
        yield f"条項が定める方法（{'、'.join(methods)}）ではなく「{method}」によっています", True
    told = [
        *_instructed(facts, disposal, line),
        *((f"{one.number}の条件", one.conditions) for one in conditions),
    ]
    for whose, text in told:
        yield from _against(whose, text, method)
    by_word = any("指示" in text for text in methods)
    if by_word and not any(named(text) for _whose, text in told):
        yield "発注者が指示した方法の記録がありません", False


def _against(whose: str, text: str, method: str) -> Iterator[tuple[str, bool]]:
    wanted = named(text)
    if method in wanted:
        return
    if not wanted:
        if not any(word in text for word in _WORDLESS):
            return
        yield f"{whose}（「{text}」）に沿った方法かを確かめる必要があります", False
    elif method.startswith(OTHER) or any(word in text for word in _EQUAL):
        yield f"「{method}」が{whose}（「{text}」）に沿うかを確かめる必要があります", False
    else:
        yield f"{whose}（「{text}」）と違い、「{method}」によっています", True


def _verified(disposal: Disposal) -> Iterator[tuple[str, bool]]:
    """What was found when it was verified, where the words may say that something can be read still."""
    if told := contradicted(disposal):
        yield f"確認の結果が「{told}」のため、判読も復元もできないかを確かめる必要があります", False


def _instructed(facts: Facts, disposal: Disposal, line: DisposalLine) -> tuple[tuple[str, str], ...]:
    """The client's newest word before the disposal on how to do it, where it can speak of this medium.

    An instruction that names only methods for other media was about other things.
    """
    said = (
        one
        for one in facts.of(Instruction, "contract", disposal.contract)
        if one.kind in _ASKING and one.method_asked and one.received_on <= disposal.done_on
    )
    fitting = {method for one in carriers(facts, line) for method in (*_FITS[one], *_MAY_FIT.get(one, ()))}
    for one in sorted(said, key=lambda one: (one.received_on, one.id), reverse=True):
        wanted = named(one.method_asked)
        if wanted & fitting or (not wanted and any(word in one.method_asked for word in _WORDLESS)):
            return ((f"{wareki(one.received_on)}の{one.kind}の方法", one.method_asked),)
    return ()
