"""What a page is made of besides its template, and the files that are no pages.

card_photo     how large a photo stands in a share card
lettering      how long a line is in the cards' font, and its letters
canvas         pixels that are numbers of colours, to paint a picture with a palette on
drawing        an SVG as the theme's card is one → a picture
share_cards    headlines that fit, and drawings → PNG or JPEG
filters        how figures and dates are written, for templates
frame_labels   what stands beside the door frame, and how much room each of it needs
no_break       figures and dates that stay on one line
story_parts    a story's HTML, cut at its pictures and videos
fingerprint    the code and the theme as one hash
kept_stories   which stories a run may take of an earlier one
cache          what is slow to make, made once and kept from build to build
resized        a picture → its files, upright, in several widths, without metadata
as_data        amounts and phases as data has them
totals_fields  what totals.json may hold, version 1
totals_json    the view → totals.json
totals_csv     the history → totals.csv
schema_org     the view → what search engines read
calendar_file  the view → events.ics
styles         the theme's style sheets as one
write_data     the view and what lies behind it → what the page to write on knows of the campaign
script         the script of a page, with fewer letters
write_page     that page's script, joined of its modules, with its style and its data
outputs        every file of a site that is neither page nor picture
theme          the names and filters that templates are given, and the theme's own style and colours
site           everything that pages are made of, made before one is written
parts_once     a part that many pages share, rendered once
compiled       the theme's templates, compiled once and kept
update_page    an update's page as a function of one value
"""
