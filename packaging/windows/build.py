"""``package windows``: installer, portable ZIP and bill of materials, from the sources to the signature."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from freezing import bundle as frozen
from freezing.complete import BILL, complete
from freezing.parts import declared, needed
from freezing.parts import windows as target
from freezing.project import DIST, NAME, ROOT, BuildError, cache, say, version

from windows import interpreter as python
from windows import signing, wheels
from windows.debian import need_locale, need_tools
from windows.freeze import freeze
from windows.installer import PROGRAMS, make
from windows.laboratory import Laboratory, laboratory

README = Path(__file__).resolve().parent / "readme.txt"


@dataclass(frozen=True)
class Kit:
    """All that a build needs, fetched and proven."""

    interpreter: python.Interpreter
    runtime: Path
    tools: Path
    prefix: Path

    def bundle(self, held: Laboratory, name: str) -> Path:
        """Freeze and complete; returns the folder of an unsigned bundle."""
        into = cache("windows") / name
        folder = freeze(held, self.interpreter, self.runtime, self.tools, into)
        environment = target(self.interpreter.version)
        parts = needed(declared(), environment, [self.runtime])
        licence = self.interpreter.folder / "LICENSE.txt"
        (freezer,) = self.tools.glob("pyinstaller-*.dist-info/licenses/COPYING.txt")
        shutil.copyfile(README, folder / "お読みください.txt")
        complete(
            folder,
            folder / PROGRAMS[0],
            "windows-x64",
            parts,
            self._inside(held),
            {"cpython": licence, "pyinstaller": freezer},
        )
        return folder

    def _inside(self, held: Laboratory) -> dict[str, dict[str, str]]:
        self.interpreter.see(held.windows_path(self.runtime))
        script = held.windows_path(ROOT / "packaging" / "freezing" / "inside.py")
        done = held.run([self.interpreter.program, script], variables={"QT_QPA_PLATFORM": "offscreen"})
        if done.code:
            raise BuildError(f"the parts do not tell their versions:\n{done.text}")
        told: dict[str, dict[str, str]] = json.loads(done.text)
        return told


def kit() -> Kit:
    """Fetch and prove what a build needs."""
    need_tools()
    need_locale()
    place = cache("windows")
    interpreter = python.fetch(place / "python")
    return Kit(
        interpreter, wheels.runtime(interpreter, place), wheels.tools(interpreter, place), place / "prefix"
    )


@dataclass(frozen=True)
class Products:
    """What is handed out."""

    installer: Path
    portable: Path
    bill: Path

    def rows(self) -> list[tuple[str, int]]:
        """Their names and sizes."""
        return [(path.name, path.stat().st_size) for path in (self.installer, self.portable, self.bill)]


def hand_out(bundle: Path, into: Path, signer: signing.Signer | None, *, quick: bool = False) -> Products:
    """Write installer, ZIP and bill of ``bundle`` into ``into``, signed where there is a signer.

    ``quick``: for a trial, with an installer that is larger and made sooner.
    """
    into.mkdir(parents=True, exist_ok=True)
    stem = f"{NAME}-{version()}-windows-x64"
    portable = bundle.with_name(stem)
    if portable.exists():
        shutil.rmtree(portable)
    shutil.copytree(bundle, portable)
    if signer:
        signing.sign_all(signer, [portable / name for name in PROGRAMS])
    frozen.settle(portable)
    installer = make(
        portable, into / f"{stem}-setup.exe", bundle.parent, signer.command() if signer else (), quick
    )
    if signer:
        signer.sign(installer)
    packed = frozen.pack(portable, into / f"{stem}-portable.zip")
    bill = into / f"{stem}-{BILL}"
    shutil.copyfile(portable / BILL, bill)
    made = Products(installer, packed, bill)
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in (installer, packed, bill)
    ]
    (into / f"{stem}-SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return made


def main(arguments: Sequence[str]) -> int:
    """Build, and print what was made with its sizes. Returns the exit code."""
    wanted = _parser().parse_args(arguments)
    held_kit = kit()
    with laboratory(held_kit.prefix) as held:
        bundle = held_kit.bundle(held, "frozen")
        if wanted.twice:
            return _compare(bundle, held_kit.bundle(held, "frozen-again"))
    with _signer(wanted) as signer:
        made = hand_out(bundle, DIST, signer)
    print(frozen.table(frozen.sizes(bundle)))
    print(frozen.table(made.rows()))
    if signer is None or signer.laboratory:
        say("signed by nobody whom Windows trusts: not for users (see --certificate, --pkcs11-module)")
    return 0


def _compare(first: Path, second: Path) -> int:
    """Hand out both without a signature, and say which files differ. Returns the exit code."""
    differing = [
        *_differing(frozen.digests(first), frozen.digests(second)),
        *_differing(*(_outcome(bundle, bundle.parent / "out") for bundle in (first, second))),
    ]
    for name in differing:
        print(f"differs: {name}")
    print(f"{len(frozen.digests(first))} files, installer and ZIP compared; {len(differing)} differ")
    return 1 if differing else 0


def _outcome(bundle: Path, into: Path) -> dict[str, str]:
    hand_out(bundle, into, None)
    return frozen.digests(into)


def _differing(first: dict[str, str], second: dict[str, str]) -> list[str]:
    return sorted(name for name in first | second if first.get(name) != second.get(name))


@contextmanager
def _signer(wanted: argparse.Namespace) -> Iterator[signing.Signer | None]:
    if wanted.unsigned:
        yield None
    elif wanted.pkcs11_module:
        if not (wanted.certificate and wanted.pkcs11_key):
            raise BuildError("--pkcs11-module needs --certificate (PEM) and --pkcs11-key as well")
        yield signing.with_token(
            wanted.pkcs11_module,
            wanted.certificate,
            wanted.pkcs11_key,
            wanted.password_file,
            wanted.timestamps,
        )
    elif wanted.certificate:
        yield signing.with_file(wanted.certificate, wanted.password_file, wanted.timestamps)
    else:
        with signing.of_the_laboratory() as signer:
            yield signer


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py package windows", description=__doc__)
    parser.add_argument("--unsigned", action="store_true", help="sign nothing; two such builds are alike")
    parser.add_argument("--twice", action="store_true", help="build twice, unsigned, and say what differs")
    parser.add_argument(
        "--certificate", type=Path, help="PKCS#12 file to sign with; with a token, its chain as PEM"
    )
    parser.add_argument("--password-file", type=Path, help="file with the password or PIN")
    parser.add_argument(
        "--pkcs11-module", type=Path, help="module of the token or service that holds the key"
    )
    parser.add_argument("--pkcs11-key", help="the key's pkcs11: address")
    parser.add_argument(
        "--timestamps", default="", metavar="URL", help="service that notes the time (RFC 3161)"
    )
    return parser
