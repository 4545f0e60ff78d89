"""The sets of annotated pages: one module for each, listed in `benchmarks.score`."""
