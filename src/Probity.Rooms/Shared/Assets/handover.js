// Two people hand over an exhibit, with or without a line. Each signs on their own device; what is signed stays there until the record has it.
const place = document.getElementById("handover");
const texts = JSON.parse(place.dataset.texts);
const t = key => texts[key];

// What the device keeps: the kit of its owner, and halves that the record does not have yet.
const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open("probity-handover", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("kit");
    request.result.createObjectStore("halves", { keyPath: "half" });
  };
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function inStore(name, mode, act) {
  const transaction = (await opened).transaction(name, mode);
  const request = act(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    // Kept means on the disk: only when the transaction is through is a signature shown as kept.
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

const halves = () => inStore("halves", "readonly", store => store.getAll());
const keep = half => inStore("halves", "readwrite", store => store.put(half));
const drop = half => inStore("halves", "readwrite", store => store.delete(half));

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null));
  return element;
}

const field = (label, input) => make("div", { class: "pb-form-group" }, make("label", { class: "pb-label", for: input.id }, label), input);
const select = (id, choices, prompt, chosen) => make("select", { class: "pb-select", id },
  ...(prompt ? [make("option", { value: "" }, prompt)] : []),
  ...choices.map(choice => make("option", { value: choice.id, selected: choice.id === chosen }, choice.name)));
const input = (id, attributes = {}) => make("input", { class: "pb-input", id, autocomplete: "off", spellcheck: "false", maxlength: "200", ...attributes });
const button = (text, act, kind = "") => make("button", { type: "button", class: `pb-button ${kind}`, onclick: act }, text);

// What the list is narrowed down to, as the address says: the kit itself stays whole, for the time without a line.
const asked = new URLSearchParams(location.search);
const fits = exhibit => {
  const number = (asked.get("number") ?? "").trim().toUpperCase();
  return (!number || exhibit.number.toUpperCase().startsWith(number) || exhibit.code === plain(number)) && (!asked.get("place") || exhibit.place === asked.get("place"));
};
// So many are read at a glance.
const SHORT = 10;

let kit = null;
let online = false;
let notice = null;
let form = null;

async function refresh() {
  try {
    const answer = await fetch("/exhibits/kit", { headers: { Accept: "application/json" }, cache: "no-store" });
    online = true;
    if (answer.ok) {
      kit = await answer.json();
      // A clock that is wrong is put right by the record's, so that no signature is refused for it later.
      kit.ahead = Date.now() - Date.parse(kit.now);
      await inStore("kit", "readwrite", store => store.put(kit, "kit"));
    } else {
      kit = await inStore("kit", "readonly", store => store.get("kit"));
      if (answer.status === 401) notice = t("offline.sign-in");
    }
  } catch {
    online = false;
    kit = await inStore("kit", "readonly", store => store.get("kit"));
  }
}

// One at a time and in order; a half is dropped from the device only once the record has it.
let sending = null;
const send = () => sending ??= sendAll().finally(() => { sending = null; });

async function sendAll() {
  let changed = false;
  for (const half of (await halves()).sort((a, b) => a.at.localeCompare(b.at))) {
    if (half.person !== kit?.person || half.refused) continue;
    try {
      const exhibit = half.exhibit ?? await idOf(half.label);
      if (exhibit === null) {
        await keep({ ...half, refused: t("offline.unknown") });
        changed = true;
        continue;
      }
      const answer = await fetch(`/api/exhibits/${exhibit}/${half.kind}`, {
        method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(half.body),
      });
      online = true;
      if (answer.ok) {
        await drop(half.half);
        notice = t("offline.sent");
        changed = true;
      } else if (answer.status === 401) {
        notice = t("offline.sign-in");
        break;
      } else if (answer.status === 404 || answer.status === 422) {
        const problem = await answer.json().catch(() => null);
        await keep({ ...half, refused: problem?.title ?? t("offline.unknown") });
        changed = true;
      } else {
        break;
      }
    } catch {
      online = false;
      // From now on it is a half that waited: the record takes it as something that has happened.
      await keep({ ...half, body: { ...half.body, keptOnDevice: true } });
      break;
    }
  }
  if (changed && online) await refresh();
  await draw();
}

