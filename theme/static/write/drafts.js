// Keeps on the phone what is being written, until it is published. Never a key, and nothing is sent anywhere.
// A draft is {fields: {...}, photos: [{name, blob, alt}], earlier: {...}}, the last being what of it was sent before, as
// github.js asks for it. Each open tab has a draft of its own.

const DRAFTS = "drafts";
const draftsInMemory = new Map();
/** Where a phone keeps the texts of a draft while the page goes away: what is put there is there at once. */
const textOfDraft = (id) => `writing ${id}`;
let draftStore = null;
/** What this tab writes under, once it has taken up a draft or begun one. */
const draftOfTab = new Map();
let draftQueue = Promise.resolve();

/** Keep a draft for what `key` names, in place of this tab's earlier one. True where it outlives the tab; else only memory has it. */
export function keep(key, draft) {
  const at = Date.now();
  return inOrder(() => keepDraft(key, draft, at));
}

/** Keep the texts of this tab's draft at once, as the last thing that the page does; its photos stay as they were kept. */
export function keepText(key, fields) {
  const id = idOfDraft(key);
  draftText((store) => store.setItem(textOfDraft(id), JSON.stringify({ id, key, fields, at: Date.now() })));
}

/** What the store of texts answers; undefined where the phone keeps nothing, or has no room. */
function draftText(question) {
  try {
    return question(localStorage);
  } catch {
    return undefined;
  }
}

/** Drafts, each with the texts that were kept last, and those of which there was no time to keep more than the texts. */
function withTexts(all) {
  const texts = draftText((store) => Object.keys(store).filter((name) => name.startsWith(textOfDraft(""))).map((name) => JSON.parse(store.getItem(name)))) ?? [];
  const alone = texts.filter(({ id }) => !all.some((value) => value.id === id));
  return [...all, ...alone].map((value) => ({ photos: [], earlier: {}, ...value, ...texts.find(({ id, at }) => id === value.id && at >= value.at) }));
}

async function keepDraft(key, draft, at) {
  const id = idOfDraft(key);
  const photos = [];
  // As bytes: some phones lose what lies behind a blob that was kept.
  for (const { name, blob, alt } of draft.photos) photos.push({ name, alt, type: blob.type, bytes: await blob.arrayBuffer() });
  const value = { id, key, photos, fields: draft.fields, earlier: draft.earlier ?? {}, at };
  draftsInMemory.set(id, value);
  return (await draftsAnswer("readwrite", (store) => store.put(value))) !== null;
}

/** The newest draft that no other open tab is writing; null where there is none. This tab goes on with it. */
export async function recall(key) {
  const all = (await draftsAnswer("readonly", (store) => store.getAll())) ?? [...draftsInMemory.values()];
  const newest = withTexts(all).filter((value) => value.key === key).sort((a, b) => b.at - a.at);
  for (const value of newest) {
    if (draftOfTab.get(key) !== value.id && !(await holdsDraft(value.id))) continue;
    draftOfTab.set(key, value.id);
    draftsInMemory.set(value.id, value);
    const photos = value.photos.map(({ name, alt, type, bytes }) => ({ name, alt, blob: new Blob([bytes], { type }) }));
    return { fields: value.fields, photos, earlier: value.earlier };
  }
  return null;
}

/** Forget this tab's draft: it has been published, or is not wanted. Other tabs keep theirs. */
export function forget(key) {
  return inOrder(async () => {
    const id = draftOfTab.get(key);
    if (!id) return;
    draftsInMemory.delete(id);
    draftText((store) => store.removeItem(textOfDraft(id)));
    await draftsAnswer("readwrite", (store) => store.delete(id));
  });
}

/** One thing after another, so that what was typed last is what is kept. */
function inOrder(act) {
  const done = draftQueue.then(act);
  draftQueue = done.catch(() => {});
  return done;
}

function idOfDraft(key) {
  if (!draftOfTab.has(key)) {
    const id = [...crypto.getRandomValues(new Uint8Array(12))].map((value) => value.toString(36)).join("");
    draftOfTab.set(key, id);
    holdsDraft(id);
  }
  return draftOfTab.get(key);
}

/** Whether this tab may write the draft: it holds the lock of its name for as long as it is open. */
function holdsDraft(id) {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    navigator.locks
      .request(`draft ${id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock && new Promise(() => {});
      })
      .catch(() => resolve(true));
  });
}

/** What the store answers; null where the phone keeps nothing, as in a private window. */
async function draftsAnswer(mode, question) {
  try {
    draftStore ??= openDrafts();
    const transaction = (await draftStore).transaction(DRAFTS, mode);
    const request = question(transaction.objectStore(DRAFTS));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
    return request.result === undefined ? true : request.result;
  } catch {
    draftStore = null;
    return null;
  }
}

function openDrafts() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("writing", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(DRAFTS, { keyPath: "id" });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // A newer page may change the store; this one then opens it again.
      request.result.onversionchange = () => {
        request.result.close();
        draftStore = null;
      };
      resolve(request.result);
    };
  });
}
