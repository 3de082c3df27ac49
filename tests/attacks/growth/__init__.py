"""What the attacker wants: that a check of files which anybody can write takes minutes, or all of the memory."""
