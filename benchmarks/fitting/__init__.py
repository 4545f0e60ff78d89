"""Fits the weights of the generic extractor to annotated pages: `./dev fit FOLDER…`.

The command also measures how well the extractor chooses the text of pages with these weights.
"""
