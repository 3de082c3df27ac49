"""What the attacker wants: a page that is not what the content asks for is taken from an earlier site."""
