"""What the attacker wants: that a name which no disk can hold ends a check or a build with a traceback."""
