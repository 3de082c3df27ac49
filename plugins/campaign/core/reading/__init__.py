"""A text as volunteers type it → values, each fault with its line and a remedy.

problems         one fault, with path, line, field, message and name; CampaignError carries all of them
slug             a text in any script of Europe → a name of small letters, digits and hyphens
meanings         what digits that are no amount can mean as one
money            Decimal + currency + qualifier: added exactly, never rounded up
region           how a language and a country write amounts and counts: read strictly, and written
dates            the date forms that are accepted
front_matter     a file's text → fields with line numbers, and the story below them
repository       where a project is public: the address of a file, and of its history
site_address     where a site will be
links            addresses in a story, and what is wrong with one
limits           how much a story may ask of Markdown
typography       straight signs → the quotation marks and dashes of a language
told             what a story is once it was read: pieces, links, pictures, videos
dialect          Markdown as families write it: a story's text → a tree of elements
story            the one reading of a story: links, pictures, first sentence, what is refused, HTML
fields           what a field may hold, and how a wrong one is reported
stray_fields     fields that stand in a story, where nobody reads them
account_numbers  account numbers in a text, and whether their check digits fit
campaign         the fields of campaign.yaml, and what each may hold
campaign_file    campaign.yaml → Campaign, its fields right alone and together
update           a file's front matter → Update, Event or Page
"""
