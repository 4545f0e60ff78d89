"""The command line: one module a command, no logic. Every error a user can meet ends here, as one sentence."""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C ended."""


def main() -> None:
    """Run the command line and leave with its exit code: 0 fine, 1 failed, 2 usage, 3 something to install."""
    from readout_pub.cli.app import app
    from readout_pub.errors import ReadoutError

    try:
        app()
    except ReadoutError as error:
        sys.stderr.write(f"readout-pub: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # `readout-pub schema | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
