// The page that lists what is kept on this device and clears it.
import { say } from "../frame/notice.js";
import { dropAll, list, momentText } from "./kept.js";

const shelf = document.querySelector("[data-shelf]");
if (shelf && "caches" in window) show();

async function show() {
  const pages = await list();
  if (!pages.length) return;
  shelf.querySelector("[data-shelf-none]").hidden = true;
  shelf.querySelector("[data-shelf-list]").replaceChildren(...pages.map(entry));
  const button = shelf.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", clear);
}

function entry({ url, title, at }) {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title;
  const when = document.createElement("small");
  when.textContent = `${momentText(at)} 看过`;
  link.append(when);
  const item = document.createElement("li");
  item.append(link);
  return item;
}

async function clear() {
  await dropAll();
  shelf.querySelector("[data-shelf-list]").replaceChildren();
  shelf.querySelector("[data-shelf-none]").hidden = false;
  shelf.querySelector("button").hidden = true;
  say("已经清除，这台设备上没有保存的页面了。");
}
