"""What the attacker wants: that an account which may write updates changes where gifts go, and nobody is asked."""
