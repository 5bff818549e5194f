// Keys, decisions without leaving the page, dropping files. Every page works without it.
const main = () => document.getElementById("main");
const say = (text) => { document.getElementById("said").textContent = text; };
const items = () => [...main().querySelectorAll("[data-item]")].filter((item) => item.offsetParent !== null);
const current = () => main().querySelector("[data-item].current");
const MEMORY = "guvoh-current";

function focusOn(item) {
  for (const other of main().querySelectorAll("[data-item].current")) other.classList.remove("current");
  if (!item) return;
  item.classList.add("current");
  const target = item.matches("[tabindex], summary") ? item : item.querySelector("a, summary, button") ?? item;
  target.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = items();
  if (!all.length) return;
  const at = all.indexOf(current());
  focusOn(all[Math.min(Math.max(at + by, 0), all.length - 1)] ?? all[0]);
}

function press(key) {
  const within = current() ?? (document.activeElement?.closest("[data-item]"));
  const button = within?.querySelector(`[data-key="${key}"]`) ?? document.querySelector(`[data-key="${key}"][data-anywhere]`);
  if (button) button.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, dialog[open]")) {
    if (event.key === "Escape") event.target.blur?.();
    return;
  }
  const does = {
    j: () => step(1),
    k: () => step(-1),
    y: () => press("y"),
    n: () => press("n"),
    u: () => press("u"),
    a: () => press("a"),
    c: () => press("c"),
    e: () => (current()?.querySelector("a[data-open]") ?? current()?.querySelector("a"))?.click(),
    "/": () => document.getElementById("q").focus(),
    "?": () => document.getElementById("keys").showModal(),
  }[event.key];
  if (does) {
    event.preventDefault();
    does();
  }
});

// Before a form is sent the workbench is asked for its token of now: started anew, it has another.
// What was written stays on the page where nobody answers, or another session does.
const told = (name) => document.body.dataset[name];
async function reached(form) {
  try {
    const answer = await fetch("/token");
    if (!answer.ok) {
      say(told("over"));
      return false;
    }
    document.body.dataset.formToken = form.elements.form_token.value = (await answer.json()).form_token;
    return true;
  } catch {
    say(told("lost"));
    return false;
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[method=post]:not([data-live]):not(#add):not([data-upload])");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  if (await reached(form)) form.submit();
  else delete form.dataset.sent;
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A decision: sent, and the page that comes back put in place of this one, what changed marked.
// Of two lines, "12 reports → 3 texts → 2–4 sources", what is otherwise in the second: "2–4 sources → 2 sources".
function difference(before, now) {
  const [was, is] = [before, now].map((line) => line.split(/\s*→\s*|(?<=\.)\s+/));
  if (was.length !== is.length) return `${before} → ${now}`;
  return is.flatMap((part, at) => (part === was[at] ? [] : [`${was[at]} → ${part}`])).join("; ");
}

const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
const numbers = () => [...main().querySelectorAll(".count, .headline, .number")].map((one) => one.textContent.trim());

// What is decided about: its form's fields, but for the verdict and what says from where it was sent.
const about = (form) => [...new FormData(form)].filter(([name]) => ["target", "other"].includes(name)).join() || form.getAttribute("action");
const STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
const stops = () => [...main().querySelectorAll(STOPS)].filter((one) => one.offsetParent !== null && !one.disabled);

// Where the focus was, so that it can stay there in the page that comes back: on the same button, else on
// what took the place of the item or of the control, never on nothing.
function placeOf(form, pressed) {
  const all = items();
  return { about: about(form), value: pressed?.value, label: pressed?.textContent, item: all.indexOf(form.closest("[data-item]") ?? current()), stop: stops().indexOf(pressed ?? document.activeElement) };
}

function returnTo(place) {
  const buttons = [...main().querySelectorAll("form[data-live]")].filter((form) => about(form) === place.about).flatMap((form) => [...form.querySelectorAll("button")]);
  const all = items();
  const button = buttons.find((one) => one.value === place.value && one.textContent === place.label) ?? (place.item < 0 ? buttons[0] : undefined);
  if (button) {
    if (button.closest("[data-item]")) focusOn(button.closest("[data-item]"));
    button.focus();
  } else if (place.item >= 0 && all.length) focusOn(all[Math.min(place.item, all.length - 1)]);
  else (stops()[Math.min(place.stop, stops().length - 1)] ?? main()).focus({ preventScroll: true });
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.sent) return; // a double click decides once
  form.dataset.sent = "yes";
  const place = placeOf(form, event.submitter);
  const before = numbers();
  if (!(await reached(form))) {
    delete form.dataset.sent;
    return;
  }
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)), headers: { accept: "text/html" } });
  } catch {
    delete form.dataset.sent;
    say(told("lost"));
    return;
  }
  if (new URL(answer.url).pathname === "/add") location.assign("/add"); // all is derived anew: there is how far it has come
  const came = await parsed(answer);
  const fresh = came.getElementById("main");
  if (!fresh) {
    delete form.dataset.sent;
    say(came.body.textContent.trim());
    return;
  }
  main().replaceWith(document.importNode(fresh, true));
  document.getElementById("undo")?.remove();
  const undo = came.getElementById("undo");
  if (undo) document.getElementById("bar").append(document.importNode(undo, true));
  light();
  for (const section of main().querySelectorAll("[data-part]")) if (opened.has(section.dataset.part)) await unfold(section);
  const changes = [];
  [...main().querySelectorAll(".count, .headline, .number")].forEach((one, index) => {
    const text = one.textContent.trim();
    if (before[index] !== undefined && before[index] !== text) {
      one.classList.add("changed");
      const changed = difference(before[index], text);
      if (changes.length < 2) changes.push(one.dataset.label ? `${one.dataset.label}: ${changed}` : changed);
    }
  });
  returnTo(place);
  say(answer.ok ? changes.join("; ") || told("kept") : main().querySelector(".warning, h1")?.textContent ?? "");
  setTimeout(() => main().querySelectorAll(".changed").forEach((one) => one.classList.remove("changed")), 8000);
});

