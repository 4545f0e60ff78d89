"""Fits the weights of the generic extractor to annotated pages, and measures them: `./dev fit FOLDER…`."""
