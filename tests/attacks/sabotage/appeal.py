"""An appeal with something of everything, in German, so that there is hardly a line of the theme that it has not."""

from photo import photo

ADDRESS = "https://familie.example.org/anna"
NOW = "1718000000"  # 10 June 2024
FILES: dict[str, str | bytes] = {
    "campaign.yaml": """\
name: Annas "Weg" & Ziel
beneficiary: Anna
summary: Anna braucht eine Operation, damit sie laufen kann.
image: images/anna.jpg
image_alt: Anna im Garten
currency: EUR
locale: de_DE
timezone: Europe/Berlin
started: 2024-01-01
contact: mailto:anna@example.org
goal:
  - {from: 2024-01-01, amount: 40.000, why: die erste Schätzung}
  - {from: 2024-03-01, amount: 50.000, why: die Klinik hat gerechnet}
costs:
  - id: op
    label: Die Operation
    estimate:
      - {from: 2024-01-01, amount: etwa 20.000, why: am Telefon}
      - {from: 2024-03-01, amount: 25.000, why: schriftlich}
    paid_by:
      - {from: 2024-04-01, who: Die Kasse, amount: etwa 4.000, covers: die Betten}
    notes:
      - {said: 2024-04-02, note: Die Kasse hat geschrieben.}
  - {id: reha, label: Die Reha, estimate: 15.000}
  - id: reise
    label: Die Reise
    estimate: 8.000
    paid_by:
      - {from: 2024-02-01, until: 2024-03-01, who: Der Verein, amount: 1.000, covers: die Bahn}
promise:
  too_much: Es geht an ein anderes Kind.
  too_little: Es bezahlt die Reha.
  not_needed: Es geht zurück.
  first_said: 2024-01-05
held_by: {kind: charity, name: Hilfe für Kinder e.V., number: 12345, url: "https://hilfe.example.org/"}
give:
  - {label: Online, url: "https://give.example.org/anna", note: Mit Karte., closes: 2024-12-31}
  - {label: Im Laden, note: Bar in der Dose.}
  - {label: Früher, url: "https://old.example.org/anna", closes: 2024-03-01}
sources:
  - {id: online, label: Online-Seite}
  - {id: bar, label: Dosen, records: receipts}
  - {id: laden, label: Die Dose im Laden, records: receipts, counted_in: online}
  - {id: fest, label: Das alte Fest, ended: 2024-03-20}
deadline:
  - {said: 2024-01-05, date: 2024-10, why: die Klinik}
  - {said: 2024-03-01, date: 2024-11-15, why: der Termin}
milestones:
  - raised: 5.000
  - {raised: 25%, label: Ein Viertel}
  - raised: 50%
  - {cost: op}
  - {counter: helfer, at: 100}
  - {id: zusage, label: Die Klinik sagt zu}
  - {id: termin, date: 2024-11-15, said: 2024-03-01, label: Die Operation}
counters:
  - {id: helfer, label: Helferinnen, url: "https://helfer.example.org/"}
treatment:
  - {said: 2024-01-05, status: hoped, what: Eine Operation, when: im Herbst}
  - {said: 2024-03-01, status: booked, what: Die Operation, where: Klinik am See, when: am 15. November}
other_causes:
  - {id: garten, label: Der Schulgarten}
press:
  - {date: 2024-02-03, publication: Der Bote, title: Anna will laufen, url: "https://bote.example.org/anna", says: Gut.}
  - {date: 2024-04, publication: Das Blatt}
""",
    "updates/2024-01-05-es-geht-los.md": """\
---
title: Es geht "los" & weiter
date: 2024-01-05
author: Die Eltern
---
Wir fangen **heute** an. Am 5. Januar.

Mehr steht [auf der Seite](money.html) und [woanders](https://example.org/x?a=1&b=2).
""",
    "updates/2024-02-10-erste-zahlen.md": """\
---
title: Erste Zahlen
date: 2024-02-10 18:30
totals: {online: etwa 4.000, fest: 1.500}
received:
  - {amount: 250, from: Oma, source: bar, date: 2024-02-08}
  - {amount: 80, source: laden}
  - {amount: 60, from: Die Schule, cause: garten}
gift_aid: {online: 300}
counters: {helfer: 40}
promised:
  - {id: firma, amount: 2.000, from: Die Firma}
  - {id: nachbar, amount: 500, from: Der Nachbar}
image: images/anna.jpg
image_alt: Anna lacht
---
Es sind **schon** viele.

| wer | was |
|-----|-----|
| Oma | 250 € |

![Im Wald](images/wald.jpg "Ein Wald")

Das war [der Anfang](2024-01-05-es-geht-los.md).
""",
    "updates/2024-03-20-ein-fehler.md": """\
---
title: Ein Fehler
date: 2024-03-20
totals: {online: 3.800, fest: 0}
correction: {online: Eine Spende kam zweimal., fest: Es ist jetzt bei online.}
counters: {helfer: mehr als 120}
reached: [zusage]
---
Wir haben uns verzählt.
""",
    "updates/2024-05-30-ein-grosser-schritt.md": """\
---
title: Ein großer Schritt
date: 2024-05-30
summary: Viel auf einmal, an einem Tag.
totals: {online: 15.200}
jump: Ein Betrieb hat gespendet.
received:
  - {amount: "120,50", from: Der Chor, source: bar, event: lauf}
kept: [firma]
withdrawn: [nachbar]
---
Ein Betrieb gab *viel*.

> Danke!

1. Eins
2. Zwei
""",
    "events/lauf.md": """\
---
title: Der Lauf
date: 2024-05-12 10:00
place: Am See
held: true
said: 2024-04-01
---
Alle liefen.
""",
    "events/markt.md": """\
---
title: Der Markt, bald
date: 2024-09-14
place: Vor der Kirche
---
Wer backt?
""",
    "events/konzert.md": """\
---
title: Das Konzert
said: 2024-05-01
---
Noch ohne Tag.
""",
    "events/abend.md": """\
---
title: Ein Abend
date: 2024-07
status: cancelled
---
Fällt aus.
""",
    "pages/wir.md": """\
---
title: Wer wir sind
image: images/wald.jpg
image_alt: Der Wald
---
Wir sind Annas Eltern.

## Wo

Im Wald.
""",
    "pages/privacy.md": """\
---
title: Daten
---
Keine.
""",
    "images/anna.jpg": photo(size=(640, 480)),
    "images/wald.jpg": photo(size=(700, 500)),
}
