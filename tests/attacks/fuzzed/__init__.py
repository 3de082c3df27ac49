"""What the attacker wants: that something typed by chance ends a check with a traceback, or keeps it busy for ever."""
