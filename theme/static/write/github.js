// Publishes files as one commit, and follows it until it is live or refused.
// Nothing of it is kept: the key is an argument, and goes nowhere but to GitHub's own API.

const GITHUB_API = "https://api.github.com";
/** GitHub takes somewhat less than 40 MiB of files in one commit of this kind, and a phone's line much less. */
const MOST_BYTES_OF_A_COMMIT = 25e6;
/** Longer addresses are refused by GitHub, at about 8,000. */
const LONGEST_ADDRESS = 7500;
const A_KEY = /\b(github_pat_|gh[oprsu]_)\w{20}/;

/**
 * Why something was not published. `kind`: key_expired, other_project, offline, down, too_many, too_large, taken, moved,
 * key_in_text, insecure or refused; `detail` is GitHub's own sentence where it was refused; `seconds` how long to wait, if it said so.
 */
export class Failed extends Error {
  constructor(kind, { detail = "", seconds = 0 } = {}) {
    super(kind);
    Object.assign(this, { kind, detail, seconds });
  }
}

/**
 * Make one commit of new files; says {commit} of it. files: [{path, content}] with text or a Blob as the content.
 * earlier: {path: [name, …]}, git's names of what this very update was when it was sent before and not published.
 * Only these may be written over, and they go where this one has another path: else the site would have it twice.
 * Without files this one is taken back.
 * say: called with ("looking"), and with ("sending", {path: name}) before anything is sent.
 * Files that are there already, the same to the letter, were published by an answer that got lost: that commit is said.
 */
export async function publish({ repository, branch, key, files, message, author, earlier = {} }, say = () => {}) {
  // Without https anybody on the way could read the key.
  if (!isSecureContext) throw new Failed("insecure");
  const token = usableKey(key);
  if (files.some(({ content }) => typeof content === "string" && (A_KEY.test(content) || content.includes(token)))) {
    throw new Failed("key_in_text");
  }
  const blobs = files.map(({ content }) => (typeof content === "string" ? new Blob([content]) : content));
  if (files.length > 100 || blobs.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES_OF_A_COMMIT) throw new Failed("too_large");
  const sent = {};
  for (const [n, { path }] of files.entries()) sent[path] = await gitName(blobs[n]);
  const old = Object.keys(earlier).filter((each) => !(each in sent));
  const isOurs = (each, name) => (earlier[each] ?? []).includes(name);
  for (let attempt = 1; ; attempt++) {
    say("looking");
    const { head, last, names } = await stateOfBranch({ repository, branch, token, paths: [...Object.keys(sent), ...old] });
    const gone = old.filter((each) => names[each] && isOurs(each, names[each]));
    if (!gone.length && Object.keys(sent).every((each) => names[each] === sent[each])) return { commit: last };
    for (const each in sent) {
      if (names[each] && names[each] !== sent[each] && !isOurs(each, names[each])) throw new Failed("taken");
    }
    await say("sending", sent);
    try {
      return { commit: await commitFiles({ repository, branch, token, files, blobs, gone, head, message, author }) };
    } catch (fault) {
      // Somebody published in between: what is there is looked at anew, once.
      if (fault.kind !== "moved" || attempt > 1) throw fault;
    }
  }
}

/** What the branch holds: its newest commit, the one that changed the first path last, and git's names of the files by their paths. */
async function stateOfBranch({ repository, branch, token, paths }) {
  const [owner, name] = repository.split("/");
  const variables = { owner, name, ref: `refs/heads/${branch}`, path: paths[0] };
  paths.forEach((path, n) => (variables[`e${n}`] = `${branch}:${path}`));
  const given = paths.map((each, n) => `, $e${n}: String!`).join("");
  const wanted = paths.map((each, n) => ` f${n}: object(expression: $e${n}) { oid }`).join("");
  const head = "ref(qualifiedName: $ref) { target { oid ... on Commit { history(first: 1, path: $path) { nodes { oid } } } } }";
  const names = "$owner: String!, $name: String!, $ref: String!, $path: String!";
  const query = `query(${names}${given}) { repository(owner: $owner, name: $name) { ${head}${wanted} } }`;
  const { repository: found } = await graphql(query, variables, token);
  if (!found) throw new Failed("other_project");
  if (!found.ref) throw new Failed("refused", { detail: `There is no branch ${branch}.` });
  const { oid, history } = found.ref.target;
  const there = Object.fromEntries(paths.map((path, n) => [path, found[`f${n}`]?.oid]));
  return { head: oid, last: history?.nodes[0]?.oid ?? oid, names: there };
}

