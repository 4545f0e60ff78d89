"""Fits the weights of the generic extractor to judged pages, and measures them: `./dev fit FOLDER…`."""
