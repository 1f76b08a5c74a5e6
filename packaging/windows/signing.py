"""Authenticode signatures: with a certificate of the maker's, or with one of the laboratory's own.

A password never stands in a command line, where every process of the machine could read it: it comes from
a file.
"""

from __future__ import annotations

import re
import secrets
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from freezing.project import ROOT, BuildError, ran

PRODUCT = "受託台帳"
LABORATORY = "Jutaku Daicho laboratory (not trusted)"


@dataclass(frozen=True)
class Signer:
    """With what is signed: the words by which osslsigncode is told of it."""

    words: tuple[str, ...]
    laboratory: bool = False
    """Whether Windows trusts it nowhere."""
    timestamps: str = ""
    """A service that notes the time of a signature (RFC 3161); without one it ends with its certificate."""

    def command(self) -> list[str]:
        """What signs the file named after it, in place."""
        script = ROOT / "packaging" / "sign_in_place.py"
        return [sys.executable, str(script), *self._options()]

    def _options(self) -> list[str]:
        options = [*self.words, "-h", "sha256", "-n", PRODUCT]
        return [*options, "-ts", self.timestamps] if self.timestamps else options

    def sign(self, path: Path) -> None:
        """Sign a program in place. Raises ``BuildError`` with what osslsigncode says."""
        done = ran([*self.command(), path])
        if done.code or not is_signed(path):
            raise BuildError(f"{path.name} could not be signed:\n{done.text}")


def with_file(certificate: Path, password: Path | None, timestamps: str = "") -> Signer:
    """Sign with a PKCS#12 file whose password stands in another file."""
    words = ("-pkcs12", str(_there(certificate)), *_password(password))
    return Signer(words, timestamps=timestamps)


def with_token(module: Path, certificate: Path, key: str, pin: Path | None, timestamps: str = "") -> Signer:
    """Sign with a key that lies in a token or a service with a PKCS#11 module.

    ``certificate``: the chain as PEM; ``key``: the key's ``pkcs11:`` address; ``pin``: a file with the PIN.
    OpenSSL reaches such a module by an engine of its own, on Debian ``libengine-pkcs11-openssl``.
    """
    if not key.startswith("pkcs11:"):
        raise BuildError("the key in a token is named by its address: pkcs11:…")
    words = ["-pkcs11module", str(_there(module)), "-certs", str(_there(certificate)), "-key", key]
    return Signer((*words, *_password(pin)), timestamps=timestamps)


@contextmanager
def of_the_laboratory() -> Iterator[Signer]:
    """A certificate made for this run and thrown away after it: it shows that signing works, no more."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        password = secrets.token_urlsafe(24)
        (folder / "password").write_text(password, encoding="utf-8")
        (folder / "laboratory.p12").write_bytes(self_signed(password.encode()))
        signer = with_file(folder / "laboratory.p12", folder / "password")
        yield Signer(signer.words, laboratory=True)


def is_signed(path: Path) -> bool:
    """Whether a program carries a signature that fits its content, by whomever."""
    text = ran(["osslsigncode", "verify", "-in", path]).text
    told = dict(re.findall(r"(Current|Calculated) message digest\s*: ([0-9A-F]+)", text))
    return len(told) == 2 and told["Current"] == told["Calculated"]


def sign_all(signer: Signer, paths: Iterable[Path]) -> None:
    """Sign several programs in place."""
    for path in paths:
        signer.sign(path)


def _password(file: Path | None) -> Sequence[str]:
    return ("-readpass", str(_there(file))) if file else ()


def _there(path: Path) -> Path:
    if not path.is_file():
        raise BuildError(f"{path} is not there")
    return path.resolve()


def self_signed(password: bytes) -> bytes:
    """A certificate of the laboratory's own with its key, good for 30 days, as PKCS#12."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, LABORATORY)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"laboratory", key, made, None, BestAvailableEncryption(password)
    )
