"""`readout-pub alt draft`: asks a model for drafts of missing alternative texts. Off unless a model is named."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from readout_pub.alt.photo_names import readable_name
from readout_pub.arguments import MAX_SECONDS, require_unicode
from readout_pub.cli.alt_pages import Archive, read_pages
from readout_pub.cli.console import print_error, print_json
from readout_pub.cli.options import (
    DEFAULT_ALT_PROFILE,
    Json,
    LintProfile,
    MaxBytes,
    PageMemory,
    PageTimeout,
    Site,
    Sites,
)
from readout_pub.errors import ReadoutError, UsageError, escape_controls, shell_word
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.notes import number_with_noun
from readout_pub.sources import MAX_BYTES
from readout_pub.sources.blob import format_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readout_pub.alt_review.drafting import DraftOutcome, DraftPlan

EXAMPLES = """\b
readout-pub alt draft saved/ --endpoint http://localhost:11434/v1 --model qwen3-vl
readout-pub alt draft saved/ --max-images 20 --yes     endpoint and model from the environment"""

ENDPOINT_VARIABLE, MODEL_VARIABLE, KEY_VARIABLE = "READOUT_PUB_ENDPOINT", "READOUT_PUB_MODEL", "READOUT_PUB_API_KEY"

DEFAULT_MAX_IMAGES = 50
"""How many photos a run sends by default: a larger bill or a longer wait is the user's decision."""


def alt_draft_command(
    archive: Archive,
    endpoint: Annotated[
        str | None,
        typer.Option(
            envvar=ENDPOINT_VARIABLE,
            help="The address of an OpenAI-compatible API, for Ollama http://localhost:11434/v1.",
            metavar="URL",
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(envvar=MODEL_VARIABLE, help="The model to ask; it must be able to read images.", metavar="NAME"),
    ] = None,
    max_images: Annotated[
        int, typer.Option(help="The most photos that are sent in this run.", min=1, metavar="N")
    ] = DEFAULT_MAX_IMAGES,
    timeout: Annotated[
        float, typer.Option(help="Seconds to wait for each answer.", min=1, max=MAX_SECONDS, metavar="SECONDS")
    ] = 120.0,
    profile: LintProfile = DEFAULT_ALT_PROFILE,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before the photos are sent.")] = False,
    site: Site = None,
    sites: Sites = None,
    max_bytes: MaxBytes = MAX_BYTES,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    json: Json = False,
) -> None:
    """Ask a model for drafts of the texts of photos that have none of their own.

    Before the program sends anything, it prints what it will send, and the approximate number of tokens. It judges each
    draft as `alt lint` does, and records a draft without errors in `alt-decisions.jsonl` as a text by the model. The
    draft stays marked until a person reviews it. The environment variable READOUT_PUB_API_KEY has the key of the API.
    """
    if not endpoint or not model:
        missing, variable = ("--endpoint", ENDPOINT_VARIABLE) if not endpoint else ("--model", MODEL_VARIABLE)
        raise UsageError(
            f"there is no {missing}", what_next=f"name it, or set {variable}; without a model no draft is made"
        )
    require_unicode(endpoint, "--endpoint")
    require_unicode(model, "--model")
    from readout_pub.alt.lint import load_house_rules
    from readout_pub.alt_review.drafting import plan_drafts, write_drafts
    from readout_pub.sources.web.json_api import JsonApi

    rules = load_house_rules(profile)
    failed: list[ReadoutError] = []
    with JsonApi(endpoint, key=os.environ.get(KEY_VARIABLE) or None, seconds=timeout) as api:
        limits = PageLimits(page_timeout, page_memory)
        plan = plan_drafts(read_pages(archive, failed, site, sites, max_bytes, limits), rules, max_images)
        typer.echo(_cost(plan, api.url, model), err=True)
        outcomes: list[DraftOutcome] = []
        if plan.photos:
            _confirm(yes=yes)
            try:
                for outcome in write_drafts(plan, api, model, rules, dt.datetime.now(dt.UTC).replace(microsecond=0)):
                    outcomes.append(outcome)
                    for line in () if json else _lines(outcome):
                        typer.echo(escape_controls(line))
            except ReadoutError as error:  # what was recorded before is still reported
                print_error(str(error))
                failed.append(error)
    if json:
        print_json(outcomes)
    elif outcomes:
        typer.echo(_summary(outcomes, archive))
    codes = [error.exit_code for error in failed]
    raise typer.Exit(max([*codes, int(any(outcome.state in {"refused", "failed"} for outcome in outcomes))]))


def _cost(plan: DraftPlan, url: str, model: str) -> str:
    number = len(plan.photos)
    left_out = [
        f"{plan.beyond_limit:,} more beyond --max-images" if plan.beyond_limit else "",
        f"{plan.without_file:,} without a file" if plan.without_file else "",
    ]
    others = "".join(f"; {each}" for each in left_out if each)
    if not number:
        return f"no photo needs a draft{others}"
    size = f"{format_size(plan.picture_bytes)} of pictures"
    tokens = f"about {plan.tokens_in:,} tokens in and at most {plan.tokens_out:,} out"
    photos = number_with_noun(number, "photo")
    return escape_controls(f"{photos} to {url} (model {model}): {size}, {tokens}{others}")


def _confirm(*, yes: bool) -> None:
    if yes:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            "the program cannot ask before it sends the photos, since standard input is no terminal",
            what_next="add --yes",
        )
    typer.confirm("Send them?", abort=True, err=True)


def _lines(outcome: DraftOutcome) -> Iterator[str]:
    yield f"{outcome.page}, {readable_name(outcome.file)}: {outcome.state}{f': {outcome.text}' if outcome.text else ''}"
    if outcome.error:
        yield f"  {outcome.error}"
    for finding in outcome.findings:
        yield f"  {finding.level} {finding.rule}: {finding.message}"


def _summary(outcomes: list[DraftOutcome], archive: str) -> str:
    states = Counter(outcome.state for outcome in outcomes)
    counts = ", ".join(f"{number:,} {state}" for state, number in states.items())
    used = sum(outcome.tokens_in for outcome in outcomes), sum(outcome.tokens_out for outcome in outcomes)
    tokens = f"; {used[0]:,} tokens in, {used[1]:,} out" if any(used) else ""
    return escape_controls(
        f"drafts: {counts}{tokens}. A person reviews them: readout-pub alt worklist {shell_word(archive)} -o work.html"
    )
