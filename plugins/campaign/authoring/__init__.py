"""What begins a file or an appeal for somebody, from a few questions.

new_file      an update or an event to begin with
currencies    what people call their money → its three letters
whereabouts   a country, a language and a time zone: what a machine says, and how people answer
new_campaign  a new appeal in place of the shipped one
prompts       the questions of a new appeal, asked until they are answered
"""