async function commitFiles({ repository, branch, token, files, blobs, gone, head, message, author }) {
  const additions = [];
  for (const [n, { path }] of files.entries()) additions.push({ path, contents: await asBase64(blobs[n]) });
  const input = {
    branch: { repositoryNameWithOwner: repository, branchName: branch },
    expectedHeadOid: head,
    // The commit carries the name of whoever made the key.
    message: { headline: message, ...(author && { body: author }) },
    fileChanges: { additions, deletions: gone.map((path) => ({ path })) },
  };
  const mutation = "mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }";
  const { createCommitOnBranch: made } = await graphql(mutation, { input }, token, 120);
  if (!made?.commit) throw new Failed("down");
  return made.commit.oid;
}

async function graphql(query, variables, token, seconds) {
  const { data, errors } = await askGitHub("/graphql", { token, body: JSON.stringify({ query, variables }), seconds });
  // GitHub answers a query that it could not do with status 200, and says so inside.
  // A file that is not there is no fault: the object is null, without a word.
  if (errors?.length) throw faultOf(errors[0]);
  if (!data) throw new Failed("down");
  return data;
}

function faultOf({ type = "", message = "" }) {
  if (type === "STALE_DATA" || /expected branch to point to/i.test(message)) return new Failed("moved");
  if (/RATE_LIMIT/.test(type) || isLimit(message)) return new Failed("too_many");
  if (isOfTheKey(message) || type === "NOT_FOUND" || type === "INSUFFICIENT_SCOPES") return new Failed("other_project");
  if (/too large/i.test(message)) return new Failed("too_large");
  if (type === "SERVICE_UNAVAILABLE" || /something went wrong|timed? ?out/i.test(message)) return new Failed("down");
  return new Failed("refused", { detail: message });
}

const isLimit = (message) => /rate limit|abuse detection|temporarily blocked/i.test(message);
const isOfTheKey = (message) => /not accessible by|personal access token|not have permission|SAML/i.test(message);

