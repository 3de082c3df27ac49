"""Problems and figures in words, for a terminal, for GitHub, for programs.

summary  the view → sentences for a terminal
report   problems → words for a terminal, Markdown, JSON, GitHub
"""
