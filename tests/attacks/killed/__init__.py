"""What the attacker wants: that a build which ends at any moment leaves half of a site where a whole one stood."""
