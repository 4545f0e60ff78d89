"""`python -m readout_pub`: runs the command if `readout-pub` is not on the PATH."""

from readout_pub.cli import main

main()
