"""Runs the command as `python -m readout_pub`, for example if `readout-pub` is not on the PATH."""

from readout_pub.cli import main

main()
