"""Every other file from outside, damaged: annexes as text and workbook, manifests, key files, PDFs."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import cache, partial
from importlib import resources
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from app.annexes.catalogue import Catalogue
from app.common import PeopleError
from app.exchange.annexes import files as annex_files
from app.exchange.annexes.making import workbook
from app.exchange.archive.archiving import unarchive
from app.exchange.proof import marks
from app.exchange.scans.reading import read_scan
from app.ledger.access import opening
from app.ledger.copies import listing, manifests
from app.ledger.copies import marks as copies_marks
from app.ledger.door import Ledger
from app.ledger.secret import keys
from app.printing.codes.payload import PaperCode
from app.printing.pages import OpenPdf
from app.records import OwnAnnex
from app.start import Product
from tests.exchange.test_proof import issue, new
from tests.faults.batches import in_batches, numbers
from tests.faults.ground import FRESH, NAME, Ground
from tests.faults.imports import ODD, all_or_nothing, damage
from tests.faults.judging import ARCHIVE, COPIES
from tests.faults.tables import tables
from tests.faults.tally import Tally, Wanted, drawn
from tests.faults.texts import texts
from tests.faults.unread import unread
from tests.ledger.conftest import CHEAP, PASSPHRASE
from tests.support.annexes import overlay

Begin = Callable[[Ground, int], AbstractContextManager[Any]]


def readers(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """Each kind of file: it is read, or refused in one sentence with nothing written."""
    _paper()
    for name, (usual, begin) in _READERS.items():
        tally = Tally(name)
        yield in_batches(
            tally, [*numbers(wanted.most, usual, wanted.at)], partial(begin, ground, wanted.seed)
        )


class _Annexes:
    """A ledger that annex files are imported into."""

    def __init__(
        self, ledger: Ledger, catalogue: Catalogue, file: Path, made: Callable[[int], bytes]
    ) -> None:
        self._ledger, self._catalogue, self._file, self._made = ledger, catalogue, file, made

    def try_one(self, number: int) -> None:
        self._file.write_bytes(self._made(number))
        facts = self._ledger.facts()
        with all_or_nothing(self._ledger) as counted:
            checked = annex_files.check(self._file, self._catalogue, facts)
            held = len(facts.all(OwnAnnex))
            annex_files.store(self._ledger, checked, None, update=True)
            counted(len(self._ledger.facts().all(OwnAnnex)) - held)

    def end(self) -> None:
        found = self._ledger.verify()
        assert found.ok, found.problems[0].problem


@contextmanager
def _opened(ground: Ground) -> Iterator[Ledger]:
    path = ground.begin("today") / NAME
    with Ledger.open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        yield ledger


@contextmanager
def _annex_texts(ground: Ground, seed: int) -> Iterator[_Annexes]:
    def made(number: int) -> bytes:
        draw = drawn(seed, "annex", number)
        return _damaged_text(draw, draw.choice(_texts()))

    with _opened(ground) as ledger:
        yield _Annexes(ledger, Product().catalogue, ground.work / "a.toml", made)


@cache
def _texts() -> list[str]:
    """The annexes that are shipped, as versions of the user's own, and what changes a few lines of one."""
    folder = resources.files("resources") / "annexes"
    shipped = [one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".toml")]
    own = [re.sub(r"(?m)^version *=.*$", "version = 77", text, count=1) for text in sorted(shipped)]
    return [*own, overlay(_CLAUSE)]


_CLAUSE = """
[[clause]]
number = "第3条"
summary = "加える。"
kinds = ["audit"]
when = ["on-request"]
"""


def _damaged_text(draw: Random, text: str) -> bytes:
    lines = text.split("\n")
    for _ in range(draw.randint(0, 4)):
        at = draw.randrange(len(lines))
        match draw.randrange(7):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[draw.randrange(len(lines))])
            case 2 if "=" in lines[at]:
                lines[at] = lines[at].partition("=")[0] + "= " + draw.choice(_VALUES)
            case 3 if "=" in lines[at]:
                lines[at] = f"{draw.choice(_NAMES)} ={lines[at].partition('=')[2]}"
            case 4:
                lines[at] = lines[at] * draw.choice((0, 2, 3000))
            case 5:
                lines.insert(at, draw.choice(_LINES))
            case _:
                one = draw.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:one] + draw.choice(_SIGNS) + lines[at][one:]
        lines = lines or [""]
    data = bytearray(
        "\n".join(lines).encode(draw.choice(("utf-8", "utf-8", "utf-8-sig", "cp932")), "replace")
    )
    if draw.random() < 0.2:
        damage(draw, data)
    return bytes(data)