// Passages of a large event that have pages of their own are put in their places when they are asked for.
const opened = new Set();
async function unfold(section) {
  const { part } = section.dataset;
  try {
    const answer = await fetch(part);
    const found = (await parsed(answer)).getElementById("passages");
    if (!answer.ok || !found) return false;
    section.replaceChildren(...document.importNode(found, true).childNodes);
  } catch {
    return false;
  }
  for (const back of section.querySelectorAll("input[name=back]")) back.value = location.pathname;
  delete section.dataset.part;
  opened.add(part);
  return true;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-part] a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const section = link.closest("[data-part]");
  if (!(await unfold(section))) location.assign(link.href);
  else (document.getElementById(link.hash.slice(1)) ?? section).scrollIntoView();
});

// A claim and its passage light each other.
function light() {
  for (const card of main().querySelectorAll("[data-claim]")) {
    const set = (on) => {
      for (const piece of main().querySelectorAll(`[data-claims~="${CSS.escape(card.dataset.claim)}"]`)) piece.classList.toggle("lit", on);
    };
    for (const name of ["mouseenter", "focusin"]) card.addEventListener(name, () => set(true));
    for (const name of ["mouseleave", "focusout"]) card.addEventListener(name, () => set(false));
  }
}
light();

// A page that is opened at a claim, after it was saved for one, begins there for the keyboard, too.
const opens = location.hash ? document.getElementById(location.hash.slice(1)) : null;
if (opens?.matches("[data-item]")) focusOn(opens);

