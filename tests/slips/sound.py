"""Two small campaigns that are right, in two languages: every slip is made in one of them."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2024, 6, 10, 12, tzinfo=UTC)

CAMPAIGN = "campaign.yaml"
HALF_WAY = "updates/2024-04-14-half-way.md"
"""An update that states every source, and with ``raised`` what they add up to."""
NEWEST = "updates/2024-05-26-the-walk.md"
"""The update that is about to be published; the others are public."""
EVENT = "events/buggy-walk.md"
PAGE = "pages/about.md"

ENGLISH = {
    CAMPAIGN: """\
name: A walk for Amy
beneficiary: Amy
summary: Amy needs an operation, and physiotherapy after it.
currency: GBP
locale: en_GB
timezone: Europe/London
started: 2024-01-08
goal:
  - {from: 2024-01-08, amount: 40000, why: the operation}
  - {from: 2024-03-01, amount: 50000, why: physiotherapy came on top}
costs:
  - id: surgery
    label: The operation
    estimate: about 30,000
    paid_by:
      - from: 2024-04-01
        until: 2024-12-31
        who: NHS England
        amount: about 5,000
  - id: aftercare
    label: Physiotherapy
    estimate: 20,000
promise:
  too_much: It helps another child.
  too_little: It pays for physiotherapy.
  not_needed: It helps another child.
  first_said: 2024-01-08
held_by: {kind: charity, name: A charity, number: 1000000}
contact: mailto:amy@example.org
give:
  - {label: JustGiving, url: "https://example.org/amy", closes: 2024-12-31}
sources:
  - {id: justgiving, label: JustGiving}
  - {id: bank, label: Charity account}
  - {id: cash, label: Cash and cheques, records: receipts}
deadline:
  - {said: 2024-02-01, date: 2024-12, why: the operation}
  - {said: 2024-04-10, date: 2024-11-15, why: the operation}
milestones:
  - {raised: 10000, label: The first ten thousand}
  - {raised: 50%, label: Half way}
  - {cost: surgery, label: The operation is paid for}
  - {counter: petition, at: 2000}
  - {id: accepted, label: Accepted for the operation}
counters:
  - {id: petition, label: signatures}
treatment:
  - {said: 2024-02-01, status: accepted, where: A hospital, when: late in the year}
other_causes:
  - {id: ward, label: The ward}
press:
  - {date: 2024-03, publication: Local paper, title: Amy walks}
""",
    "updates/2024-01-08-launch.md": """\
---
title: We begin
date: 2024-01-08
---
Amy is three.
""",
    "updates/2024-02-04-first-figures.md": """\
---
title: First figures
date: 2024-02-04
totals:
  justgiving: 9,210.50
  bank: 1,500
---
Thank you.
""",
    "updates/2024-03-03-cake-sale.md": """\
---
title: Cake sale
date: 2024-03-03
received:
  - {source: cash, amount: 842.30, from: Cake sale}
---
We sold every cake.
""",
    HALF_WAY: """\
---
title: Half way
date: 2024-04-14
totals:
  justgiving: 21,157.70
  bank: 3,140
  raised: 25,140.00
as_of: 2024-04-13
counters:
  petition: 1,640
gift_aid:
  justgiving: 2,310.45
---
Half of it is here.
""",
    NEWEST: """\
---
title: The walk
date: 2024-05-26 18:30
author: Mum
summary: Forty of us walked.
totals:
  justgiving: 25,480.20
  bank: 4,250
as_of: 2024-05-25
received:
  - {source: cash, amount: 318.40, from: Collecting tins, event: buggy-walk}
  - source: cash
    amount: 1,250
    from: Raffle and tea
  - {amount: 586, from: Evening, cause: ward}
promised:
  - {id: mill, amount: about 5000, from: A local mill}
gift_aid:
  justgiving: 2,871.95
counters:
  petition: more than 1,840
reached: [accepted]
---
Forty of us walked, and it rained.

Thank you to everybody.
""",
    EVENT: """\
---
title: Buggy walk
date: 2024-05-26 10:30
place: The recreation ground
status: published
---
Bring a buggy.
""",
    PAGE: """\
---
title: About
---
Who we are.
""",
}

BIEG = "updates/2024-05-26-bieg.md"
"""The Polish campaign's newest update."""

POLISH = {
    CAMPAIGN: """\
name: Krok dla Zosi
currency: PLN
locale: pl_PL
timezone: Europe/Warsaw
started: 2024-01-08
goal: 290 000
costs:
  - id: operacja
    label: Operacja
    estimate: 290 000
promise:
  too_much: Inne dziecko.
  too_little: Rehabilitacja.
  not_needed: Inne dziecko.
sources:
  - {id: zrzutka, label: Zrzutka}
  - {id: konto, label: Konto fundacji}
deadline: 2024-12-01
""",
    "updates/2024-03-03-start.md": """\
---
title: Początek
date: 2024-03-03
totals:
  zrzutka: 81 250,40
  konto: 12 300
---
Dziękujemy.
""",
    BIEG: """\
---
title: Bieg
date: 2024-05-26
totals:
  zrzutka: 96 412,75
  konto: 31 750
---
Biegliśmy razem.
""",
}
