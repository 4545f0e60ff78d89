"""`readout-pub alt`: judges the alternative texts of photos, and lets people decide on them."""

from __future__ import annotations

import typer

from readout_pub.cli import alt_draft, alt_lint, alt_worklist
from readout_pub.cli.alt_decisions import APPLY_EXAMPLES, MERGE_EXAMPLES, alt_apply_command, alt_merge_command

EXAMPLES = """\b
readout-pub alt lint saved/                    what is wrong with the texts, and what to write instead
readout-pub alt review saved/                  a page to decide on each photo
readout-pub alt worklist saved/ -o work.xlsx   the photos that need a decision, as a table
readout-pub alt apply work.xlsx                record what people filled in
readout-pub alt merge saved/ theirs/           the decisions of both archives, in saved/"""

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    help="Judge the alternative texts of photos, and decide on them.",
    epilog=EXAMPLES,
)

app.command("lint", short_help="Judge alternative texts by house rules.", epilog=alt_lint.EXAMPLES)(
    alt_lint.alt_lint_command
)
app.command("review", short_help="Open a page to decide on each photo.", epilog=alt_worklist.REVIEW_EXAMPLES)(
    alt_worklist.alt_review_command
)
app.command(
    "worklist",
    short_help="Write a table or page of the photos to decide on.",
    epilog=alt_worklist.WORKLIST_EXAMPLES,
)(alt_worklist.alt_worklist_command)
app.command("draft", short_help="Ask a model for drafts of missing texts.", epilog=alt_draft.EXAMPLES)(
    alt_draft.alt_draft_command
)
app.command("apply", short_help="Record the decisions in a table that people have filled in.", epilog=APPLY_EXAMPLES)(
    alt_apply_command
)
app.command("merge", short_help="Merge decision files, also one with merge markers of git.", epilog=MERGE_EXAMPLES)(
    alt_merge_command
)
