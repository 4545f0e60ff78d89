"""Tools for authors of site profiles: `draft_site` drafts one from saved pages, `check_site` runs it on its cases."""

from readout_pub.profile_tools.cases import CaseResult, accept, check_site, sites_named
from readout_pub.profile_tools.draft import Draft, draft_site

__all__ = ["CaseResult", "Draft", "accept", "check_site", "draft_site", "sites_named"]
