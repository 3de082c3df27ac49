"""What the attacker wants: a disk that fills up while a site is written, and half of one where a whole one stood."""
