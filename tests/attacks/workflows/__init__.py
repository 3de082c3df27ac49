"""What the attacker wants: that a pull request or its words run or change something with the project's rights."""
