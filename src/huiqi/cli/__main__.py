"""`python -m huiqi.cli`."""

from huiqi.cli import main

main(prog_name="huiqi")
