// Keeps on the phone what is being written, until it is published. Never a key, and nothing is sent anywhere.
// A draft is {fields: {...}, photos: [{name, blob, alt}], earlier: {...}}, the last being what of it was sent before, as
// github.js asks for it. Each open tab has a draft of its own.

const STORE = "drafts";
const inMemory = new Map();
let opened = null;
/** What this tab writes under, once it has taken up a draft or begun one. */
const mine = new Map();
let before = Promise.resolve();

/** Keep a draft for what `key` names, in place of this tab's earlier one. True where it outlives the tab; else only memory has it. */
export function keep(key, draft) {
  return next(() => kept(key, draft));
}

async function kept(key, draft) {
  const id = await own(key);
  const photos = [];
  // As bytes: some phones lose what lies behind a blob that was kept.
  for (const { name, blob, alt } of draft.photos) photos.push({ name, alt, type: blob.type, bytes: await blob.arrayBuffer() });
  const value = { id, key, photos, fields: draft.fields, earlier: draft.earlier ?? {}, at: Date.now() };
  inMemory.set(id, value);
  return (await asked("readwrite", (store) => store.put(value))) !== null;
}

/** The newest draft that no other open tab is writing; null where there is none. This tab goes on with it. */
export async function recall(key) {
  const all = (await asked("readonly", (store) => store.getAll())) ?? [...inMemory.values()];
  const newest = all.filter((value) => value.key === key).sort((a, b) => b.at - a.at);
  for (const value of newest) {
    if (mine.get(key) !== value.id && !(await held(value.id))) continue;
    mine.set(key, value.id);
    inMemory.set(value.id, value);
    const photos = value.photos.map(({ name, alt, type, bytes }) => ({ name, alt, blob: new Blob([bytes], { type }) }));
    return { fields: value.fields, photos, earlier: value.earlier };
  }
  return null;
}

/** Forget this tab's draft: it has been published, or is not wanted. Other tabs keep theirs. */
export function forget(key) {
  return next(async () => {
    const id = mine.get(key);
    if (!id) return;
    inMemory.delete(id);
    await asked("readwrite", (store) => store.delete(id));
  });
}

/** One thing after another, so that what was typed last is what is kept. */
function next(act) {
  const done = before.then(act);
  before = done.catch(() => {});
  return done;
}

async function own(key) {
  if (!mine.has(key)) {
    const id = [...crypto.getRandomValues(new Uint8Array(12))].map((value) => value.toString(36)).join("");
    mine.set(key, id);
    await held(id);
  }
  return mine.get(key);
}

/** Whether this tab may write the draft: it holds the lock of its name for as long as it is open. */
function held(id) {
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
async function asked(mode, question) {
  try {
    opened ??= open();
    const transaction = (await opened).transaction(STORE, mode);
    const request = question(transaction.objectStore(STORE));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
    return request.result === undefined ? true : request.result;
  } catch {
    opened = null;
    return null;
  }
}

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("writing", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // A newer page may change the store; this one then opens it again.
      request.result.onversionchange = () => {
        request.result.close();
        opened = null;
      };
      resolve(request.result);
    };
  });
}