/** GitHub's answer as data. Raises Failed for everything that is no answer. */
async function askGitHub(path, { token, body, seconds = 30 } = {}) {
  const headers = { Accept: "application/vnd.github+json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  let answer, data;
  try {
    answer = await fetch(GITHUB_API + path, {
      method: body ? "POST" : "GET",
      headers,
      body,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: inTime(seconds),
    });
    data = await answer.text();
  } catch {
    throw new Failed("offline");
  }
  try {
    data = JSON.parse(data);
  } catch {
    data = {};
  }
  if (answer.ok) return data;
  throw refusalOf(answer, `${data?.message ?? ""}`);
}

/** Older phones have no such signal, and wait for as long as their connection does. */
const inTime = (seconds) => AbortSignal.timeout?.(seconds * 1000);

function refusalOf({ status, headers }, message) {
  // A browser shows these two only while GitHub exposes them; the sentence is there in any case.
  const seconds = Number(headers.get("retry-after")) || 0;
  const isOver = headers.get("x-ratelimit-remaining") === "0";
  if (status === 401) return new Failed("key_expired");
  if (status === 429 || (status === 403 && (seconds || isOver || isLimit(message)))) return new Failed("too_many", { seconds });
  if (status === 404 || (status === 403 && (!message || isOfTheKey(message)))) return new Failed("other_project");
  if (status === 409) return new Failed("moved");
  if (status === 413 || (status === 422 && /too large/i.test(message))) return new Failed("too_large");
  if (status >= 500) return new Failed("down");
  return new Failed("refused", { detail: message });
}

function usableKey(key) {
  const token = key.trim();
  // Anything else cannot be a key, and a browser would refuse to send it.
  if (!/^[\w-]{10,300}$/.test(token)) throw new Failed("key_expired");
  return token;
}

function asBase64(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** The name that git gives to a file's bytes. */
async function gitName(blob) {
  const bytes = await new Blob([`blob ${blob.size}\0`, blob]).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Watch a commit until the site shows it. Says one of
 * {state: "live", address}, {state: "refused", problems: [{path, line, name, message}], address} and {state: "late", address},
 * whose addresses are the page's, the failed run's, and the commit's.
 * page: the address that the new page will have, or null where it has none (a draft). say: waiting, checking, going_live, overtaken.
 * GitHub shows the runs of a public project to everybody, and those of another to no key of this kind:
 * there, only the page itself tells.
 */
export async function follow({ server, repository, commit, key, page, seconds = 300, every = 10 }, say = () => {}) {
  const address = `${server}/${repository}/commit/${commit}`;
  const over = Date.now() + seconds * 1000;
  // Without the key as long as that is enough; then with it; then not at all.
  const ways = key ? [undefined, usableKey(key)] : [undefined];
  let pause = every;
  let calm = 0;
  let looked = 0;
  for (;;) {
    let runs = null;
    if (ways.length) {
      try {
        runs = (await askGitHub(`/repos/${repository}/commits/${commit}/check-runs?per_page=100`, { token: ways[0] })).check_runs ?? [];
        pause = every;
      } catch ({ kind, seconds: wait }) {
        if (kind === "offline" || kind === "down") pause = Math.min(pause * 2, 60);
        else if (kind === "too_many" && ways.length === 1) pause = Math.max(wait, Math.min(pause * 2, 60));
        else ways.shift();
      }
    }
    if (runs) {
      const failed = runs.filter((run) => ["failure", "timed_out", "action_required", "startup_failure"].includes(run.conclusion));
      if (failed.length) {
        const notes = await annotationsOf(repository, failed, ways[0]);
        if (!notes.some(({ message }) => /not the newest commit/.test(message))) {
          return { state: "refused", problems: notes, address: ofServer(server, failed[0].html_url) ?? address };
        }
        // A newer change is on its way, and brings this one along; its own runs are somebody else's.
        say("overtaken");
        ways.length = 0;
      } else if (runs.some((run) => run.conclusion === "cancelled")) {
        say("overtaken");
        ways.length = 0;
      } else {
        const isDone = runs.length > 0 && runs.every((run) => run.status === "completed");
        calm = isDone ? calm + 1 : 0;
        say(runs.length === 0 ? "waiting" : isDone || runs.some((run) => run.conclusion === "success") ? "going_live" : "checking");
      }
    }
    if (page ? await isOnSite(page, `${commit}-${looked++}`) : calm > 2) return { state: "live", address: page };
    if (Date.now() >= over) return { state: "late", address };
    await new Promise((resolve) => setTimeout(resolve, Math.min(pause * 1000, over - Date.now())));
  }
}

/** What the failed runs say, each at its file and line; what only says that something failed is left out where more is said. */
async function annotationsOf(repository, runs, token) {
  const notes = [];
  for (const { id, output } of runs) {
    if (output?.annotations_count === 0) continue;
    try {
      notes.push(...(await askGitHub(`/repos/${repository}/check-runs/${id}/annotations?per_page=50`, { token })));
    } catch {
      // Then the link to the run has to be enough.
    }
  }
  const told = notes
    .filter((note) => note.annotation_level === "failure" && !/^Process completed with exit code/.test(note.message))
    .map(({ path, start_line: line, title, message }) => ({ path, line, name: title ?? "", message }));
  return told;
}

const ofServer = (server, address) => (address?.startsWith(`${server}/`) ? address : null);

/** Whether the site has the page. What was asked before is asked otherwise, since "not there" may have been remembered on the way. */
async function isOnSite(page, unlike) {
  try {
    const answer = await fetch(`${page}?${unlike}`, { method: "HEAD", cache: "no-store", credentials: "omit", signal: inTime(20) });
    return answer.ok;
  } catch {
    return false;
  }
}

const asPath = (path) => path.split("/").map(encodeURIComponent).join("/");

/** GitHub's own page for a new file, filled in: {address, isWhole}. Where the text is too long for an address it has the name alone. */
export function newFileAddress({ server, repository, branch, path, text }) {
  const named = `${server}/${repository}/new/${asPath(branch)}?filename=${encodeURIComponent(path)}`;
  // Half of a sign that is written in two, as some keyboards leave it, cannot stand in an address.
  const whole = new TextDecoder().decode(new TextEncoder().encode(text));
  const address = `${named}&value=${encodeURIComponent(whole)}`;
  return address.length < LONGEST_ADDRESS ? { address, isWhole: true } : { address: named, isWhole: false };
}

/** GitHub's own page to which files are uploaded. */
export function uploadAddress({ server, repository, branch, folder = "content/images" }) {
  return `${server}/${repository}/upload/${asPath(branch)}/${asPath(folder)}`;
}

/** GitHub's own editor at a file that is there. */
export function editAddress({ server, repository, branch, path }) {
  return `${server}/${repository}/edit/${asPath(branch)}/${asPath(path)}`;
}
