"""`python -m readout_pub`: the command, where no program of that name is on the path."""

from readout_pub.cli import main

main()
