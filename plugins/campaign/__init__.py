"""A campaign's updates in, a correct site out. Read the modules in this order; each knows only those above it.

core/               values in, values out: no Pelican, no files, no clock, no logging, no templates
  problems          one fault, with path, line, field, message and name; CampaignError carries all of them
  slug              a text in any script of Europe → a name of small letters, digits and hyphens
  meanings          what digits that are no amount can mean as one
  money             Decimal + currency + qualifier: read strictly, added exactly, never rounded up
  dates             the date forms that are accepted
  front_matter      a file's text → fields with line numbers, and the story below them
  repository        where a project is public: the address of a file, and of its history
  site_address      where a site will be
  links             addresses in a story, and what is wrong with one
  bounds            how much a story may ask of Markdown
  dialect           Markdown as families write it: a story's text → a tree of elements
  story             the one reading of a story: links, pictures, first sentence, what is refused, HTML
  fields            what a field may hold, and how a wrong one is reported
  astray            fields that stand in a story, where nobody reads them
  accounts          account numbers in a text, and whether their check digits fit
  campaign          campaign.yaml → Campaign
  update            a file's front matter → Update, Event or Page
  ledger            updates → Ledger: where every source stood after each update
  as_of             of which days a figure is
  rules             what no update may do to the figures without saying why
  plausible         what a slip of one key makes of days and amounts that belong together
  progress          percent, what is still needed, the measure
  growth            how the total grew, as a step chart
  costs             what the money is for, met in order, and what others pay of the goal
  milestones        who reached what, and what is next
  pace              phases, and money a week
  view              CampaignView: the one frozen object that every page shows
addresses           which files a site consists of
output_folder       where a site may be written
plain_file          a file's bytes, if it is one and no larger than it may be
strays              what lies where it is neither read nor published, and what to do about it
pictures            what is published of a picture, and which files can become one
cards               drawings with text → PNG
body                a story → HTML that holds nothing that runs
references          what files name must be there
words               what is said and typed in the campaign's language
load                reads content/, gathers every problem, returns the view
filters             how figures and dates are written, for templates
unbroken            figures and dates that stay on one line
parts               a story's HTML, cut at its pictures and videos
kept                what is slow to make, made once and kept from build to build
originals           a picture → its files, upright, in several widths, without metadata
data                the view → totals.json
state               the view → sentences for a terminal
differences         two views → what differs in figures, milestones and costs
doubts              what may be right and looks wrong
changes             two contents → what publishing the later would change
report              problems and changes → words for a terminal, Markdown, JSON, GitHub
linked_data         the view → what search engines read
calendar_file       the view → events.ics
surfaces            every file of a site that is neither page nor picture
log_records         what is logged as a warning or worse, whatever is printed
write_guard         nothing is written outside the output
plugin              Pelican: reader, receivers, generators
run_pelican         one run of Pelican, in which every warning is fatal
proof               a site that was built, read through
swap                a folder put in another's place, one of the two whole whatever happens
signed              which files of a folder are this command's
build               a temporary folder, checked, swapped in
revision            a content folder as it was at a commit, and what changed since
new_file            an update or an event to begin with
currencies          what people call their money → its three letters
whereabouts         a country, a language and a time zone: what a machine says, and how people answer
new_campaign        a new appeal in place of the shipped one
asking              the questions of a new appeal, asked until they are answered
serve               the site while writing, rebuilt on every change
cli                 the command ``campaign``
"""
