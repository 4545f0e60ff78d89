"""Tools for authors of site profiles.

`draft_site` drafts a profile from saved pages. `check_site` runs a profile on its cases, which are saved pages with the
expected readouts. `check_pages` and `check_live` read other pages with a profile.
"""

from readout_pub.profile_tools.cases import CaseResult, accept, check_site, sites_named
from readout_pub.profile_tools.draft import draft_site
from readout_pub.profile_tools.page_checks import PageFit, check_live, check_pages

__all__ = ["CaseResult", "PageFit", "accept", "check_live", "check_pages", "check_site", "draft_site", "sites_named"]