// Words that are selected in a report's text become the passage of a new claim.
const chooser = document.querySelector("a[data-select]");
if (chooser) {
  const [address, text] = [chooser.getAttribute("href"), chooser.textContent];
  const letters = (range) => {
    const held = range.cloneContents();
    for (const mark of held.querySelectorAll(".ref")) mark.remove();
    return [...held.textContent].length; // offsets count code points
  };
  const place = (paragraph, node, offset) => {
    const range = document.createRange();
    range.selectNodeContents(paragraph);
    range.setEnd(node, offset);
    return Number(paragraph.dataset.start) + letters(range);
  };
  const holder = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-start]");
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    const range = chosen.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
    const [first, last] = range ? [holder(range.startContainer), holder(range.endContainer)] : [];
    const ready = first && last;
    if (ready) {
      const at = [place(first, range.startContainer, range.startOffset), place(last, range.endContainer, range.endOffset)];
      if (at[0] < at[1]) chooser.href = `${address}?at=${at[0]}-${at[1]}`;
    } else if (document.activeElement !== chooser) chooser.href = address;
    chooser.textContent = chooser.href.includes("?") ? chooser.dataset.select : text;
    chooser.classList.toggle("ready", chooser.href.includes("?"));
  });
}

// A form with files goes with its token in a header, so that nobody reads the files to find it.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-upload]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  if (!(await reached(form))) {
    delete form.dataset.sent;
    return;
  }
  say("…");
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "x-form-token": told("formToken") } });
  } catch {
    delete form.dataset.sent;
    say(told("lost"));
    return;
  }
  const fresh = (await parsed(answer)).getElementById("main");
  if (fresh && !answer.ok) main().replaceWith(document.importNode(fresh, true));
  else location.assign(form.getAttribute("action"));
});

// Adding: what is dropped goes with the names and folders it had.
const adding = document.getElementById("add");
if (adding) {
  const drop = adding.querySelector(".drop");
  async function walk(entry, path, found) {
    if (entry.isFile) {
      const file = await new Promise((good, bad) => entry.file(good, bad));
      found.push([file, path + entry.name]);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((good, bad) => reader.readEntries(good, bad));
      if (!some.length) return;
      for (const one of some) await walk(one, `${path}${entry.name}/`, found);
    }
  }
  async function send(found) {
    if (!found.length) return;
    const body = new FormData();
    for (const [file, path] of found) {
      body.append("path", path);
      body.append("file", file, file.name);
    }
    body.append("exposure", adding.elements.exposure.value);
    if (adding.dataset.sent) return;
    adding.dataset.sent = "yes";
    if (!(await reached(adding))) {
      delete adding.dataset.sent;
      return;
    }
    say("…");
    let answer;
    try {
      answer = await fetch("/add", { method: "POST", body, headers: { "x-form-token": told("formToken") } });
    } catch {
      delete adding.dataset.sent;
      say(told("lost"));
      return;
    }
    const refused = answer.ok ? null : (await parsed(answer)).getElementById("refused");
    if (refused) {
      delete adding.dataset.sent; // what was chosen stays chosen
      say(refused.textContent);
    } else location.assign("/add");
  }
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    const found = [];
    for (const entry of entries) await walk(entry, "", found);
    await send(found);
  });
  adding.addEventListener("submit", (event) => {
    event.preventDefault();
    const files = [...adding.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
    send(files.map((file) => [file, file.webkitRelativePath || file.name]));
  });
}

// How far the work behind has come is asked again and again, also where nobody answers for a while; what it
// has come to is put in place, so that files chosen meanwhile stay chosen.
const TURN = 500, REST = 5000; // ms between two questions, and at most where there is no answer
async function follow() {
  let pause = TURN;
  for (;;) {
    await new Promise((go) => setTimeout(go, pause));
    const shown = document.getElementById("progress");
    try {
      const { over, what, done, total } = await (await fetch("/progress")).json();
      const came = over ? await parsed(await fetch("/add")) : null;
      if (came?.querySelector("#progress h2")) {
        shown.replaceChildren(...document.importNode(came.getElementById("progress"), true).childNodes);
        document.querySelector(".busy")?.remove();
        return;
      }
      const bar = shown.querySelector("progress");
      if (total) Object.assign(bar, { max: total, value: done });
      else bar.removeAttribute("value");
      shown.querySelector(".stage").textContent = `${what} ${done}${total ? ` / ${total}` : ""}`;
      pause = TURN;
    } catch {
      pause = Math.min(2 * pause, REST);
    }
  }
}
if (document.querySelector("#progress progress")) follow();
