// Adds what only a reader's own device knows: how to pass the page on, how far off a day is, and how old a figure is.
// Without it nothing is missing: each place it fills is empty or hidden until then.
(() => {
  const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  const say = (button) => {
    // Only what was copied last is said to be.
    for (const status of document.querySelectorAll("[role=status]")) status.textContent = "";
    const status = button.parentElement.querySelector("[role=status]");
    status.textContent = status.dataset.done;
  };
  const can = {
    share: navigator.share && (() => navigator.share({ title: document.title, url: address })),
    copy: navigator.clipboard && ((button) => navigator.clipboard.writeText(button.dataset.copy ?? address).then(() => say(button))),
  };
  for (const button of document.querySelectorAll("[data-do]")) {
    const act = can[button.dataset.do];
    if (!act) continue;
    button.hidden = false;
    // Somebody who closes the sheet again has done nothing wrong.
    button.addEventListener("click", () => Promise.resolve(act(button)).catch(() => {}));
  }

  const sayDays = () => {
    const { lang, dataset } = document.documentElement;
    const day = 864e5;
    // Which day it is where the appeal is; en-CA writes it as the page does, 2016-02-05.
    const today = Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone: dataset.zone }).format());
    const words = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
    const away = (text) => Math.round((Date.parse(text) - today) / day);
    const inWords = (days) => {
      const far = Math.abs(days);
      const [length, unit] = far < 14 ? [1, "day"] : far < 60 ? [7, "week"] : far < 730 ? [30.44, "month"] : [365.25, "year"];
      return words.format(Math.trunc(days / length), unit);
    };

    for (const place of document.querySelectorAll("[data-left]")) {
      const days = away(place.dataset.left);
      // The last day counts; after it the page says nothing, and never fewer days than none.
      if (days >= 0) place.textContent = ` (${words.format(days, "day")})`;
    }
    for (const place of document.querySelectorAll("[data-age]")) {
      const days = away(place.dataset.age);
      if (days <= 0) place.textContent = ` (${inWords(days)})`;
    }
  };
  // Once the page is painted: a phone takes longer to load what it knows of languages and time zones than to draw it.
  requestAnimationFrame(() => setTimeout(sayDays));
})();
