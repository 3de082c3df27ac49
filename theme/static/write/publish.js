// The photos and the publishing of the page: what is chosen, kept, sent, and what became of it.
// Every sentence stands in the page, in its language; what others say is only ever set as text.

import { forget, keep, recall } from "./drafts.js";
import { Failed, follow, new_file_address, publish, upload_address } from "./github.js";
import { prepare } from "./photos.js";

const LIMITS = { side: 2000, bytes: 2e6 };
const MOST_PHOTOS = 10;

const sentence = (key) => document.querySelector(`[data-say="${key}"]`)?.textContent ?? "";

/**
 * Bring the two parts to life, once the form is there.
 * form: {project: {repository, branch, server}, written() → {path, text, title, author, address, problems},
 * show_all(), show_problem(line, message), changed(listener), fields(), fill(fields)}; problems are those that the form
 * marks itself, at the latest in show_all; address is that of the page which the file becomes, or null where it has none.
 * Says {photos() → [{name, alt}]}; whoever writes the file asks for them.
 */
export function mount(form) {
  const { project } = form;
  const part = document.getElementById("publish");
  const find = (selector) => part.querySelector(selector);
  const [withKey, withoutKey, button] = [find(".with-key"), find(".without-key"), find(".with-key button")];
  const { username, password } = withKey.elements;
  const album = mountPhotos(() => typed());
  const draft = `${project.server}/${project.repository}`;
  let earlier = {};
  let busy = false;
  let isKept = Promise.resolve();
  let soon;

  const say = (key, more = "") => {
    find(".outcome .state").textContent = [sentence(key), more].filter(Boolean).join(" ");
    find(".problems").replaceChildren();
    find(".leads").hidden = true;
  };
  const lead = (address, words) => {
    const link = find(".leads a");
    [link.href, link.textContent] = [address, words];
    find(".leads").hidden = false;
  };

  // -- the draft --

  async function keepNow() {
    clearTimeout(soon);
    const isOnPhone = await keep(draft, { fields: form.fields(), photos: album.kept(), earlier });
    find(".draft").textContent = sentence(isOnPhone ? "kept" : "kept_nowhere");
    find(".anew").hidden = false;
  }

  function typed() {
    clearTimeout(soon);
    soon = setTimeout(() => (isKept = keepNow()), 400);
    if (withoutKey.open) fillIn();
  }

  async function takeUp() {
    const found = await recall(draft);
    if (!found) return;
    earlier = found.earlier;
    album.put(found.photos);
    form.fill(found.fields);
    find(".draft").textContent = sentence("taken_up");
    find(".anew").hidden = false;
  }

  find(".anew").addEventListener("click", async () => {
    if (!confirm(sentence("really"))) return;
    clearTimeout(soon);
    await isKept;
    await forget(draft);
    location.reload();
  });

  // -- with a key --

  async function send() {
    if (album.isBusy()) return say("photos_not_ready");
    const isDescribed = album.check();
    form.show_all?.();
    const file = form.written();
    if (file.problems.length || !isDescribed) return say("not_ready");
    if (!password.value.trim()) {
      password.focus();
      return say("key_missing");
    }
    busy = true;
    button.setAttribute("aria-disabled", "true");
    try {
      await publishAndFollow(file);
    } catch (fault) {
      if (!(fault instanceof Failed)) throw fault;
      say(fault.kind === "insecure" ? "other_project" : fault.kind, fault.detail);
      button.textContent = sentence("again");
      if (fault.kind === "key_expired") password.select();
    } finally {
      busy = false;
      button.removeAttribute("aria-disabled");
    }
  }

  async function publishAndFollow({ path, text, title, author, address }) {
    const key = password.value;
    const pictures = album.kept().map(({ name, blob }) => ({ path: `${project.content}/images/${name}`, content: blob }));
    const files = [{ path, content: text }, ...pictures];
    const { commit } = await publish({ ...project, key, files, message: title, author, earlier }, async (step, sent) => {
      say(step);
      // What is on its way is known to be ours, should its answer get lost and this page be closed.
      for (const each in sent) earlier[each] = [...new Set([...(earlier[each] ?? []), sent[each]])];
      if (sent) await keepNow();
    });
    say("waiting");
    const found = await follow({ ...project, commit, key, page: address }, say);
    if (found.state === "live") return ended(found.address);
    button.textContent = sentence(found.state === "late" ? "look" : "again");
    if (found.state === "late") {
      say("late");
      return lead(found.address, sentence("late_link"));
    }
    say("refused_here");
    for (const { path: where, line, message } of found.problems) {
      const isShown = where === path && form.show_problem(line, message);
      if (isShown || album.show_problem(where, message)) continue;
      find(".problems").appendChild(document.createElement("li")).textContent = message;
    }
    return lead(found.address, sentence("refused_link"));
  }

  async function ended(address) {
    clearTimeout(soon);
    await forget(draft);
    // Hidden first: a phone that offers to keep the key looks at what stands in it when its form goes.
    withKey.hidden = withoutKey.hidden = find(".anew").hidden = true;
    password.value = "";
    find(".draft").textContent = "";
    say(address ? "live" : "live_draft");
    if (address) lead(address, address);
  }

  withKey.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!busy) send();
  });

  // -- without a key --

  function fillIn() {
    const { path, text } = form.written();
    const { address, is_whole: isWhole } = new_file_address({ ...project, path, text });
    find(".open").href = address;
    find(".upload").href = upload_address({ ...project, folder: `${project.content}/images` });
    find(".with-photos").hidden = album.kept().length === 0;
    find(".whole").hidden = !isWhole;
    find(".long").hidden = find(".copy").hidden = isWhole;
  }

  withoutKey.addEventListener("toggle", () => withoutKey.open && fillIn());
  find(".copy").addEventListener("click", async () => {
    await navigator.clipboard.writeText(form.written().text);
    say("copied");
  });
  find(".save").addEventListener("click", async () => {
    const files = album.kept().map(({ name, blob }) => new File([blob], name, { type: blob.type }));
    if (navigator.canShare?.({ files })) {
      // Somebody who closes the sheet again has done nothing wrong.
      await navigator.share({ files }).catch(() => {});
      return;
    }
    for (const file of files) {
      const link = document.createElement("a");
      [link.href, link.download] = [URL.createObjectURL(file), file.name];
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    }
  });

  // -- the beginning --

  username.value = project.repository;
  // Without https anybody on the way could read a key.
  withKey.hidden = !isSecureContext;
  find(".insecure").hidden = isSecureContext;
  form.changed(typed);
  // What a phone closes in the background is not asked first.
  document.addEventListener("visibilitychange", () => document.hidden && soon && !busy && (isKept = keepNow()));
  takeUp();
  return { photos: album.photos };
}

