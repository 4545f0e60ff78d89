"""The web: pages fetched from their servers, politely and safely. The only room that asks it."""

from __future__ import annotations

from readout_pub.sources.web.policy import FetchPolicy

__all__ = ["FetchPolicy"]
