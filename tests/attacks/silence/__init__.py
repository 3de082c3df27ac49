"""What the attacker wants: that something goes wrong in a build and nobody hears of it."""
