"""What Windows answers: read as far as it goes, and never taken for more than it says."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.common import PeopleError
from app.exchange.machine import script, windows
from app.exchange.machine.brought import machine_in
from app.exchange.machine.machine import UNTOLD, capacity, named
from app.records.device import Encryption

DAY = date(2026, 11, 27)

ANSWER: dict[str, Any] = {
    "format": "jutaku-pc",
    "version": 1,
    "on": "2026-11-27",
    "name": "SOUMU-03",
    "maker": "架空電機 株式会社",
    "model": "KD-1400",
    "serial": "KD14-0033",
    "caption": "Microsoft Windows 11 Pro",
    "kind": 1,
    "release": "24H2",
    "build": "26100",
    "revision": 2314,
    "volumes": [{"name": "C:", "protection": 1}, {"name": "D:", "protection": 2}],
    "disks": [{"model": "架空 SSD", "size": 512110190592}],
    "watching": [{"name": "Windows Defender", "state": 397568}],
    "fixes": [{"id": "KB5046617", "on": "2026-11-12"}],
}


def test_a_pc_that_tells_all(answer: dict[str, Any]) -> None:
    made = windows.machine(answer, DAY)
    assert (made.name, made.maker, made.model, made.serial) == (
        "SOUMU-03",
        "架空電機 株式会社",
        "KD-1400",
        "KD14-0033",
    )
    assert (made.os, made.capacity, made.anti_malware) == ("Windows 11 Pro 24H2", "512GB", "Windows Defender")
    assert made.patched == "KB5046617（令和8年11月12日）　ビルド26100.2314"
    assert [(d.name, d.encryption, d.tool) for d in made.disks] == [
        ("Cドライブ", Encryption.FULL, "BitLocker"),
        ("Dドライブ", Encryption.NONE, ""),
    ]
    assert (made.untold, made.remarks, made.server) == ((), (), False)


@pytest.fixture
def answer() -> dict[str, Any]:
    return json.loads(json.dumps(ANSWER))  # type: ignore[no-any-return]  # as it was given


@pytest.mark.parametrize(
    ("protection", "encryption", "why"),
    [
        (0, None, ""),
        (1, Encryption.FULL, ""),
        (2, Encryption.NONE, ""),
        (3, Encryption.PARTIAL, ""),
        (4, Encryption.PARTIAL, ""),
        (5, None, "BitLockerの保護が中断されています"),
        (6, Encryption.FULL, ""),
        (7, None, ""),
        (8, None, "BitLockerがまだ有効になっていません"),
        (9, None, ""),
        (-1, None, ""),
        (None, None, ""),
        ("", None, ""),
        (True, None, ""),
        ("2", Encryption.NONE, ""),
    ],
)
def test_only_what_is_said_to_be_encrypted_is(
    answer: dict[str, Any], protection: object, encryption: Encryption | None, why: str
) -> None:
    answer["volumes"] = [{"name": "C:", "protection": protection}]
    (disk,) = windows.machine(answer, DAY).disks
    assert (disk.encryption, disk.why) == (encryption, why)
    assert disk.tool == ("BitLocker" if encryption in (Encryption.FULL, Encryption.PARTIAL) else "")


def test_what_is_not_told_is_blank_and_said() -> None:
    made = windows.machine({}, DAY)
    assert all(text == UNTOLD for _label, text in made.rows)
    assert len(made.untold) == len(made.rows) == 9


@pytest.mark.parametrize("text", ["To Be Filled By O.E.M.", "Default string", "00000000", " ", None, 7])
def test_what_makers_of_boards_leave_is_no_serial_number(answer: dict[str, Any], text: object) -> None:
    answer["serial"] = text
    assert "製造番号" in windows.machine(answer, DAY).untold


def test_a_scanner_that_is_off_or_old_is_not_told_as_running(answer: dict[str, Any]) -> None:
    off, old = 393472, 397584
    answer["watching"] = [{"name": "架空ガード", "state": off}, {"name": "見本スキャン", "state": old}]
    made = windows.machine(answer, DAY)
    assert made.anti_malware == "見本スキャン"
    assert made.remarks == (
        "架空ガードは動作していません。",
        "見本スキャンの定義ファイルが最新ではありません。",
    )
    answer["watching"] = [{"name": "架空ガード", "state": off}]
    assert "マルウェア対策ソフト" in windows.machine(answer, DAY).untold


def test_a_list_of_one_may_come_without_its_list(answer: dict[str, Any]) -> None:
    answer["volumes"] = answer["volumes"][0]
    assert len(windows.machine(answer, DAY).disks) == 1


def test_a_server_is_one(answer: dict[str, Any]) -> None:
    for kind, server in ((1, False), (2, True), (3, True), (None, False)):
        answer["kind"] = kind
        assert windows.machine(answer, DAY).server is server


NAMES = st.sampled_from(["name", "protection", "state", "size", "on", "id"])
STRANGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "protection", "state", "size", "on", "id"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(told=st.dictionaries(st.sampled_from(sorted(ANSWER)), STRANGE))
def test_no_answer_is_taken_for_an_encryption_that_it_does_not_tell(told: dict[str, Any]) -> None:
    made = windows.machine(told, DAY)
    for disk, one in zip(made.disks, _objects(told.get("volumes")), strict=True):
        if disk.encryption is Encryption.FULL:
            assert str(one.get("protection")).strip() in {"1", "6"}


def _objects(held: object) -> list[dict[str, Any]]:
    listed = held if isinstance(held, list) else [held]
    return [one for one in listed if isinstance(one, dict)]


def test_sizes_are_told_as_they_are_sold() -> None:
    assert capacity([512110190592, 2000398934016, 0]) == "512GB、2TB"
    assert capacity([1_500_000_000_000]) == "1500GB"
    assert named("  架空　電機 ") == "架空 電機"


def test_a_file_of_the_script_is_read_back(answer: dict[str, Any]) -> None:
    data = b"\xef\xbb\xbf" + json.dumps(answer, ensure_ascii=False).encode()
    assert machine_in(data, "SOUMU-03.pc.json") == windows.machine(answer, DAY)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"\xff\xfe", "ではありません"),
        (b"[", "ではありません"),
        (b"[]", "ではありません"),
        (b'{"format": "other"}', "ではありません"),
        (b'{"format": "jutaku-pc", "version": 2}', "この版では読めない形式"),
        (b'{"format": "jutaku-pc", "version": 1, "on": "x"}', "読み取った日がありません"),
    ],
)
def test_any_other_file_is_refused_in_one_sentence(data: bytes, part: str) -> None:
    with pytest.raises(PeopleError) as caught:
        machine_in(data, "PC.json")
    assert part in str(caught.value)
    assert "PC.json" in str(caught.value)


def test_the_script_is_as_windows_powershell_needs_it_and_opens_no_network() -> None:
    made = script.files()
    starter, code = made["pc-info.cmd"], made["pc-info.ps1"]
    assert starter.isascii()
    assert code.startswith(b"\xef\xbb\xbf")
    text = code.decode("utf-8-sig")
    assert text.replace("\r\n", "").count("\n") == 0
    assert windows.QUESTIONS.replace("\n", "\r\n") in text
    lowered = text.casefold()
    for word in ("http", "webrequest", "net.", "invoke-expression", "set-", "remove-", "start-process"):
        assert word not in lowered, word
