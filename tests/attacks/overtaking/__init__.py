"""What the attacker wants: that an older site, with an older figure, takes the place of a newer one."""
