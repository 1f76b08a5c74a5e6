"""Archives that are none, or no longer what was written: one sentence each, and nothing left."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.common import Cancelled, PeopleError, Progress
from app.exchange.archive import archiving, manifest, reading
from app.exchange.archive.archiving import archive, unarchive
from app.ledger.door import Ledger
from tests.archives.conftest import SEALING, Unarchive, left
from tests.ledger.conftest import CHEAP, PASSPHRASE, Clock

Parts = dict[str, bytes]
Refused = Callable[..., str]
OTHER = "別の 長い 合言葉です"


@pytest.fixture
def refused(bring: Unarchive, tmp_path: Path) -> Refused:
    """One sentence that says why no ledger is made of a file; nothing is left but what was there."""

    def sentence(path: Path, **how: Any) -> str:
        before = left(tmp_path)
        with pytest.raises(PeopleError) as told:
            bring(path, **how)
        assert left(tmp_path) == before
        said = told.value.sentence
        assert "\n" not in said
        assert said.endswith("。")
        return said

    return sentence


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def pack(path: Path, parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return path


def vouched(parts: Mapping[str, bytes], **about: Any) -> Parts:
    """``parts`` with a manifest that names what they now are: forged by somebody who knows the format."""
    told = {**json.loads(parts["manifest.json"]), **about}
    told["parts"] = [
        {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        | ({"rows": data.count(b"\n")} if name.endswith(".jsonl") else {})
        for name, data in parts.items()
        if name != "manifest.json"
    ]
    return {**parts, "manifest.json": json.dumps(told).encode()}


@pytest.mark.parametrize("which", ["plain", "sealed"])
def test_one_bit_anywhere_or_a_missing_end_is_noticed(
    request: pytest.FixtureRequest, tmp_path: Path, which: str
) -> None:
    """Of what holds the ledger; where a zip notes dates and modes of its parts nobody looks."""
    whole = request.getfixturevalue(which).read_bytes()
    file = tmp_path / "a.zip"
    silent, said = 0, set[str]()
    spread = range(7, len(whole), max(1, len(whole) // 150))
    for at in spread:
        other = bytearray(whole)
        other[at] ^= 1 << at % 8
        file.write_bytes(other)
        try:
            with reading.archive_at(file, SEALING) as held:
                held.check()
        except PeopleError as error:
            said.add(error.sentence)
        else:
            silent += 1
    assert all(one.endswith("。") for one in said)
    assert silent <= len(spread) // 10
    for end in (0, 1, 30, len(whole) // 3, len(whole) - 23, len(whole) - 1):
        file.write_bytes(whole[:end])
        with pytest.raises(PeopleError), reading.archive_at(file, SEALING) as held:
            held.check()


@pytest.mark.parametrize("part", ["records/person.jsonl", "journal.jsonl", "files/", "README.txt"])
def test_a_part_that_is_not_as_it_was_written_is_named(
    plain: Path, refused: Refused, tmp_path: Path, part: str
) -> None:
    parts = parts_of(plain)
    name = next(one for one in parts if one.startswith(part))
    for other in (parts[name][:-1], parts[name] + b"x", b"x" + parts[name][1:], b""):
        said = refused(pack(tmp_path / "a.zip", {**parts, name: other}))
        assert "壊れているか、作成後に書き換えられています" in said
        assert name in said


def test_a_missing_a_second_and_a_foreign_part_are_refused(
    plain: Path, refused: Refused, tmp_path: Path
) -> None:
    parts = parts_of(plain)
    for name in ("records/person.jsonl", "history.jsonl", "ledger/meta.jsonl"):
        less = {one: data for one, data in parts.items() if one != name}
        assert "書き換えられています" in refused(pack(tmp_path / "a.zip", less))
        assert "書き換えられています" in refused(pack(tmp_path / "a.zip", vouched(less)))
    assert "書き換えられています" in refused(pack(tmp_path / "a.zip", {**parts, "more.txt": b"a"}))
    pack(tmp_path / "b.zip", parts)
    with zipfile.ZipFile(tmp_path / "b.zip", "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("journal.jsonl", parts["journal.jsonl"])
    assert "書き換えられています" in refused(tmp_path / "b.zip")


@pytest.mark.parametrize(
    "name",
    ["../out.jsonl", "/etc/passwd", "C:\\a.txt", "records/../../a.jsonl", "files/" + "0" * 64 + ".pdf/../a"],
)
def test_a_part_that_names_a_place_elsewhere_is_written_nowhere(
    plain: Path, refused: Refused, tmp_path: Path, name: str
) -> None:
    parts = {**parts_of(plain), name: b"{}\n"}
    assert "書き換えられています" in refused(pack(tmp_path / "a.zip", parts))
    assert "書き換えられています" in refused(pack(tmp_path / "a.zip", vouched(parts)))


def test_what_unpacks_to_too_much_is_not_unpacked(
    plain: Path, refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = parts_of(plain)
    forged = {**parts, "files/" + hashlib.sha256(b"").hexdigest() + ".bin": bytes(80_000_000)}
    monkeypatch.setattr(reading, "_ROOM", 1_000_000)
    assert "異常に大きくなる" in refused(pack(tmp_path / "a.zip", vouched(forged)))
    told = json.loads(parts["manifest.json"])
    # One that claims to be small: reading ends where the manifest says that it should.
    lying = {**parts, "manifest.json": json.dumps(told).encode(), "journal.jsonl": bytes(50_000_000)}
    assert "journal.jsonl" in refused(pack(tmp_path / "a.zip", lying))


def test_what_a_forged_manifest_vouches_for_the_journal_does_not(
    plain: Path, refused: Refused, tmp_path: Path
) -> None:
    parts = parts_of(plain)

    def other(name: str, old: str, new: str) -> Parts:
        text = parts[name].decode()
        assert old in text
        return vouched({**parts, name: text.replace(old, new, 1).encode()})

    for name, old, new in (
        ("records/submission.jsonl", "持参", "郵送"),
        ("journal.jsonl", "担当 花子", "担当 太郎"),
        ("history.jsonl", "見本市", "他所市"),
        ("ledger/meta.jsonl", "担当 花子", "担当 太郎"),
        ("ledger/number_sequence.jsonl", '"last":2', '"last":3'),
        ("ledger/search.jsonl", "見本", "見木"),
        ("ledger/key_file.jsonl", '"id":1', '"id":2'),
    ):
        assert "書き換えられています" in refused(pack(tmp_path / "a.zip", other(name, old, new))), name


@pytest.mark.parametrize(
    "row",
    [
        *("[]", "1", "null", "{}", "{", '{"id":1}', "[" * 100_000, "9" * 5000, '"a"'),
        *('{"sequence":1e999}', '{"sequence":true}', '{"fiscal_year":{},"last":[]}'),
        *('{"fiscal_year":"x","last":"y"}', '{"fiscal_year":99999999999999999999,"last":1}'),
        *('{"fiscal_year":2026,"last":1.5}', '{"fiscal_year":2026,"last":1,"more":1}'),
    ],
)
def test_rows_that_no_ledger_ever_held_are_refused(
    plain: Path, refused: Refused, tmp_path: Path, row: str
) -> None:
    parts = parts_of(plain)
    for name in ("ledger/number_sequence.jsonl", "records/person.jsonl", "ledger/key_file.jsonl"):
        forged = vouched({**parts, name: parts[name] + row.encode() + b"\n"})
        assert "書き換えられています" in refused(pack(tmp_path / "a.zip", forged))


def test_a_part_of_no_table_and_a_file_that_is_not_its_hash_are_refused(
    plain: Path, refused: Refused, tmp_path: Path
) -> None:
    parts = parts_of(plain)
    for name in ("ledger/sqlite_master.jsonl", "records/blob.jsonl", "ledger/search_fts_data.jsonl"):
        assert "書き換えられています" in refused(pack(tmp_path / "a.zip", vouched({**parts, name: b"{}\n"})))
    forged = vouched({**parts, f"files/{'0' * 64}.bin": b"a"})
    assert "書き換えられています" in refused(pack(tmp_path / "a.zip", forged))
    # One that no record names is no file of the ledger.
    unknown = vouched({**parts, f"files/{hashlib.sha256(b'a').hexdigest()}.bin": b"a"})
    assert "書き換えられています" in refused(pack(tmp_path / "a.zip", unknown))


@pytest.mark.parametrize("about", [{"format": 999}, {"version": 2}, {"version": 2, "format": 999}])
def test_one_of_a_newer_program_is_told_so(
    plain: Path, refused: Refused, tmp_path: Path, about: dict[str, int]
) -> None:
    assert "新しい版の受託台帳" in refused(pack(tmp_path / "a.zip", vouched(parts_of(plain), **about)))


@pytest.mark.parametrize(
    "about",
    [
        *({"format": -1}, {"format": "6"}, {"format": 0}, {"version": None}, {"version": True}),
        *({"ledger": "a"}, {"ledger": "0" * 36}, {"head": {}}, {"head": {"sequence": 1, "hash": "0" * 64}}),
        *({"officer": ""}, {"officer": "別の 者"}, {"officer": ["a"]}),
    ],
)
def test_a_manifest_that_says_otherwise_is_refused(
    plain: Path, refused: Refused, tmp_path: Path, about: dict[str, Any]
) -> None:
    assert "書き換えられています" in refused(pack(tmp_path / "a.zip", vouched(parts_of(plain), **about)))


@pytest.mark.parametrize(
    "data",
    [b"", b"a", b"%PDF-1.7", "あ".encode(), b"PK\5\6" + bytes(18), b"SQLite format 3\0", bytes(4096)],
)
def test_what_is_no_archive_is_told_so(refused: Refused, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(data)
    assert "アーカイブではありません" in refused(file)


def test_other_zips_are_told_apart(plain: Path, refused: Refused, tmp_path: Path) -> None:
    for parts in (
        {"a.txt": b"a"},
        {"manifest.json": b"{}"},
        {"manifest.json": b"["},
        {"word/document.xml": b""},
    ):
        assert "アーカイブではありません" in refused(pack(tmp_path / "a.zip", parts))
    assert "アーカイブではありません" not in refused(tmp_path / "無い.zip")
    assert "フォルダ" in refused(tmp_path)
    strange = pack(tmp_path / "a.zip", parts_of(plain), zipfile.ZIP_LZMA)
    assert "書き換えられています" in refused(strange)
    locked = bytearray(pack(tmp_path / "a.zip", parts_of(plain)).read_bytes())
    locked[locked.index(b"PK\1\2") + 8] |= 1
    strange.write_bytes(locked)
    assert "書き換えられています" in refused(strange)


def test_a_sealed_one_asks_for_its_passphrase(sealed: Path, refused: Refused) -> None:
    assert reading.is_sealed(sealed)
    assert "は暗号化されています" in refused(sealed, own="")
    assert "のパスフレーズが違います" in refused(sealed, own=OTHER)


def test_whether_one_is_sealed_is_asked_of_anything(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\3\4")
    assert not any(map(reading.is_sealed, (plain, tmp_path, tmp_path / "無い.zip", tmp_path / "a.zip")))


@pytest.mark.parametrize("at", [1, 2, 5, 30])
def test_whoever_stops_leaves_nothing(
    plain: Path, original: Ledger, tmp_path: Path, new: Path, at: int
) -> None:
    for work in (
        lambda progress: unarchive(plain, new, PASSPHRASE, progress=progress, cost=CHEAP, clock=Clock()),
        lambda progress: archive(original, tmp_path / "a.zip", progress=progress, clock=Clock()),
    ):
        with pytest.raises(Cancelled):
            work(_stopped(at))
        assert left(tmp_path) == set()


def _stopped(at: int) -> Progress:
    """Progress that is cancelled at its step ``at``."""
    steps = iter(range(1, 10_000))
    progress = Progress(lambda *_: progress.cancel() if next(steps) == at else None)
    return progress


def test_what_was_there_stands(
    plain: Path, original: Ledger, refused: Refused, new: Path, tmp_path: Path
) -> None:
    new.write_bytes(b"held")
    assert "既にあります" in refused(plain)
    assert new.read_bytes() == b"held"
    out = tmp_path / "a.zip"
    out.write_bytes(b"held")
    progress = Progress(lambda *_: progress.cancel())
    with pytest.raises(Cancelled):
        archive(original, out, progress=progress)
    assert out.read_bytes() == b"held"
    assert left(tmp_path) == {new.name, "a.zip"}


@pytest.mark.parametrize("name", ["a", "a.jutaku", "台帳.jutaku-key", "a.ZIPX"])
def test_an_archive_is_a_zip_by_its_name(original: Ledger, tmp_path: Path, name: str) -> None:
    with pytest.raises(PeopleError, match=r"拡張子を \.zip"):
        archive(original, tmp_path / name)


def test_a_weak_passphrase_seals_nothing(original: Ledger, tmp_path: Path) -> None:
    for weak in ("12345678", "担当花子担当花子", "短い"):
        with pytest.raises(PeopleError, match="パスフレーズ"):
            archive(original, tmp_path / "a.zip", weak)
    assert left(tmp_path) == set()


def test_a_ledger_that_does_not_prove_itself_is_not_archived(tmp_path: Path) -> None:
    ledger, _code = Ledger.create(tmp_path / "a.jutaku", PASSPHRASE, "担当 花子", cost=CHEAP, clock=Clock())
    with ledger:
        ledger._connection.execute("INSERT INTO number_sequence VALUES (2020, 1)")
        before = left(tmp_path)
        with pytest.raises(PeopleError, match="検証で誤りが見つかったため、アーカイブは作成していません"):
            archive(ledger, tmp_path / "a.zip")
        assert left(tmp_path) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_manifest_makes_the_reader_fall(data: st.DataObject) -> None:
    values: st.SearchStrategy[Any] = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    )
    names = ("version", "format", "ledger", "officer", "made_at", "head", "parts")
    held = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(names, values)))
    packed = io.BytesIO(json.dumps({"kind": manifest.KIND, **held}).encode())
    assert manifest.is_ours(packed.getvalue())
    with suppress(manifest.NewerVersionError, ValueError, KeyError, TypeError, AttributeError):
        manifest.read(packed.getvalue())


def test_the_archive_belongs_to_its_owner(plain: Path, sealed: Path) -> None:
    if os.name != "nt":
        assert {path.stat().st_mode & 0o777 for path in (plain, sealed)} == {0o600}
    assert plain.suffix == archiving.ENDING
