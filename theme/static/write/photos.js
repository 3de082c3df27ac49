// Makes a photo ready on the phone that took it: upright, small, a JPEG in which nothing is hidden.
// The original never leaves the phone; what is sent are pixels that were drawn anew.

/** A file that this phone cannot show. `key`: heic, gone, too_large or unreadable; the page has a sentence for each. */
export class Unreadable extends Error {
  constructor(key) {
    super(key);
    this.key = key;
  }
}

const PHOTO_QUALITIES = [0.86, 0.78, 0.68, 0.55];
let photoQueue = Promise.resolve();

/**
 * The photo as it is published: {blob, name, width, height}, in pixels.
 * limits: {side, bytes}, how many pixels a side and how many bytes the file may have.
 * One photo after another, however many are chosen at once: a phone has no room for two of 50 megapixels.
 */
export function prepare(file, limits) {
  const done = photoQueue.then(() => preparedPhoto(file, limits));
  photoQueue = done.catch(() => {});
  return done;
}

async function preparedPhoto(file, { side, bytes }) {
  const head = await firstBytes(file);
  const address = URL.createObjectURL(file);
  try {
    const image = await loadedImage(address, head);
    // A browser turns a photo upright before it says how wide it is.
    const { naturalWidth, naturalHeight } = image;
    if (!naturalWidth || !naturalHeight) throw new Unreadable("unreadable");
    for (let scale = Math.min(1, side / Math.max(naturalWidth, naturalHeight)); ; scale *= 0.75) {
      const width = Math.max(1, Math.round(naturalWidth * scale));
      const height = Math.max(1, Math.round(naturalHeight * scale));
      const canvas = await drawnSmall(file, image, width, height);
      try {
        for (const quality of PHOTO_QUALITIES) {
          const blob = bareJpeg(await asJpeg(canvas, quality));
          if (blob.size <= bytes) return { blob, name: newPhotoName(), width, height };
        }
      } finally {
        canvas.width = canvas.height = 0;
      }
      if (Math.max(width, height) < 200) throw new Unreadable("too_large");
    }
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function firstBytes(file) {
  try {
    return new Uint8Array(await file.slice(0, 32).arrayBuffer());
  } catch {
    // It is on another machine, and was not fetched; or it was deleted since it was chosen.
    throw new Unreadable("gone");
  }
}

async function loadedImage(address, head) {
  const image = new Image();
  image.decoding = "async";
  await new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = () => reject(new Unreadable(isHeic(head) ? "heic" : "unreadable"));
    image.src = address;
  });
  return image;
}

function isHeic(head) {
  const text = String.fromCharCode(...head);
  return /^....ftyp(hei[cfmsx]|hev[cmsx]|mif1|msf1)/s.test(text);
}

async function drawnSmall(file, image, width, height) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Unreadable("too_large");
  // What can be looked through becomes white, as on paper.
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  const bitmap = await smallBitmap(file, width, height);
  try {
    context.drawImage(bitmap ?? image, 0, 0, width, height);
  } catch {
    throw new Unreadable("too_large");
  } finally {
    bitmap?.close();
  }
  return canvas;
}

/** The photo in few pixels already, which spares the phone the many; null where its browser cannot, or turns it wrongly. */
async function smallBitmap(file, width, height) {
  try {
    const bitmap = await createImageBitmap(file, {
      imageOrientation: "from-image",
      resizeWidth: width,
      resizeHeight: height,
      resizeQuality: "high",
    });
    if (bitmap.width === width && bitmap.height === height) return bitmap;
    bitmap.close();
  } catch {
    // The picture itself is drawn instead.
  }
  return null;
}

async function asJpeg(canvas, quality) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  const data = blob && new Uint8Array(await blob.arrayBuffer());
  if (!data || data[0] !== 0xff || data[1] !== 0xd8) throw new Unreadable("too_large");
  return data;
}

/** A JPEG without the parts in which a browser says something of itself: every note, and every application's but the first's. */
function bareJpeg(data) {
  const parts = [data.subarray(0, 2)];
  let place = 2;
  while (data[place] === 0xff && data[place + 1] !== 0xda) {
    const kind = data[place + 1];
    const end = place + 2 + data[place + 2] * 256 + data[place + 3];
    // E0 is the JPEG's own mark, EE says how its colours are stored.
    if (kind !== 0xfe && (kind < 0xe1 || kind > 0xef || kind === 0xee)) parts.push(data.subarray(place, end));
    place = end;
  }
  parts.push(data.subarray(place));
  return new Blob(parts, { type: "image/jpeg" });
}

/** A name that no other picture has. The file's own may tell when and with what it was taken. */
function newPhotoName() {
  const letters = "abcdefghijkmnpqrstuvwxyz23456789";
  const chosen = [...crypto.getRandomValues(new Uint8Array(8))].map((value) => letters[value % letters.length]);
  return `photo-${chosen.join("")}.jpg`;
}
