"""What the attacker wants: that a page is written from a template that is not this project's."""
