"""The sets of judged pages: one module for each, named in `benchmarks.score`."""
