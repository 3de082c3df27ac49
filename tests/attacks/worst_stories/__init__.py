"""What the attacker wants: a story that keeps the check, or the publishing, busy for minutes."""
