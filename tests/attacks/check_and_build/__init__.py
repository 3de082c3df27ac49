"""What the attacker wants: that a check passes what the build then refuses, so that the site stays old."""
