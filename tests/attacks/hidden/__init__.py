"""What the attacker wants: that what an author hides from readers, or never wrote, is published as a summary."""