async function idOf(label) {
  const answer = await fetch(`/exhibits/by-label/${encodeURIComponent(label)}`, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (answer.ok) return (await answer.json()).id;
  if (answer.status === 404) return null;
  throw new Error(`status ${answer.status}`);
}

// What is signed is on the device before anything is sent.
async function sign(kind, exhibit, label, number, body) {
  const half = crypto.randomUUID();
  const at = new Date(Date.now() - (kit.ahead ?? 0)).toISOString();
  await keep({
    half, kind, exhibit, label, number, at, person: kit.person, name: kit.name,
    body: { ...body, half, occurred: at, keptOnDevice: !online },
  });
  // A browser may clear what it keeps when the device is full, unless it is asked not to.
  navigator.storage?.persist?.();
  form = null;
  notice = t("offline.signed");
  await draw();
  await send();
}

// A seal that nobody read is a matter: it is asked back first.
function unreadField() {
  const tick = make("input", { class: "pb-checkboxes__input", type: "checkbox", id: "unread" });
  const element = make("div", { class: "pb-checkboxes", hidden: true }, make("div", { class: "pb-checkboxes__item" }, tick,
    make("label", { class: "pb-label pb-checkboxes__label", for: tick.id }, t("seals.unread"))));
  return { element, asks: () => { element.hidden = false; return !tick.checked; } };
}

function sealFields(packages) {
  const rows = packages.map(({ number, seal }) => {
    const seen = make("input", { class: "pb-checkboxes__input", type: "checkbox", id: `seen-${number}` });
    const other = input(`other-${number}`, { class: "pb-input pb-input--width-10", maxlength: "40", "aria-label": `${t("offline.package")} ${number}: ${t("seals.reads")}` });
    return {
      element: make("div", { class: "seals__row" },
        make("div", { class: "pb-checkboxes pb-checkboxes--small" }, make("div", { class: "pb-checkboxes__item" }, seen,
          make("label", { class: "pb-label pb-checkboxes__label", for: seen.id }, `${t("offline.package")} ${number}: ${seal}`))),
        make("label", { class: "pb-label seals__other", for: other.id }, make("span", {}, t("seals.reads")), other)),
      read: () => other.value.trim() ? { number, seal: other.value.trim() } : seen.checked ? { number, seal } : null,
    };
  });
  const unread = unreadField();
  const read = () => rows.map(row => row.read()).filter(seal => seal !== null);
  return {
    element: make("fieldset", { class: "pb-fieldset seals" }, make("legend", { class: "pb-fieldset__legend pb-fieldset__legend--s" }, t("seals.title")),
      make("p", { class: "pb-hint" }, t("seals.hint")), ...rows.map(row => row.element), unread.element),
    read,
    leftOut: () => read().length < rows.length && unread.asks(),
  };
}

// For who is not told what the seals should be: as many rows as there are packages.
function openSealFields() {
  const inputs = [];
  const list = make("div", {});
  const add = () => {
    const number = inputs.length + 1;
    const seal = input(`seal-${number}`, { class: "pb-input pb-input--width-10", maxlength: "40" });
    inputs.push(seal);
    list.append(field(`${t("offline.seal")} ${number}`, seal));
  };
  add();
  const unread = unreadField();
  const read = () => inputs.map((seal, i) => ({ number: i + 1, seal: seal.value.trim() })).filter(seal => seal.seal);
  return {
    element: make("fieldset", { class: "pb-fieldset seals" }, make("legend", { class: "pb-fieldset__legend pb-fieldset__legend--s" }, t("seals.title")), list,
      button(t("offline.add"), add, "pb-button--secondary"), unread.element),
    read,
    leftOut: () => read().length === 0 && unread.asks(),
  };
}

function giveForm(exhibit) {
  const to = select("to", kit.people, t("choose"));
  const purpose = select("purpose", kit.purposes, null, "store");
  const authority = input("authority");
  const condition = input("condition", { maxlength: "2000" });
  const seals = sealFields(exhibit.packages);
  return frame(`${exhibit.number} – ${exhibit.what}`, t("give.button"), () => {
    if (!to.value || (!["store", "transport"].includes(purpose.value) && !authority.value.trim())) return t("offline.missing");
    if (seals.leftOut()) return t("exhibits.seals-unread");
    sign("releases", exhibit.id, null, exhibit.number, {
      transfer: crypto.randomUUID(), to: to.value, purpose: purpose.value, authority: authority.value.trim() || null, condition: condition.value.trim() || null,
      seals: seals.read(),
    });
    return null;
  }, field(t("give.to"), to), field(t("give.purpose"), purpose), field(t("give.authority"), authority), seals.element, field(t("give.condition"), condition));
}

function takeForm(exhibit, label) {
  const from = select("from", kit.people, t("choose"), exhibit?.from);
  const location = kit.locations.length > 0 ? select("location", kit.locations, t("take.no-location")) : null;
  const discrepancy = input("discrepancy", { maxlength: "2000" });
  const seals = exhibit ? sealFields(exhibit.packages) : openSealFields();
  return frame(exhibit ? `${exhibit.number} – ${exhibit.what}` : label, t("take.button"), () => {
    if (!from.value) return t("offline.missing");
    if (seals.leftOut()) return t("exhibits.seals-unread");
    sign("receipts", exhibit?.id ?? null, label, exhibit?.number ?? label, {
      transfer: exhibit?.from === from.value && exhibit.transfer ? exhibit.transfer : crypto.randomUUID(), from: from.value, location: location?.value || null,
      discrepancy: discrepancy.value.trim() || null, seals: seals.read(),
    });
    return null;
  }, field(t("take.from"), from), location && field(t("take.location"), location), seals.element, field(t("take.discrepancy"), discrepancy));
}

function frame(title, text, act, ...fields) {
  const missing = make("p", { class: "pb-error-message", hidden: true, role: "alert" });
  const body = make("form", { class: "card", novalidate: true, onsubmit: event => {
    event.preventDefault();
    const said = act();
    missing.hidden = said === null;
    missing.textContent = said ?? "";
  } }, make("h2", { class: "pb-heading-m" }, title), ...fields.filter(each => each !== null), missing,
    make("div", { class: "pb-button-group" }, make("button", { class: "pb-button", type: "submit" }, text),
      button(t("offline.stop"), () => { form = null; draw(); }, "pb-button--secondary")));
  return body;
}

// The camera, where the browser reads such pictures itself; a typed code does the same.
async function scan(found) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const video = make("video", { class: "scan__video", playsinline: true, muted: true });
  video.srcObject = stream;
  const end = () => { stream.getTracks().forEach(track => track.stop()); video.remove(); };
  place.prepend(video);
  await video.play();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const look = async () => {
    if (!video.isConnected) return;
    const [code] = await detector.detect(video).catch(() => []);
    if (code?.rawValue.startsWith("PB1:")) {
      end();
      found(code.rawValue);
    } else {
      requestAnimationFrame(look);
    }
  };
  look();
}

