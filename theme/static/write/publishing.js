// The photos, the key and the button: what is chosen, kept, sent, and what became of it.

import { el, field, part, tell } from "./dom.js";
import { forget, keep, keepText, recall } from "./drafts.js";
import { fieldAt } from "./file.js";
import { Failed, follow, newFileAddress, publish, uploadAddress } from "./github.js";
import { prepare } from "./photos.js";
import { _ } from "./words.js";

const PHOTO_LIMITS = { side: 2000, bytes: 2e6 };
const MOST_PHOTOS = 10;

const plain = (text, attributes) => el("button", { type: "button", class: "plain", ...attributes }, text);
const outside = (text) => el("a", { target: "_blank", rel: "noopener" }, text);

const photoFault = (key) =>
  ({
    heic: _("This phone cannot open one of the photos, because another camera saved it in its own form (HEIC). Take a picture of the screen while it shows the photo, and add that."),
    gone: _("One of the photos is not on this phone any more. Open it once in your photos, wait until it is sharp, and add it again."),
    too_large: _("One of the photos is too large for this phone. Take a picture of the screen while it shows the photo, and add that."),
  })[key] ?? _("One of the files is not a photo, or is damaged; it was left out.");

/** Where photos are added: each is made ready at once, and asks what it shows. */
export function photoSection(page) {
  const list = el("ol", { class: "photos" });
  const state = el("p", { class: "hint", role: "status" });
  const chosen = el("input", { id: "photos-chosen", class: "unseen", type: "file", accept: "image/*", multiple: true, onchange: add });
  page.isReading = 0;

  const row = (photo, place) => {
    photo.shown ??= URL.createObjectURL(photo.blob);
    const leaveOut = () => {
      URL.revokeObjectURL(photo.shown);
      page.photos.splice(place, 1);
      page.changed();
      chosen.focus();
    };
    const typed = ({ target }) => (photo.alt = target.value);
    const alt = field(`photos.${place}.alt`, _("What does this photo show?"), { maxlength: 300, autocomplete: "off", oninput: typed });
    alt.querySelector("input").value = photo.alt;
    return el("li", {}, el("img", { src: photo.shown, alt: "" }), alt, plain(_("Leave this photo out"), { onclick: leaveOut }));
  };
  page.onChange(() => {
    if (list.childElementCount !== page.photos.length) list.replaceChildren(...page.photos.map(row));
  });

  async function add() {
    const files = [...chosen.files];
    const room = files.slice(0, Math.max(0, MOST_PHOTOS - page.photos.length - page.isReading));
    // The same photo may be chosen again, after it was left out.
    chosen.value = "";
    const said = new Set(room.length < files.length ? [_("Ten photos are the most; the others were left out.")] : []);
    const first = page.photos.length;
    page.isReading += room.length;
    state.textContent = _("The photos are being made ready …");
    for (const file of room) {
      try {
        page.photos.push({ ...(await prepare(file, PHOTO_LIMITS)), alt: "" });
      } catch ({ key }) {
        said.add(photoFault(key));
      }
      page.isReading -= 1;
      page.changed();
    }
    state.textContent = [...said].join(" ");
    list.children[first]?.querySelector("input").focus();
  }

  return part(
    _("Photos"),
    el("p", { class: "hint", id: "photos-hint" }, _("A photo is made smaller here on your phone, and the place where it was taken is removed, before anything is sent.")),
    list,
    el("div", {}, chosen, el("label", { class: "plain pick", for: "photos-chosen" }, _("Add photos"))),
    state,
  );
}

const steps = (step) =>
  ({
    looking: _("Asking GitHub …"),
    sending: _("Sending. Leave this page open for a moment …"),
    waiting: _("It has been sent. Now it is checked, which takes two or three minutes …"),
    checking: _("It is being checked …"),
    going_live: _("The check found nothing wrong. It is being put on the site …"),
    overtaken: _("Somebody published after you. Both changes are put on the site together …"),
  })[step];

const failures = (kind) =>
  ({
    key_expired: _("GitHub does not know this key. It was not copied whole, has run out, or was taken back; ask whoever gave it to you."),
    other_project: _("This key is not for this project, or may not write to it. Ask whoever gave it to you for one that may."),
    offline: _("There is no connection, or a very slow one. Nothing is lost: try again when there is one."),
    down: _("GitHub has a fault just now. Nothing is lost: try again in a while."),
    too_many: _("GitHub has been asked too often. Nothing is lost: try again in a few minutes."),
    too_large: _("The photos are too large to be sent together. Leave one out, and try again."),
    taken: _("Somebody else has published a file of this name. Change the title a little, and try again."),
    moved: _("Somebody else is publishing at this very moment. Nothing is lost: try again."),
    key_in_text: _("There is a key in the text or in one of the fields. Take it out: everybody could read it."),
  })[kind] ?? _("GitHub did not take it. This is what it says:");