/** The photos as they stand in the page. changed: called when one comes, goes, or is described. */
function mountPhotos(changed) {
  const part = document.getElementById("photos");
  const [list, chosen, state] = [part.querySelector("ol"), part.querySelector("input[type=file]"), part.querySelector(".state")];
  const shown = [];
  let open = 0;

  function show(photo) {
    const row = part.querySelector("template").content.firstElementChild.cloneNode(true);
    const [image, field, problem] = [row.querySelector("img"), row.querySelector("input"), row.querySelector(".problem")];
    const entry = { ...photo, row, field, problem };
    problem.id = `problem-of-${photo.name}`;
    field.setAttribute("aria-describedby", problem.id);
    image.src = URL.createObjectURL(photo.blob);
    field.value = photo.alt;
    field.addEventListener("input", () => {
      entry.alt = field.value.replace(/\s+/g, " ").trim();
      mark(entry, "");
      changed();
    });
    row.querySelector("button").addEventListener("click", () => {
      URL.revokeObjectURL(image.src);
      shown.splice(shown.indexOf(entry), 1);
      row.remove();
      chosen.focus();
      changed();
    });
    shown.push(entry);
    list.append(row);
    return entry;
  }

  function mark({ field, problem }, message) {
    problem.textContent = message;
    problem.hidden = !message;
    field.setAttribute("aria-invalid", String(Boolean(message)));
  }

  chosen.addEventListener("change", async () => {
    const files = [...chosen.files];
    // The same photo may be chosen again, after it was left out.
    chosen.value = "";
    const room = files.slice(0, Math.max(0, MOST_PHOTOS - shown.length - open));
    const said = room.length < files.length ? ["photo_many"] : [];
    open += room.length;
    state.textContent = sentence("photo_reading");
    let first;
    for (const file of room) {
      try {
        const entry = show({ ...(await prepare(file, LIMITS)), alt: "" });
        first ??= entry;
      } catch (fault) {
        said.push(`photo_${fault.key ?? "unreadable"}`);
      }
      open -= 1;
    }
    if (!said.length) said.push("photo_ready");
    state.textContent = [...new Set(said)].map(sentence).join(" ");
    first?.field.focus();
    changed();
  });

  return {
    photos: () => shown.map(({ name, alt }) => ({ name, alt })),
    kept: () => shown.map(({ name, blob, alt }) => ({ name, blob, alt })),
    put: (photos) => photos.forEach(show),
    isBusy: () => open > 0,
    /** Whether each photo is described; marks those that are not, and goes to the first. */
    check: () => {
      const bare = shown.filter(({ alt }) => !alt);
      bare.forEach((entry) => mark(entry, sentence("photo_alt")));
      bare[0]?.field.focus();
      return bare.length === 0;
    },
    show_problem: (path, message) => {
      const entry = shown.find(({ name }) => path.endsWith(`/images/${name}`));
      if (entry) mark(entry, message);
      return Boolean(entry);
    },
  };
}
