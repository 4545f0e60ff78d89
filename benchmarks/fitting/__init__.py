"""Fits the weights of the generic extractor to annotated pages: `./dev fit [FOLDER…]`.

The command also measures how well fitted weights choose the text on sites that were left out of the fit.
"""