_VALUES = (
    *('""', "0", "-1", "1e999", "nan", "2026-13-01", "2026-02-30", "9999-12-31", "0001-01-01", "[]", "{}"),
    *(
        '["x"]',
        "[[[[[[]]]]]]",
        "true",
        '"' + "長" * 9000 + '"',
        "9" * 5000,
        '"\\uD800"',
        '"\\u0000"',
        "00:00:00",
    ),
    *(
        "[" * 2000,
        "{a=" * 300,
        '"""',
        "{ days = -1 }",
        "{ days = 99999999999 }",
        '[["a", "b"]]',
        '"第1条の2第3項"',
    ),
)
_NAMES = ("", "a", "key", "annex", "base", "clause", "a" + ".a" * 40, '"\\n"', "無い項目", "when", "kinds")
_LINES = (
    *("[[clause]]", "[[part]]", "[[option]]", "[clause]", "[a.b.c]", "[[clause]]\n" * 3000, "]", "x = 1"),
    *("a.b = 1\na.b.c = 2", '"" = ""', "# " + "注" * 20_000, "\x00", "\x7f", "clause = 3"),
)
_SIGNS = ("=", '"', "'", "[", "]", "{", "\\", "#", ".", "\t", "\u3000", "\u202e", "\ufeff", "\x01", "\r")


@contextmanager
def _annex_books(ground: Ground, seed: int) -> Iterator[_Annexes]:
    def made(number: int) -> bytes:
        return _damaged_book(drawn(seed, "book", number), _parts())

    with _opened(ground) as ledger:
        yield _Annexes(ledger, Product().catalogue, ground.work / "a.xlsx", made)


@cache
def _parts() -> Mapping[str, bytes]:
    annex = min(Product().catalogue.annexes, key=lambda one: len(one.clauses))
    with zipfile.ZipFile(BytesIO(workbook(replace(annex, version=77)))) as book:
        return {name: book.read(name) for name in book.namelist()}


def _damaged_book(draw: Random, parts: Mapping[str, bytes]) -> bytes:
    made = dict(parts)
    for _ in range(draw.randint(0, 3)):
        name = draw.choice(sorted(made))
        match draw.randrange(6):
            case 0:
                del made[name]
            case 1:
                made[draw.choice(sorted(parts))] = made[name]
            case 2:
                data = bytearray(made[name])
                damage(draw, data)
                made[name] = bytes(data)
            case 3:
                made[name] = draw.choice(
                    (b"", b"<a/>", b"<" * 9000, b"\x00" * 9000, b"<a>" * 9000, _ENTITIES)
                )
            case _:
                made[name] = _damaged_markup(draw, made[name])
        if not made:
            break
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as book:
        for name, held in made.items():
            book.writestr(name, held)
    whole = bytearray(packed.getvalue())
    if draw.random() < 0.15:
        damage(draw, whole)
    return bytes(whole)


_ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
_CELLS = (
    *(b"-1", b"1e999", b"nan", b"99999999999999999999", b"#REF!", b"", b" ", "令和8年13月1日".encode()),
    *("髙".encode() * 40_000, b"&#0;", b"&amp;", b"_x0000_", b"=1+1", b"2958466", b"60", b"-0.5"),
)
_ATTRIBUTES = (
    b"XFD1048576",
    b"A0",
    b"",
    b"-1",
    b"ZZZZZ9",
    b"A1:XFD1048576",
    b"n",
    b"e",
    b"b",
    b"d",
    b"99999",
)


def _damaged_markup(draw: Random, data: bytes) -> bytes:
    """A text between tags, or an attribute, is otherwise."""
    pattern, odd = draw.choice(((rb">([^<]+)<", _CELLS), (rb'="([^"]*)"', _ATTRIBUTES)))
    found = list(re.finditer(pattern, data))
    for one in draw.sample(found, min(len(found), draw.choice((1, 1, 5)))):
        at, to = one.span(1)
        data = data[:at] + draw.choice(odd) + data[to:] if to <= len(data) else data
    return data