const plain = label => label.trim().toUpperCase().replace(/^PB1:/, "").replace(/:.*$/, "").replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");

function begin(label) {
  const code = plain(label);
  if (!/^[0-9A-HJKMNP-TV-Z]{8}$/.test(code)) {
    notice = t("offline.unknown");
  } else {
    const mine = kit.mine.find(exhibit => exhibit.code === code);
    const coming = kit.coming.find(exhibit => exhibit.code === code);
    form = mine ? (gone(mine) ? null : giveForm(mine)) : takeForm(coming, code);
    notice = mine ? gone(mine) : null;
  }
  draw();
}

// Why what is in the kit is not its owner's to hand over once more: they have signed that already.
let signedHere = [];
const gone = exhibit => signedHere.includes(exhibit.id) ? t("offline.given-here") : exhibit.givenTo ? t("offline.given").replace("{0}", exhibit.givenTo) : null;

async function draw() {
  const kept = await halves();
  signedHere = kept.filter(half => half.kind === "releases" && !half.refused && half.person === kit?.person).map(half => half.exhibit);
  const parts = [make("h2", { class: "pb-heading-m" }, t("offline.title")),
    make("p", { class: "pb-body", id: "line", "data-online": String(online) }, online ? t("offline.ready") : t("offline.down"))];
  if (notice) parts.push(make("p", { class: "pb-inset-text", role: "status", id: "said" }, notice));
  if (!kit) {
    parts.push(make("p", { class: "pb-body" }, t("offline.sign-in")));
  } else if (form) {
    parts.push(form);
  } else {
    const code = input("label", { class: "pb-input pb-input--width-10", maxlength: "40" });
    // A scanner in the hand types the code and presses Enter.
    code.addEventListener("keydown", event => { if (event.key === "Enter") begin(code.value); });
    parts.push(field(t("offline.code"), code), make("div", { class: "pb-button-group" }, button(t("offline.exhibit"), () => begin(code.value)),
      "BarcodeDetector" in window ? button(t("offline.camera"), () => scan(begin), "pb-button--secondary") : null));
    if (kit.mine.length + kit.coming.length === 0) parts.push(make("p", { class: "pb-body" }, t("offline.none")));
    const [coming, mine] = [kit.coming.filter(fits), kit.mine.filter(fits)];
    const all = kit.coming.length + kit.mine.length;
    if (all > coming.length + mine.length) parts.push(make("p", { class: "pb-body", id: "shown" }, coming.length + mine.length === 0 ? t("list.none-found") : t("offline.shown").replace("{0}", coming.length + mine.length).replace("{1}", all)));
    parts.push(make("ul", { class: "pb-list" },
      ...coming.map(exhibit => row(exhibit, t("offline.take"), () => takeForm(exhibit, exhibit.code))),
      ...mine.map(exhibit => row(exhibit, t("offline.give"), () => giveForm(exhibit), "pb-button--secondary", gone(exhibit)))));
  }
  parts.push(make("h3", { class: "pb-heading-s" }, `${t("offline.kept")}: ${kept.length}`));
  parts.push(kept.length === 0 ? make("p", { class: "pb-body-s" }, t("offline.none-kept")) : make("ul", { class: "pb-list", id: "kept" }, ...kept.map(half =>
    make("li", { class: "step" }, make("div", { class: "step__what" }, make("strong", {}, half.number ?? half.label),
      make("span", { class: "step__why" }, half.refused ? `${t("offline.refused")} ${half.refused}` : half.person === kit?.person ? new Date(half.at).toLocaleString() : `${t("offline.other-person")} ${half.name}`)),
      half.refused && half.person === kit?.person ? button(t("offline.retry"), async () => { await keep({ ...half, refused: null }); await send(); }, "pb-button--secondary") : null,
      half.refused ? button(t("offline.drop"), async () => { await drop(half.half); draw(); }, "pb-button--secondary") : null))));
  if (kept.some(half => !half.refused)) parts.push(button(t("offline.retry"), async () => { await refresh(); await send(); }, "pb-button--secondary"));
  filter.hidden = Boolean(form) || !kit || (kit.coming.length + kit.mine.length <= SHORT && !filter.open);
  place.replaceChildren(...parts);
  place.hidden = false;
}

