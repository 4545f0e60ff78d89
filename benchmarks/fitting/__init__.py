"""Fits the weights of the generic extractor to annotated pages: `./dev fit FOLDER…`.

The command also measures how well such weights choose the text of sites that they were not fitted to.
"""
