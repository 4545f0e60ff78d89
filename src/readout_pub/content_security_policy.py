"""The Content Security Policy of our HTML files. With it, browsers do not run scripts or load files of a saved page.

Source: W3C Content Security Policy Level 3. `'self'` allows the photos beside the file, also for `file:` URLs.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

_DIRECTIVES = (
    "default-src 'none'",
    "img-src data: 'self'",
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
)


def policy_element(script: str | None = None, *, connects: bool = False) -> str:
    """Return the `meta` element with the policy, which allows `script`, the exact content of a `script` element.

    With `connects`, the script may send requests to the server of the page.
    """
    scripts = [f"script-src {_hash_source(script)}"] if script else []
    scripts += ["connect-src 'self'"] if connects else []
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join((*_DIRECTIVES, *scripts))}">'


def allows_script(policy: str, script: str) -> bool:
    """Return whether a policy allows an inline script by its digest; `script` is the content of the element."""
    directives = (directive.split() for directive in policy.split(";"))
    sources = {name.lower(): values for name, *values in filter(None, reversed([*directives]))}
    return _hash_source(script) in sources.get("script-src", ())


def _hash_source(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