function row(exhibit, text, open, kind = "", without = null) {
  return make("li", { class: "step" }, make("div", { class: "step__what" }, make("strong", {}, exhibit.number), make("span", { class: "step__why" }, without ?? (exhibit.fromName ? `${exhibit.what} – ${exhibit.fromName}` : exhibit.what))),
    without ? null : button(text, () => { form = open(); notice = null; draw(); }, kind));
}

const filter = document.getElementById("filter");
for (const name of ["number", "place"]) {
  const element = filter.querySelector(`[name=${name}]`);
  if (element) element.value = asked.get(name) ?? "";
}
filter.open = [...asked.values()].some(value => value);

document.getElementById("find").hidden = true;
navigator.serviceWorker?.register(place.dataset.worker, { scope: "/exhibits/" }).then(async () => {
  // The page that registered the worker was loaded before it: now it and its assets go into what is kept.
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) await new Promise(resolve => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  const needed = ["/exhibits/scan", ...[...document.querySelectorAll("link[rel=stylesheet],script[src],img")].map(element => element.href || element.src)];
  await Promise.all(needed.map(address => fetch(address, { cache: "no-store" }).catch(() => null)));
  document.documentElement.dataset.kept = "true";
});
await refresh();
await draw();
await send();
addEventListener("online", async () => { await refresh(); await send(); });
setInterval(async () => { if ((await halves()).some(half => !half.refused)) { await refresh(); await send(); } }, 20000);