class _Backups:
    """A folder of backups whose manifest anybody may have written."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._seed = folder, seed
        self._note = next(folder.glob("*.json"))
        self._copy = self._note.with_suffix("")
        self._held = self._note.read_bytes()

    def try_one(self, number: int) -> None:
        draw = drawn(self._seed, "manifest", number)
        # A backup that was once found broken is remembered as such, whatever its manifest says later.
        copies_marks.clear(self._copy)
        self._note.write_bytes(_damaged_json(draw, json.loads(self._held)))
        for found in listing.listed(self._folder, whole=number % 4 == 0):
            _ = found.made, found.entries, found.ledger
        for held in manifests.backups(self._folder):
            manifests.by_journal(held)

    def end(self) -> None:
        self._note.write_bytes(self._held)
        copies_marks.clear(self._copy)
        (found,) = listing.listed(self._folder, whole=True)
        assert found.verified, found.problem


@contextmanager
def _notes(ground: Ground, seed: int) -> Iterator[_Backups]:
    yield _Backups(ground.begin("today") / COPIES, seed)


class _KeyFiles:
    """A ledger whose key files somebody made who knows their form."""

    def __init__(self, path: Path, seed: int) -> None:
        self._path, self._seed = path, seed
        self._held = {one: one.read_bytes() for one in keys.key_paths(path)}
        self._file = path.read_bytes()

    def try_one(self, number: int) -> None:
        draw = drawn(self._seed, "key file", number)
        for path, data in self._held.items():
            path.write_bytes(data)
        for path in draw.sample(sorted(self._held), draw.randint(1, 2)):
            path.write_bytes(_damaged_json(draw, json.loads(self._held[path]), _checksummed))
        keys.read_copies(self._path)
        opening.ledger_id(self._path)
        try:
            opening.unlock(self._path, PASSPHRASE)
        finally:
            assert self._path.read_bytes() == self._file, "the ledger itself was changed"

    def end(self) -> None:
        for path, data in self._held.items():
            path.write_bytes(data)
        opening.unlock(self._path, PASSPHRASE)


def _checksummed(draw: Random, held: dict[str, Any]) -> None:
    """Costs that the machine cannot bear, under a checksum that is right."""
    held.pop("checksum", None)
    if draw.random() < 0.3:
        held["kdf"] = dict.fromkeys(("memory", "passes", "lanes"), 1) | {"name": "argon2id"}
        held["kdf"]["memory"] = draw.choice((0, 7, 8, 64, 1 << 16, 1 << 18, 1 << 20, 1 << 21, 1 << 40))
        held["kdf"]["passes"] = draw.choice((0, 1, 4, 16, 1 << 16, 1 << 18, 1 << 31))
        held["kdf"]["lanes"] = draw.choice((0, 1, 4, 16, 17, 1 << 24))
    try:
        held["checksum"] = keys._checksum(held)
    except ValueError:
        held["checksum"] = ""


@contextmanager
def _key_files(ground: Ground, seed: int) -> Iterator[_KeyFiles]:
    yield _KeyFiles(ground.begin("today") / NAME, seed)


def _damaged_json(
    draw: Random,
    held: dict[str, Any],
    settle: Callable[[Random, dict[str, Any]], None] = lambda _draw, _held: None,
) -> bytes:
    for _ in range(draw.randint(0, 2)):
        name = draw.choice(sorted(held)) if held else ""
        match draw.randrange(5):
            case 0 if held:
                del held[name]
            case 1:
                held[draw.choice(("", "無い項目", "kind", "made_at"))] = draw.choice(ODD)
            case 2 if isinstance(held.get(name), dict) and held[name]:
                inner = held[name]
                inner[draw.choice(sorted(inner))] = draw.choice(ODD)
            case 3 if isinstance(held.get(name), str):
                held[name] = draw.choice(
                    (held[name][:-1], held[name] + "0", held[name].upper(), held[name][::-1])
                )
            case _:
                held[name] = draw.choice(ODD)
    settle(draw, held)
    whole: Any = draw.choice((held, held, held, held, [held], None))
    data = bytearray(json.dumps(whole, ensure_ascii=draw.random() < 0.5).encode("utf-8", "replace"))
    match draw.randrange(8):
        case 0:
            damage(draw, data)
        case 1:
            data = bytearray(
                draw.choice((b"", b"[" * 60_000, b"9" * 60_000, bytes(70_000), b"\xff" * 40, b"nan"))
            )
    return bytes(data)


class _Papers:
    """PDFs that are held against the ledger."""

    def __init__(self, pdf: bytes, seed: int) -> None:
        self._pdf, self._seed = pdf, seed

    def try_one(self, number: int) -> None:
        draw = drawn(self._seed, "pdf", number)
        data = bytearray(self._pdf)
        for _ in range(draw.randint(1, 4)):
            at = draw.randrange(len(data) or 1)
            match draw.randrange(5):
                case 0:
                    del data[at:]
                case 1:
                    data[at : at + 40] = b""
                case 2:
                    data[at:at] = draw.choice(_PDF)
                case 3:
                    digits = [found.span() for found in re.finditer(rb"\d+", data)]
                    if digits:
                        start, end = draw.choice(digits)
                        data[start:end] = draw.choice((b"0", b"-1", b"99999999999", b"1"))
                case _:
                    damage(draw, data)
        marks.printed(bytes(data))

    def end(self) -> None:
        assert marks.printed(self._pdf) is not None


_PDF = (
    b"<<" * 3000,
    b"[" * 3000,
    b"endobj",
    b"stream\n",
    b"endstream",
    b"/Kids [1 0 R]",
    b"%%EOF",
    b"\x00" * 99,
)


@contextmanager
def _pdfs(_ground: Ground, seed: int) -> Iterator[_Papers]:
    yield _Papers(_paper(), seed)


@cache
def _paper() -> bytes:
    """A document as the program prints it."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Product().catalogue
        with new(Path(folder) / "t.jutaku", catalogue) as ledger:
            return ledger.document_bytes(issue(ledger, catalogue, "MK-1024"))


