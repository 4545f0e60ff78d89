"""Rewords errors of typer so that they state what all other errors do: what is wrong, where, and what to do next."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, cast

import typer

from readout_pub.errors import UsageError

if TYPE_CHECKING:
    from typer._click import Context
    from typer._click.exceptions import NoSuchOption
    from typer._click.exceptions import UsageError as TyperUsageError

_TYPER_USAGE_ERROR = cast("type[TyperUsageError]", typer.BadParameter.__base__)
"""The base class of what typer raises for a wrong command line; typer exports `BadParameter` only."""

_MIN_SIMILARITY = 0.7
"""How similar (`difflib`) a suggestion must be: --to is suggested for --too (0.89), not --draft for --format (0.67)."""

_WORDINGS = (
    (re.compile(r"'(-[\w-]+)'"), r"\1"),
    (re.compile(r"^Invalid value for '?([^:']+)'?: (?:Value error, )?"), r"\1: "),
    (re.compile(r"Input should be a valid (integer|number).*"), r"it is not a valid \1"),
    (re.compile(r"Input should be greater than or equal to "), "it is less than "),
    (re.compile(r"Input should be less than or equal to "), "it is not a number up to "),
    (re.compile(r"^Missing (?:argument|option) '?([^']+)'?\."), r"\1 is missing"),
    (re.compile(r"^Got unexpected extra argument\(s\) \((.*)\)"), r"unexpected arguments: \1"),
    (re.compile(r"^No such option: (\S+)"), r"there is no option \1"),
    (re.compile(r" \(Possible options: ([^()]*)\)"), r"; did you mean \1?"),
    (re.compile(r"^Option (\S+) requires an argument\."), r"\1: its value is missing"),
    (re.compile(r"^Option (\S+) does not take a value\."), r"\1: it takes no value"),
    (re.compile(r"\. Did you mean "), "; did you mean "),
    (re.compile(r"^No such command ('[^']*')\.?"), r"there is no command \1"),
)
"""What typer writes → what this program writes. "It is not a number up to" fits NaN too, which exceeds no limit."""


@contextlib.contextmanager
def own_usage_errors(group: Context | None = None) -> Iterator[None]:
    """Turn what typer raises for a wrong command line into a UsageError.

    The UsageError suggests another spelling, or names the command whose help explains the mistake. If typer's error
    does not say which command that is, the UsageError names the command that `group` is calling.
    """
    try:
        yield
    except _TYPER_USAGE_ERROR as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # not exported either; typer prints the help
            raise
        if options := getattr(error, "possibilities", None):  # only the error of an unknown option has them
            unknown = cast("NoSuchOption", error)
            unknown.possibilities = get_close_matches(unknown.option_name, options, 1, _MIN_SIMILARITY)
        called = [group.command_path, group.invoked_subcommand] if group else ["readout-pub"]
        command = error.ctx.command_path if error.ctx else " ".join(filter(None, called))
        message = _reworded(error.format_message())
        what_next = None if message.endswith("?") else f"`{command} -h` explains the command"
        raise UsageError(message, what_next=what_next) from error


def _reworded(message: str) -> str:
    for pattern, wording in _WORDINGS:
        message = pattern.sub(wording, message)
    return message.rstrip(".")
