"""What the attacker wants: that a file is written outside the output, or that a page names the machine's folders."""
