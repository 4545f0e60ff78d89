"""`readout-pub sign`: detached signatures, and the keys for them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readout_pub.cli.console import print_error
from readout_pub.cli.options import require_not_standard_output
from readout_pub.errors import ReadoutError, UsageError, escape_controls
from readout_pub.signatures import new_key, sign_file

EXAMPLES = """\b
readout-pub sign --new-key ministry.pem                 a private key, and ministry.pub.pem for readers
readout-pub sign out/*.pdf --key ministry.pem           out/talks.pdf.sig for out/talks.pdf, and so on
readout-pub sign out/manifest.json --key ministry.pem   one signature for a whole archive
readout-pub verify out/*.pdf --key ministry.pub.pem"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("sign", epilog=EXAMPLES)
def sign_command(
    files: Annotated[
        list[Path] | None, typer.Argument(help="The files to sign.", show_default=False, metavar="FILE")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="Private key (Ed25519, PEM).", metavar="KEY.pem")] = None,
    new: Annotated[
        Path | None,
        typer.Option(
            "--new-key", help="Write a new private key to this file, and the public key beside it.", metavar="KEY.pem"
        ),
    ] = None,
) -> None:
    """Sign each FILE with your private key and write the signature to FILE.sig, or make a pair of keys.

    A file that cannot be read does not stop the others.
    """
    if (key is None) != (not files) or (new is None and not files):
        raise UsageError("files and a key are needed to sign", what_next="name both: `sign FILE --key KEY.pem`")
    require_not_standard_output(new, "--new-key")
    if new is not None:
        typer.echo(escape_controls(f"{new}: keep it secret; give {new_key(new)} to those who verify"))
    errors: dict[str, None] = {}  # that of an unusable key is the same for each file
    for path in files or ():
        assert key is not None  # noqa: S101 - the check above ensures it; for mypy
        try:
            typer.echo(escape_controls(str(sign_file(path, key))))
        except ReadoutError as error:
            errors[str(error)] = None
    for message in errors:
        print_error(message)
    raise typer.Exit(bool(errors))
