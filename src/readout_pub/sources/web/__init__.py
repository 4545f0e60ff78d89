"""Fetches pages and photos from web servers. Everything that opens a connection to a web server is here.

client             sends requests: redirects, retries, limits, cache
policy             what the user configures: delay, contact, limits
ssrf_guard         which URLs and IP addresses may be requested (protection against server-side request forgery)
transport          HTTP over connections to addresses that the guard has checked
robots             robots.txt (RFC 9309)
rate_limit         the pause between two requests to one host
content_encoding   gzip, deflate and Brotli, decoded up to a limit
response           one response, and the chain of redirects that led to it
response_check     whether a response is a document; if not, what it is
pages              a URL → the page there, with its photos
warc               responses → WARC records
json_api           POST requests to an API. The user configures its address; no page can set it
"""

from __future__ import annotations

from readout_pub.sources.web.policy import FetchPolicy

__all__ = ["FetchPolicy"]
