"""What the attacker wants: that a page in another language lacks a figure, or says what the English does not."""
