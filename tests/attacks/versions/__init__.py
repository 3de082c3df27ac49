"""What the attacker wants: that another Pelican than the one that was tried writes the site."""
