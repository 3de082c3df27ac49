"""Answers to every question of a new appeal."""

ANSWERS = {
    "--name": "Amy's wish",
    "--currency": "GBP",
    "--locale": "en_GB",
    "--timezone": "Europe/London",
    "--goal": "£25,000",
    "--summary": "Amy is four, and cannot walk.",
    "--too-much": "It helps another child.",
    "--too-little": "It pays for therapy.",
    "--not-needed": "It helps another child.",
}
ALL = [word for pair in ANSWERS.items() for word in pair]
