"""Detached Ed25519 signatures (RFC 8032), by the library cryptography. Unlike a digest, they show who signed a file.

A signature is computed from the whole file; its 64 bytes are in FILE.sig. Keys are PEM files. OpenSSL can verify such
a signature too:

    openssl pkeyutl -verify -pubin -inkey KEY.pub.pem -rawin -in FILE -sigfile FILE.sig
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from readout_pub.atomic import write_error, write_file
from readout_pub.errors import OutputError, SourceError, ToolMissing, UsageError
from readout_pub.install_commands import install_extra
from readout_pub.named_file import read_large_file, read_named_file

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SUFFIX = ".sig"

SIGNATURE_BYTES = 64
"""The length of each signature (RFC 8032, 5.1.6)."""


def signature_path(path: Path) -> Path:
    """Return where the signature of a file is: FILE.sig beside it."""
    return path.with_name(path.name + SUFFIX)


def new_key(path: Path) -> Path:
    """Write a new private key to `path`, readable by its owner only, and the public key; return the public key's path.

    Raises OutputError if either of these files exists or cannot be written, ToolMissing without cryptography, and
    UsageError for the name of a public key, since a private key with such a name could be given away.
    """
    _require_library()
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if path.is_dir():  # also "" and "/", which have no name
        raise OutputError("it is a folder", where=str(path), what_next="name a new file for the key")
    if ".pub" in path.suffixes:
        raise UsageError(
            "this is the name of a public key",
            where=str(path),
            what_next=f"name the private key {path.name.replace('.pub', '')}; the public key gets its name from it",
        )
    public_path = path.with_name(f"{path.stem}.pub{path.suffix}")
    for each in (path, public_path):
        if each.exists():
            raise OutputError("it exists, and is not replaced", where=str(each), what_next="name another file")
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(private)
    except OSError as reason:
        raise write_error(path, reason) from reason
    write_file(public_path, public)
    return public_path


def sign_file(path: Path, key: Path) -> Path:
    """Write the signature of a file with the private key in `key`; return the path of the signature.

    Raises SourceError if the file or the key cannot be read, OutputError if the signature cannot be written,
    ToolMissing without cryptography.
    """
    signature = _private_key(key).sign(read_large_file(path))
    write_file(signature_path(path), signature)
    return signature_path(path)


def is_signed_by(path: Path, data: bytes, key: Path) -> bool | None:
    """Return whether FILE.sig is a signature of `data` with the private key of the public key in `key`.

    `path` is FILE, whose content is `data`. Returns None if there is no FILE.sig.

    Raises SourceError if the key cannot be read, ToolMissing without cryptography.
    """
    public = _public_key(key)
    signature = signature_path(path)
    if not signature.exists():
        return None
    if not signature.is_file() or signature.stat().st_size != SIGNATURE_BYTES:  # reading a pipe may never end
        return False
    from cryptography.exceptions import InvalidSignature

    try:
        public.verify(read_named_file(signature), data)
    except InvalidSignature:
        return False
    return True


def _private_key(path: Path) -> Ed25519PrivateKey:
    _require_library()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    content = read_named_file(path)
    try:
        key = serialization.load_pem_private_key(content, password=None)
    except TypeError as reason:
        raise SourceError(
            "this private key is encrypted",
            where=str(path),
            what_next="decrypt it: `openssl pkey -in KEY -out NEW_KEY`",
        ) from reason
    except (ValueError, UnsupportedAlgorithm) as reason:
        raise _not_a_key(path, content, "private") from reason
    if not isinstance(key, Ed25519PrivateKey):
        raise _not_a_key(path, content, "private")
    return key


def _public_key(path: Path) -> Ed25519PublicKey:
    _require_library()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    content = read_named_file(path)
    try:
        key = serialization.load_pem_public_key(content)
    except (ValueError, UnsupportedAlgorithm) as reason:
        raise _not_a_key(path, content, "public") from reason
    if not isinstance(key, Ed25519PublicKey):
        raise _not_a_key(path, content, "public")
    return key


def _not_a_key(path: Path, content: bytes, kind: Literal["private", "public"]) -> SourceError:
    """Return the error for a file without an Ed25519 key of this kind; it says if the key is of the other kind."""
    other = {"private": "public", "public": "private"}[kind]
    if f"{other.upper()} KEY".encode() in content:
        return SourceError(f"this is a {other} key", where=str(path), what_next=f"name the {kind} key of this pair")
    return SourceError(
        f"this is not a {kind} Ed25519 key in PEM",
        where=str(path),
        what_next="make keys: `readout-pub sign --new-key KEY.pem`",
    )


def _require_library() -> None:
    try:
        import cryptography  # noqa: F401
    except ImportError as reason:
        raise ToolMissing("signatures need the library cryptography", what_next=install_extra("signatures")) from reason