class _Scans:
    """Pictures in which a code is looked for."""

    def __init__(self, picture: bytes, seed: int) -> None:
        self._picture, self._seed = picture, seed

    def try_one(self, number: int) -> None:
        data = bytearray(self._picture)
        damage(drawn(self._seed, "scan", number), data)
        # A code that is read all the same is the one that was printed: it corrects itself or says nothing.
        found = [page.codes for page in read_scan(bytes(data), "「控え.jpg」")]
        assert found in ([()], self._right())

    def end(self) -> None:
        assert self._right() != [()]

    def _right(self) -> list[tuple[PaperCode, ...]]:
        return [page.codes for page in read_scan(self._picture, "「控え.jpg」")]


@contextmanager
def _scans(_ground: Ground, seed: int) -> Iterator[_Scans]:
    yield _Scans(_corner(), seed)


@cache
def _corner() -> bytes:
    """The lower left corner of a paper, as a picture."""
    with OpenPdf(_paper()) as opened:
        page = opened.image(0, 100 / 72)
    whole = Image.frombytes("RGB", (page.width, page.height), page.data)
    out = BytesIO()
    whole.crop((0, page.height - 120, 120, page.height)).save(out, "JPEG", quality=90)
    return out.getvalue()


class _Archives:
    """Archives of a whole ledger, of which one is made or none."""

    def __init__(self, folder: Path, whole: bytes, seed: int) -> None:
        self._folder, self._whole, self._seed = folder, whole, seed
        self._file, self._made = folder / "damaged.zip", folder / FRESH

    def try_one(self, number: int) -> None:
        draw = drawn(self._seed, "archive", number)
        self._file.write_bytes(self._damaged(draw))
        before = {path.name for path in self._folder.iterdir()}
        try:
            unarchive(self._file, self._made, PASSPHRASE, cost=CHEAP)
        except PeopleError:
            left = {path.name for path in self._folder.iterdir()} - before
            assert left <= {f"{FRESH}.lock"}, left
            raise
        self._proven()

    def _damaged(self, draw: Random) -> bytes:
        with zipfile.ZipFile(BytesIO(self._whole)) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
        name = draw.choice(sorted(parts))
        match draw.randrange(5):
            case 0:
                del parts[name]
            case 1:
                parts[draw.choice(sorted(parts))] = parts[name]
            case 2 if name == "manifest.json":
                parts[name] = json.dumps({**json.loads(parts[name]), "format": draw.choice(ODD)}).encode()
            case _:
                data = bytearray(parts[name])
                damage(draw, data)
                parts[name] = bytes(data)
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            for one, held in parts.items():
                packed.writestr(one, held)
        whole = bytearray(made.getvalue())
        if draw.random() < 0.3:
            damage(draw, whole)
        return bytes(whole)

    def _proven(self) -> None:
        """What was made of it all the same is the ledger that it was."""
        with Ledger.open(self._made, opening.unlock(self._made, PASSPHRASE)) as ledger:
            found = ledger.verify()
            assert found.ok, found.problems[0].problem
        for path in (self._made, *keys.key_paths(self._made)):
            path.unlink()

    def end(self) -> None:
        self._file.write_bytes(self._whole)
        unarchive(self._file, self._made, PASSPHRASE, cost=CHEAP)
        self._proven()


@contextmanager
def _whole_ledgers(ground: Ground, seed: int) -> Iterator[_Archives]:
    work = ground.begin("today")
    yield _Archives(work, (work / ARCHIVE).read_bytes(), seed)


_READERS: Mapping[str, tuple[int, Begin]] = {
    "annex texts": (5_000, _annex_texts),
    "annex workbooks": (3_000, _annex_books),
    "annexes to be read": (1_000, unread),
    "registers": (5_000, tables),
    "act texts": (5_000, texts),
    "manifests": (10_000, _notes),
    "key files": (5_000, _key_files),
    "PDFs": (3_000, _pdfs),
    "scans": (1_000, _scans),
    "archives": (3_000, _whole_ledgers),
}
"""How many are tried of each where nobody says how many."""