/** How what was written is handed over: with a key, or on GitHub's own pages; and what became of it. */
export function publishSection(page) {
  const { content, name: repository, ...place } = page.data.project;
  const project = { ...place, repository };
  const draft = `${project.server}/${repository}`;
  // Without https anybody on the way could read a key; and the page may ask no other server than GitHub's own.
  const isForKeys = isSecureContext && project.server === "https://github.com";
  const pictures = () => page.photos.map(({ name, blob }) => ({ path: `${content}/images/${name}`, content: blob }));
  let earlier = {};
  let isBusy = false;
  let isTakenUp = false;
  let isOutdated = false;
  let soon;

  const button = el("button", { type: "submit", class: "strong" }, _("Publish now"));
  const key = field("key", _("Key"), {
    type: "password",
    autocomplete: "current-password",
    autocapitalize: "off",
    spellcheck: "false",
    hint: _("Whoever looks after this site gave you the key. Let your phone keep it as a password; this page does not keep it."),
  });
  const keyInput = key.querySelector("input");
  const projectField = field("project", _("The name under which your phone keeps the key"), { readonly: true, autocomplete: "username" });
  projectField.querySelector("input").value = repository;
  const withKey = el(
    "form",
    { novalidate: true, hidden: !isForKeys, onsubmit: pressed },
    projectField,
    key,
    button,
  );
  const state = el("p", { class: "state", role: "status" });
  const refused = el("ul", { class: "problems" });
  const lead = el("p", { class: "actions" });
  const kept = el("p", { class: "hint", role: "status" });
  const anew = plain(_("Throw this draft away"), { hidden: true, onclick: throwAway });

  function say(text, address, words) {
    if (state.textContent !== text) state.textContent = text;
    refused.replaceChildren();
    lead.replaceChildren(address ? el("a", { href: address, rel: "noopener" }, words) : "");
    isOutdated = false;
  }

  /** What holds only until something is changed. */
  function sayForNow(text) {
    say(text);
    isOutdated = true;
  }

  function edited() {
    if (!isOutdated || isBusy) return;
    say("");
    button.textContent = _("Publish now");
  }

  // -- the draft --

  const isEmpty = () => !page.photos.length && !Object.keys(page.typed).some((name) => !["kind", "date", "time"].includes(name));

  async function keepNow() {
    clearTimeout(soon);
    soon = 0;
    if (isEmpty()) {
      kept.textContent = "";
      return forget(draft);
    }
    const isOnPhone = await keep(draft, { fields: page.typed, photos: page.photos, earlier });
    kept.textContent = isOnPhone ? _("Kept on this phone until it is published.") : _("This window keeps nothing: leave it open until it is published.");
    anew.hidden = false;
  }

  async function takeUp() {
    const found = await recall(draft);
    if (found) {
      ({ earlier, photos: page.photos } = found);
      page.changed();
      page.restore(found.fields);
      kept.textContent = Object.keys(earlier).length
        ? _("You had sent this. Choose “Publish now” to see whether it is on the site.")
        : _("This is what you had begun.");
      anew.hidden = false;
    }
    isTakenUp = true;
  }

  async function throwAway() {
    if (!confirm(_("Throw away what you have written here?"))) return;
    [earlier, anew.hidden] = [{}, true];
    page.clear();
    await keepNow();
    page.form.querySelector("input").focus();
  }

  // -- with a key --

  async function pressed(event) {
    event.preventDefault();
    if (isBusy) return;
    if (page.isReading) return sayForNow(_("Wait a moment: the photos are still being made ready."));
    if (!page.isReady()) return sayForNow(_("Something above is missing or cannot be right; it is marked."));
    tell(withKey, "key", keyInput.value.trim() ? "" : _("Fill in your key, or open “I have no key” below."));
    if (!keyInput.value.trim()) return keyInput.focus();
    isBusy = true;
    button.setAttribute("aria-disabled", "true");
    say(steps("looking"));
    try {
      await send();
    } catch (fault) {
      if (!(fault instanceof Failed)) throw fault;
      sayForNow([failures(fault.kind), fault.detail].filter(Boolean).join(" "));
      button.textContent = _("Try again");
      if (fault.kind === "key_expired") keyInput.select();
    } finally {
      isBusy = false;
      button.removeAttribute("aria-disabled");
    }
  }

  async function send() {
    const { file, said } = page.result;
    const { title, author, status } = said.typed;
    const files = [{ path: file.path, content: file.text }, ...pictures()];
    const access = { ...project, key: keyInput.value, author };
    const { commit } = await publish({ ...access, files, message: title, earlier }, async (step, sent = {}) => {
      say(steps(step));
      // What is on its way is known to be ours, should its answer get lost and this page be closed.
      for (const [path, name] of Object.entries(sent)) earlier[path] = [...new Set([...(earlier[path] ?? []), name])];
      await keepNow();
    });
    say(steps("waiting"));
    // Pages lie below the folders' names, as their files do.
    const pageOfFile = file.path.slice(content.length + 1).replace(/md$/, "html");
    const found = await follow({ ...access, commit, page: status === "draft" ? null : new URL(pageOfFile, location).href }, (step) => say(steps(step)));
    if (found.state === "live") return ended(found.address);
    if (found.state === "late") {
      button.textContent = _("Look again");
      return say(_("It was sent, and is not on the site yet. That can take longer; look again in a while."), found.address, _("What GitHub is doing with it"));
    }
    button.textContent = _("Publish now");
    say(_("It was checked and not published, because something cannot be right. Change it above and publish again; nothing is lost."), found.address, _("What the check said"));
    const [here, elsewhere] = [true, false].map((isHere) => found.problems.filter(({ path }) => (path === file.path) === isHere));
    refused.append(...elsewhere.map(({ message }) => el("li", {}, message)));
    page.report(here.map(({ line, message }) => ({ field: fieldAt(file.places, line), message })));
    if (!found.problems.some(({ path }) => path in earlier)) return;
    // What is wrong in the project would keep everybody else from publishing, so it does not stay there.
    try {
      await publish({ ...access, files: [], message: _("Taken back, because the check refused it: %(title)s", { title }), earlier });
      earlier = {};
    } catch (fault) {
      if (!(fault instanceof Failed)) throw fault;
      // The next attempt replaces it.
    }
    await keepNow();
  }

  async function ended(address) {
    earlier = {};
    keyInput.value = "";
    withKey.hidden = anew.hidden = true;
    page.clear();
    await keepNow();
    say(address ? _("It is on the site.") : _("It is with the others, as a draft. The site does not show it."), address, address);
    button.textContent = _("Publish now");
  }

  // -- without one --

  const open = outside(_("Open GitHub"));
  const upload = outside(_("Upload the photos"));
  const whole = el("p", {}, _("GitHub opens with everything filled in. Choose “Commit changes” there, twice."));
  const long = el("p", {}, _("This text is too long to be filled in. Copy it, open GitHub, paste it into the large field, and choose “Commit changes” there, twice."));
  const copy = plain(_("Copy the text"), { onclick: () => navigator.clipboard.writeText(page.result.file.text).then(() => say(_("The text is copied."))) });
  const withPhotos = el(
    "div",
    { class: "flow" },
    el("p", {}, _("First save the photos on your phone. Then upload them at GitHub, and choose “Commit changes” there.")),
    el("p", { class: "actions" }, plain(_("Save the photos"), { onclick: save }), upload),
  );
  const withoutKey = el(
    "details",
    { ontoggle: fillIn },
    el("summary", {}, _("I have no key")),
    el(
      "div",
      { class: "flow" },
      el("p", {}, _("With an account at GitHub you can publish there. If you may not write to this project, GitHub hands in what you wrote as a proposal.")),
      withPhotos,
      whole,
      long,
      el("p", { class: "actions" }, copy, open),
    ),
  );
  // What is not ready is marked, and GitHub does not open.
  open.addEventListener("click", (event) => page.isReady() || event.preventDefault());

  function fillIn() {
    if (!withoutKey.open) return;
    const { address, isWhole } = newFileAddress({ ...project, ...page.result.file });
    open.href = address;
    upload.href = uploadAddress({ ...project, folder: `${content}/images` });
    withPhotos.hidden = !page.photos.length;
    whole.hidden = !isWhole;
    long.hidden = copy.hidden = isWhole;
  }

  function save() {
    const files = page.photos.map(({ name, blob }) => new File([blob], name, { type: blob.type }));
    // Somebody who closes the sheet again has done nothing wrong.
    if (navigator.canShare?.({ files })) return navigator.share({ files }).catch(() => {});
    for (const file of files) {
      const link = el("a", { href: URL.createObjectURL(file), download: file.name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    }
  }

  // -- the beginning --

  page.onChange(() => {
    fillIn();
    edited();
    if (!isTakenUp || isBusy) return;
    if (!isEmpty()) withKey.hidden = !isForKeys;
    clearTimeout(soon);
    soon = setTimeout(keepNow, 400);
  });
  keyInput.addEventListener("input", () => {
    tell(withKey, "key", "");
    edited();
  });
  // A field that is left was typed to its end; and what a phone closes in the background, or reloads, is not asked first.
  page.form.addEventListener("change", () => soon && keepNow());
  for (const leaving of ["visibilitychange", "pagehide"]) {
    addEventListener(leaving, () => {
      if (isTakenUp && !isEmpty()) keepText(draft, page.typed);
      if (soon) keepNow();
    });
  }
  takeUp();

  const insecure = el("p", { hidden: isSecureContext }, _("This page was not opened with https, so a key would not be safe here. Open it again with https:// at the beginning of its address."));
  const section = part(_("Publish"), withKey, insecure, el("div", { class: "became" }, state, refused, lead), withoutKey, kept, anew);
  section.id = "publish";
  return section;
}
