"""``python -m campaign`` is the command ``campaign``."""

from .cli import main

main(prog_name="campaign")
