// SPDX-FileCopyrightText: 2024 Fennimoor Models (invented)
// SPDX-License-Identifier: MIT

// A chat box. Part of an invented company's site.
export function say(box, text) {
  const line = document.createElement("p");
  line.textContent = text;
  box.append(line);
}
